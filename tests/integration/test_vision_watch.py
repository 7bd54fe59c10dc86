"""Seeing with real weights: a portrait (Grace Hopper, public domain, as it comes with matplotlib) before the camera."""

import asyncio
import time
from collections.abc import AsyncIterator
from functools import partial
from pathlib import Path

import cv2
import numpy as np
import pytest
from edge_node.bus.local import Bus
from edge_node.core.observation.observer import Observer, ObserverRules
from edge_node.core.observation.sample import Sample
from edge_node.core.observation.signs import Kind
from edge_node.models.registry import Registry
from edge_node.ports.failure import EngineError
from edge_node.ports.media import Picture
from edge_node.vision.client import BusWatcher
from edge_node.vision.codec import Sight
from edge_node.vision.landmarker import FaceTracker
from edge_node.vision.service import VisionService
from edge_node.vision.trackers import Trackers
from matplotlib import cbook

WIDTH, HEIGHT = 640, 480


def portrait() -> np.ndarray:
    path = cbook.get_sample_data("grace_hopper.jpg", asfileobj=False)
    return cv2.cvtColor(cv2.imread(str(path)), cv2.COLOR_BGR2RGB)


def scene(*people: np.ndarray, width: int = WIDTH, height: int = HEIGHT) -> Picture:
    """People side by side before a grey wall."""
    wall = np.full((height, width, 3), 90, np.uint8)
    room = width // max(1, len(people))
    for place, person in enumerate(people):
        scale = min(height / person.shape[0], room / person.shape[1])
        seen = cv2.resize(person, None, fx=scale, fy=scale)[:height, :room]
        wall[: seen.shape[0], place * room : place * room + seen.shape[1]] = seen
    return Picture(cv2.cvtColor(wall, cv2.COLOR_RGB2YUV_I420).tobytes(), width, height, 0.0)


async def look(trackers: Trackers, interview_id: str, i420: bytes, width: int, height: int, at_ms: int) -> Sample:
    return await trackers.look(Sight(interview_id, i420, width, height, at_ms))


@pytest.fixture
async def trackers(models_dir: Path) -> AsyncIterator[Trackers]:
    made = Trackers(partial(FaceTracker, Registry(models_dir, "starter").path("face").path), at_most=2)
    try:
        yield made
    finally:
        await made.close()


async def test_a_candidate_comes_is_joined_and_leaves(trackers: Trackers, bus: Bus) -> None:
    service = VisionService(trackers)
    await service.serve(bus)
    watcher = BusWatcher(bus)
    person = portrait()
    scenes = [scene(), scene(person), scene(person, person[:, ::-1], width=960), scene(person), scene()]
    seen: list[Sample] = []
    for n, picture in enumerate(scenes):
        seen.append(await watcher.watch("i-1", picture, 1000 * (n + 1), 10))
    assert [sample.faces for sample in seen] == [0, 1, 2, 1, 0]
    assert [sample.at_ms for sample in seen] == [1000, 2000, 3000, 4000, 5000]
    assert seen[0].brightness == pytest.approx(90, abs=2)
    assert seen[0].yaw_degrees == 0.0
    assert abs(seen[1].yaw_degrees) < 15
    assert abs(seen[1].roll_degrees) < 10


