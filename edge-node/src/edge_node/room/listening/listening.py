"""From the microphone to turns: frames, voice activity, the core's decisions, transcripts and captions."""

import asyncio
from collections.abc import Coroutine, Sequence
from typing import Any

from edge_node.core.audio import SAMPLE_RATE_HZ
from edge_node.core.dialogue import turn as floor
from edge_node.core.dialogue.endpoint import (
    DoneSaid,
    Ended,
    EndpointState,
    Judged,
    Paused,
    Resumed,
    Started,
    ThinkingAsked,
    TypingSeen,
    Unanswered,
    Worded,
)
from edge_node.core.dialogue.grammar import grammar
from edge_node.core.dialogue.turn import BargedIn, FloorGiven, Heard, InterviewerBegan, Turn, TurnInput, TurnKept
from edge_node.core.dialogue.utterance import samples
from edge_node.core.dialogue.waiting import silence_ends
from edge_node.core.interview.plan import QuestionKind
from edge_node.ports.clock import Clock
from edge_node.ports.media import Peer
from edge_node.ports.speech import EndOfTurn, VoiceActivity
from edge_node.room.keeping import Keeping
from edge_node.room.ledger import Ledger
from edge_node.room.listening.carried import Carried
from edge_node.room.listening.draft import Draft
from edge_node.room.listening.judging import Judging
from edge_node.room.listening.microphone import Microphone
from edge_node.room.listening.scribe import Scribe
from edge_node.room.listening.silence import SilenceShown
from edge_node.room.listening.tape import Tape
from edge_node.room.listening.transcribing import Transcribing
from edge_node.room.listening.turn_end import TurnEnd
from edge_node.room.page import Page
from edge_node.room.replying.early import EarlyReading
from edge_node.room.rules import RoomRules
from edge_node.room.signals import Began, Interrupted, Said, Signals, Silent
from edge_node.tasks import cancel
from edge_node.telemetry.logs import get_logger

IDLE_SECONDS = 3.0
"""Sound kept while nobody answers; longer than any speech needed to begin."""

log = get_logger("room")


