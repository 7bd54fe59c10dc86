"""How many passages filters leave, as the planner guessed it, kept for a while: it changes with the statistics only."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import NamedTuple

KEPT_SECONDS = 300.0
KEPT_MOST = 512


class Estimate(NamedTuple):
    """Passages that pass the filters, and all that are stored; both as the planner estimates them."""

    passing: float
    stored: float


class Estimates:
    """The latest estimates by what was asked; the oldest goes when there are too many. ``now``: steady seconds."""

    def __init__(self, now: Callable[[], float]) -> None:
        self._now = now
        self._kept: OrderedDict[Hashable, tuple[float, Estimate]] = OrderedDict()

    def get(self, asked: Hashable) -> Estimate | None:
        """What is known of ``asked``; None when that is too old or nothing."""
        at, estimate = self._kept.get(asked, (0.0, None))
        return estimate if estimate and self._now() - at < KEPT_SECONDS else None

    def put(self, asked: Hashable, estimate: Estimate) -> None:
        """Keep it from now on."""
        self._kept.pop(asked, None)
        self._kept[asked] = (self._now(), estimate)
        if len(self._kept) > KEPT_MOST:
            self._kept.popitem(last=False)
