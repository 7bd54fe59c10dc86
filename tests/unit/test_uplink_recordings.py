"""Recordings leave a node whole, once, after the facts, and with the candidate's consent; or they are removed."""

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from edge_node.core.interview.events import ConsentGiven, Event, InterviewClosed, InterviewOpened
from edge_node.ports.failure import EngineError
from edge_node.recording.codec import Name, Segment
from edge_node.recording.sealing import segment_label, unseal
from edge_node.recording.shelf import Shelf
from edge_node.uplink.recordings import ABANDONED_SECONDS, AGREE_SECONDS, DAY_SECONDS, UNKNOWN_SECONDS, Recordings
from fakes.scripted_room import ID, MemoryJournal
from fakes.virtual_time import VirtualClock
from interview_proto.v1 import recording_pb2

AGREED = ConsentGiven(("interview", "recording"), "2")
CLOSED = InterviewClosed("completed")


class Office:
    """The coordinator: keeps what it is handed, or answers ``status`` instead."""

    def __init__(self) -> None:
        self.status = ""
        self.away_after: int | None = None
        self.kept: dict[Name, bytes] = {}
        self.handed = 0
        self.on_handed: Callable[[], None] = lambda: None

    async def ask(self, subject: str, payload: bytes, timeout_seconds: float) -> bytes:
        assert subject == "rpc.node-1.recording"
        assert timeout_seconds > 0
        request = recording_pb2.RecordingRequest.FromString(payload)
        if self.away_after is not None and self.handed >= self.away_after:
            raise EngineError("unavailable")
        if request.WhichOneof("ask") == "delivery":
            self.handed += 1
            self.on_handed()
            one = request.delivery
            label = segment_label(one.interview_id, one.track, one.number)
            self.kept[Name(one.track, one.number)] = unseal(one.data_key, one.sealed, label)
        names = [recording_pb2.RecordingName(track=name.track, number=name.number) for name in self.kept]
        return recording_pb2.RecordingReply(status=self.status or "held", segments=names).SerializeToString()


class Node:
    """A node with a recording of three segments in two visits."""

    def __init__(self, folder: Path, *facts: Event) -> None:
        self.shelf = Shelf(folder, share_bytes=1 << 40, kept_free_bytes=0, free_bytes=lambda _: 1 << 40)
        self.names = [Name(1, 0), Name(1, 1), Name(2, 0)]
        self._key = self.shelf.open(ID)
        for name in self.names:
            self.add(name)
        self.journal = MemoryJournal(VirtualClock())
        self.facts = facts
        self.office = Office()
        self.behind = False
        self.at = self.shelf.newest_unix(ID)
        self.recordings = self.process()

    def add(self, name: Name) -> None:
        """A segment comes onto the disk."""
        self.shelf.add(ID, self._key, Segment(name, 0, name.number * 160_000, 312, (b"sound",)))

    def process(self) -> Recordings:
        return Recordings(
            self.shelf,
            self.journal,
            self.office.ask,
            "node-1",
            kept_days=7,
            behind=lambda: self.behind,
            now=lambda: self.at,
        )

    async def look(self, *facts: Event) -> None:
        added: Sequence[Event] = (*self.facts, *facts)
        self.facts = ()
        after = len(self.journal.facts.get(ID, ()))
        if added:
            await self.journal.append(ID, added, after=after, interview_ms=0)
        await self.recordings.look()

    @property
    def there(self) -> bool:
        return self.shelf.interviews() == [ID]


async def test_a_recording_leaves_after_the_interview_and_is_removed_when_its_time_is_over(tmp_path: Path) -> None:
    node = Node(tmp_path, InterviewOpened("k", "en"), AGREED)
    await node.look()
    assert not node.office.kept, "not while the candidate may still take the consent back"
    await node.look(CLOSED)
    assert sorted(node.office.kept) == node.names
    await node.look()
    assert node.office.handed == 3
    node.at += 7 * DAY_SECONDS - 1
    await node.look()
    assert node.there
    node.at += 2
    await node.look()
    assert not node.there


async def test_what_is_still_recorded_when_the_interview_is_closed_leaves_too(tmp_path: Path) -> None:
    node = Node(tmp_path, InterviewOpened("k", "en"), AGREED, CLOSED)
    node.office.on_handed = lambda: node.add(Name(2, 1))
    await node.look()
    node.office.on_handed = lambda: None
    assert len(node.office.kept) == 3
    await node.look()
    assert sorted(node.office.kept) == [*node.names, Name(2, 1)]
    node.add(Name(2, 2))
    await node.look()
    assert sorted(node.office.kept) == [*node.names, Name(2, 1), Name(2, 2)]
    handed = node.office.handed
    await node.look()
    assert node.office.handed == handed


