"""The rooms that are open in this process: who is in them, and how they end.

An interview is held (:mod:`.holding`) from the moment its room opens until nothing of that room is on its way to the
journal any more.
"""

import asyncio
import contextlib
from collections.abc import Iterable
from dataclasses import dataclass

from edge_node.room import metrics
from edge_node.room.desk.holding import Holding
from edge_node.room.ledger import Ledger
from edge_node.room.room import Room
from edge_node.room.visit import Visit
from edge_node.tasks import cancel
from edge_node.telemetry.logs import get_logger

CLOSING_SECONDS = 6.0
"""What facts on their way get when the process ends: less than a running room's patience with the node's server, as
that may be ending too and whoever stops the process kills it in the end."""

log = get_logger("room")


@dataclass(frozen=True, slots=True)
class _Open:
    room: Room
    task: asyncio.Task[None]


class OpenRooms:
    """Owns the rooms' tasks. Two callers must not open or shut the same interview's room at once."""

    def __init__(self, holding: Holding) -> None:
        self._holding = holding
        self._open: dict[str, _Open] = {}
        self._leaving: dict[asyncio.Task[None], Ledger] = {}
        self.closed = False
        """Whether no room may be opened any more: the process ends."""

    def __len__(self) -> int:
        return len(self._open)

    def __contains__(self, interview_id: object) -> bool:
        return interview_id in self._open

    @property
    def interviews(self) -> tuple[str, ...]:
        """Ids of the interviews whose rooms are open now."""
        return tuple(self._open)

    @property
    def occupied(self) -> int:
        """Rooms whose candidate is connected now."""
        return sum(each.room.occupied for each in self._open.values())

    def ledger(self, interview_id: str) -> Ledger | None:
        """The ledger of a live room; None where none is open."""
        found = self._open.get(interview_id)
        return found.room.ledger if found else None

    def enter(self, interview_id: str, visit: Visit) -> bool:
        """Give the visit to the room; False where there is none that still takes one up."""
        found = self._open.get(interview_id)
        if found is None or not found.room.open:
            return False
        found.room.enter(visit)
        return True

    def open(self, interview_id: str, room: Room) -> None:
        """Hold the interview and begin; one that was there before has been shut."""
        self._holding.take(interview_id)
        task = asyncio.create_task(room.run(), name=f"room {interview_id}")
        self._open[interview_id] = _Open(room, task)
        task.add_done_callback(lambda ended: self._ended(interview_id, room, ended))

    async def stop_recording(self, interview_id: str) -> None:
        """Keep nothing more of the candidate's sound; nothing where no room is open."""
        found = self._open.get(interview_id)
        if found:
            await found.room.stop_recording()

    async def shut(self, interview_id: str) -> None:
        """End the room, if it is open; what it keeps is in the record then."""
        found = self._open.get(interview_id)
        if found:
            found.room.open = False
            await cancel(found.task)
            await found.room.ledger.settled()
            if self._open.get(interview_id) is found:
                del self._open[interview_id]

    async def close(self) -> None:
        """End every room, and wait until none holds its interview; what is not kept in ``CLOSING_SECONDS`` is lost."""
        self.closed = True
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(CLOSING_SECONDS):
                await asyncio.gather(*(self.shut(interview_id) for interview_id in self.interviews))
                await _all_of(self._leaving)
        for ledger in set(self._leaving.values()):
            await ledger.give_up()
        await _all_of(self._leaving)

    def _ended(self, interview_id: str, room: Room, task: asyncio.Task[None]) -> None:
        """A room that dies takes no other with it; its page comes back with a new offer and finds the record."""
        leaving = asyncio.create_task(self._leave(interview_id, room), name=f"leave {interview_id}")
        self._leaving[leaving] = room.ledger
        leaving.add_done_callback(self._leaving.pop)
        found = self._open.get(interview_id)
        if found and found.task is task:
            del self._open[interview_id]
        if not task.cancelled() and task.exception():
            metrics.died_total.inc()
            log.error("room died", interview_id=interview_id, exc_info=task.exception())

    async def _leave(self, interview_id: str, room: Room) -> None:
        """Hold the interview until nothing of this room is on its way to the journal any more."""
        try:
            await room.ledger.settled()
        finally:
            self._holding.drop(interview_id)


async def _all_of(tasks: Iterable[asyncio.Task[None]]) -> None:
    waiting = set(tasks)
    if waiting:
        await asyncio.wait(waiting)
