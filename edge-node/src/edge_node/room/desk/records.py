"""The record of an interview as a desk reads and writes it: one writer at a time, on the whole node."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Sequence
from weakref import WeakValueDictionary

from edge_node.core.interview.events import Event
from edge_node.core.interview.plan import PlanError
from edge_node.ports.assignments import Assignments
from edge_node.ports.clock import Clock
from edge_node.ports.journal import Journal, JournalError
from edge_node.room.desk.holding import Holding
from edge_node.room.desk.open_rooms import OpenRooms
from edge_node.room.desk.refusal import DeskError
from edge_node.room.ledger import Ledger
from edge_node.telemetry.logs import get_logger

log = get_logger("room")


class Records:
    """Ledgers of the interviews whose kits this node has. Its methods raise DeskError."""

    def __init__(
        self, assignments: Assignments, journal: Journal, clock: Clock, holding: Holding, rooms: OpenRooms
    ) -> None:
        self._assignments = assignments
        self._journal = journal
        self._clock = clock
        self._holding = holding
        self._rooms = rooms
        self._locks: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    @contextlib.asynccontextmanager
    async def alone(self, interview_id: str) -> AsyncIterator[None]:
        """Be the interview's only writer meanwhile; refused with held_elsewhere."""
        # The lock lives as long as somebody holds or awaits it.
        async with self._locks.setdefault(interview_id, asyncio.Lock()):
            if not self._holding.take(interview_id):
                raise DeskError("held_elsewhere")
            try:
                yield
            finally:
                self._holding.drop(interview_id)

    async def ledger(self, interview_id: str, *, fresh: bool = False) -> Ledger:
        """The live room's ledger, or one replayed from the journal; ``fresh`` reads the newest kit in any case."""
        live = self._rooms.ledger(interview_id)
        if live and not fresh:
            return live
        try:
            kit = await self._assignments.kit(interview_id)
            if kit is None:
                raise DeskError("code_unknown")
            if live:
                await live.settled()
            return await Ledger.load(self._journal, self._clock, kit)
        except (PlanError, JournalError) as error:
            log.error("interview not readable", interview_id=interview_id, error=type(error).__name__)
            raise DeskError("room_unavailable") from error

    async def keep(self, ledger: Ledger, events: Sequence[Event], *, at_ms: int | None = None) -> None:
        """Keep these facts; refused with room_unavailable where that fails."""
        try:
            await ledger.keep(lambda _: events, at_ms=at_ms)
        except JournalError as error:
            log.error("facts not kept", interview_id=ledger.kit.interview_id, code=error.code)
            raise DeskError("room_unavailable") from error
