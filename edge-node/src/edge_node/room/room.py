"""One live interview over every visit of its candidate: a lost connection is waited for, a newer one replaces it."""

import asyncio
from collections.abc import Sequence

from edge_node.core.interview import session
from edge_node.core.observation.baseline import Baseline
from edge_node.ports.clock import Clock
from edge_node.room.conversation.answers import spoken_turn
from edge_node.room.conversation.conversation import Ending
from edge_node.room.engines import Engines
from edge_node.room.keeping import Keeping
from edge_node.room.ledger import Ledger
from edge_node.room.page import Page
from edge_node.room.rules import RoomRules
from edge_node.room.salvage import left_over
from edge_node.room.signals import Said
from edge_node.room.supervision import supervise
from edge_node.room.visit import Parts, Visit, assemble
from edge_node.room.watching import Watching
from edge_node.tasks import to_the_end
from edge_node.telemetry.logs import get_logger

log = get_logger("room")


class Room:
    """Give it visits with :meth:`enter`; :meth:`run` holds the interview and ends with it."""

    def __init__(
        self, ledger: Ledger, engines: Engines, clock: Clock, rules: RoomRules, baseline: Baseline | None = None
    ) -> None:
        self.ledger = ledger
        self._baseline = baseline
        self._engines = engines
        self._clock = clock
        self._rules = rules
        self._next: Visit | None = None
        self._entered = asyncio.Event()
        self._carried: tuple[Said, ...] = ()
        self._keeping: Keeping | None = None
        self.open = True
        """Whether a visit given now is still taken up."""

        self.occupied = False
        """Whether a candidate is connected, or about to be."""

    def enter(self, visit: Visit) -> None:
        """A candidate is connected; takes the place of whoever was. Only while ``open``."""
        self._next = visit
        self.occupied = True
        self._entered.set()

    async def run(self) -> None:
        """Hold the interview; returns when it is over, left, or nobody came back. Raises JournalError."""
        try:
            while visit := await self._await_visit():
                try:
                    ending = await self._hold(visit)
                finally:
                    self.occupied = self._next is not None
                    await visit.peer.close()
                if ending is not None:
                    self.open = False
                    return
            await self._keep_carried()
        finally:
            self.open = False
            if self._next:
                await self._next.peer.close()

    async def stop_recording(self) -> None:
        """Keep nothing more of this visit's sound; what was heard is on disk then."""
        if self._keeping:
            await self._keeping.close()

    async def _await_visit(self) -> Visit | None:
        try:
            await asyncio.wait_for(self._entered.wait(), self._rules.return_seconds)
        except TimeoutError:
            self.open = self._entered.is_set()
            if not self.open:
                log.info("nobody came back", interview_id=self.ledger.kit.interview_id)
                return None
        self._entered.clear()
        visit, self._next = self._next, None
        return visit

    async def _hold(self, visit: Visit) -> Ending | None:
        """One visit; None when the connection was lost or replaced."""
        await self.ledger.settled()
        if self.ledger.state.closed:
            return Ending.OVER
        await self.ledger.keep(lambda state: session.join(state, visit.microphone, visit.camera))
        parts = assemble(
            visit,
            self.ledger,
            self._engines,
            self._clock,
            self._rules,
            baseline=self._baseline,
            carried=self._carried,
        )
        self._keeping = parts.keeping
        self._carried = ()
        try:
            ending = await supervise(parts, visit.peer, self._entered)
            self._carried = await left_over(self.ledger, parts.listening, parts.signals)
            if parts.watching:
                await self._keep_seen(parts.watching)
        finally:
            await to_the_end(self._fall_silent(parts))
        await self._depart(visit, parts.page, ending)
        return ending

    async def _fall_silent(self, parts: Parts) -> None:
        """Nothing of the visit records or listens any more."""
        try:
            await self.stop_recording()
        finally:
            await parts.listening.close()

    async def _keep_seen(self, watching: Watching) -> None:
        """What the camera saw last; nothing comes after the close, which begins the review."""
        self._baseline = watching.baseline
        await self.ledger.keep(lambda state: [] if state.closed else watching.take(last=True))

    async def _depart(self, visit: Visit, page: Page, ending: Ending | None) -> None:
        """Keep how the visit ended."""
        match ending:
            case Ending.LEFT:
                await self._keep_carried()
                await self.ledger.keep(
                    lambda state: [*session.left(state, "page_closed"), *session.close(state, "candidate_left")]
                )
                page.state("closed", self.ledger.state)
                await self._hang_up(visit)
            case Ending.OVER:
                await self._hang_up(visit)
            case None if not self._entered.is_set():
                await self.ledger.keep(lambda state: session.left(state, "connection_lost"))

    async def _hang_up(self, visit: Visit) -> None:
        """Let the page hang up first, so that it gets the last message."""
        try:
            await asyncio.wait_for(visit.peer.wait_gone(), self._rules.farewell_seconds)
        except TimeoutError:
            log.info("the page did not hang up")

    async def _keep_carried(self) -> None:
        """Keep an answer that was broken off by a lost connection and will not be finished."""
        carried: Sequence[Said] = self._carried
        self._carried = ()
        if self.ledger.state.question and not self.ledger.state.closed:
            await self.ledger.keep(lambda state: spoken_turn(state, carried))
