"""How long a fact was on its way, by clocks that can be trusted for it."""

from dataclasses import dataclass
from typing import Literal

Sync = Literal["synchronised", "unsynchronised", "unknown"]

LONGEST_MS = 366 * 24 * 3600 * 1000
"""A year. What is beyond is a broken clock, no delay."""


@dataclass(frozen=True, slots=True)
class NodeClock:
    """A node's clock at one moment; ``boot_ms`` counts from the start of the machine that ``boot_id`` names."""

    sync: Sync
    error_max_ms: int
    boot_ms: int
    boot_id: bytes
    unix_ms: int


def held_ms(kept: NodeClock | None, sent: NodeClock | None) -> int | None:
    """Milliseconds between keeping a fact on the node and sending it; None when nothing there can tell.

    Within one start of the machine its steady clock tells, however wrong the wall clock is or whatever was done to it.
    Over a restart only two looks at the wall clock are left: a constant error cancels out, a leap back is not believed.
    """
    if kept is None or sent is None:
        return None
    steady = bool(kept.boot_id) and kept.boot_id == sent.boot_id
    held = sent.boot_ms - kept.boot_ms if steady else sent.unix_ms - kept.unix_ms
    return held if 0 <= held <= LONGEST_MS else None
