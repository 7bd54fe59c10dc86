"""Which room process an interview goes to: the one that holds it, else the one with the least to do. Pure.

Nothing hangs on its memory: that no two processes hold one interview is for the room processes themselves to see to.
"""

from collections import OrderedDict
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass

REMEMBERED_AT_MOST = 256
FRESH_SECONDS = 1800.0
"""So long a candidate may be at the device check, unheard of, and still count as somebody who comes."""


@dataclass(frozen=True, slots=True)
class RoomProcess:
    """What a room process that answers says of itself."""

    interviews: frozenset[str]
    """Ids of what it holds."""

    limit: int
    """Interviews it may hold."""

    ready: bool = True
    """Whether it would open a new interview."""


class RoomsFull(Exception):
    """The node, or every process that answers, holds as many interviews as it may."""


class Placement:
    """Remembers where interviews were sent. ``rooms_max``: interviews the node may hold. Seconds of one clock."""

    def __init__(self, processes: Sequence[str], rooms_max: int) -> None:
        self._processes = tuple(processes)
        self._rooms_max = rooms_max
        self._sent: OrderedDict[str, tuple[str, float]] = OrderedDict()

    @property
    def only(self) -> str:
        """The one process of a node that has one; empty where there are several."""
        return self._processes[0] if len(self._processes) == 1 else ""

    @property
    def processes(self) -> tuple[str, ...]:
        """Every room process, whether it answers or not."""
        return self._processes

    def remembered(self, interview_id: str, now: float) -> str:
        """Where it was sent last; empty when that is not known."""
        process, _ = self._sent.get(interview_id, ("", 0.0))
        if process:
            self._remember(interview_id, process, now)
        return process

    def forget(self, interview_id: str) -> None:
        """It is over, or not where it was sent."""
        self._sent.pop(interview_id, None)

    def choose(
        self, interview_id: str, seen: Mapping[str, RoomProcess], now: float, *, before: Set[str] | None = None
    ) -> str:
        """A process of ``seen``, and remember it: the holder, else where it was sent before, else the least busy one.

        Empty when none answers. ``before``: an open room is wanted, and these interviews are being let into one
        already; then raises RoomsFull.
        """
        holder = next((name for name, room in seen.items() if interview_id in room.interviews), "")
        if holder or not seen:
            return self._remember(interview_id, holder, now) if holder else ""
        able = dict(seen)
        if before is not None:
            everywhere = set().union(*(room.interviews for room in seen.values())) | set(before)
            able = {name: room for name, room in seen.items() if len(room.interviews) < room.limit}
            if len(everywhere) >= self._rooms_max or not able:
                raise RoomsFull
        order = {name: place for place, name in enumerate(self._processes)}
        sent, _ = self._sent.get(interview_id, ("", 0.0))
        chosen = min(
            able,
            key=lambda name: (not able[name].ready, name != sent, self._load(name, able[name], now), order[name]),
        )
        return self._remember(interview_id, chosen, now)

    def _load(self, name: str, room: RoomProcess, now: float) -> int:
        """Interviews it holds, and those that were sent there and have no room yet."""
        coming = {sent for sent, (where, at) in self._sent.items() if where == name and now - at < FRESH_SECONDS}
        return len(room.interviews | coming)

    def _remember(self, interview_id: str, process: str, now: float) -> str:
        self._sent[interview_id] = (process, now)
        self._sent.move_to_end(interview_id)
        while len(self._sent) > REMEMBERED_AT_MOST:
            self._sent.popitem(last=False)
        return process
