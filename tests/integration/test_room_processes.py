"""Two room processes on one node, with a real nats-server: who holds what, and a kill -9 of one of them."""

import asyncio
import os
from collections.abc import AsyncIterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from bench import _rooms
from edge_node.app import drain
from edge_node.app.room import SystemClock
from edge_node.bus import health
from edge_node.bus.codec import Health, encode_health
from edge_node.bus.local import Bus
from edge_node.core.interview.events import CandidateLeft, InterviewClosed, TurnTaken
from edge_node.journal.store import JetStreamJournal
from edge_node.kiosk.errors import KioskError
from edge_node.kiosk.readiness import Readiness
from edge_node.kiosk.signalling import Rooms
from edge_node.kiosk.tokens import Ticket
from edge_node.media.sockets import PortPool
from edge_node.rehearsal.performance import Performance
from edge_node.rehearsal.persona import Answer, Habits, Persona
from edge_node.rehearsal.report import Report
from edge_node.rehearsal.sound import Samples
from edge_node.rehearsal.tape import Tape
from edge_node.room.desk.holding import LockedFiles
from edge_node.room.desk.service import RoomService
from edge_node.tasks import cancel
from fakes.scripted_room import OFFER, Branch, FixedCondition, short_kit
from interview_proto import subjects
from test_room_journal import FAST, NODE

NAMES = ("room", "room-2")


class RoomInTest:
    """A room process's desk and service: scripted candidates and engines, locks and a journal as in earnest."""

    def __init__(self, bus: Bus, name: str, data_dir: Path, interviews: tuple[str, ...]) -> None:
        self.name = name
        self.branch = Branch(
            journal=JetStreamJournal(bus.client, NODE),
            clock=SystemClock(),
            rules=FAST,
            character_seconds=0.0005,
            rooms_max=len(interviews),
            holding=LockedFiles(data_dir),
        )
        for one in interviews:
            self.branch.assignments.by_id[one] = replace(short_kit(), interview_id=one)
        self.condition = FixedCondition()
        self.service = RoomService(self.branch.desk, self.condition, process=name)

    async def serve(self, bus: Bus) -> None:
        async def healthy(_: bytes) -> bytes:
            return encode_health(self.service.health())

        await self.service.serve(bus)
        await bus.serve(subjects.health(self.name), healthy)


INTERVIEWS = ("a", "b", "c")


@pytest.fixture
async def processes(bus: Bus, tmp_path: Path) -> AsyncIterator[tuple[RoomInTest, RoomInTest]]:
    first, second = (RoomInTest(bus, name, tmp_path, INTERVIEWS) for name in NAMES)
    await first.serve(bus)
    await second.serve(bus)
    yield first, second
    await first.branch.close()
    await second.branch.close()


async def begin(rooms: Rooms, interview_id: str) -> None:
    """Claim, consent, connect."""
    ticket = Ticket(interview_id, short_kit().kit_id)
    await rooms.claim(interview_id)
    await rooms.consent(ticket, ["interview"], "n1")
    await rooms.offer(ticket, OFFER, microphone=True, camera=False)


@pytest.mark.timeout(60)
async def test_interviews_are_spread_and_found_again_by_a_kiosk_without_a_memory(
    bus: Bus, processes: tuple[RoomInTest, RoomInTest]
) -> None:
    first, second = (process.branch.desk for process in processes)
    rooms = Rooms(bus, NAMES, rooms_max=2)
    await begin(rooms, "a")
    await begin(rooms, "b")
    assert (first.interviews, second.interviews) == (("a",), ("b",))
    restarted = Rooms(bus, NAMES, rooms_max=2)
    for one in ("b", "a"):
        await restarted.offer(Ticket(one, short_kit().kit_id), OFFER, microphone=True, camera=False)
    assert (first.interviews, second.interviews) == (("a",), ("b",)), "back where they were"
    with pytest.raises(KioskError, match="rooms_full"):
        await begin(restarted, "c")
    node = await health.ask(bus, (health.ROOM,), rooms=NAMES)
    assert (node.rooms_open, node.rooms_free(2), node.rooms_free(5)) == (2, 0, 3)


@pytest.mark.timeout(60)
async def test_of_two_that_enter_at_once_the_node_takes_as_many_as_it_has_rooms(
    bus: Bus, processes: tuple[RoomInTest, RoomInTest]
) -> None:
    rooms = Rooms(bus, NAMES, rooms_max=2)
    tickets = {one: Ticket(one, short_kit().kit_id) for one in INTERVIEWS}
    for one, ticket in tickets.items():
        await rooms.claim(one)
        await rooms.consent(ticket, ["interview"], "n1")
    entered = await asyncio.gather(
        *(rooms.offer(ticket, OFFER, microphone=True, camera=False) for ticket in tickets.values()),
        return_exceptions=True,
    )
    refused = [error.code for error in entered if isinstance(error, KioskError)]
    assert refused == ["rooms_full"]
    assert sum(process.branch.desk.rooms_open for process in processes) == 2


