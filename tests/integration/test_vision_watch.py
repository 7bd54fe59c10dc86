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
from edge_node.core.observation import Observation
from edge_node.models.registry import Registry
from edge_node.ports.failure import EngineError
from edge_node.ports.media import Picture
from edge_node.vision.client import BusWatcher
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
    return Picture(wall.tobytes(), width, height, 0.0)


@pytest.fixture
async def trackers(models_dir: Path) -> AsyncIterator[Trackers]:
    made = Trackers(partial(FaceTracker, Registry(models_dir, "starter").path("face").path), at_most=2)
    try:
        yield made
    finally:
        await made.close()


async def test_a_candidate_comes_is_joined_and_leaves(trackers: Trackers, bus: Bus) -> None:
    await VisionService(trackers).serve(bus)
    watcher = BusWatcher(bus)
    person = portrait()
    scenes = [scene(), scene(person), scene(person, person[:, ::-1], width=960), scene(person), scene()]
    seen: list[Observation] = []
    for n, picture in enumerate(scenes):
        seen.append(await watcher.watch("i-1", picture, 1000 * (n + 1), 10))
    assert [observation.faces for observation in seen] == [0, 1, 2, 1, 0]
    assert [observation.at_ms for observation in seen] == [1000, 2000, 3000, 4000, 5000]
    assert seen[0].brightness == pytest.approx(90, abs=1)
    assert seen[0].yaw_degrees == 0.0
    assert abs(seen[1].yaw_degrees) < 15
    assert abs(seen[1].roll_degrees) < 10


async def test_a_tilted_head_is_seen_tilted(trackers: Trackers) -> None:
    person = portrait()
    middle = (person.shape[1] / 2, person.shape[0] / 2)
    tilted = cv2.warpAffine(person, cv2.getRotationMatrix2D(middle, 20, 1.0), person.shape[1::-1])
    upright = scene(person)
    leaning = scene(tilted)
    one = await trackers.observe("a", upright.rgb, WIDTH, HEIGHT, 1)
    two = await trackers.observe("b", leaning.rgb, WIDTH, HEIGHT, 1)
    assert abs(abs(two.roll_degrees - one.roll_degrees) - 20) < 6


@pytest.mark.parametrize(("width", "height"), [(640, 481), (8, 8), (0, 0), (4000, 3000)])
async def test_a_picture_of_a_wrong_size_is_refused(trackers: Trackers, width: int, height: int) -> None:
    with pytest.raises(EngineError, match="bad_request"):
        await trackers.observe("a", scene().rgb, width, height, 1)


async def test_time_must_pass_between_two_pictures(trackers: Trackers) -> None:
    picture = scene()
    await trackers.observe("a", picture.rgb, WIDTH, HEIGHT, 5)
    with pytest.raises(EngineError, match="bad_request"):
        await trackers.observe("a", picture.rgb, WIDTH, HEIGHT, 5)
    with pytest.raises(EngineError, match="cancelled"):
        await trackers.observe("a", picture.rgb, WIDTH, HEIGHT, 4)


async def test_only_the_newest_of_waiting_pictures_is_looked_at(trackers: Trackers) -> None:
    picture = scene(portrait())
    asked = await asyncio.gather(
        *(trackers.observe("a", picture.rgb, WIDTH, HEIGHT, at_ms) for at_ms in range(1, 7)), return_exceptions=True
    )
    assert isinstance(asked[-1], Observation)
    assert {answer.code for answer in asked[1:-1] if isinstance(answer, EngineError)} == {"cancelled"}


async def test_more_interviews_than_trackers_still_see(trackers: Trackers) -> None:
    picture = scene(portrait())
    for n in range(5):
        assert (await trackers.observe(f"i-{n}", picture.rgb, WIDTH, HEIGHT, 1000)).faces == 1
    assert (await trackers.observe("i-0", picture.rgb, WIDTH, HEIGHT, 2000)).faces == 1


async def test_the_cost_of_a_picture_is_small(trackers: Trackers) -> None:
    """A guard against the detector running on every frame: 30 pictures at 5 a second in CPU time."""
    picture = scene(portrait(), width=320, height=240)
    await trackers.observe("a", picture.rgb, 320, 240, 0)
    before = time.process_time()
    for n in range(1, 31):
        await trackers.observe("a", picture.rgb, 320, 240, 200 * n)
    assert (time.process_time() - before) / 30 < 0.03
