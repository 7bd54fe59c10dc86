"""A node on its way to a release: what it asks, brings, refuses and says. At virtual time."""

import asyncio
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from edge_node.ports.failure import EngineError
from edge_node.releases.checking import Unfit
from edge_node.releases.codec import Announcement
from edge_node.releases.puller import Puller
from edge_node.releases.shelf import OUTCOME, Shelf
from edge_node.tasks import cancel
from fakes.virtual_time import run_virtual
from interview_proto.v1 import node_pb2

FIRST = Announcement("0a" * 16 + "-000", "ab" * 8, "1.1", 1000, "cd" * 32)
SECOND = Announcement("0b" * 16 + "-000", "ba" * 8, "1.2", 1000, "dc" * 32)


class Branch:
    """A node's folder, a head office that says what it is told to say, and a link that brings or does not."""

    def __init__(self, folder: Path) -> None:
        self.programs = folder / "programs"
        (self.programs / "pull").mkdir(parents=True)
        self.shelf = Shelf(folder / "pull", self.programs)
        self.wanted: Announcement | None = None
        self.silent = False
        self.asked: list[node_pb2.ReleaseRequest] = []
        self.fetched: list[str] = []
        self.unfit = ""
        self.seconds = 60.0
        self.runs = "none"

    async def ask(self, raw: bytes, _: float) -> bytes:
        self.asked.append(node_pb2.ReleaseRequest.FromString(raw))
        if self.silent:
            raise EngineError("unavailable", "nobody answers")
        reply = node_pb2.ReleaseReply(node_id="n1")
        if self.wanted:
            said = reply.announcement
            said.announcement_id, said.bundle_id = self.wanted.announcement_id, self.wanted.bundle_id
            said.version, said.bytes, said.sha256_hex = self.wanted.version, self.wanted.size, self.wanted.sha256
        return reply.SerializeToString()

    async def fetch(self, wanted: Announcement, part: Path) -> None:
        part.write_bytes(b"x" * (wanted.size // 2))
        await asyncio.sleep(self.seconds)
        part.write_bytes(b"x" * wanted.size)
        self.fetched.append(wanted.bundle_id)

    async def check(self, bundle: Path, wanted: Announcement) -> None:
        assert bundle.stat().st_size == wanted.size
        if self.unfit:
            raise Unfit(self.unfit)

    def puller(self, bytes_most: int = 10_000) -> Puller:
        return Puller(
            self.shelf,
            self.ask,
            self.fetch,
            self.check,
            lambda bundle: bundle == self.runs,
            node_id="n1",
            group="canary",
            bytes_most=bytes_most,
        )

    def installs(self, wanted: Announcement, state: str, reason: str = "") -> None:
        """What root's installer leaves."""
        said = {"announcement": wanted.announcement_id, "bundle": wanted.bundle_id, "state": state, "reason": reason}
        (self.programs / OUTCOME).write_text(json.dumps(said))

    def ready(self) -> dict[str, str]:
        path = self.shelf.folder / "ready.json"
        return json.loads(path.read_text()) if path.exists() else {}

    @property
    def said(self) -> tuple[str, str, str]:
        return self.asked[-1].announcement_id, self.asked[-1].state, self.asked[-1].reason


@pytest.fixture
def branch(tmp_path: Path) -> Branch:
    return Branch(tmp_path)


def live(puller: Puller, *steps: tuple[float, Callable[[], object]]) -> None:
    """Run the puller, doing each step after so many seconds more."""

    async def lived() -> None:
        task = asyncio.create_task(puller.run())
        for seconds, step in steps:
            await asyncio.sleep(seconds)
            assert not task.done(), task.exception()
            step()
        await cancel(task)

    run_virtual(lived())


def nothing() -> None:
    """Only time passes."""


def test_a_release_is_brought_checked_handed_over_and_its_outcome_told(branch: Branch) -> None:
    branch.wanted = FIRST
    seen = []

    def look() -> None:
        seen.append((branch.said[1], branch.asked[-1].received_bytes, bool(branch.ready())))

    live(
        branch.puller(),
        (45, look),
        (50, look),
        (1, lambda: branch.installs(FIRST, "installing")),
        (40, look),
        (1, lambda: branch.installs(FIRST, "active")),
        (40, look),
    )
    assert seen == [("fetching", 500, False), ("ready", 1000, True), ("installing", 1000, True), ("active", 1000, True)]
    assert branch.ready() == {"announcement": FIRST.announcement_id, "bundle": FIRST.bundle_id}
    assert {asked.rollout_group for asked in branch.asked} == {"canary"}


def test_a_release_is_tried_once_also_after_a_restart(branch: Branch) -> None:
    branch.wanted, branch.unfit = FIRST, "bundle refused: the signature is not of a key this machine trusts"
    live(branch.puller(), (200, nothing))
    assert branch.said == (FIRST.announcement_id, "failed", branch.unfit)
    assert not branch.ready() and not branch.shelf.bundle.exists()
    branch.unfit = ""
    live(branch.puller(), (200, nothing))
    assert branch.said[1] == "failed" and branch.fetched == [FIRST.bundle_id]
    # Announced anew it is tried anew.
    branch.wanted = Announcement(SECOND.announcement_id, *[getattr(FIRST, n) for n in FIRST.__slots__[1:]])
    live(branch.puller(), (200, nothing))
    assert branch.said[1] == "ready" and branch.ready()["announcement"] == SECOND.announcement_id


def test_what_cannot_be_taken_is_not_begun(branch: Branch, monkeypatch: pytest.MonkeyPatch) -> None:
    branch.wanted = FIRST
    live(branch.puller(bytes_most=999), (40, nothing))
    assert branch.said[1] == "failed" and "takes" in branch.said[2]
    branch.wanted = SECOND
    monkeypatch.setattr("edge_node.releases.shelf.shutil.disk_usage", lambda _: type("Free", (), {"free": 1_000_000}))
    live(branch.puller(), (40, nothing))
    assert branch.said[1] == "failed" and "disk lacks" in branch.said[2]
    assert branch.fetched == [] and not branch.shelf.part.exists()


def test_a_full_disk_on_the_way_is_the_reason(branch: Branch) -> None:
    async def full(wanted: Announcement, part: Path) -> None:
        part.write_bytes(b"x")
        raise OSError(28, "No space left on device")

    branch.wanted, branch.fetch = FIRST, full  # type: ignore[method-assign]
    live(branch.puller(), (70, nothing))
    assert branch.said[1:] == ("failed", "disk: No space left on device")
    assert not branch.shelf.part.exists()


def test_silence_of_head_office_stops_nothing_and_its_word_does(branch: Branch) -> None:
    branch.wanted, branch.seconds = FIRST, 1000.0

    def fall_silent() -> None:
        branch.silent = True

    def speak_again() -> None:
        branch.silent, branch.wanted = False, None

    live(
        branch.puller(),
        (45, fall_silent),
        (300, lambda: branch.fetched.append(branch.puller().status.state)),
        (1, speak_again),
        (100, nothing),
    )
    assert FIRST.bundle_id not in branch.fetched, "it was withdrawn before it was whole"
    assert branch.asked[8].state == "fetching" and branch.said == ("", "", "")


def test_a_node_knows_whether_head_office_has_answered_since_it_started(branch: Branch) -> None:
    branch.silent = True
    puller = branch.puller()
    heard = []

    def speak() -> None:
        heard.append(puller.heard)
        branch.silent = False

    live(puller, (20, speak), (3, lambda: heard.append(puller.heard)))
    assert heard == [False, True]
    asked = len(branch.asked)
    live(branch.puller(), (95, nothing))
    assert len(branch.asked) - asked == 4, "once it was heard, half a minute apart"


def test_a_release_that_runs_already_is_not_fetched(branch: Branch) -> None:
    branch.wanted, branch.runs = FIRST, FIRST.bundle_id
    live(branch.puller(), (70, nothing))
    assert branch.said[1] == "active" and branch.fetched == []


def test_a_second_release_waits_for_the_one_that_is_being_installed(branch: Branch) -> None:
    branch.wanted = FIRST
    seen = []

    def other() -> None:
        branch.installs(FIRST, "installing")
        branch.wanted = SECOND

    def look() -> None:
        seen.append((branch.said[0], branch.said[1], branch.ready().get("announcement")))

    live(
        branch.puller(),
        (95, other),
        (90, look),
        (1, lambda: branch.installs(FIRST, "failed", "hear: heard nothing")),
        (130, look),
    )
    assert seen == [
        (SECOND.announcement_id, "fetching", FIRST.announcement_id),
        (SECOND.announcement_id, "ready", SECOND.announcement_id),
    ]


@pytest.mark.parametrize("reply", [b"", b"\xff\xff", node_pb2.ReleaseReply(node_id="n2").SerializeToString()])
def test_what_is_no_answer_changes_nothing(branch: Branch, reply: bytes) -> None:
    branch.wanted = FIRST
    puller = branch.puller()
    asked = branch.ask

    async def garbled(raw: bytes, seconds: float) -> bytes:
        answer = await asked(raw, seconds)
        return answer if len(branch.asked) == 1 else reply

    puller._ask = garbled
    live(puller, (200, nothing))
    assert branch.said[1] == "ready"


def test_an_announcement_that_leads_out_of_the_folder_is_none(branch: Branch) -> None:
    branch.wanted = Announcement(FIRST.announcement_id, "../../etc", "1.1", 10, "cd" * 32)
    live(branch.puller(), (200, nothing))
    assert branch.said == ("", "", "") and branch.fetched == []
