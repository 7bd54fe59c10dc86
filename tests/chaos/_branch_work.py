"""Interviews as a room writes them: through the node's journal, one after another or many side by side."""

import asyncio
from collections.abc import Sequence
from typing import Any

from edge_node.bus.local import Bus, connect
from edge_node.journal.store import JetStreamJournal
from edge_node.ports.journal import JournalError
from fakes.whole_interview import facts

APPENDED_TOGETHER = 4
"""Facts a room keeps at once at the most: an answer, its timing, the next stage and question."""


class Pace:
    """So many seconds a fact on the whole: after a standstill, what is behind is made up for."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._due = asyncio.get_running_loop().time()

    async def after(self, count: int) -> None:
        """Wait until the next fact is due."""
        self._due += self._seconds * count
        await asyncio.sleep(max(self._due - asyncio.get_running_loop().time(), 0))


class Rooms:
    """Writes whole interviews to a node's journal; keeps count of what was acknowledged."""

    def __init__(self, bus: Bus, node_id: str) -> None:
        self.bus = bus
        self._journal = JetStreamJournal(bus.client, node_id, timeout_seconds=5)
        self.acked: dict[str, int] = {}
        self.refused = 0
        """Appends that were not known to be kept; a room then reads the journal and goes on from there."""

    @classmethod
    async def opened(cls, url: str, token: str, node_id: str) -> "Rooms":
        """Connect to the node's own server."""
        return cls(await connect(url, process="rooms", token=token), node_id)

    async def hold(self, interview_id: str, *, pace: Pace | None = None, until: float | None = None) -> None:
        """Write one interview to its end, or to a time of the loop's clock."""
        events = facts()
        loop = asyncio.get_running_loop()
        after = 0
        while after < len(events) and (until is None or loop.time() < until):
            several = events[after : after + APPENDED_TOGETHER]
            try:
                await self._journal.append(interview_id, several, after=after, interview_ms=after * 1000)
                after += len(several)
                self.acked[interview_id] = after
            except JournalError:
                self.refused += 1
                after = await self._place(interview_id)
            if pace:
                await pace.after(len(several))

    async def hold_all(self, interview_ids: Sequence[str], *, side_by_side: int) -> None:
        """Write interviews, so many at a time."""
        waiting = list(reversed(interview_ids))

        async def room() -> None:
            while waiting:
                await self.hold(waiting.pop())

        async with asyncio.TaskGroup() as group:
            for _ in range(side_by_side):
                group.create_task(room())

    async def kept(self, interview_ids: Sequence[str]) -> dict[str, int]:
        """How many facts of each interview the journal has."""
        return {name: await self._place(name) for name in interview_ids}

    async def _place(self, interview_id: str) -> int:
        while True:
            try:
                return len(await self._journal.replay(interview_id))
            except JournalError:
                await asyncio.sleep(0.2)

    def lost(self, kept: dict[str, int]) -> int:
        """Acknowledged facts the journal does not have."""
        return sum(max(count - kept.get(name, 0), 0) for name, count in self.acked.items())


def figures_of(rooms: Rooms, kept: dict[str, int]) -> dict[str, Any]:
    """What the rooms saw."""
    return {
        "acknowledged": sum(rooms.acked.values()),
        "acknowledged_lost": rooms.lost(kept),
        "appends_refused": rooms.refused,
    }
