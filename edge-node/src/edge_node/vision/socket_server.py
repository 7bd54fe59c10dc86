"""Seeing on a Unix socket of the machine: a picture goes straight to the thread that looks, past bus and event loop.

A hop over the node's server costs a quarter of what the model takes, and each hand-over between threads some more
(ADR 0063). The bus serves the same for whoever is not on this machine.
"""

import asyncio
import contextlib
import selectors
import socket
import threading
from collections.abc import AsyncIterator, Iterable
from pathlib import Path

from edge_node.telemetry.logs import get_logger
from edge_node.vision.frames import BUFFER_BYTES, Incoming, framed
from edge_node.vision.service import VisionService

CONNECTIONS_AT_MOST = 32
"""A room holds one; who comes beyond them is hung up on, and looks less often."""

END_SECONDS = 5.0
"""A picture under way is looked at to its end; then the thread ends."""

log = get_logger("vision")


class _Connection:
    """One room's: at most one picture is under way on it."""

    def __init__(self, stream: socket.socket) -> None:
        stream.setblocking(False)
        self.stream = stream
        self._incoming = Incoming()

    def pictures(self) -> Iterable[bytes]:
        """What came whole; raises EOFError when the room hung up: who gave up waiting is not looked for.

        Raises ValueError for a message too large.
        """
        with contextlib.suppress(BlockingIOError):
            while data := self.stream.recv(BUFFER_BYTES):
                self._incoming.add(data)
            raise EOFError
        return self._incoming.messages()

    def tell(self, answer: bytes) -> None:
        """Send an answer whole; raises OSError: a room that reads none of its answers is hung up on."""
        message = framed(answer)
        if self.stream.send(message) != len(message):
            raise OSError("answers are not read")


class SocketServer:
    """A thread that looks at the pictures of all rooms of this machine, in the order they came."""

    def __init__(self, service: VisionService) -> None:
        self._service = service
        self._selector: selectors.BaseSelector
        self._open = 0

    @contextlib.asynccontextmanager
    async def serving(self, path: Path) -> AsyncIterator[None]:
        """Serve on ``path`` for the block. A path no socket can be made on is said and left to the bus."""
        path.unlink(missing_ok=True)
        listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        try:
            listener.bind(str(path))
        except OSError as error:
            listener.close()
            log.warning("no picture socket", error=error.strerror or str(error))
            yield
            return
        path.chmod(0o600)
        listener.listen(CONNECTIONS_AT_MOST)
        listener.setblocking(False)
        stop, stopped = socket.socketpair()
        self._selector = selectors.DefaultSelector()
        self._selector.register(listener, selectors.EVENT_READ)
        self._selector.register(stopped, selectors.EVENT_READ, stopped)
        thread = threading.Thread(target=self._serve, args=(listener,), name="look", daemon=True)
        thread.start()
        try:
            yield
        finally:
            stop.close()
            await asyncio.to_thread(thread.join, END_SECONDS)
            path.unlink(missing_ok=True)

    def _serve(self, listener: socket.socket) -> None:
        try:
            while True:
                ready = [key.data for key, _ in self._selector.select()]
                if any(isinstance(one, socket.socket) for one in ready):
                    return
                for one in ready:
                    if one is None:
                        self._accept(listener)
                    else:
                        self._answer(one)
        except Exception:  # the edge of a thread: logged, the bus is asked from now on
            log.exception("the picture socket ended")
        finally:
            for key in list(self._selector.get_map().values()):
                if isinstance(key.fileobj, socket.socket):
                    key.fileobj.close()
            self._selector.close()

    def _accept(self, listener: socket.socket) -> None:
        try:
            stream, _ = listener.accept()
        except OSError:
            return
        if self._open >= CONNECTIONS_AT_MOST:
            log.warning("too many picture connections", count=CONNECTIONS_AT_MOST)
            stream.close()
            return
        self._open += 1
        connection = _Connection(stream)
        self._selector.register(stream, selectors.EVENT_READ, connection)

    def _answer(self, connection: _Connection) -> None:
        try:
            for picture in connection.pictures():
                connection.tell(self._service.answer(picture))
        except (EOFError, ValueError, OSError):
            log.debug("a room hung up")
            self._selector.unregister(connection.stream)
            connection.stream.close()
            self._open -= 1
