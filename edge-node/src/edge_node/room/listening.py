"""From the microphone to turns: frames, voice activity, the core's decisions, transcripts and captions."""

import asyncio
from collections.abc import Coroutine, Sequence
from itertools import chain
from typing import Any

from edge_node.core.audio import SAMPLE_RATE_HZ
from edge_node.core.dialogue import turn as floor
from edge_node.core.dialogue.endpointing import (
    DoneSaid,
    Ended,
    EndpointState,
    EndReason,
    Judged,
    Paused,
    Resumed,
    Started,
    ThinkingAsked,
    Unanswered,
    Worded,
)
from edge_node.core.dialogue.grammar import grammar, trails_off
from edge_node.core.dialogue.turn import BargedIn, FloorGiven, Heard, InterviewerBegan, Turn, TurnInput, TurnKept
from edge_node.core.dialogue.utterance import VoiceState, samples
from edge_node.core.interview.plan import QuestionKind
from edge_node.ports.clock import Clock
from edge_node.ports.failure import EngineError
from edge_node.ports.media import Peer
from edge_node.ports.speech import EndOfTurn, VoiceActivity
from edge_node.room.draft import Draft
from edge_node.room.early import EarlyReading
from edge_node.room.keeping import Keeping
from edge_node.room.ledger import Ledger
from edge_node.room.microphone import DEAD_SECONDS, Microphone
from edge_node.room.page import Page
from edge_node.room.partials import PartialCaptions
from edge_node.room.rules import RoomRules
from edge_node.room.scribe import Scribe
from edge_node.room.signals import UNHEARD, Began, Interrupted, Said, Signals, Silent, Spoke
from edge_node.room.silence import SilenceShown
from edge_node.room.tape import Tape
from edge_node.tasks import cancel
from edge_node.telemetry.logs import get_logger

PRE_ROLL_SECONDS = 0.5
"""Sound kept before the first speech; longer than the guard behind the interviewer's last word."""

IDLE_SECONDS = 3.0
"""Sound kept while nobody answers; longer than any speech needed to begin."""

JUDGED_SECONDS = 8.0
"""Sound the end-of-turn model is given at the most."""

