"""The voice program's messages: ``VOX1``, two lengths (u32, big endian), a JSON object, a payload of bytes.

The format is the voice program's, described in its README; this is the appliance's own reader and writer of it.
"""

import asyncio
import json
import struct
from typing import Any

_MAGIC = b"VOX1"
_HEAD = struct.Struct(">4sII")
_LONGEST_HEADER = 64 * 1024
_LONGEST_PAYLOAD = 4 * 1024 * 1024


class PipeBroken(Exception):
    """The pipe ended, or what came is no message."""


def encode(header: dict[str, Any]) -> bytes:
    """One message without a payload."""
    text = json.dumps(header, ensure_ascii=False).encode()
    return _HEAD.pack(_MAGIC, len(text), 0) + text


class PipeReader:
    """Messages of one stream. A cancelled :meth:`next` loses nothing: what came stays here."""

    def __init__(self, stream: asyncio.StreamReader) -> None:
        self._stream = stream
        self._buffer = bytearray()

    async def next(self) -> tuple[dict[str, Any], bytes]:
        """The next message; raises PipeBroken."""
        while True:
            message = self._complete()
            if message is not None:
                return message
            data = await self._stream.read(65536)
            if not data:
                raise PipeBroken("the pipe ended")
            self._buffer += data

    def _complete(self) -> tuple[dict[str, Any], bytes] | None:
        if len(self._buffer) < _HEAD.size:
            return None
        magic, header_bytes, payload_bytes = _HEAD.unpack_from(self._buffer)
        if magic != _MAGIC or header_bytes > _LONGEST_HEADER or payload_bytes > _LONGEST_PAYLOAD:
            raise PipeBroken("no message head")
        payload_at = _HEAD.size + header_bytes
        if len(self._buffer) < payload_at + payload_bytes:
            return None
        try:
            header = json.loads(self._buffer[_HEAD.size : payload_at])
        except ValueError as error:
            raise PipeBroken("no JSON header") from error
        if not isinstance(header, dict):
            raise PipeBroken("the header is no object")
        payload = bytes(self._buffer[payload_at : payload_at + payload_bytes])
        del self._buffer[: payload_at + payload_bytes]
        return header, payload
