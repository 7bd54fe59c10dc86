"""Parts of the room alone: the tape, the draft of a turn, the ledger."""

import asyncio
import contextlib

import pytest
from edge_node.core.audio import AudioFrame
from edge_node.core.dialogue.utterance import samples
from edge_node.core.interview import session
from edge_node.core.interview.events import Recorded
from edge_node.ports.failure import EngineError
from edge_node.ports.journal import JournalError
from edge_node.room.ledger import Ledger
from edge_node.room.listening.draft import Draft
from edge_node.room.listening.partials import PartialCaptions
from edge_node.room.listening.scribe import Scribe
from edge_node.room.listening.tape import Tape
from edge_node.room.rules import RoomRules
from edge_node.room.signals import UNHEARD
from fakes.scripted_room import ID, MemoryJournal, short_kit
from fakes.scripted_sound import ScriptedTranscriber, Speech
from fakes.virtual_time import VirtualClock, run_virtual
from hypothesis import given
from hypothesis import strategies as st


def frame(at: int, count: int, value: int = 1) -> AudioFrame:
    return AudioFrame(value.to_bytes(2, "little") * count, at)


@given(counts=st.lists(st.integers(min_value=1, max_value=2_000), min_size=1, max_size=30))
def test_windows_cover_the_sound_once_and_in_order(counts: list[int]) -> None:
    tape, ends, at = Tape(100_000), [], 640
    for count in counts:
        tape.add(frame(at, count))
        at += count
        ends += [end for pcm, end in tape.windows() if len(pcm) == 1024]
        tape.forget(at - 600)
    assert ends == list(range(640 + 512, at + 1, 512))


def test_a_gap_is_silence_an_overlap_is_dropped_and_the_tape_is_bounded() -> None:
    tape = Tape(2_000)
    tape.add(frame(0, 100))
    tape.add(frame(150, 100))
    tape.add(frame(200, 100, 2))
    assert tape.end == 300
    assert tape.cut(100, 150) == bytes(100)
    assert tape.cut(240, 260) == b"\1\0" * 10 + b"\2\0" * 10
    tape.add(frame(300, 1_900))
    assert (tape.start, tape.end, tape.lost) == (200, 2_200, 200)
    tape.add(frame(900_000, 10))
    assert (tape.start, tape.end) == (900_000, 900_010), "a clock that jumped starts a new tape"


class Desk:
    """A draft over a tape that holds a speech."""

    def __init__(self, text: str, *, failures: int = 0, patience_seconds: float = 120.0) -> None:
        self.told: list[str] = []
        self.speech = Speech()
        self.transcriber = ScriptedTranscriber(self.speech, failures=failures)
        rules = RoomRules(transcript_patience_seconds=patience_seconds)
        scribe = Scribe(self.transcriber, VirtualClock(), rules, language="en", vocabulary=())
        self.tape = Tape(samples(300))
        self.tape.add(AudioFrame(self.speech.sound(text), 0))
        self.tape.add(AudioFrame(bytes(16_000), self.tape.end))
        self.draft = Draft(scribe, self.tape, origin_ms=10_000, first_sample=0, speculated=self.told.append)


WORDS = " ".join(f"w{n}" for n in range(70))


@pytest.mark.parametrize(
    ("pause_after", "complete", "heard_seconds"),
    [
        pytest.param(10, False, 21.0, id="short: once more with all"),
        pytest.param(50, False, 6.0, id="long: kept"),
        pytest.param(30, True, 12.0, id="a whole sentence: kept"),
        pytest.param(65, False, 21.0, id="a short rest: once more with what was before it"),
    ],
)
def test_no_word_is_lost_or_doubled_wherever_the_pause_is(
    pause_after: int, complete: bool, heard_seconds: float
) -> None:
    async def talk() -> None:
        desk = Desk(WORDS)
        desk.draft.speculate(pause_after * 4_800 - samples(0.2))
        if complete:
            desk.draft.sounded_complete()
        await asyncio.sleep(1)
        desk.draft.went_on()
        said = await desk.draft.text(70 * 4_800)
        assert " ".join(part.text for part in said) == WORDS
        assert said[0].words[0].start_ms == 10_000
        assert said[-1].words[-1].end_ms == 10_000 + 70 * 300
        assert desk.transcriber.finals == 2
        assert desk.transcriber.last_seconds == pytest.approx(heard_seconds, abs=0.3)

    run_virtual(talk())


def test_a_long_stretch_is_settled_without_a_pause() -> None:
    async def talk() -> None:
        desk = Desk(" ".join(f"w{n}" for n in range(100)))
        for at in range(0, 100 * 4_800, 4_800):
            desk.draft.speech_until(at)
        await asyncio.sleep(1)
        assert desk.draft.settled_text.startswith("w0 w1")
        said = await desk.draft.text(100 * 4_800)
        assert " ".join(part.text for part in said) == " ".join(f"w{n}" for n in range(100))

    run_virtual(talk())


