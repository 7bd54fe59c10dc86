"""Files of the hub, chunk by chunk: what is on disk stays, and a cut link only pauses.

A node reads the hub's object store directly instead of mirroring it: a mirror would keep every file twice and send
files nobody asked for over the branch's line, in front of the facts.
"""

import asyncio
import base64
import contextlib
import json
import os
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from interview_proto import subjects
from nats.aio.client import Client
from nats.errors import Error as NatsError

BATCH_BYTES = 2 * 1024 * 1024
"""Asked for at once; the part on disk grows by so much between two looks at the link."""

ANSWER_SECONDS = 5.0
PAUSE_SECONDS = 1.0
SAY_BYTES = 32 * 1024 * 1024

Say = Callable[[str], None]
T = TypeVar("T")


class FileError(Exception):
    """The file cannot be had from the hub; the message says why. What has arrived stays for the next try."""


class _LinkDown(Exception):
    """No answer; it may come back."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What the hub knows of a file."""

    content_id: str
    """Another one after every upload."""

    size: int
    sha256: str
    """Hexadecimal."""


@dataclass(frozen=True, slots=True)
class _Progress:
    """How far a part on disk goes: bytes, and the stream sequence its last chunk came from."""

    content_id: str
    size: int
    sequence: int


class HubFiles:
    """Reads with ``link``, a connection to the node's own server whose inbox may cross to the hub."""

    def __init__(self, link: Client, *, patience_seconds: float = 120.0, say: Say = lambda _: None) -> None:
        self._link = link
        self._patience_seconds = patience_seconds
        self._say = say

    async def facts(self, name: str) -> Facts:
        """What the hub has under ``name``; raises FileError when it has none, or does not answer for long."""
        return await self._patiently(lambda: self._facts(name), lambda: 0)

    async def fetch(self, name: str, part: Path, *, size_most: int | None = None) -> Facts:
        """Bring the whole file to ``part``, going on where an earlier try stopped. Raises FileError, OSError.

        A file of more than ``size_most`` bytes is not begun. The caller compares the digest.
        """
        facts = await self.facts(name)
        while True:
            if size_most is not None and facts.size > size_most:
                raise FileError(f"{name} has {facts.size} bytes at the hub, more than {size_most}")
            await self._patiently(partial(self._continue, facts, part), lambda: _size_of(part))
            if _read_progress(part, facts).size == facts.size:
                _beside(part).unlink()
                return facts
            now = await self.facts(name)
            if now == facts:
                raise FileError(f"{name} is not whole at the hub")
            facts = now  # uploaded anew meanwhile: from the beginning

    async def _patiently(self, attempt: Callable[[], Awaitable[T]], progress: Callable[[], int]) -> T:
        """Try until it works; gives up after the patience without progress."""
        loop = asyncio.get_running_loop()
        last, moved_at = progress(), loop.time()
        while True:
            try:
                return await attempt()
            except _LinkDown as error:
                now = progress()
                if now > last:
                    last, moved_at = now, loop.time()
                if loop.time() - moved_at > self._patience_seconds:
                    raise FileError(f"the hub does not answer ({error}); the same command goes on from here") from None
                self._say(f"    no link to the hub at {now / 1e6:.1f} MB, waiting")
                await asyncio.sleep(PAUSE_SECONDS)

    async def _facts(self, name: str) -> Facts:
        found = await self._get({"last_by_subj": subjects.file_facts(name)})
        if not found:
            raise FileError(f"the hub has no file {name!r}")
        try:
            told = json.loads(found[0][1])
            if told.get("deleted"):
                raise FileError(f"the hub has no file {name!r} any more")
            kind, _, digest = told["digest"].partition("=")
            sha256 = base64.urlsafe_b64decode(digest + "=" * (-len(digest) % 4)).hex()
            facts = Facts(str(told["nuid"]), int(told["size"]), sha256)
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise FileError(f"what the hub says of {name!r} is not understood") from error
        if kind != "SHA-256" or len(facts.sha256) != 64:
            raise FileError(f"what the hub says of {name!r} carries no sha256")
        return facts

    async def _continue(self, facts: Facts, part: Path) -> None:
        """Append chunks until there is none left. Raises _LinkDown."""
        at = _read_progress(part, facts)
        said = at.size
        part.touch()
        os.truncate(part, at.size)
        with part.open("ab") as out:
            while at.size < facts.size:
                query = {
                    "seq": at.sequence + 1,
                    "next_by_subj": subjects.file_chunks(facts.content_id),
                    "batch": 1024,
                    "max_bytes": BATCH_BYTES,
                }
                chunks = await self._get(query)
                if not chunks:
                    return
                out.writelines(data for _, data in chunks)
                out.flush()
                os.fsync(out.fileno())
                at = _Progress(facts.content_id, at.size + sum(len(data) for _, data in chunks), chunks[-1][0])
                _write_progress(part, at)
                if at.size - said >= SAY_BYTES:
                    said = at.size
                    self._say(f"    {at.size / 1e6:.1f} of {facts.size / 1e6:.1f} MB")

    async def _get(self, query: dict[str, Any]) -> list[tuple[int, bytes]]:
        """Stored messages with their sequences, in order; empty when there is none. Raises _LinkDown.

        What came before the link went is returned; a batch is asked for again from there.
        """
        inbox = self._link.new_inbox()
        found: list[tuple[int, bytes]] = []
        try:
            subscription = await self._link.subscribe(inbox)
            try:
                await self._link.publish(subjects.FILES_READ, json.dumps(query).encode(), reply=inbox)
                while True:
                    message = await subscription.next_msg(timeout=ANSWER_SECONDS)
                    headers = message.headers or {}
                    if "Nats-Sequence" not in headers:
                        status = headers.get("Status")
                        if status in ("204", "404"):
                            return found
                        raise _LinkDown(f"status {status}")
                    if found and headers.get("Nats-Last-Sequence", str(found[-1][0])) != str(found[-1][0]):
                        raise _LinkDown("a chunk was lost on the way")
                    found.append((int(headers["Nats-Sequence"]), message.data))
                    if "batch" not in query:
                        return found
            finally:
                with contextlib.suppress(NatsError):
                    await subscription.unsubscribe()
        except (NatsError, TimeoutError) as error:
            if found:
                return found
            raise _LinkDown(type(error).__name__) from error


def _beside(part: Path) -> Path:
    return part.with_name(part.name + ".at")


def _read_progress(part: Path, facts: Facts) -> _Progress:
    """How far the part goes, as far as it is of this content and really on disk."""
    nothing = _Progress(facts.content_id, 0, 0)
    try:
        kept = json.loads(_beside(part).read_text())
        at = _Progress(str(kept["content_id"]), int(kept["size"]), int(kept["sequence"]))
        whole = part.stat().st_size >= at.size
    except (OSError, ValueError, KeyError, TypeError):
        return nothing
    return at if whole and at.content_id == facts.content_id else nothing


def _size_of(part: Path) -> int:
    return part.stat().st_size if part.exists() else 0


def _write_progress(part: Path, at: _Progress) -> None:
    fresh = part.with_name(part.name + ".at.new")
    fresh.write_text(json.dumps({"content_id": at.content_id, "size": at.size, "sequence": at.sequence}))
    os.replace(fresh, _beside(part))
