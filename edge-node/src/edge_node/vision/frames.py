"""Messages on the picture socket: four bytes of length, the most significant first, then so many bytes."""

import asyncio
import struct
from collections.abc import Iterator

LARGEST_BYTES = 8 * 1024 * 1024
SOCKET_NAME = "vision.sock"
"""In the node's data folder."""

BUFFER_BYTES = 1024 * 1024
"""A picture fits, so that it is read in one go."""

_LENGTH = struct.Struct("!I")


async def read(reader: asyncio.StreamReader) -> bytes:
    """One message; raises EOFError at the end of the stream, in mid-message too, and ValueError for one too large."""
    (length,) = _LENGTH.unpack(await reader.readexactly(_LENGTH.size))
    return await reader.readexactly(_allowed(length))


def framed(*parts: bytes | memoryview) -> bytes:
    """A message made of ``parts`` as it is sent; at most one may be unread at the other end."""
    return b"".join((_LENGTH.pack(sum(map(len, parts))), *parts))


class Incoming:
    """Bytes as they come, and the messages whole in them."""

    def __init__(self) -> None:
        self._bytes = b""

    def add(self, data: bytes) -> None:
        """Take what came; raises ValueError when the message it belongs to is too large."""
        self._bytes = self._bytes + data if self._bytes else data
        if len(self._bytes) >= _LENGTH.size:
            _allowed(*_LENGTH.unpack_from(self._bytes))

    def messages(self) -> Iterator[bytes]:
        """Those that are whole, each once; raises ValueError for one too large."""
        while len(self._bytes) >= _LENGTH.size:
            end = _LENGTH.size + _allowed(*_LENGTH.unpack_from(self._bytes))
            if len(self._bytes) < end:
                return
            message, self._bytes = self._bytes[_LENGTH.size : end], self._bytes[end:]
            yield message


def _allowed(length: int) -> int:
    if length > LARGEST_BYTES:
        raise ValueError("a message too large")
    return length
