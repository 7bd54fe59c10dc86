"""Pictures of the device check: hints, and what is handed to the room."""

import asyncio
from dataclasses import replace

import pytest
from edge_node.core.interview.camera_events import ObservationNoted, PresenceObserved
from edge_node.core.interview.events import CandidateLeft, Event, InterviewClosed
from edge_node.core.observation.baseline import Measured
from edge_node.core.observation.observer import ObserverRules
from edge_node.core.observation.sample import Sample
from edge_node.ports.failure import EngineError
from edge_node.ports.media import Picture
from edge_node.room.desk.check import CHECKS_AT_MOST, PictureChecks
from fakes.scripted_room import Branch
from fakes.virtual_time import VirtualClock, run_virtual

PICTURE = Picture(b"\x01" * 6, 2, 2, 0.0)
GOOD = Sample(0, 1, brightness=120.0, contrast=50.0, gaze=0.55, left=0.4, top=0.3, width=0.2, height=0.3)


class Eyes:
    """``ports.vision.Watcher``: sees ``sample``."""

    def __init__(self) -> None:
        self.sample = GOOD
        self.asked: list[tuple[str, int]] = []

    async def watch(
        self, interview_id: str, picture: Picture, at_ms: int, timeout_seconds: float, *, emotion: bool = False
    ) -> Sample:
        self.asked.append((interview_id, at_ms))
        await asyncio.sleep(0.02)
        return replace(self.sample, at_ms=at_ms)


def checks() -> tuple[PictureChecks, Eyes]:
    eyes = Eyes()
    return PictureChecks(eyes, VirtualClock(), ObserverRules()), eyes


def test_hints_come_the_most_telling_first_and_where_somebody_looks_is_none() -> None:
    async def check() -> None:
        made, eyes = checks()
        expected = [
            (GOOD, ()),
            (replace(GOOD, yaw_degrees=70.0), ()),
            (replace(GOOD, faces=0, brightness=2.0, contrast=1.0), ("camera_covered",)),
            (replace(GOOD, faces=0), ("face_absent",)),
            (replace(GOOD, faces=2, brightness=20.0), ("too_dark", "several_faces")),
            (replace(GOOD, width=0.1), ("too_far",)),
            (replace(GOOD, width=0.8, left=-0.4), ("out_of_picture", "too_close")),
        ]
        for sample, hints in expected:
            eyes.sample = sample
            assert await made.look("i-1", PICTURE) == hints
            await asyncio.sleep(1)
        assert {key for key, _ in eyes.asked} == {"i-1.check"}, "the interview's own tracker is not touched"

    run_virtual(check())


def test_what_was_measured_is_handed_over_once_and_may_be_dropped() -> None:
    async def check() -> None:
        made, _ = checks()
        for interview_id in ("i-1", "i-2"):
            for _ in range(8):
                await made.look(interview_id, PICTURE)
                await asyncio.sleep(1)
        made.forget("i-2")
        assert made.measured("i-2") is None
        measured = made.measured("i-1")
        assert measured is not None
        assert (measured.measured, measured.samples) == (Measured.DEVICE_CHECK, 8)
        assert made.measured("i-1") is None

    run_virtual(check())


def test_a_page_that_asks_too_fast_is_refused_and_nobody_else() -> None:
    async def check() -> None:
        made, _ = checks()
        first = asyncio.create_task(made.look("i-1", PICTURE))
        await asyncio.sleep(0)
        with pytest.raises(EngineError, match="busy"):
            await made.look("i-1", PICTURE)
        assert await made.look("i-2", PICTURE) == ()
        await first
        with pytest.raises(EngineError, match="busy"):
            await made.look("i-1", PICTURE)
        await asyncio.sleep(1)
        assert await made.look("i-1", PICTURE) == ()

    run_virtual(check())


def test_checks_of_those_who_never_went_on_are_dropped() -> None:
    async def check() -> None:
        made, _ = checks()
        for number in range(CHECKS_AT_MOST + 1):
            for _ in range(8):
                await made.look(f"i-{number}", PICTURE)
                await asyncio.sleep(0.5)
        assert made.measured("i-0") is None
        assert made.measured("i-1") is not None
        await asyncio.sleep(3700)
        await made.look("new", PICTURE)
        assert made.measured("i-2") is None

    run_virtual(check())


async def _held(branch: Branch, purposes: tuple[str, ...]) -> list[Event]:
    """A whole interview by somebody who did the device check and looked away after the first question."""
    interview_id = branch.kit.interview_id
    await branch.desk.claim(interview_id)
    for _ in range(8):
        await branch.checks.look(interview_id, PICTURE)
        await asyncio.sleep(1)
    await branch.desk.consent(interview_id, purposes, "n1")
    peer = await branch.connect(camera=True)
    peer.picture = PICTURE
    await peer.listening_to("q1")
    branch.watcher.turned_degrees = 60.0
    await asyncio.sleep(20)
    branch.watcher.turned_degrees = 0.0
    await asyncio.sleep(10)
    peer.say(type="leave")
    await peer.until(lambda p: p.state["phase"] == "closed")
    return await branch.events()


def test_one_who_agrees_is_observed_against_the_device_check_and_nothing_comes_after_the_close() -> None:
    async def interview() -> None:
        branch = Branch()
        events = await _held(branch, ("interview", "observation"))
        (noted,) = [event for event in events if isinstance(event, ObservationNoted)]
        assert (noted.kind, noted.baseline) == ("looking_away", "device_check")
        assert 15_000 < noted.end_ms - noted.start_ms <= 21_000
        assert isinstance(events[-1], InterviewClosed)
        await branch.close()

    run_virtual(interview())


def test_one_who_does_not_agree_is_not_looked_at() -> None:
    async def interview() -> None:
        branch = Branch()
        events = await _held(branch, ("interview",))
        assert not [event for event in events if isinstance(event, ObservationNoted | PresenceObserved)]
        assert {key for key, _ in branch.watcher.asked} == {f"{branch.kit.interview_id}.check"}
        assert branch.checks.measured(branch.kit.interview_id) is None
        await branch.close()

    run_virtual(interview())


def test_an_observation_under_way_when_the_line_is_lost_is_kept() -> None:
    async def interview() -> None:
        branch = Branch()
        peer = await branch.admit(camera=True, purposes=("interview", "observation"))
        peer.picture = Picture(bytes(6), 2, 2, 0.0)  # nobody in it
        await peer.listening_to("q1")
        await asyncio.sleep(10)
        await peer.close()
        await asyncio.sleep(1)
        (noted,) = await branch.events(ObservationNoted)
        assert noted.kind == "face_absent"  # type: ignore[attr-defined]
        assert isinstance((await branch.events())[-1], CandidateLeft)
        await branch.close()

    run_virtual(interview())