BEGINNING_STEPS = 30
"""Looks, 20 ms apart, at a sound that begins before it counts as noise; sooner while sound comes in."""

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
        self._peer = peer
        self._voice = voice
        self._end_of_turn = end_of_turn
        self._scribe = scribe
        self._early = early
        self._page = page
        self._silence = SilenceShown(page, rules.dialogue.endpoint)
        self._ledger = ledger
        self._clock = clock
        self._rules = rules
        self._signals = signals
        self._keeping = keeping
        self._carried = tuple(carried)
        self._turn = Turn()
        self._tape = Tape(samples(rules.dialogue.endpoint.longest_seconds + IDLE_SECONDS))
        self._origin_ms: int | None = None
        self._draft: Draft | None = None
        self._aside: list[tuple[Draft, asyncio.Task[tuple[Said, ...]]]] = []
        self._finishing: asyncio.Task[None] | None = None
        self._tasks: set[asyncio.Task[Any]] = set()
        self._partials = PartialCaptions(scribe, page, self._tape, early, every_seconds=rules.partial_every_seconds)
        self._turns = 0
        self._expects_sound = microphone
        self._microphone = Microphone()

    async def run(self) -> None:
        """Listen until the peer is gone."""
        self._voice.reset()
        if self._expects_sound:
            self._own(self._miss_sound(), "first sound")
        async for frame in self._peer.frames():
            if self._origin_ms is None:
                self._origin_ms = self._ledger.now_ms() - frame.start_sample * 1000 // SAMPLE_RATE_HZ
            if self._keeping:
                self._keeping.hear(frame, self._origin_ms)
            self._tape.add(frame)
            for pcm, end in self._tape.windows():
                if self._microphone.found_dead(pcm, wanted=self._turn.floor is floor.Floor.CANDIDATE):
                    self._page.notice("microphone_silent")
                self._step(Heard(self._voice.probability(pcm), end))
            if self._draft is None:
                self._tape.forget(self._tape.end - samples(IDLE_SECONDS))
            endpoint = self._turn.endpoint
            if self._draft and endpoint and endpoint.state is EndpointState.SPEAKING:
                self._partials.show(self._draft, self._caption_id)

    def interviewer_begins(self, *, yields: bool) -> None:
        """The interviewer takes the floor; with ``yields`` the candidate may take it back by speaking."""
        self._put_aside()
        self._step(InterviewerBegan(yields))

    def interviewer_sounds(self, *, yields: bool) -> None:
        """The first sound is queued now: the echo canceller starts to learn. Nothing when the floor was taken."""
        if self._turn.floor is floor.Floor.INTERVIEWER:
            self._step(InterviewerBegan(yields))

    def give_floor(self, *, no_answer_seconds: float = 0.0) -> None:
        """The candidate's turn; a turn taken by interrupting goes on.

        ``no_answer_seconds``: silence that counts as no answer; 0 for that of the rules.
        """
        if self._turn.floor is not floor.Floor.CANDIDATE:
            question = self._ledger.state.question
            closing = question is not None and question.kind is QuestionKind.CLOSING
            self._step(FloorGiven(self._rules.closing_patience if closing else 1.0, no_answer_seconds))

    def carry(self, said: Sequence[Said]) -> None:
        """What was said of an answer that goes on: it stands in front of the next turn."""
        self._carried = (*self._carried, *said)

    def done(self) -> None:
        """The candidate says the answer is over."""
        self._step(DoneSaid(self._turn.at_sample))

    def thinking(self) -> None:
        """The candidate wants more time."""
        self._step(ThinkingAsked(self._turn.at_sample))

    async def take_spoken(self) -> tuple[Said, ...]:
        """End the turn and return what was said in it so far, what a lost connection left over included.

        Raises EngineError when the recogniser stays away.
        """
        if self._finishing:
            self._finishing.cancel()
        self._partials.stop()
        self._early.stop()
        endpoint, draft = self._turn.endpoint, self._draft
        self._step(TurnKept())
        said = await draft.text(endpoint.last_sample) if draft and endpoint else ()
        self._draft = None
        before = await self._said_before()
        self._carried, self._aside = (), []
        return (*before, *said)

    async def close(self) -> None:
        """Stop everything under way."""
        await cancel(*self._tasks)
        await self._partials.close()
        await self._early.close()
        for draft in [*(draft for draft, _ in self._aside), *([self._draft] if self._draft else [])]:
            await draft.close()

    def _put_aside(self) -> None:
        """The interviewer speaks although an answer has begun (the question is wanted again): what was said stays."""
        draft, endpoint = self._draft, self._turn.endpoint
        if draft and endpoint and endpoint.spoken and self._turn.floor is floor.Floor.CANDIDATE:
            self._partials.stop()
            self._early.stop()
            self._draft = None
            draft.speculate(endpoint.last_sample)
            task = asyncio.create_task(draft.text(endpoint.last_sample), name="set aside")
            self._aside.append((draft, task))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def _said_before(self) -> tuple[Said, ...]:
        """What a lost connection and a repeated question left over; stays until the turn is kept."""
        tasks = [task for _, task in self._aside]
        if tasks:
            await asyncio.wait(tasks)
        now_ms = self._ledger.now_ms()
        unheard = (Said(UNHEARD, (), now_ms, now_ms),)
        aside = [unheard if task.cancelled() or task.exception() else task.result() for task in tasks]
        return (*self._carried, *chain.from_iterable(aside))

    def _own(self, work: Coroutine[Any, Any, None], name: str) -> asyncio.Task[None]:
        task = asyncio.create_task(work, name=name)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task

    async def _miss_sound(self) -> None:
        await asyncio.sleep(DEAD_SECONDS)
        if self._origin_ms is None:
            self._page.notice("microphone_silent")

    def _step(self, given: TurnInput) -> None:
        self._turn, outcomes = floor.step(self._turn, self._rules.dialogue, given)
        for outcome in outcomes:
            self._act(outcome)
        self._silence.follow(self._turn)
        endpoint = self._turn.endpoint
        if self._draft and endpoint and endpoint.state is EndpointState.SPEAKING:
            self._draft.speech_until(self._turn.at_sample)

    def _act(self, outcome: floor.TurnOutcome) -> None:
        match outcome:
            case Started(first_sample):
                self._begin(first_sample)
                self._signals.put(Began())
            case BargedIn(since_sample):
                self._begin(since_sample)
                self._signals.put(Interrupted())
            case Paused(last_sample) if self._draft:
                self._draft.speculate(last_sample)
                self._own(self._judge(self._last_of_turn(), last_sample), "end of turn")
            case Resumed() if self._draft:
                if self._finishing:
                    self._finishing.cancel()
                self._draft.went_on()
                self._early.went_on()
            case Ended() if self._draft:
                self._partials.stop()
                self._finishing = self._own(self._finish(self._draft, outcome), "finish turn")
            case Unanswered():
                self._signals.put(Silent())

    def _begin(self, first_sample: int) -> None:
        self._turns += 1
        self._partials.begin()
        first = max(self._tape.start, first_sample - samples(PRE_ROLL_SECONDS))
        self._draft = Draft(
            self._scribe,
            self._tape,
            origin_ms=self._origin_ms or 0,
            first_sample=first,
            speculated=self._speculated,
        )

    def _speculated(self, text: str) -> None:
        self._early.transcript(text)
        endpoint = self._turn.endpoint
        if endpoint:
            self._step(Worded(grammar(text, self._ledger.kit.language), endpoint.last_sample))

    def _last_of_turn(self) -> bytes:
        began = self._turn.endpoint.first_sample - samples(PRE_ROLL_SECONDS) if self._turn.endpoint else 0
        return self._tape.cut(max(began, self._tape.end - samples(JUDGED_SECONDS)), self._tape.end)

    async def _judge(self, pcm: bytes, last_sample: int) -> None:
        try:
            probability = await self._end_of_turn.probability(pcm)
        except Exception as error:  # noqa: BLE001 - an inference engine raises what it likes; it costs a longer wait
            log.warning("end of turn not judged", error=type(error).__name__)
            return
        paused = self._turn.endpoint
        current = paused is not None and paused.last_sample == last_sample
        if self._draft and current and probability >= self._rules.dialogue.endpoint.complete_threshold:
            self._draft.sounded_complete()
        self._step(Judged(probability, last_sample))

    async def _finish(self, draft: Draft, ended: Ended) -> None:
        decided = self._clock.monotonic()
        try:
            said = await draft.text(ended.last_sample)
        except EngineError as error:
            log.error("a turn stayed without a transcript", code=error.code)
            said = ()
        before = await self._said_before()
        await self._until_clear()
        began = self._turn.endpoint.first_sample if self._turn.endpoint else ended.last_sample
        text = said[-1].text if said and ended.reason is EndReason.SILENCE else ""
        if not any(part.text for part in said):
            log.info("turn without words", reason=str(ended.reason))
        self._early.stop()
        # From here on the turn can no longer be taken back: no await stands between this and the signal.
        if self._draft is draft:
            self._step(TurnKept())
            self._draft = None
        self._carried, self._aside = (), []
        self._signals.put(
            Spoke(
                said=(*before, *said),
                end_of_turn_ms=max(0, ended.at_sample - ended.last_sample) * 1000 // SAMPLE_RATE_HZ,
                stt_ms=round((self._clock.monotonic() - decided) * 1000),
                caption_id=self._caption_id,
                trails_off=trails_off(text, self._ledger.kit.language),
                speech_ms=(ended.last_sample - began) * 1000 // SAMPLE_RATE_HZ,
            )
        )

    async def _until_clear(self) -> None:
        """While a sound is beginning: speech takes the turn back and cancels its end, a noise passes."""
        for _ in range(BEGINNING_STEPS):
            if self._turn.floor is not floor.Floor.RETURNED or self._turn.voice.state is not VoiceState.STARTING:
                return
            await asyncio.sleep(0.02)

    @property
    def _caption_id(self) -> str:
        return f"answer-{self._ledger.state.visit}-{self._turns}"
