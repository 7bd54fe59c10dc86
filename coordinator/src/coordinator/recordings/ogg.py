"""Opus packets as an Ogg file (RFC 3533, RFC 7845). Pure."""

import struct
import zlib
from collections.abc import Sequence

PACKETS_A_PAGE = 50
"""One second; a page holds at most 255 pieces of 255 bytes, more than 50 packets of speech ever have."""

PIECES_MOST = 255
FIRST, LAST = 2, 4
_REVERSED = bytes(int(f"{byte:08b}"[::-1], 2) for byte in range(256))


def ogg_opus(packets: Sequence[bytes], *, pre_skip: int, samples: int, input_rate: int) -> bytes:
    """A mono file that plays ``samples`` (48 kHz) behind the first ``pre_skip``. ``packets``: 20 ms each, not empty."""
    head = struct.pack("<8sBBHIhB", b"OpusHead", 1, 1, pre_skip, input_rate, 0, 0)
    vendor = b"interview"
    tags = struct.pack("<8sI", b"OpusTags", len(vendor)) + vendor + struct.pack("<I", 0)
    pages = [_page([head], 0, 0, FIRST), _page([tags], 0, 1, 0)]
    at = 0
    while at < len(packets):
        taken = _fitting(packets[at : at + PACKETS_A_PAGE])
        at += len(taken)
        last = at == len(packets)
        position = pre_skip + samples if last else at * 960
        pages.append(_page(taken, position, len(pages), LAST if last else 0))
    return b"".join(pages)


def _fitting(packets: Sequence[bytes]) -> Sequence[bytes]:
    """As many of them as one page holds; the first in any case."""
    pieces = 0
    for count, packet in enumerate(packets):
        pieces += len(packet) // 255 + 1
        if pieces > PIECES_MOST and count:
            return packets[:count]
    return packets


def _page(packets: Sequence[bytes], position: int, number: int, flags: int) -> bytes:
    lacing = b"".join(b"\xff" * (len(packet) // 255) + bytes([len(packet) % 255]) for packet in packets)
    front = struct.pack("<4sBBqII", b"OggS", 0, flags, position, 1, number)
    back = bytes([len(lacing)]) + lacing + b"".join(packets)
    return front + struct.pack("<I", _checksum(front + bytes(4) + back)) + back


def _checksum(page: bytes) -> int:
    """Ogg's CRC goes through the bits from the other side than zlib's, and begins and ends without a complement."""
    mirrored = zlib.crc32(page.translate(_REVERSED), 0xFFFFFFFF) ^ 0xFFFFFFFF
    return int(f"{mirrored:032b}"[::-1], 2)
