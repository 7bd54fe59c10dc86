"""Owns the voice program: a child on two pipes, started warm, restarted within a budget, one text at a time."""

import asyncio
import contextlib
import itertools
import shutil
import sys
import time
from collections import deque
from collections.abc import AsyncGenerator, Sequence
from pathlib import Path
from typing import Any

from edge_node.ports.failure import EngineError
from edge_node.speech.codec import Utterance
from edge_node.speech.voice_pipe import PipeBroken, PipeReader, encode
from edge_node.telemetry.logs import get_logger

READY_SECONDS = 60.0
STALL_SECONDS = 15.0
"""A child that sends nothing for so long while it should speak is hung, and killed."""

WAITING = 8
RESTARTS = 5
RESTART_WINDOW_SECONDS = 60.0

log = get_logger("speech")


def find_program(name: str) -> str | None:
    """Path of the voice program: beside this Python, else on PATH; None when it is not installed."""
    beside = Path(sys.executable).parent / name
    return str(beside) if beside.is_file() else shutil.which(name)


class _Child:
    """One run of the voice program."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        assert process.stdin is not None
        assert process.stdout is not None
        self.process = process
        self.input = process.stdin
        self.replies = PipeReader(process.stdout)

    @property
    def alive(self) -> bool:
        return self.process.returncode is None

    async def send(self, header: dict[str, Any]) -> None:
        """Raises EngineError(unavailable), the child then being dead."""
        try:
            self.input.write(encode(header))
            async with asyncio.timeout(5):
                await self.input.drain()
        except (OSError, TimeoutError) as error:
            await self.kill()
            raise EngineError("unavailable", "the voice program is gone") from error

    async def receive(self, timeout_seconds: float) -> tuple[dict[str, Any], bytes]:
        """The next message; raises TimeoutError, or EngineError(unavailable), the child then being dead."""
        try:
            async with asyncio.timeout(timeout_seconds):
                return await self.replies.next()
        except (PipeBroken, OSError) as error:
            await self.kill()
            raise EngineError("unavailable", "the voice program died") from error

    async def kill(self) -> None:
        if self.alive:
            with contextlib.suppress(ProcessLookupError):
                self.process.kill()
        await self.process.wait()

    async def end(self) -> None:
        """Close its input; kill it after 2 s."""
        self.input.close()
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(2):
                await self.process.wait()
        await self.kill()


class VoiceProcess:
    """The child and the line in front of it."""

    def __init__(self, command: Sequence[str]) -> None:
        self._command = list(command)
        self._child: _Child | None = None
        self._lock = asyncio.Lock()
        self._waiting = 0
        self._numbers = itertools.count(1)
        self._starts: deque[float] = deque(maxlen=RESTARTS)

    @property
    def process_id(self) -> int | None:
        """The child's process id while it lives."""
        return self._child.process.pid if self._child is not None and self._child.alive else None

    async def start(self) -> None:
        """Start the child and wait until its voices are loaded; raises EngineError(unavailable)."""
        async with self._lock:
            await self._ready()

    async def _ready(self) -> _Child:
        if self._child is not None and self._child.alive:
            return self._child
        now = time.monotonic()
        if len(self._starts) == RESTARTS and now - self._starts[0] < RESTART_WINDOW_SECONDS:
            raise EngineError("unavailable", f"the voice program died {RESTARTS} times in a minute")
        self._starts.append(now)
        try:
            process = await asyncio.create_subprocess_exec(
                *self._command, stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE
            )
        except OSError as error:
            raise EngineError("unavailable", "the voice program cannot be started") from error
        child = _Child(process)
        try:
            header, _ = await child.receive(READY_SECONDS)
        except TimeoutError:
            await child.kill()
            raise EngineError("unavailable", "the voice program did not come up") from None
        except asyncio.CancelledError:
            await child.kill()
            raise
        self._child = child
        log.info("voice program ready", pid=process.pid, engines=header.get("engines"))
        return child

    async def synthesize(self, utterance: Utterance, *, timeout_seconds: float) -> AsyncGenerator[bytes, None]:
        """Sound as it is made (s16le, mono, 48 kHz); raises EngineError. Closing it stops the child's work."""
        if self._waiting >= WAITING:
            raise EngineError("busy", "the voice program's line is full")
        deadline = time.monotonic() + timeout_seconds
        self._waiting += 1
        try:
            async with asyncio.timeout(timeout_seconds):
                await self._lock.acquire()
        except TimeoutError:
            raise EngineError("late", "waited too long for the voice program") from None
        finally:
            self._waiting -= 1
        try:
            async with contextlib.aclosing(self._speak(utterance, deadline)) as sound:
                async for pcm in sound:
                    yield pcm
        finally:
            self._lock.release()

    async def _speak(self, utterance: Utterance, deadline: float) -> AsyncGenerator[bytes, None]:
        child = await self._ready()
        request_id = str(next(self._numbers))
        request = {"id": request_id, "text": utterance.text, "language": utterance.language, "voice": utterance.voice}
        ended = False
        try:
            await child.send(request)
            while not ended:
                header, pcm = await self._reply(child, deadline)
                # An earlier, cancelled request may still be ending.
                if header.get("id") != request_id:
                    continue
                ended = bool(header.get("last"))
                if "error" in header:
                    raise EngineError(str(header["error"]), str(header.get("detail", "")))
                if pcm:
                    yield pcm
        finally:
            if not ended and child.alive:
                with contextlib.suppress(EngineError):
                    await child.send({"cancel": request_id})

    @staticmethod
    async def _reply(child: _Child, deadline: float) -> tuple[dict[str, Any], bytes]:
        left = deadline - time.monotonic()
        try:
            return await child.receive(max(0.0, min(left, STALL_SECONDS)))
        except TimeoutError:
            if left > STALL_SECONDS:
                await child.kill()
                raise EngineError("unavailable", "the voice program hung") from None
            raise EngineError("late", "the voice program did not answer in time") from None

    async def close(self) -> None:
        """End the child: its input closes, and after 2 s it is killed."""
        if self._child is not None:
            await self._child.end()
            self._child = None
