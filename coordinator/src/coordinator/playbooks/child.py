"""The program that runs a playbook, as a child process that tells events as lines of JSON."""

import asyncio
import contextlib
import json
import os
import signal
from asyncio.subprocess import PIPE, STDOUT
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

LINE_BYTES_MOST = 256 * 1024
TEXT_MOST = 400
KEPT_ENVIRONMENT = ("PATH", "HOME", "LANG", "LC_ALL", "TZ", "TMPDIR", "SSH_AUTH_SOCK")
"""A playbook has no use for head office's settings, and could pass them on to machines."""


@dataclass(frozen=True)
class Told:
    """One event of a child; fields without a meaning for ``kind`` (play, task, note, end, words) are empty."""

    kind: str
    machine: str = ""
    task: str = ""
    status: str = ""
    reason: str = ""
    changed: tuple[tuple[str, int], ...] = ()
    failed: tuple[str, ...] = ()


def told(line: bytes) -> Told | None:
    """What a line says; ``words`` where it is not one of our events; None for an empty one."""
    text = line.decode(errors="replace").strip()
    if not text:
        return None
    try:
        said = json.loads(text)
        kind = said["kind"]
        if kind == "play":
            return Told("play", task=_short(said["play"]))
        if kind == "note":
            return Told("note", reason=_short(said["reason"]))
        if kind == "end":
            changed = tuple((_short(name), int(count)) for name, count in said["changed"].items())
            return Told(
                "end", status=_short(said["status"]), changed=changed, failed=tuple(map(_short, said["failed"]))
            )
        if kind == "task" and said["status"] in ("ok", "changed", "failed", "unreachable"):
            return Told("task", _short(said["host"]), _short(said["task"]), said["status"], _short(said["reason"]))
    except (ValueError, TypeError, KeyError, AttributeError):
        pass
    return Told("words", reason=_short(text))


def _short(value: object) -> str:
    """Text that the database can hold, not too long."""
    return str(value).replace("\x00", "")[:TEXT_MOST]


class Child:
    """One run's process; made by :meth:`start`."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process
        self._told_to_stop = False

    @classmethod
    async def start(cls, argv: Sequence[str], folder: Path) -> "Child":
        """Start it in ``folder``, in a process group of its own; raises OSError."""
        environment = {name: os.environ[name] for name in KEPT_ENVIRONMENT if name in os.environ}
        return cls(
            await asyncio.create_subprocess_exec(
                *argv,
                cwd=folder,
                env=environment,
                stdin=asyncio.subprocess.DEVNULL,
                stdout=PIPE,
                stderr=STDOUT,
                limit=LINE_BYTES_MOST,
                start_new_session=True,
            )
        )

    async def heard(self) -> Told | None:
        """The next event; None when it has ended. May be cancelled without losing one."""
        assert self._process.stdout is not None
        while True:
            try:
                line = await self._process.stdout.readline()
            except ValueError:  # longer than anything that is ours
                continue
            if not line:
                return None
            if (event := told(line)) is not None:
                return event

    def stop(self) -> None:
        """Ask it to stop, once; it stops the playbook then."""
        if not self._told_to_stop:
            self._told_to_stop = True
            self._signal(signal.SIGTERM)

    async def end(self, *, within_seconds: float) -> None:
        """Wait for its end; killed after ``within_seconds``."""
        try:
            async with asyncio.timeout(within_seconds):
                await self._process.wait()
        except TimeoutError:
            self._signal(signal.SIGKILL)
            await self._process.wait()

    def kill(self) -> None:
        """End it at once."""
        self._signal(signal.SIGKILL)

    def _signal(self, number: signal.Signals) -> None:
        if self._process.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self._process.pid, number)