async def test_what_a_mirror_does_to_a_look(trackers: Trackers) -> None:
    """Left and right of head and eyes are told apart, and alike."""
    person = portrait()
    beside = np.hstack([person, np.full((person.shape[0], person.shape[0] // 3, 3), 90, np.uint8)])
    plain, mirrored = scene(beside), scene(beside[:, ::-1])
    one = await look(trackers, "a", plain.i420, WIDTH, HEIGHT, 1)
    two = await look(trackers, "b", mirrored.i420, WIDTH, HEIGHT, 1)
    assert two.yaw_degrees == pytest.approx(-one.yaw_degrees, abs=4)
    assert two.gaze == pytest.approx(1 - one.gaze, abs=0.06)
    assert 0.3 < one.gaze < 0.7
    assert one.width == pytest.approx(two.width, abs=0.02)
    assert 0.1 < one.width < one.height < 0.9
    assert one.outside == 0


async def test_a_visit_becomes_observations(trackers: Trackers) -> None:
    """With real weights: somebody sits, leaves, comes back, is joined, covers the lens."""
    person = portrait()
    black = Picture(np.full((HEIGHT * 3 // 2, WIDTH), 16, np.uint8).tobytes(), WIDTH, HEIGHT, 0.0)
    wall = np.random.default_rng(1).integers(60, 120, (48, 64, 3), np.uint8)
    empty_room = cv2.resize(wall, (WIDTH, HEIGHT), interpolation=cv2.INTER_CUBIC)
    empty = Picture(cv2.cvtColor(empty_room, cv2.COLOR_RGB2YUV_I420).tobytes(), WIDTH, HEIGHT, 0.0)
    two = scene(person, person[:, ::-1])
    observer, seen, at_ms = Observer(ObserverRules()), [], 0
    for picture in (scene(person), empty, scene(person), two, scene(person), black, scene(person)):
        for _ in range(10):
            at_ms += 1000
            seen += observer.take(await look(trackers, "a", picture.i420, picture.width, picture.height, at_ms))
    kinds = [one.kind for one in (*seen, *observer.end())]
    assert kinds == [Kind.FACE_ABSENT, Kind.SEVERAL_FACES, Kind.CAMERA_COVERED]
    assert [(one.start_ms, one.end_ms) for one in seen] == [(11_000, 20_000), (31_000, 40_000), (51_000, 60_000)]
    assert observer.baseline is not None


async def test_a_tilted_head_is_seen_tilted(trackers: Trackers) -> None:
    person = portrait()
    middle = (person.shape[1] / 2, person.shape[0] / 2)
    tilted = cv2.warpAffine(person, cv2.getRotationMatrix2D(middle, 20, 1.0), person.shape[1::-1])
    upright = scene(person)
    leaning = scene(tilted)
    one = await look(trackers, "a", upright.i420, WIDTH, HEIGHT, 1)
    two = await look(trackers, "b", leaning.i420, WIDTH, HEIGHT, 1)
    assert abs(abs(two.roll_degrees - one.roll_degrees) - 20) < 6


@pytest.mark.parametrize(("width", "height"), [(640, 481), (8, 8), (0, 0), (4000, 3000)])
async def test_a_picture_of_a_wrong_size_is_refused(trackers: Trackers, width: int, height: int) -> None:
    with pytest.raises(EngineError, match="bad_request"):
        await look(trackers, "a", scene().i420, width, height, 1)


async def test_time_must_pass_between_two_pictures(trackers: Trackers) -> None:
    picture = scene()
    await look(trackers, "a", picture.i420, WIDTH, HEIGHT, 5)
    with pytest.raises(EngineError, match="bad_request"):
        await look(trackers, "a", picture.i420, WIDTH, HEIGHT, 5)
    with pytest.raises(EngineError, match="cancelled"):
        await look(trackers, "a", picture.i420, WIDTH, HEIGHT, 4)


async def test_only_the_newest_of_waiting_pictures_is_looked_at(trackers: Trackers) -> None:
    picture = scene(portrait())
    asked = await asyncio.gather(
        *(look(trackers, "a", picture.i420, WIDTH, HEIGHT, at_ms) for at_ms in range(1, 7)), return_exceptions=True
    )
    assert isinstance(asked[-1], Sample)
    assert {answer.code for answer in asked[1:-1] if isinstance(answer, EngineError)} == {"cancelled"}


async def test_more_interviews_than_trackers_still_see(trackers: Trackers) -> None:
    picture = scene(portrait())
    for n in range(5):
        assert (await look(trackers, f"i-{n}", picture.i420, WIDTH, HEIGHT, 1000)).faces == 1
    assert (await look(trackers, "i-0", picture.i420, WIDTH, HEIGHT, 2000)).faces == 1


async def test_the_cost_of_a_picture_is_small(trackers: Trackers) -> None:
    """A guard against the detector running on every frame: 30 pictures at 5 a second in CPU time."""
    picture = scene(portrait(), width=320, height=240)
    await look(trackers, "a", picture.i420, 320, 240, 0)
    before = time.process_time()
    for n in range(1, 31):
        await look(trackers, "a", picture.i420, 320, 240, 200 * n)
    assert (time.process_time() - before) / 30 < 0.03
