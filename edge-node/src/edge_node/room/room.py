"""One live interview over every visit of its candidate: a lost connection is waited for, a newer one replaces it."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass

from edge_node.core.interview import session
from edge_node.core.interview.prompts import Prompt, follow_up_prompt
from edge_node.core.interview.supposed import supposed_brief
from edge_node.core.observation.baseline import Baseline
from edge_node.ports.clock import Clock
from edge_node.ports.failure import EngineError
from edge_node.ports.media import Peer
from edge_node.room.ahead import QuestionAhead
from edge_node.room.answers import spoken_turn
from edge_node.room.asking import Asker
from edge_node.room.conversation import Conversation, Ending
from edge_node.room.early import EarlyReading
from edge_node.room.engines import Engines
from edge_node.room.keeping import Keeping
from edge_node.room.ledger import Ledger
from edge_node.room.listening import Listening
from edge_node.room.messages import MessageDesk
from edge_node.room.page import Page
from edge_node.room.rules import RoomRules
from edge_node.room.scribe import Scribe
from edge_node.room.signals import Said, Signals, Spoke, Typed
from edge_node.room.speaking import Mouth
from edge_node.room.watching import Watching
from edge_node.tasks import cancel
from edge_node.telemetry.logs import get_logger

SALVAGE_SECONDS = 10.0
"""How long a returning candidate may wait for the transcript of what was said before the connection was lost."""

log = get_logger("room")


@dataclass(frozen=True, slots=True)
class Visit:
    """A connected candidate."""

    peer: Peer
    microphone: bool
    camera: bool


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
        signals, page = Signals(), Page(visit.peer)
        mouth = self._mouth(visit)
        asker = Asker(
            self._engines.model,
            self._clock,
            self._rules,
            profile=self._engines.language_profile,
            conversation=self.ledger.kit.interview_id,
        )
        ahead = QuestionAhead(asker, mouth, lambda: self.ledger.state, voices=self._engines.keeps_sound)
        self._keeping = Keeping(self._engines.recorder, self.ledger, page, microphone=visit.microphone)
        listening = self._listening(visit, page, signals, ahead, self._keeping)
        watching = self._watching(visit, page)
        conversation = Conversation(
            peer=visit.peer,
            ledger=self.ledger,
            listening=listening,
            mouth=mouth,
            asker=asker,
            ahead=ahead,
            watching=watching,
            page=page,
            signals=signals,
            clock=self._clock,
            rules=self._rules,
        )
        self._carried = ()
        try:
            ending = await self._supervise(
                visit, conversation, listening, watching, MessageDesk(page, listening, signals)
            )
            self._carried = await self._left_over(listening, signals)
            if watching:
                await self._keep_seen(watching)
        finally:
            await self.stop_recording()
            await listening.close()
        await self._depart(visit, page, ending)
        return ending

    async def _supervise(
        self,
        visit: Visit,
        conversation: Conversation,
        listening: Listening,
        watching: Watching | None,
        messages: MessageDesk,
    ) -> Ending | None:
        """Run the visit's tasks; one that dies ends the visit with its error."""
        held = asyncio.create_task(conversation.hold(), name="conversation")
        gone = asyncio.create_task(visit.peer.wait_gone(), name="peer gone")
        replaced = asyncio.create_task(self._entered.wait(), name="peer replaced")
        sides: set[asyncio.Task[None]] = {
            asyncio.create_task(listening.run(), name="listening"),
            asyncio.create_task(messages.run(visit.peer), name="messages"),
        }
        if self._keeping:
            sides.add(asyncio.create_task(self._keeping.run(), name="recording"))
        if watching:
            sides.add(asyncio.create_task(watching.run(), name="watching"))
        everything: set[asyncio.Task[Ending] | asyncio.Task[None] | asyncio.Task[bool]] = {held, gone, replaced, *sides}
        try:
            waiting = set(everything)
            while not (held.done() or gone.done() or replaced.done()):
                done, waiting = await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
                for task in done:
                    task.result()
            return held.result() if held.done() else None
        finally:
            await cancel(*everything)

    def _mouth(self, visit: Visit) -> Mouth:
        language = self.ledger.kit.language
        return Mouth(visit.peer, self._engines.synthesizer, self._clock, self._rules, language=language)

    def _listening(
        self, visit: Visit, page: Page, signals: Signals, ahead: QuestionAhead, keeping: Keeping
    ) -> Listening:
        kit = self.ledger.kit
        scribe = Scribe(
            self._engines.transcriber(),
            self._clock,
            self._rules,
            language=kit.language,
            vocabulary=kit.vocabulary if kit.language in self._engines.prompted_languages else (),
        )
        return Listening(
            peer=visit.peer,
            voice=self._engines.voice(),
            end_of_turn=self._engines.end_of_turn,
            scribe=scribe,
            early=EarlyReading(self._engines.model, self._supposed_prompt, conversation=kit.interview_id, ahead=ahead),
            page=page,
            ledger=self.ledger,
            clock=self._clock,
            rules=self._rules,
            signals=signals,
            keeping=keeping,
            microphone=visit.microphone,
            carried=self._carried,
        )

    def _supposed_prompt(self, heard: str) -> Prompt | None:
        """What the model would be asked after the answer ``heard``; None when it would not be asked."""
        brief = supposed_brief(self.ledger.state, heard)
        return follow_up_prompt(brief, self._engines.language_profile) if brief else None

    def _watching(self, visit: Visit, page: Page) -> Watching | None:
        if not (visit.camera and self._engines.watcher and self._rules.pictures_per_second):
            return None
        if not self.ledger.state.observable:
            return None
        return Watching(
            peer=visit.peer,
            watcher=self._engines.watcher,
            page=page,
            ledger=self.ledger,
            clock=self._clock,
            pictures_per_second=self._rules.pictures_per_second,
            baseline=self._baseline,
            emotions=self._rules.emotions,
        )

    async def _keep_seen(self, watching: Watching) -> None:
        """What the camera saw last; nothing comes after the close, which begins the review."""
        self._baseline = watching.baseline
        await self.ledger.keep(lambda state: [] if state.closed else watching.take(last=True))

    async def _left_over(self, listening: Listening, signals: Signals) -> tuple[Said, ...]:
        """What was said or typed and is not in the record yet."""
        said: list[Said] = []
        while signal := signals.take():
            match signal:
                case Spoke(said=spoken):
                    said.extend(spoken)
                case Typed(text):
                    now_ms = self.ledger.now_ms()
                    said.append(Said(text, (), now_ms, now_ms))
        try:
            async with asyncio.timeout(SALVAGE_SECONDS):
                said.extend(await listening.take_spoken())
        except (EngineError, TimeoutError):
            log.warning("an unfinished answer stayed without a transcript", interview_id=self.ledger.kit.interview_id)
        return tuple(said)

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
