"""Who is recorded: only who agreed to it, only while they do, and never at the interview's cost."""

import asyncio
from dataclasses import dataclass, field

import pytest
from edge_node.core.audio import AudioFrame
from edge_node.core.interview.events import ConsentGiven, InterviewClosed, RecordingStopped, TurnTaken
from edge_node.tasks import AGAIN_SECONDS
from fakes.scripted_room import ID, Branch
from fakes.virtual_time import run_virtual

BOTH = ("interview", "recording")
STEP_SAMPLES = 320


@dataclass
class ListedRecording:
    """``ports.recording.Recording``: remembers what it was given."""

    interview_id: str
    track: int
    heard: list[tuple[int, int]] = field(default_factory=list)
    """First sample of each frame, and the interview time of sample 0."""

    sound: bytearray = field(default_factory=bytearray)
    closed: bool = False
    disk_seconds: float = 0.0
    """What the last of it takes to be on disk."""

    reason: str = ""
    ended: asyncio.Event = field(default_factory=asyncio.Event)

    def hear(self, frame: AudioFrame, origin_ms: int) -> None:
        assert not self.closed
        self.heard.append((frame.start_sample, origin_ms))
        self.sound += frame.pcm

    async def stopped(self) -> str:
        await self.ended.wait()
        return self.reason

    async def close(self) -> None:
        await asyncio.sleep(self.disk_seconds)
        self.closed = True

    def end(self, reason: str) -> None:
        self.reason = reason
        self.ended.set()


class ListingRecorder:
    """``ports.recording.Recorder`` in memory."""

    def __init__(self) -> None:
        self.begun: list[ListedRecording] = []
        self.erased: list[str] = []

    def begin(self, interview_id: str, track: int) -> ListedRecording:
        self.begun.append(ListedRecording(interview_id, track))
        return self.begun[-1]

    async def erase(self, interview_id: str) -> None:
        assert all(recording.closed for recording in self.begun)
        self.erased.append(interview_id)


@pytest.mark.parametrize(
    ("purposes", "microphone", "recorded"),
    [
        (BOTH, True, True),
        (("interview",), True, False),
        (("interview", "emotion", "camera"), True, False),
        (BOTH, False, False),
    ],
    ids=["agreed", "not agreed", "other purposes", "typing"],
)
def test_only_who_agreed_and_speaks_is_recorded(purposes: tuple[str, ...], microphone: bool, recorded: bool) -> None:
    async def scenario() -> None:
        recorder = ListingRecorder()
        branch = Branch(recorder=recorder)
        peer = await branch.admit(purposes=purposes, microphone=microphone)
        await peer.listening_to("q1")
        assert (await branch.desk.view(ID)).recording is ("recording" in purposes)
        assert [(one.interview_id, one.track) for one in recorder.begun] == ([(ID, 1)] if recorded else [])
        await branch.close()
        assert all(recording.closed for recording in recorder.begun)

    run_virtual(scenario())


def test_without_a_recorder_an_agreement_records_nothing_and_says_so() -> None:
    async def scenario() -> None:
        branch = Branch()
        peer = await branch.admit(purposes=BOTH)
        await peer.listening_to("q1")
        assert not (await branch.desk.view(ID)).recording
        await branch.close()

    run_virtual(scenario())


def test_an_answer_lies_in_the_recording_where_its_times_say() -> None:
    async def scenario() -> None:
        recorder = ListingRecorder()
        branch = Branch(recorder=recorder)
        peer = await branch.admit(purposes=BOTH)
        await peer.listening_to("q1")
        branch.speak(peer, "We moved the cache and the errors went away.")
        await peer.until(lambda p: len(p.captions("candidate")) >= 1)
        async with asyncio.timeout(60):
            while not await branch.events(TurnTaken):
                await asyncio.sleep(0.1)
        (turn,) = [event for event in await branch.events(TurnTaken) if isinstance(event, TurnTaken)]
        (recording,) = recorder.begun
        assert [first for first, _ in recording.heard] == list(
            range(0, len(recording.heard) * STEP_SAMPLES, STEP_SAMPLES)
        )
        (origin_ms,) = {origin for _, origin in recording.heard}
        sound = memoryview(bytes(recording.sound)).cast("h")
        loud = [at for at, value in enumerate(sound) if abs(value) > 500]
        assert turn.words
        first_ms, last_ms = origin_ms + loud[0] // 16, origin_ms + loud[-1] // 16
        assert turn.start_ms <= first_ms <= last_ms <= turn.end_ms + 20
        assert turn.start_ms >= first_ms - 1_000
        await branch.close()

    run_virtual(scenario())


