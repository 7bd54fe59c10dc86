"""One interview's facts and the state they make. The only writer of an interview while it is live."""

import asyncio
from collections.abc import Callable, Sequence

from edge_node.core.interview import session
from edge_node.core.interview.events import Event, InterviewOpened, Recorded
from edge_node.core.interview.plan import Kit
from edge_node.core.interview.session import State
from edge_node.ports.clock import Clock
from edge_node.ports.journal import Journal, JournalError
from edge_node.room import metrics, traced
from edge_node.tasks import cancel
from edge_node.telemetry.logs import get_logger

LONGEST_GAP_MS = 7 * 24 * 3600 * 1000
"""A wall clock that jumped further than this between two processes is not believed."""

PATIENCE_SECONDS = 30.0

Decide = Callable[[State], Sequence[Event]]

log = get_logger("room")


class Ledger:
    """State of one interview, changed only by facts that are on disk. Make it with :meth:`load`."""

    def __init__(self, journal: Journal, clock: Clock, kit: Kit, recorded: Sequence[Recorded]) -> None:
        self._journal = journal
        self._clock = clock
        self._lock = asyncio.Lock()
        self._writing: set[asyncio.Task[list[Recorded]]] = set()
        self.claimed_kit_id = ""
        self.state = session.start(kit)
        self._take(recorded)
        self._offset_ms = 0
        if recorded:
            away_ms = clock.unix_ms() - recorded[-1].wall_time_unix_ms
            self._offset_ms = recorded[-1].interview_ms + min(max(0, away_ms), LONGEST_GAP_MS)
        self._loaded_at = clock.monotonic()

    @classmethod
    async def load(cls, journal: Journal, clock: Clock, kit: Kit) -> "Ledger":
        """The interview as the journal has it; raises JournalError."""
        return cls(journal, clock, kit, await journal.replay(kit.interview_id))

    @property
    def kit(self) -> Kit:
        """The kit the interview is held by."""
        return self.state.kit

    def now_ms(self) -> int:
        """Milliseconds since the interview was opened; goes on over restarts, never back."""
        now_ms = self._offset_ms + round((self._clock.monotonic() - self._loaded_at) * 1000)
        return max(now_ms, self.state.interview_ms)

    async def keep(self, decide: Decide, *, at_ms: int | None = None) -> list[Recorded]:
        """Keep what ``decide`` makes of the state; returns when it is on disk. Raises JournalError, DecisionError.

        A cancelled caller does not cut the write: the next caller waits for it. ``at_ms`` is now when left out.
        """
        task = asyncio.create_task(self._keep(decide, at_ms), name="ledger keep")
        self._writing.add(task)
        task.add_done_callback(self._written)
        return await asyncio.shield(task)

    async def settled(self) -> None:
        """Return when no write is under way."""
        while self._writing:
            await asyncio.wait(set(self._writing))

    async def give_up(self) -> None:
        """Keep nothing more of what is under way: the process ends, and the node's server does not answer."""
        log.error("facts given up", interview_id=self.kit.interview_id, count=len(self._writing))
        await cancel(*self._writing)

    def _written(self, task: asyncio.Task[list[Recorded]]) -> None:
        self._writing.discard(task)
        if not task.cancelled() and task.exception():
            log.warning("facts not kept", error=type(task.exception()).__name__)

    async def _keep(self, decide: Decide, at_ms: int | None) -> list[Recorded]:
        async with self._lock:
            events = list(decide(self.state))
            if not events:
                return []
            interview_ms = max(self.state.interview_ms, self.now_ms() if at_ms is None else at_ms)
            recorded = await self._append(events, interview_ms)
            self._take(recorded)
            metrics.count(fact.event for fact in recorded)
            traced.closed(recorded)
            return recorded

    async def _append(self, events: Sequence[Event], interview_ms: int) -> list[Recorded]:
        """Append, riding out a restart of the node's server, and a full disk for as long."""
        interview_id, after = self.kit.interview_id, self.state.last_number
        deadline = self._clock.monotonic() + PATIENCE_SECONDS
        while True:
            try:
                return await self._journal.append(interview_id, events, after=after, interview_ms=interview_ms)
            except JournalError as error:
                if error.code == "conflict" or self._clock.monotonic() >= deadline:
                    raise
                log.warning("fact not kept yet", interview_id=interview_id, code=error.code)
            await asyncio.sleep(0.5)
            landed = await self._landed(after, events)
            if landed:
                return landed

    async def _landed(self, after: int, events: Sequence[Event]) -> list[Recorded]:
        """The facts of an append whose acknowledgement was lost, if they did arrive."""
        try:
            recorded = await self._journal.replay(self.kit.interview_id)
        except JournalError:
            return []
        newer = [fact for fact in recorded if fact.number > after]
        return newer if [fact.event for fact in newer] == list(events) else []

    def _take(self, recorded: Sequence[Recorded]) -> None:
        for fact in recorded:
            self.state = session.record(self.state, fact)
            if isinstance(fact.event, InterviewOpened):
                self.claimed_kit_id = fact.event.kit_id
