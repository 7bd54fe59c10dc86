"""Reading a stream by sequence, without a consumer: nothing to lose when the server restarts."""

import asyncio
import contextlib
import hashlib
import json
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass

from interview_proto import subjects
from nats.aio.client import Client
from nats.aio.msg import Msg
from nats.errors import Error as NatsError
from nats.errors import TimeoutError as NatsTimeoutError

from edge_node.ports.journal import JournalError
from edge_node.telemetry.logs import get_logger

BATCH_MOST = 500
"""Facts read by one request."""

BYTES_MOST = 2 * 1024 * 1024
"""Bytes read by one request; a batch must fit one message to the hub (8 MB)."""

READ_TIMEOUT_SECONDS = 5.0
IDLE_POLL_SECONDS = 1.0
"""Longest wait for a wake-up that got lost."""

log = get_logger("journal")


@dataclass(frozen=True, slots=True)
class Stored:
    """One stored message: its stream sequence, the envelope bytes and when the server stored it (ISO 8601)."""

    sequence: int
    data: bytes
    stored_at: str = ""


class RolledBack(JournalError):
    """The journal no longer has the fact that stood before the wanted ones: it lost its end, or is another one."""

    def __init__(self, detail: str) -> None:
        super().__init__("rolled_back", detail)


def digest(data: bytes) -> bytes:
    """By which a fact is known again."""
    return hashlib.sha256(data).digest()


async def read(client: Client, subject: str, first: int, most: int = BATCH_MOST) -> list[Stored]:
    """Up to ``most`` messages of ``subject`` (wildcards allowed) from stream sequence ``first`` on, in order.

    Empty when there is none. Raises JournalError (unavailable) when the server or the stream is not there.
    """
    inbox = client.new_inbox()
    query = {"seq": max(first, 1), "batch": most, "max_bytes": BYTES_MOST, "next_by_subj": subject}
    found: list[Stored] = []
    loop = asyncio.get_running_loop()
    deadline = loop.time() + READ_TIMEOUT_SECONDS
    try:
        subscription = await client.subscribe(inbox)
        try:
            address = f"$JS.API.DIRECT.GET.{subjects.JOURNAL_STREAM}"
            await client.publish(address, json.dumps(query).encode(), reply=inbox)
            while True:
                message = await subscription.next_msg(timeout=max(deadline - loop.time(), 0.001))
                headers = message.headers or {}
                status = headers.get("Status")
                if status in ("204", "404"):
                    return found
                if status is not None:
                    raise JournalError("unavailable", f"read refused with status {status}")
                found.append(Stored(int(headers["Nats-Sequence"]), message.data, headers.get("Nats-Time-Stamp", "")))
        finally:
            with contextlib.suppress(NatsError):
                await subscription.unsubscribe()
    except NatsTimeoutError:
        raise JournalError("unavailable", "read timed out") from None
    except NatsError as error:
        raise JournalError("unavailable", type(error).__name__) from error


async def fact_at(client: Client, sequence: int) -> bytes | None:
    """The fact at a sequence; empty where it was lost although later ones are there, None beyond the end.

    Raises JournalError (unavailable).
    """
    found = whole(await read(client, subjects.JOURNAL_SUBJECTS, sequence, 1), sequence)
    return found[0].data if found else None


def whole(found: Sequence[Stored], first: int) -> list[Stored]:
    """``found`` from sequence ``first`` on without holes: what the store lost is there as an empty fact.

    The place of a lost fact must be taken, or nothing behind it could ever be sent; at most ``BATCH_MOST`` at once.
    """
    made: list[Stored] = []
    for stored in found:
        for lost in range(first + len(made), min(stored.sequence, first + BATCH_MOST)):
            log.error("a fact was lost on disk", sequence=lost)
            made.append(Stored(lost, b""))
        if stored.sequence != first + len(made):
            break
        made.append(stored)
    return made


class Tail:
    """The journal from a sequence on, batch by batch, for one reader.

    ``before`` is the digest of the fact before that sequence, where it is known. Each read looks whether that fact is
    still there: a store that lost its end gives the same sequences to other facts.
    """

    def __init__(self, client: Client, first: int, before: bytes | None = None) -> None:
        self._client = client
        self._next = first
        self._before = before if first > 1 else None
        self._woken = asyncio.Event()

    def restart(self) -> None:
        """Begin again with the first fact there is."""
        self._next, self._before = 1, None

    @contextlib.asynccontextmanager
    async def awake(self) -> AsyncIterator[None]:
        """Listen for new facts while inside; without it a read only polls."""

        async def wake(_: Msg) -> None:
            self._woken.set()

        subscription = await self._client.subscribe(subjects.JOURNAL_SUBJECTS, cb=wake)
        try:
            yield
        finally:
            with contextlib.suppress(NatsError):
                await subscription.unsubscribe()

    async def read(self, wait_seconds: float) -> list[Stored]:
        """The next facts, waiting up to ``wait_seconds`` for the first. Raises JournalError, RolledBack."""
        loop = asyncio.get_running_loop()
        deadline = loop.time() + wait_seconds
        settle = 0.005
        while True:
            self._woken.clear()
            found = await self._read()
            if found:
                self._next = found[-1].sequence + 1
                self._before = digest(found[-1].data)
                return found
            left = deadline - loop.time()
            if left <= 0:
                return []
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(min(left, IDLE_POLL_SECONDS)):
                    await self._woken.wait()
            # The wake-up is the publish; the fact is readable only when it is on disk a moment later.
            await asyncio.sleep(min(settle, left))
            settle = min(settle * 2, 0.1)

    async def _read(self) -> list[Stored]:
        if self._before is None:
            return whole(await read(self._client, subjects.JOURNAL_SUBJECTS, self._next), self._next)
        first = self._next - 1
        found = whole(await read(self._client, subjects.JOURNAL_SUBJECTS, first), first)
        if not found or digest(found[0].data) != self._before:
            raise RolledBack(f"another fact, or none, at {first}")
        return found[1:]
