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
from edge_node.room.ahead import QuestionAhead
from edge_node.room.answers import Answers, is_backchannel, is_echo
from edge_node.room.asking import Asker, Proposal
from edge_node.room.delivery import Delivery
from edge_node.room.ledger import Ledger
from edge_node.room.listening import Listening
from edge_node.room.page import Page
from edge_node.room.rules import RoomRules
from edge_node.room.signals import (
    Began,
    Interrupted,
    LeaveWanted,
    RepeatWanted,
    Signal,
    Signals,
    Silent,
    Spoke,
    Typed,
)
from edge_node.room.speaking import Mouth
from edge_node.room.timing import Gap
from edge_node.room.watching import Watching
from edge_node.tasks import cancel

SILENCES_MOST = 2
"""Silences after one question before the interview goes on without an answer."""

SPEECH_MS = 1500
"""A turn this long was speech, though no word was understood; a shorter one may be a noise."""

UNHEARD_MOST = 2
"""Answers to one question of which no word was understood before it is left with the mark of an unheard one."""

GO_ON_SECONDS = 8.0
"""Silence behind "please go on" after which what was said is the answer."""

NOISES_MOST = 3
"""Turns without a word after one question before they count as silence."""


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
        self._asker = asker
        self._ahead = ahead
        self._watching = watching
        self._page = page
        self._signals = signals
        self._clock = clock
        self._rules = rules
        self._answers = Answers(ledger, listening)
        self._gap: Gap | None = None
        self._begun_caption = ""
        """Caption of the first part of an answer that trailed off."""

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
            question = await self._decide()
            if question and not await self._answered(question):
                return Ending.LEFT
        self._page.state("closing", self._state)
        await self._delivery.say("goodbye", session.closing_words(self._state.kit), yields=False)
        self._page.state("closed", self._state)
        return Ending.OVER

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
                    await self._keep_more()
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

    async def _keep_more(self) -> None:
        """Keep what the candidate adds to an answered question as one more turn."""
        while not isinstance(self._signals.first, LeaveWanted):
            match await self._next_signal():
                case Spoke() as spoke:
                    await self._heard(spoke)
                    return
                case Typed(text):
                    await self._answers.typed(text)
                    return
                case Silent() | RepeatWanted():
                    return

    async def _keep(self, decide: Callable[[State], Sequence[Event]]) -> None:
        """Keep the next step's facts, with what the camera saw since the last one in front of them."""

        def facts(state: State) -> list[Event]:
            decided = decide(state)
            if self._watching is None:
                return [*decided]
            over = any(isinstance(event, InterviewClosed) for event in decided)
            return [*self._watching.take(last=over), *decided]

        await self._ledger.keep(facts)

    async def _answered(self, question: QuestionAsked) -> bool:
        """Ask, and listen until the question has its turn; False when the candidate left instead."""
        silences = noises = unheard = 0
        encouraged = False
        interrupted = await self._ask(question, leads_in=not self._state.answered)
        while True:
            match await self._next_signal():
                case Spoke() as spoke if interrupted and is_echo(spoke.said, question.spoken):
                    # The microphone hears the loudspeaker: say it once more, and yield to nothing.
                    interrupted = await self._ask(question, yields=False)
                case Spoke() as spoke if interrupted and is_backchannel(spoke.said, self._state.kit.language):
                    # "Mm-hm" over the question says that they listen. Say it once more; the third time to its end.
                    noises += 1
                    interrupted = await self._ask(question, yields=noises < 2)
                case Spoke() as spoke if spoke.trails_off and not encouraged and any(part.text for part in spoke.said):
                    encouraged = True
                    interrupted = await self._encourage(spoke)
                case Spoke() as spoke:
                    if await self._heard(spoke):
                        return True
                    if spoke.speech_ms >= SPEECH_MS:
                        unheard += 1
                        if unheard >= UNHEARD_MOST:
                            await self._answers.unheard(spoke.speech_ms)
                            return True
                        self._page.notice("repeat")
                        interrupted = await self._ask(question)
                        continue
                    noises += 1
                    if noises % NOISES_MOST == 0:
                        self._signals.put(Silent())
                    elif interrupted:
                        # What stopped the interviewer was no answer: start the question again.
                        interrupted = await self._ask(question)
                case Typed(text):
                    await self._answers.typed(text)
                    return True
                case Silent():
                    silences += 1
                    if silences >= SILENCES_MOST or encouraged:
                        await self._answers.silence()
                        return True
                    self._page.notice("take_your_time")
                    interrupted = await self._ask(question)
                case RepeatWanted():
                    self._page.notice("repeat")
                    interrupted = await self._ask(question)
                case LeaveWanted():
                    return False
                case Began() | Interrupted():
                    pass

    async def _encourage(self, spoke: Spoke) -> bool:
        """Ask for the rest of a sentence; what was said of it stays. True when the candidate spoke on over it."""
        self._listening.carry(spoke.said)
        self._begun_caption = spoke.caption_id
        self._page.caption("candidate", spoke.caption_id, " ".join(part.text for part in spoke.said), final=True)
        words = session.go_on_words(self._state.kit)
        interrupted = await self._delivery.say(f"go-on-{len(self._state.questions)}", words, yields=True)
        if not interrupted:
            self._listening.give_floor(no_answer_seconds=GO_ON_SECONDS)
        return interrupted

    async def _ask(self, question: QuestionAsked, *, yields: bool = True, leads_in: bool = False) -> bool:
        """Speak the question; returns when it was said, or wanted no longer. True when the candidate spoke over it."""
        text = question.spoken if leads_in else question.text
        self._page.state("asking", self._state)
        gap, self._gap = self._gap, None
        if gap:
            gap.text_ready(self._clock.monotonic())
        interrupted = await self._delivery.say(question.question_id, text, yields=yields, gap=gap)
        if gap and gap.complete:
            timed = gap.timed()
            traced.turn(self._state, question, timed, gap.sounded_ago(self._clock.monotonic()))
            await self._ledger.keep(lambda _: [timed])
        if interrupted:
            heard_ms = self._delivery.heard_ms
            await self._ledger.keep(lambda state: session.interrupted(state, heard_ms))
        return interrupted

    async def _next_signal(self) -> Signal:
        """Give the floor and wait; a page that sends nothing at all is silent in the end."""
        if self._signals.first is None:
            self._listening.give_floor()
            self._page.state("listening", self._state)
            try:
                await asyncio.wait_for(self._signals.wait(), self._rules.typing_seconds)
            except TimeoutError:
                return Silent()
        return self._signals.take() or Silent()

    async def _heard(self, spoke: Spoke) -> bool:
        """Keep a spoken turn; False when no word was in it."""
        began = self._clock.monotonic()
        turn_id = await self._answers.spoken(spoke.said)
        if turn_id:
            self._gap = Gap(turn_id, spoke.end_of_turn_ms, spoke.stt_ms, began)
            if self._begun_caption:
                # The whole answer takes the place of its first part.
                self._page.caption("candidate", self._begun_caption, "", final=True)
                self._begun_caption = ""
            self._page.caption("candidate", spoke.caption_id, self._state.turn(turn_id).text, final=True)
        return bool(turn_id)
