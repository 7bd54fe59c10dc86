"""When a node opens no new interview, and that it never touches one that runs."""

import asyncio
import os
from dataclasses import replace
from pathlib import Path

import pytest
from edge_node.core.interview.events import InterviewOpened
from edge_node.core.interview.plan import EngineNeed, Kit, Needs
from edge_node.journal import space as disk
from edge_node.journal.space import Look, Space
from edge_node.models.errors import ModelMissing
from edge_node.models.registry import ReadyModel
from edge_node.models.weights import Weights
from edge_node.room.desk.condition import Condition
from edge_node.room.desk.refusal import DeskError
from fakes.fixed_kits import FixedKits, small_kit
from fakes.scripted_room import Branch
from fakes.virtual_time import VirtualClock, run_virtual

GOOD = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
"""sha256 of "test"."""


class OneFile:
    """A registry of one file that serves every role in English."""

    def __init__(self, path: Path) -> None:
        self.path_of = path
        self.read = 0

    def path(self, role: str, language: str | None = None) -> ReadyModel:
        if language not in (None, "en"):
            raise ModelMissing(f"no {role} for {language}")
        return ReadyModel(role, "one", "starter", self.path_of, GOOD, "own")


class Disk(Space):
    """A disk whose free space is said."""

    free = 10_000

    def look(self) -> Look:
        return Look(1_000_000, self.free, 100)

    def fill(self) -> None:
        pass

    def make_room(self) -> None:
        pass


@pytest.fixture
def weights(tmp_path: Path) -> Weights:
    (tmp_path / "one").write_text("test")
    return Weights(OneFile(tmp_path / "one"), tmp_path / "read.json")  # type: ignore[arg-type]


def condition(weights: Weights, *kits: Kit, now_unix_ms: int = 1_800_000_000_000) -> Condition:
    space = Disk(Path("unused"), reserve_bytes=100, headroom_bytes=1_000)
    clock = VirtualClock()
    clock.unix_ms = lambda: now_unix_ms  # type: ignore[method-assign]
    return Condition(weights=weights, space=space, assignments=FixedKits(*kits), clock=clock, languages=("en", "ko"))


def needing(kit: Kit, disk_bytes: int = 10, language: str = "en") -> Kit:
    return replace(kit, needs=Needs((EngineNeed("stt", language), EngineNeed("vad")), disk_bytes))


def test_unread_weights_then_whole_then_damaged_then_missing(weights: Weights, tmp_path: Path) -> None:
    assert weights.problem("stt", "en") == "models_unchecked"
    assert weights.check("stt", "en") == ""
    assert weights.problem("stt", "en") == ""
    again = Weights(OneFile(tmp_path / "one"), tmp_path / "read.json")  # type: ignore[arg-type]
    assert again.problem("stt", "en") == "", "a restart reads nothing again"
    (tmp_path / "one").write_text("tost")
    os.utime(tmp_path / "one", ns=(1, 1))
    assert again.problem("stt", "en") == "models_unchecked"
    assert again.check("stt", "en") == "model_damaged"
    assert again.problem("stt", "en") == "model_damaged"
    (tmp_path / "one").unlink()
    assert again.check("stt", "en") == again.problem("stt", "ko") == "model_missing"


def test_a_nonsense_memory_is_read_as_none(tmp_path: Path) -> None:
    (tmp_path / "one").write_text("test")
    for nonsense in ("[1]", "{", ""):
        (tmp_path / "read.json").write_text(nonsense)
        made = Weights(OneFile(tmp_path / "one"), tmp_path / "read.json")  # type: ignore[arg-type]
        assert made.check("vad") == ""


def test_each_lack_is_named_for_the_kit_that_meets_it(weights: Weights) -> None:
    weights.check("stt", "en")
    kit = needing(small_kit("i", "ABCD1234"))
    looked = condition(weights)
    assert looked.refusal(kit) == ""
    assert looked.refusal(needing(kit, disk_bytes=9_001)) == "disk_full"
    assert looked.refusal(needing(kit, language="ko")) == "model_missing"
    assert looked.refusal(replace(kit, created_unix_ms=1_800_000_600_000)) == "clock_wrong"
    assert looked.refusal(replace(kit, created_unix_ms=1_800_000_100_000)) == "", "clocks differ a little"
    assert condition(weights, now_unix_ms=1_000).refusal(kit) == "clock_wrong"
    looked.draining = True
    assert looked.refusal(kit) == "draining"
    assert looked.problems[0] == "draining"


def test_a_reserve_that_is_not_whole_opens_nothing(tmp_path: Path) -> None:
    space = Space(tmp_path, reserve_bytes=1 << 20, headroom_bytes=0)
    assert not space.fits()
    space.fill()
    assert space.fits()
    os.truncate(tmp_path / disk.FILE, 1000)
    assert not space.fits()
    (tmp_path / disk.FILE).unlink()
    with (tmp_path / disk.FILE).open("wb") as file:
        file.truncate(1 << 20)
    assert not space.fits(), "a file of holes keeps no blocks aside"
    space.fill()
    assert space.fits()


def test_a_refused_interview_stays_unopened_and_a_running_one_may_come_back() -> None:
    async def story() -> None:
        branch = Branch()
        branch.refusal = lambda _: "disk_full"
        with pytest.raises(DeskError, match="disk_full"):
            await branch.desk.claim(branch.kit.interview_id)
        assert await branch.events() == [], "the code is not used up"
        branch.refusal = lambda _: ""
        await branch.admit()
        branch.refusal = lambda _: "disk_full"
        branch.assignments.by_id[branch.kit.interview_id] = replace(branch.kit, kit_id="again")
        await branch.desk.claim(branch.kit.interview_id)
        assert len(await branch.events(InterviewOpened)) == 2
        await branch.close()

    run_virtual(story())


def test_only_rooms_with_a_candidate_are_waited_for() -> None:
    async def story() -> None:
        branch = Branch()
        peer = await branch.admit()
        assert (branch.desk.rooms_open, branch.desk.candidates_present) == (1, 1)
        await peer.close()
        await asyncio.sleep(5)
        assert branch.desk.candidates_present == 0
        assert branch.desk.rooms_open == 1
        await branch.connect()
        assert branch.desk.candidates_present == 1
        await branch.close()

    run_virtual(story())
