"""Seeing on a Unix socket of the machine: a picture goes straight to the vision process, past the bus.

A hop over the node's server costs a quarter of what the model takes (ADR 0063). The bus serves the same for whoever
is not on this machine.
"""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from pathlib import Path

from edge_node.ports.failure import EngineError
from edge_node.tasks import cancel
from edge_node.telemetry.logs import get_logger
from edge_node.vision import codec, frames
from edge_node.vision.service import PICTURES_AT_MOST, VisionService

log = get_logger("vision")


class SocketServer:
    """One answer for each picture of a connection, in order; pictures beyond a small bound are refused as busy."""

    def __init__(self, service: VisionService) -> None:
        self._service = service
        self._looking = 0
        self._serving: set[asyncio.Task[None]] = set()

    @contextlib.asynccontextmanager
    async def serving(self, path: Path) -> AsyncIterator[None]:
        """Serve on ``path`` for the block. A path no socket can be made on is said and left to the bus."""
        path.unlink(missing_ok=True)
        try:
            server = await asyncio.start_unix_server(self._connected, path, limit=frames.BUFFER_BYTES)
        except OSError as error:
            log.warning("no picture socket", error=error.strerror or type(error).__name__)
            yield
            return
        path.chmod(0o600)
        try:
            yield
        finally:
            server.close()
            await cancel(*self._serving)
            path.unlink(missing_ok=True)

    async def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._serving.add(task)
        try:
            while True:
                frames.write(writer, await self._answer(await frames.read(reader)))
                await writer.drain()
        except (EOFError, ValueError, OSError):
            log.debug("a room hung up")
        finally:
            self._serving.discard(task)
            writer.close()

    async def _answer(self, data: bytes) -> bytes:
        if self._looking >= PICTURES_AT_MOST:
            return codec.encode_failure(EngineError("busy", "pictures wait"))
        self._looking += 1
        try:
            return await self._service.watch(data)
        except EngineError as error:
            return codec.encode_failure(error)
        except Exception:  # the edge of a process: logged, and answered so that nobody waits
            log.exception("picture failed")
            return codec.encode_failure(EngineError("internal"))
        finally:
            self._looking -= 1
