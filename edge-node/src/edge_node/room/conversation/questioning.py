"""One question and what comes back: put, put again, encouraged, and left when it has its turn."""

import asyncio

from edge_node.core.interview import session
from edge_node.core.interview.events import QuestionAsked
from edge_node.core.interview.session import State
from edge_node.ports.clock import Clock
from edge_node.room import traced
from edge_node.room.conversation.answers import Answers, is_backchannel, is_echo
from edge_node.room.conversation.delivery import Delivery
from edge_node.room.conversation.timing import Gap
from edge_node.room.ledger import Ledger
from edge_node.room.listening.listening import Listening
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
    TimeWanted,
    Typed,
)

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


class Questioning:
    """Puts one visit's questions, one at a time. Its methods raise JournalError when a fact cannot be kept."""

    def __init__(
        self,
        *,
        ledger: Ledger,
        listening: Listening,
        delivery: Delivery,
        page: Page,
        signals: Signals,
        clock: Clock,
        rules: RoomRules,
    ) -> None:
        self._ledger = ledger
        self._listening = listening
        self._delivery = delivery
        self._page = page
        self._signals = signals
        self._clock = clock
        self._rules = rules
        self._answers = Answers(ledger, listening)
        self._gap: Gap | None = None
        self._begun_caption = ""
        """Caption of the first part of an answer that trailed off."""

    @property
    def _state(self) -> State:
        return self._ledger.state

    async def answered(self, question: QuestionAsked, before: str = "") -> bool:
        """Ask, and listen until the question has its turn; False when the candidate left instead.

        ``before`` is said once, before a question that stands again.
        """
        silences = noises = unheard = 0
        encouraged = False
        interrupted = await self._ask(question, leads_in=not self._state.answered, before=before)
        spoken = f"{before} {question.spoken}".strip()
        while True:
            match await self._next_signal():
                case Spoke() as spoke if interrupted and is_echo(spoke.said, spoken):
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
                case Began() | Interrupted() | TimeWanted():
                    pass

    async def keep_more(self) -> None:
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

    async def _ask(
        self, question: QuestionAsked, *, yields: bool = True, leads_in: bool = False, before: str = ""
    ) -> bool:
        """Speak the question; returns when it was said, or wanted no longer. True when the candidate spoke over it."""
        text = question.spoken if leads_in else f"{before} {question.text}".strip()
        # Words before it make a caption of their own, below what the candidate said.
        caption_id = f"{question.question_id}-again-{len(self._state.turns)}" if before else question.question_id
        self._page.state("asking", self._state)
        gap, self._gap = self._gap, None
        if gap:
            gap.text_ready(self._clock.monotonic())
        interrupted = await self._delivery.say(caption_id, text, yields=yields, gap=gap)
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