class Listening:
    """The ears of one visit. Its methods are called from the event loop's thread only."""

    def __init__(
        self,
        *,
        peer: Peer,
        voice: VoiceActivity,
        end_of_turn: EndOfTurn,
        scribe: Scribe,
        early: EarlyReading,
        page: Page,
        ledger: Ledger,
        clock: Clock,
        rules: RoomRules,
        signals: Signals,
        keeping: Keeping | None = None,
        microphone: bool = True,
        carried: Sequence[Said] = (),
    ) -> None:
        self._voice = voice
        self._silence = SilenceShown(page, rules.dialogue.endpoint)
        self._ledger = ledger
        self._rules = rules
        self._signals = signals
        self._carried = Carried(carried, ledger.now_ms)
        self._turn_end = TurnEnd(self._carried, clock, lambda: self._turn, language=ledger.kit.language)
        self._turn = Turn()
        self._tape = Tape(samples(rules.dialogue.endpoint.longest_seconds + IDLE_SECONDS))
        self._microphone = Microphone(peer, self._tape, page, ledger, keeping)
        self.expects_sound = microphone
        """Whether there is a microphone, whose sound tells the time."""

        self._judging = Judging(end_of_turn, self._tape)
        self._words = Transcribing(
            scribe,
            self._tape,
            page,
            early,
            ledger,
            partial_every_seconds=rules.partial_every_seconds,
            worded=self._worded,
        )
        self._finishing: asyncio.Task[None] | None = None
        self._tasks: set[asyncio.Task[Any]] = set()

    async def run(self) -> None:
        """Listen until the peer is gone."""
        self._voice.reset()
        if self.expects_sound:
            self._own(self._microphone.miss(), "first sound")
        async for _ in self._microphone.frames():
            for pcm, end in self._tape.windows():
                self._microphone.check(pcm, wanted=self._turn.floor is floor.Floor.CANDIDATE)
                self._step(Heard(self._voice.probability(pcm), end))
            if self._words.draft is None:
                self._tape.forget(self._tape.end - samples(IDLE_SECONDS))
            if self._speaking:
                self._words.show()

    def interviewer_begins(self, *, yields: bool) -> None:
        """The interviewer takes the floor; with ``yields`` the candidate may take it back by speaking."""
        self._put_aside()
        self._step(InterviewerBegan(yields))

    def interviewer_sounds(self, *, yields: bool) -> None:
        """The first sound is queued now: the echo canceller starts to learn. Nothing when the floor was taken."""
        if self._turn.floor is floor.Floor.INTERVIEWER:
            self._step(InterviewerBegan(yields))

    def give_floor(self, *, no_answer_seconds: float = 0.0) -> None:
        """The candidate's turn; one taken by interrupting goes on. ``no_answer_seconds``: as in ``FloorGiven``."""
        if self._turn.floor is not floor.Floor.CANDIDATE:
            question = self._ledger.state.question
            closing = question is not None and question.kind is QuestionKind.CLOSING
            self._step(FloorGiven(self._rules.closing_patience if closing else 1.0, no_answer_seconds))

    def carry(self, said: Sequence[Said]) -> None:
        """What was said of an answer that goes on: it stands in front of the next turn."""
        self._carried.add(said)

    def done(self) -> None:
        """The candidate says the answer is over."""
        self._step(DoneSaid(self._turn.at_sample))

    def thinking(self) -> float:
        """The candidate wants more time; seconds of silence there are now, 0 when it is not their turn."""
        self._step(ThinkingAsked(self._turn.at_sample))
        endpoint = self._turn.endpoint
        if self._turn.floor is not floor.Floor.CANDIDATE or endpoint is None:
            return 0.0
        if not self.expects_sound:
            return self._rules.typing_seconds
        until = silence_ends(endpoint, self._rules.dialogue.endpoint)
        return max(0, until - self._turn.at_sample) / SAMPLE_RATE_HZ

    def typing(self) -> None:
        """The candidate is typing an answer: silence says nothing meanwhile."""
        self._step(TypingSeen(self._turn.at_sample))

    async def take_spoken(self) -> tuple[Said, ...]:
        """End the turn and return what was said in it so far, what a lost connection left over included.

        Raises EngineError when the recogniser stays away.
        """
        if self._finishing:
            self._finishing.cancel()
        self._words.stop_captions()
        self._words.stop_reading()
        endpoint, draft = self._turn.endpoint, self._words.draft
        self._step(TurnKept())
        said = await draft.text(endpoint.last_sample) if draft and endpoint else ()
        self._words.draft = None
        before = await self._carried.said()
        self._carried.clear()
        return (*before, *said)

    async def close(self) -> None:
        """Stop everything under way."""
        await cancel(*self._tasks)
        await self._carried.close()
        await self._words.close()

    def _put_aside(self) -> None:
        """The interviewer speaks although an answer has begun (the question is wanted again): what was said stays."""
        draft, endpoint = self._words.draft, self._turn.endpoint
        if draft and endpoint and endpoint.spoken and self._turn.floor is floor.Floor.CANDIDATE:
            self._words.stop_captions()
            self._words.stop_reading()
            self._words.draft = None
            self._carried.set_aside(draft, endpoint.last_sample)

    def _own(self, work: Coroutine[Any, Any, None], name: str) -> asyncio.Task[None]:
        task = asyncio.create_task(work, name=name)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task

    @property
    def _speaking(self) -> bool:
        endpoint = self._turn.endpoint
        return endpoint is not None and endpoint.state is EndpointState.SPEAKING

    def _step(self, given: TurnInput) -> None:
        self._turn, outcomes = floor.step(self._turn, self._rules.dialogue, given)
        for outcome in outcomes:
            self._act(outcome)
        self._silence.follow(self._turn)
        if self._words.draft and self._speaking:
            self._words.draft.speech_until(self._turn.at_sample)

    def _act(self, outcome: floor.TurnOutcome) -> None:
        draft = self._words.draft
        match outcome:
            case Started(first_sample):
                self._words.begin(first_sample, self._microphone.origin_ms)
                self._signals.put(Began())
            case BargedIn(since_sample):
                self._words.begin(since_sample, self._microphone.origin_ms)
                self._signals.put(Interrupted())
            case Paused(last_sample) if draft:
                draft.speculate(last_sample)
                self._own(self._judge(self._judging.sound(self._turn.endpoint), last_sample), "end of turn")
            case Resumed() if draft:
                if self._finishing:
                    self._finishing.cancel()
                self._words.went_on()
            case Ended() if draft:
                self._words.stop_captions()
                self._finishing = self._own(self._finish(draft, outcome), "finish turn")
            case Unanswered():
                self._signals.put(Silent())

    def _worded(self, text: str) -> None:
        endpoint = self._turn.endpoint
        if endpoint:
            self._step(Worded(grammar(text, self._ledger.kit.language), endpoint.last_sample))

    async def _judge(self, pcm: bytes, last_sample: int) -> None:
        probability = await self._judging.probability(pcm)
        if probability is None:
            return
        paused = self._turn.endpoint
        current = paused is not None and paused.last_sample == last_sample
        if self._words.draft and current and probability >= self._rules.dialogue.endpoint.complete_threshold:
            self._words.draft.sounded_complete()
        self._step(Judged(probability, last_sample))

    async def _finish(self, draft: Draft, ended: Ended) -> None:
        spoke = await self._turn_end.spoke(draft, ended, self._words.caption_id)
        # From here on the turn can no longer be taken back: no await stands between this and the signal.
        self._words.stop_reading()
        if self._words.draft is draft:
            self._step(TurnKept())
            self._words.draft = None
        self._carried.clear()
        self._signals.put(spoke)