@pytest.mark.timeout(60)
async def test_offers_to_both_processes_at_once_open_one_room(
    bus: Bus, processes: tuple[RoomInTest, RoomInTest]
) -> None:
    desks = [process.branch.desk for process in processes]
    await desks[0].claim("a")
    await desks[0].consent("a", ["interview"], "n1")
    straight = [Rooms(bus, (name,)) for name in NAMES]
    for _ in range(10):
        ticket = Ticket("a", short_kit().kit_id)
        both = [rooms.offer(ticket, OFFER, microphone=True, camera=False) for rooms in straight * 2]
        answers = await asyncio.gather(*both, return_exceptions=True)
        assert "v=0 answer" in answers
        assert all(
            isinstance(one, str) or (isinstance(one, KioskError) and one.code == "room_unavailable") for one in answers
        )
        assert sorted(desk.rooms_open for desk in desks) == [0, 1]
        holder = next(desk for desk in desks if desk.rooms_open)
        await holder._rooms.shut("a")
    facts = await processes[0].branch.journal.replay("a")
    assert [fact.number for fact in facts] == list(range(1, len(facts) + 1))


@pytest.mark.timeout(60)
async def test_a_node_with_one_dead_room_process_is_ready_says_so_and_drains(bus: Bus, tmp_path: Path) -> None:
    only = RoomInTest(bus, "room-2", tmp_path, INTERVIEWS)
    await only.serve(bus)

    async def well(_: bytes) -> bytes:
        return encode_health(Health())

    await bus.serve(subjects.health("speech"), well)
    readiness = Readiness(bus, rooms=NAMES, rooms_max=2)
    assert await readiness.ready()
    problems = await readiness.problems()
    assert "rooms_fewer" in problems and "room_down" not in problems
    assert await readiness.rooms_free() == 2
    rooms = Rooms(bus, NAMES, rooms_max=2)
    await begin(rooms, "a")
    assert only.branch.desk.interviews == ("a",)
    try:
        assert await drain._tell(bus, NAMES, True) == 1
        assert only.condition.draining
    finally:
        await only.branch.close()


class Candidate:
    """Holds one interview over WebRTC and says where in it they are."""

    def __init__(self, rooms: Rooms, interview_id: str, sound: Samples) -> None:
        self.interview_id = interview_id
        self.answering = asyncio.Event()
        answer = Answer(text=_rooms.ANSWER)
        persona = Persona(name="A", language="en", planned=(answer,), follow_ups=(answer,), habits=Habits())
        wanted = _rooms.kit(interview_id, 0)
        self._performance = Performance(
            _rooms.BusKiosk(rooms, wanted),  # type: ignore[arg-type]
            PortPool(0, 0, ("127.0.0.1",)),
            persona,
            {answer.script: sound},
            Tape(None),
            self._progress,
        )

    def _progress(self, step: str, _: Mapping[str, Any]) -> None:
        if step == "answering":
            self.answering.set()

    async def hold(self) -> Report:
        await self._performance.hold(self.interview_id)
        return self._performance.report


@pytest.fixture
def bench_modules(models_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EDGE_NODE_MODELS_DIR", str(models_dir))
    tests = str(Path(__file__).parents[1])
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([tests, *os.environ.get("PYTHONPATH", "").split(os.pathsep)]))


@pytest.mark.timeout(240)
@pytest.mark.usefixtures("bench_modules")
async def test_a_killed_process_takes_no_other_interview_with_it_and_its_own_go_on_in_the_other() -> None:
    sound = await _rooms._sound()
    kits = [_rooms.kit(one, 0) for one in ("a", "b")]
    async with _rooms.room_process(kits, 4, EDGE_NODE_ROOM_PROCESSES="2") as (bus, node):
        rooms = Rooms(bus, NAMES, rooms_max=4)
        twice: set[str] = set()

        async def watch() -> None:
            while True:
                seen = (await health.ask(bus, (health.ROOM,), rooms=NAMES)).rooms.values()
                told = [one for process in seen for one in process.interviews]
                twice.update(one for one in told if told.count(one) > 1)
                await asyncio.sleep(0.05)

        watching = asyncio.create_task(watch(), name="who holds what")
        candidates = [Candidate(rooms, one.interview_id, sound) for one in kits]
        holding = [asyncio.create_task(one.hold(), name=one.interview_id) for one in candidates]
        try:
            async with asyncio.timeout(200):
                await asyncio.gather(*(one.answering.wait() for one in candidates))
                before = (await health.ask(bus, (health.ROOM,), rooms=NAMES)).rooms
                assert sorted(len(process.interviews) for process in before.values()) == [1, 1]
                (killed,) = before["room-2"].interviews
                node.kill("room-2")
                reports = {
                    one.interview_id: report
                    for one, report in zip(candidates, await asyncio.gather(*holding), strict=True)
                }
        finally:
            await cancel(watching, *holding)
        (kept,) = set(reports) - {killed}
        assert reports[kept].reconnects == 0, "whose process lives is not touched"
        assert reports[killed].reconnects >= 1
        assert twice == set()
        journal = JetStreamJournal(bus.client, _rooms.NODE_ID)
        for interview_id, left in ((kept, []), (killed, ["process_restarted"])):
            facts = await journal.replay(interview_id)
            assert [fact.number for fact in facts] == list(range(1, len(facts) + 1))
            events = [fact.event for fact in facts]
            assert [e.reason for e in events if isinstance(e, CandidateLeft) and e.reason != "page_closed"] == left
            assert [e.reason for e in events if isinstance(e, InterviewClosed)] == ["completed"]
            answered = [e.question_id for e in events if isinstance(e, TurnTaken)]
            assert answered == ["end"], "the one question is answered, and once"