def test_a_consent_taken_back_ends_and_erases_the_recording_and_the_interview_goes_on() -> None:
    async def scenario() -> None:
        recorder = ListingRecorder()
        branch = Branch(recorder=recorder)
        peer = await branch.admit(purposes=BOTH)
        await peer.listening_to("q1")
        await branch.desk.consent(ID, ["interview"], "n1")
        (recording,) = recorder.begun
        assert recording.closed
        assert recorder.erased == [ID]
        view = await branch.desk.view(ID)
        assert (view.recording, view.purposes) == (False, ("interview",))
        branch.speak(peer, "We moved the cache and the errors went away.")
        await peer.until(lambda p: bool(p.captions("candidate")))
        assert [event.purposes for event in await branch.events(ConsentGiven) if isinstance(event, ConsentGiven)] == [
            BOTH,
            ("interview",),
        ]
        assert not await branch.events(RecordingStopped), "taken back is not broken"
        await branch.close()

    run_virtual(scenario())


def test_a_consent_taken_back_while_the_connection_is_lost_erases_what_was_on_its_way_to_the_disk() -> None:
    async def scenario() -> None:
        recorder = ListingRecorder()
        branch = Branch(recorder=recorder)
        peer = await branch.admit(purposes=BOTH)
        await peer.listening_to("q1")
        recorder.begun[0].disk_seconds = 1.0
        await peer.close()
        await asyncio.sleep(0.2)
        assert not recorder.begun[0].closed
        await branch.desk.consent(ID, ["interview"], "n1")
        assert recorder.erased == [ID]
        await branch.close()

    run_virtual(scenario())


def test_a_process_that_ends_leaves_no_sound_on_its_way_to_the_disk() -> None:
    async def scenario() -> None:
        recorder = ListingRecorder()
        branch = Branch(recorder=recorder)
        peer = await branch.admit(purposes=BOTH)
        await peer.listening_to("q1")
        recorder.begun[0].disk_seconds = 3 * AGAIN_SECONDS
        await branch.desk.close()
        assert recorder.begun[0].closed
        await branch.close()

    run_virtual(scenario())


def test_who_declines_after_all_is_erased_too() -> None:
    async def scenario() -> None:
        recorder = ListingRecorder()
        branch = Branch(recorder=recorder)
        await branch.admit(purposes=BOTH)
        await branch.desk.consent(ID, [], "n1")
        assert recorder.erased == [ID]
        assert await branch.events(InterviewClosed)
        await branch.close()

    run_virtual(scenario())


def test_a_recording_that_breaks_is_a_fact_is_told_and_costs_nothing_else() -> None:
    async def scenario() -> None:
        recorder = ListingRecorder()
        branch = Branch(recorder=recorder)
        peer = await branch.admit(purposes=BOTH)
        await peer.listening_to("q1")
        recorder.begun[0].end("disk_full")
        await peer.until(lambda p: any(message["type"] == "recording_ended" for message in p.sent))
        branch.speak(peer, "We moved the cache and the errors went away.")
        await peer.until(lambda p: bool(p.captions("candidate")))
        assert await branch.events(RecordingStopped) == [RecordingStopped("disk_full")]
        await branch.close()

    run_virtual(scenario())


def test_a_return_is_a_track_of_its_own() -> None:
    async def scenario() -> None:
        recorder = ListingRecorder()
        branch = Branch(recorder=recorder)
        peer = await branch.admit(purposes=BOTH)
        await peer.listening_to("q1")
        await branch.restart()
        again = await branch.connect()
        await again.listening_to("q1")
        assert [recording.track for recording in recorder.begun] == [1, 2]
        assert recorder.begun[0].closed
        await branch.close()

    run_virtual(scenario())
