"""The machine's clock and how far it can be trusted, as the kernel tells; Linux, no privilege needed."""

import ctypes
import time
from functools import cache
from pathlib import Path

from edge_node.ports.clock import ClockReading

_BOOT_ID = Path("/proc/sys/kernel/random/boot_id")
_ERROR = 5
"""What adjtimex returns when the kernel does not know of a synchronised clock."""

_ERROR_MAX_US = 16_000_000
"""Where the kernel stops counting: the error may be anything."""


class _Timex(ctypes.Structure):
    """``struct timex`` of 64-bit Linux, up to the fields read here; the rest is room the kernel writes into."""

    _fields_ = (
        ("modes", ctypes.c_uint),
        ("offset", ctypes.c_long),
        ("freq", ctypes.c_long),
        ("maxerror", ctypes.c_long),
        ("esterror", ctypes.c_long),
        ("status", ctypes.c_int),
        ("rest", ctypes.c_byte * 256),
    )


def read_clock() -> ClockReading:
    """The clock now."""
    synchronised, error_max_ms = _discipline()
    return ClockReading(
        synchronised=synchronised,
        error_max_ms=error_max_ms,
        boot_ms=time.clock_gettime_ns(time.CLOCK_BOOTTIME) // 1_000_000,
        boot_id=_boot_id(),
        unix_ms=time.time_ns() // 1_000_000,
    )


def _discipline() -> tuple[bool | None, int]:
    """Whether the kernel knows the wall clock to be synchronised, and its largest error in ms; (None, 0): not told."""
    query = _Timex()
    # modes 0 only reads. A container may forbid even that.
    state = ctypes.CDLL(None).adjtimex(ctypes.byref(query))
    if state < 0:
        return None, 0
    error_us = max(int(query.maxerror), 0)
    if state == _ERROR or error_us >= _ERROR_MAX_US:
        return False, 0
    return True, -(-error_us // 1000)


@cache
def _boot_id() -> bytes:
    try:
        return bytes.fromhex(_BOOT_ID.read_text().strip().replace("-", ""))
    except (OSError, ValueError):
        return b""