async def test_a_cut_link_costs_nothing_that_has_arrived(tmp_path: Path) -> None:
    node = Node(tmp_path, InterviewOpened("k", "en"), AGREED, CLOSED)
    node.office.away_after = 1
    await node.look()
    assert node.office.handed == 1
    node.office.away_after = None
    node.recordings = node.process()
    await node.look()
    assert (sorted(node.office.kept), node.office.handed) == (node.names, 3)


async def test_facts_go_first(tmp_path: Path) -> None:
    node = Node(tmp_path, InterviewOpened("k", "en"), AGREED, CLOSED)
    node.behind = True
    await node.look()
    assert not node.office.kept
    node.behind = False
    await node.look()
    assert len(node.office.kept) == 3


@pytest.mark.parametrize(
    "facts",
    [
        [InterviewOpened("k", "en"), AGREED, ConsentGiven(("interview",), "2")],
        [InterviewOpened("k", "en"), AGREED, InterviewClosed("declined")],
    ],
    ids=["taken back", "declined"],
)
async def test_without_the_consent_nothing_leaves_and_nothing_stays(tmp_path: Path, facts: list[Event]) -> None:
    node = Node(tmp_path, *facts)
    await node.look()
    assert not node.office.kept
    assert not node.there


@pytest.mark.parametrize(("status", "stays"), [("erased", False), ("not_agreed", False), ("later", True), ("x", True)])
async def test_what_head_office_says_counts(tmp_path: Path, status: str, stays: bool) -> None:
    node = Node(tmp_path, InterviewOpened("k", "en"), AGREED, CLOSED)
    node.office.status = status
    await node.look()
    assert node.there is stays
    assert node.shelf.delivered_unix(ID) is None


@pytest.mark.parametrize("facts", [[], [InterviewOpened("k", "en")]], ids=["no journal", "a journal cut short"])
async def test_a_journal_that_lost_the_consent_erases_nothing(tmp_path: Path, facts: list[Event]) -> None:
    node = Node(tmp_path, *facts)
    await node.look()
    assert node.there
    node.at += ABANDONED_SECONDS + 60
    node.office.status = "not_agreed"
    await node.look()
    assert not node.there, "head office has the consents"


async def test_what_head_office_does_not_know_goes_after_a_month(tmp_path: Path) -> None:
    node = Node(tmp_path, InterviewOpened("k", "en"), AGREED, CLOSED)
    node.office.status = "refused"
    await node.look()
    assert not node.office.kept
    node.at += UNKNOWN_SECONDS - 60
    await node.look()
    assert node.there
    node.at += 120 + AGREE_SECONDS
    await node.look()
    assert not node.there


async def test_what_is_erased_at_head_office_later_goes_here_too(tmp_path: Path) -> None:
    node = Node(tmp_path, InterviewOpened("k", "en"), AGREED, CLOSED)
    await node.look()
    node.office.status = "erased"
    await node.look()
    assert node.there, "it is not asked for all the time"
    node.at += AGREE_SECONDS + 1
    node.office.away_after = 0
    await node.look()
    assert node.there
    node.office.away_after = None
    await node.look()
    assert not node.there


async def test_an_interview_nobody_came_back_to_is_handed_over_too(tmp_path: Path) -> None:
    node = Node(tmp_path, InterviewOpened("k", "en"), AGREED)
    node.at += ABANDONED_SECONDS + 60
    await node.look()
    assert len(node.office.kept) == 3


async def test_one_that_cannot_be_read_keeps_no_other_waiting(tmp_path: Path) -> None:
    node = Node(tmp_path, InterviewOpened("k", "en"), AGREED, CLOSED)
    other = "a-broken-one"
    node.shelf.add(other, node.shelf.open(other), Segment(Name(1, 0), 0, 0, 312, (b"sound",)))
    (tmp_path / "recordings" / other / "key").write_bytes(b"garbage")
    await node.journal.append(other, [AGREED, CLOSED], after=0, interview_ms=0)
    await node.look()
    assert sorted(node.office.kept) == node.names
    assert other in node.shelf.interviews()
