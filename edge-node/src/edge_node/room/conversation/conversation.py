"""One visit's interview: decide, keep, speak, listen, and again. A fact is kept before anyone acts on it."""

import asyncio
from collections.abc import Callable, Sequence
from enum import StrEnum

from edge_node.core.interview import session
from edge_node.core.interview.events import Event, InterviewClosed, QuestionAsked
from edge_node.core.interview.follow_up import FollowUpBrief
from edge_node.core.interview.session import AskFollowUp, State
from edge_node.ports.clock import Clock
from edge_node.ports.media import Peer
from edge_node.room import traced
from edge_node.room.conversation.delivery import Delivery
from edge_node.room.conversation.questioning import Questioning
from edge_node.room.ledger import Ledger
from edge_node.room.listening.listening import Listening
from edge_node.room.page import Page
from edge_node.room.replying.ahead import QuestionAhead
from edge_node.room.replying.asking import Asker, Proposal
from edge_node.room.replying.speaking import Mouth
from edge_node.room.rules import RoomRules
from edge_node.room.signals import LeaveWanted, Signals
from edge_node.room.watching import Watching
from edge_node.tasks import cancel


class Ending(StrEnum):
    """How a conversation ended while the peer was there."""

    OVER = "over"
    LEFT = "left"


class Conversation:
    """Holds the interview with one peer until it is over or the candidate leaves."""

    def __init__(
        self,
        *,
        peer: Peer,
        ledger: Ledger,
        listening: Listening,
        mouth: Mouth,
        asker: Asker,
        ahead: QuestionAhead,
        watching: Watching | None,
        page: Page,
        signals: Signals,
        clock: Clock,
        rules: RoomRules,
    ) -> None:
        self._ledger = ledger
        self._listening = listening
        self._delivery = Delivery(peer=peer, mouth=mouth, listening=listening, page=page, signals=signals, clock=clock)
        self._questioning = Questioning(
            ledger=ledger,
            listening=listening,
            delivery=self._delivery,
            page=page,
            signals=signals,
            clock=clock,
            rules=rules,
        )
        self._asker = asker
        self._ahead = ahead
        self._watching = watching
        self._page = page
        self._signals = signals
        self._rules = rules
        self._acknowledged_at = -1
        """Questions asked when a late model was bridged with a word."""

    @property
    def _state(self) -> State:
        return self._ledger.state

    async def hold(self) -> Ending:
        """Greet, ask what is due, say goodbye. Raises JournalError when a fact cannot be kept."""
        self._page.state("greeting", self._state)
        back = self._state.question is not None
        words = session.welcome_back_words(self._state.kit) if back else session.opening_words(self._state.kit)
        if not self._state.closed:
            await self._delivery.say(f"greeting-{self._state.visit}", words, yields=False)
        while not self._state.closed:
            if isinstance(self._signals.first, LeaveWanted):
                return Ending.LEFT
            before = self._before_again()
            question = await self._decide()
            if question and not await self._questioning.answered(question, before):
                return Ending.LEFT
        self._page.state("closing", self._state)
        await self._delivery.say("goodbye", session.closing_words(self._state.kit), yields=False)
        self._page.state("closed", self._state)
        return Ending.OVER

    def _before_again(self) -> str:
        """What is said before the question that stands again; empty where another step is due."""
        move = session.next_move(self._state)
        return move.before if isinstance(move, session.Repeat) else ""

    async def _decide(self) -> QuestionAsked | None:
        """Keep the next step's facts; the question to ask now, or None when there is none: look again."""
        move = session.next_move(self._state)
        ready = self._ahead.take(move.brief if isinstance(move, AskFollowUp) else None)
        match move:
            case session.Repeat(question):
                return question
            case session.AskPlanned(events) | session.Close(events):
                await self._keep(lambda _: events)
            case AskFollowUp(brief):
                self._page.state("thinking", self._state)
                proposal = ready or await self._propose(brief)
                if proposal is None:
                    await self._questioning.keep_more()
                    return None
                await self._keep(lambda state: session.follow_up(state, proposal.text, proposal.reason, proposal.asked))
        return None if self._state.closed else self._state.question

    async def _propose(self, brief: FollowUpBrief) -> Proposal | None:
        """Ask the model; None when the candidate has more to say meanwhile: a thought was cut off."""
        self._listening.give_floor()
        with traced.latest_answer(self._state):
            asking = asyncio.create_task(self._asker.propose(brief, len(self._state.questions) + 1), name="propose")
        arrived = asyncio.create_task(self._signals.wait(), name="signal")
        try:
            await asyncio.wait({asking, arrived}, timeout=self._acknowledge_in(), return_when=asyncio.FIRST_COMPLETED)
            if not asking.done() and self._signals.first is None:
                if await self._acknowledge():
                    return None
                await asyncio.wait({asking, arrived}, return_when=asyncio.FIRST_COMPLETED)
            return asking.result() if asking.done() and self._signals.first is None else None
        finally:
            await cancel(asking, arrived)

    def _acknowledge_in(self) -> float | None:
        """Seconds after which a late model is bridged with a word; None for never, and for two questions in a row."""
        seconds = self._rules.acknowledge_seconds
        return seconds if seconds and len(self._state.questions) - self._acknowledged_at >= 2 else None

    async def _acknowledge(self) -> bool:
        """Say that the answer has arrived; True when the candidate speaks over it: there was more to say."""
        self._acknowledged_at = len(self._state.questions)
        words = session.one_moment_words(self._state.kit)
        interrupted = await self._delivery.say(f"moment-{self._acknowledged_at}", words, yields=True)
        if not interrupted:
            self._listening.give_floor()
        return interrupted

    async def _keep(self, decide: Callable[[State], Sequence[Event]]) -> None:
        """Keep the next step's facts, with what the camera saw since the last one in front of them."""

        def facts(state: State) -> list[Event]:
            decided = decide(state)
            if self._watching is None:
                return [*decided]
            over = any(isinstance(event, InterviewClosed) for event in decided)
            return [*self._watching.take(last=over), *decided]

        await self._ledger.keep(facts)
