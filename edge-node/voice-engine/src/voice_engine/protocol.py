# SPDX-License-Identifier: GPL-3.0-or-later
"""Messages over a pipe: ``VOX1``, two lengths (u32, big endian), a JSON object, a payload of bytes."""

import json
import struct
from collections.abc import Iterator
from typing import Any

MAGIC = b"VOX1"
HEAD = struct.Struct(">4sII")
LONGEST_HEADER = 64 * 1024
LONGEST_PAYLOAD = 4 * 1024 * 1024


def encode(header: dict[str, Any], payload: bytes = b"") -> bytes:
    """One message as bytes."""
    text = json.dumps(header, ensure_ascii=False).encode()
    return HEAD.pack(MAGIC, len(text), len(payload)) + text + payload


class Decoder:
    """Bytes in, messages out. What is no message is skipped up to the next magic word and counted."""

    def __init__(self) -> None:
        self._buffer = bytearray()
        self.skipped_bytes = 0

    def feed(self, data: bytes) -> Iterator[tuple[dict[str, Any], bytes]]:
        """Add ``data``; yield each message that is complete now."""
        self._buffer += data
        while self._align() and len(self._buffer) >= HEAD.size:
            _, header_bytes, payload_bytes = HEAD.unpack_from(self._buffer)
            if header_bytes > LONGEST_HEADER or payload_bytes > LONGEST_PAYLOAD:
                self._skip(len(MAGIC))
                continue
            end = HEAD.size + header_bytes + payload_bytes
            if len(self._buffer) < end:
                return
            header = self._header(bytes(self._buffer[HEAD.size : HEAD.size + header_bytes]))
            if header is None:
                self._skip(len(MAGIC))
                continue
            payload = bytes(self._buffer[HEAD.size + header_bytes : end])
            del self._buffer[:end]
            yield header, payload

    @staticmethod
    def _header(text: bytes) -> dict[str, Any] | None:
        try:
            header = json.loads(text)
        except ValueError:
            return None
        return header if isinstance(header, dict) else None

    def _align(self) -> bool:
        """Drop bytes in front of the next magic word; whether the buffer now begins with it."""
        at = self._buffer.find(MAGIC)
        if at >= 0:
            self._skip(at)
            return True
        self._skip(max(0, len(self._buffer) - len(MAGIC) + 1))
        return False

    def _skip(self, count: int) -> None:
        self.skipped_bytes += count
        del self._buffer[:count]