def test_patience_with_a_recogniser_has_an_end() -> None:
    async def talk() -> float:
        desk = Desk("hello", failures=1_000, patience_seconds=20)
        began = asyncio.get_running_loop().time()
        with pytest.raises(EngineError, match="unavailable"):
            await desk.draft.text(4_800)
        return asyncio.get_running_loop().time() - began

    assert 15 < run_virtual(talk()) <= 20


def test_an_answer_with_a_hole_does_not_look_whole() -> None:
    async def talk() -> None:
        desk = Desk(WORDS, patience_seconds=20)
        desk.draft.speculate(50 * 4_800 - samples(0.2))
        await asyncio.sleep(1)
        desk.draft.went_on()
        desk.transcriber.failures = 1_000
        said = await desk.draft.text(70 * 4_800)
        assert [part.text for part in said] == [" ".join(f"w{n}" for n in range(50)), UNHEARD]
        assert (said[1].start_ms, said[1].end_ms, said[1].words) == (said[0].end_ms, 31_200, ())

    run_virtual(talk())


def test_no_partial_caption_comes_behind_its_end_though_its_cancellation_got_lost() -> None:
    class Deaf:
        async def partial(self, _: bytes) -> str:
            with contextlib.suppress(asyncio.CancelledError):
                await asyncio.sleep(3)
            return "so far"

    class Listed:
        def __init__(self) -> None:
            self.said: list[str] = []

        def caption(self, *told: str, final: bool = False) -> None:
            self.said.append(told[-1])

    async def talk() -> None:
        desk, page = Desk(WORDS), Listed()
        captions = PartialCaptions(Deaf(), page, desk.tape, page, every_seconds=0.0)  # type: ignore[arg-type]
        captions.show(desk.draft, "answer-1")
        await asyncio.sleep(1)
        captions.stop()
        await asyncio.sleep(5)
        assert page.said == []
        captions.show(desk.draft, "answer-2")
        await asyncio.sleep(5)
        assert page.said == ["so far"] * 2, "the caption, and what is read ahead"

    run_virtual(talk())


class Flaky(MemoryJournal):
    """Keeps an append but loses its acknowledgement."""

    lose = 0

    async def append(self, interview_id, events, *, after, interview_ms) -> list[Recorded]:  # type: ignore[no-untyped-def]
        recorded = await super().append(interview_id, events, after=after, interview_ms=interview_ms)
        if self.lose:
            self.lose -= 1
            raise JournalError("unavailable")
        return recorded


def test_the_ledger_rides_out_a_journal_that_is_away_and_keeps_nothing_twice() -> None:
    async def keep() -> None:
        clock = VirtualClock()
        journal = Flaky(clock)
        ledger = await Ledger.load(journal, clock, short_kit())
        journal.unavailable = 3
        await ledger.keep(lambda state: session.open_room(state, ()))
        journal.lose = 1
        await ledger.keep(lambda state: session.consent(state, ("interview",), "n1"))
        assert [fact.number for fact in journal.facts[ID]] == [1, 2]
        assert ledger.state.consented
        assert ledger.state.last_number == 2

    run_virtual(keep())


def test_the_ledger_waits_for_a_full_disk_but_not_for_ever() -> None:
    async def keep() -> None:
        clock = VirtualClock()
        journal = MemoryJournal(clock)
        ledger = await Ledger.load(journal, clock, short_kit())
        journal.full = True
        writing = asyncio.create_task(ledger.keep(lambda state: session.open_room(state, ())))
        await asyncio.sleep(20)
        assert not writing.done()
        journal.full = False
        await writing
        assert [fact.number for fact in journal.facts[ID]] == [1]
        journal.full = True
        began = clock.monotonic()
        with pytest.raises(JournalError, match="full"):
            await ledger.keep(lambda state: session.consent(state, ("interview",), "n1"))
        assert 30 <= clock.monotonic() - began < 35
        assert not ledger.state.consented

    run_virtual(keep())


def test_a_cancelled_caller_does_not_cut_a_write_and_time_goes_on_after_a_restart() -> None:
    async def keep() -> None:
        clock = VirtualClock()
        journal = MemoryJournal(clock)
        ledger = await Ledger.load(journal, clock, short_kit())
        caller = asyncio.create_task(ledger.keep(lambda state: session.open_room(state, ())))
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        caller.cancel()
        await asyncio.wait({caller})
        await ledger.settled()
        assert ledger.state.opened
        await asyncio.sleep(60)
        await ledger.keep(lambda state: session.consent(state, ("interview",), "n1"))
        kept_ms = journal.facts[ID][-1].interview_ms
        assert kept_ms == pytest.approx(60_000, abs=10)

        await asyncio.sleep(30)
        again = await Ledger.load(journal, clock, short_kit())
        assert again.now_ms() == pytest.approx(90_000, abs=20)
        clock.skew_ms = -10_000_000
        assert (await Ledger.load(journal, clock, short_kit())).now_ms() == kept_ms, (
            "a clock set back loses time, not order"
        )

    run_virtual(keep())
