"""Messages on the picture socket: four bytes of length, the most significant first, then so many bytes."""

import asyncio
import struct

LARGEST_BYTES = 8 * 1024 * 1024
SOCKET_NAME = "vision.sock"
"""In the node's data folder."""

BUFFER_BYTES = 1024 * 1024
"""A picture fits, so that it is read in one go."""

_LENGTH = struct.Struct("!I")


async def read(reader: asyncio.StreamReader) -> bytes:
    """One message; raises EOFError at the end of the stream, in mid-message too, and ValueError for one too large."""
    (length,) = _LENGTH.unpack(await reader.readexactly(_LENGTH.size))
    if length > LARGEST_BYTES:
        raise ValueError("a message too large")
    return await reader.readexactly(length)


def write(writer: asyncio.StreamWriter, message: bytes) -> None:
    """Queue one message; at most one may be unread at the other end."""
    writer.writelines((_LENGTH.pack(len(message)), message))
