"""Seeing, as the room uses it: the port over the machine's picture socket, or over the bus where there is none."""

import asyncio
from pathlib import Path

from interview_proto import subjects

from edge_node.bus.local import Bus
from edge_node.core.observation.sample import Sample
from edge_node.ports.failure import EngineError
from edge_node.ports.media import Picture
from edge_node.vision import codec, frames

IDLE_AT_MOST = 8


class BusWatcher:
    """Samples by the vision process."""

    def __init__(self, bus: Bus) -> None:
        self._bus = bus

    async def watch(
        self, interview_id: str, picture: Picture, at_ms: int, timeout_seconds: float, *, emotion: bool = False
    ) -> Sample:
        """The sample of one picture; ``at_ms`` strictly increases per interview. Raises EngineError."""
        reply = await self._bus.request(
            subjects.WATCH,
            codec.encode_sight(_sight(interview_id, picture, at_ms, emotion)),
            timeout_seconds=timeout_seconds,
        )
        return codec.decode_sample(reply, at_ms=at_ms)


class SocketWatcher:
    """Samples by the vision process of this machine; ``otherwise`` is asked where there is no socket."""

    def __init__(self, path: Path, otherwise: BusWatcher) -> None:
        self._path = path
        self._otherwise = otherwise
        self._idle: list[tuple[asyncio.StreamReader, asyncio.StreamWriter]] = []

    async def watch(
        self, interview_id: str, picture: Picture, at_ms: int, timeout_seconds: float, *, emotion: bool = False
    ) -> Sample:
        """As :meth:`BusWatcher.watch`."""
        try:
            async with asyncio.timeout(timeout_seconds):
                connection = await self._connection()
                if connection is not None:
                    reply = await self._ask(connection, _sight(interview_id, picture, at_ms, emotion))
                    return codec.decode_sample(reply, at_ms=at_ms)
        except TimeoutError:
            raise EngineError("late", "vision") from None
        except (EOFError, OSError, ValueError) as error:
            raise EngineError("unavailable", f"vision: {type(error).__name__}") from error
        return await self._otherwise.watch(interview_id, picture, at_ms, timeout_seconds, emotion=emotion)

    async def _connection(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter] | None:
        while self._idle:
            reader, writer = self._idle.pop()
            if not reader.at_eof():
                return reader, writer
            writer.close()
        try:
            return await asyncio.open_unix_connection(self._path, limit=frames.BUFFER_BYTES)
        except OSError:
            return None

    async def _ask(self, connection: tuple[asyncio.StreamReader, asyncio.StreamWriter], sight: codec.Sight) -> bytes:
        """One message there, one back. A connection on which that failed is closed: its next answer is another's."""
        reader, writer = connection
        try:
            writer.write(frames.framed(*codec.sight_parts(sight)))
            await writer.drain()
            reply = await frames.read(reader)
        except BaseException:
            writer.close()
            raise
        if len(self._idle) < IDLE_AT_MOST:
            self._idle.append(connection)
        else:
            writer.close()
        return reply

    def close(self) -> None:
        """Close what is open."""
        while self._idle:
            self._idle.pop()[1].close()


def _sight(interview_id: str, picture: Picture, at_ms: int, emotion: bool) -> codec.Sight:
    return codec.Sight(interview_id, picture.i420, picture.width, picture.height, at_ms, emotion)
