"""The room on a real bus and a real JetStream journal, with a scripted candidate at real time."""

import asyncio
from dataclasses import replace

import pytest
from edge_node.app.room import SystemClock
from edge_node.bus.local import Bus
from edge_node.core.interview.events import InterviewClosed, QuestionAsked, TurnTaken
from edge_node.journal.store import JetStreamJournal
from edge_node.kiosk.errors import KioskError
from edge_node.kiosk.signalling import Rooms
from edge_node.kiosk.tokens import Ticket
from edge_node.room.desk.service import RoomService
from edge_node.room.rules import RoomRules
from fakes.scripted_peer import ScriptedPeer
from fakes.scripted_room import ID, OFFER, Branch, FixedCondition, ScriptedModel, short_kit

NODE = "test"
ANSWERS = {
    "q1": "Our nightly export lost orders and I rebuilt the export pipeline with checks on every single table.",
    "q1.1": "Tests catch it before the customer does.",
    "q2": "I write things down for everyone.",
    "q3": "No, thank you.",
}
FOLLOW_UP = "You mentioned the export pipeline. What did you learn from it?"
FAST = RoomRules(farewell_seconds=0.1)


def branch_on(bus: Bus, interview_id: str = ID) -> Branch:
    """A room process with a real journal; its interviewer says 200 characters in 0.1 s."""
    return Branch(
        kit=replace(short_kit(), interview_id=interview_id),
        model=ScriptedModel(FOLLOW_UP, seconds=0.01),
        journal=JetStreamJournal(bus.client, NODE),
        clock=SystemClock(),
        rules=FAST,
        character_seconds=0.0005,
    )


async def type_on(peer: ScriptedPeer) -> list[str]:
    """Answer by typing until the interview is closed; returns the questions' ids as they came."""
    asked: list[str] = []
    while True:
        await peer.until(
            lambda p: (
                p.state["phase"] == "closed"
                or (p.state["phase"] == "listening" and p.state["question"]["id"] not in asked)
            ),
            seconds=10,
        )
        if peer.state["phase"] == "closed":
            return asked
        asked.append(peer.state["question"]["id"])
        peer.say(type="typed_answer", text=ANSWERS[asked[-1]])


@pytest.mark.timeout(120)
async def test_the_kiosk_finds_the_room_on_the_bus(bus: Bus) -> None:
    branch = branch_on(bus)
    await RoomService(branch.desk, FixedCondition()).serve(bus)
    rooms = Rooms(bus)
    ticket = Ticket(ID, short_kit().kit_id)
    with pytest.raises(KioskError, match="token_invalid"):
        await rooms.state(ticket)
    await rooms.claim(ID)
    assert not (await rooms.state(ticket)).consented
    with pytest.raises(KioskError, match="consent_missing"):
        await rooms.offer(ticket, OFFER, microphone=True, camera=False)
    with pytest.raises(KioskError, match="code_used"):
        await rooms.claim(ID)
    await rooms.consent(ticket, ["interview"], "n1")
    assert await rooms.offer(ticket, OFFER, microphone=True, camera=False) == "v=0 answer"
    assert await type_on(branch.media.peers[-1]) == ["q1", "q1.1", "q2", "q3"]
    assert (await rooms.state(ticket)).closed
    with pytest.raises(KioskError, match="interview_closed"):
        await rooms.offer(ticket, OFFER, microphone=True, camera=False)
    recorded = await branch.journal.replay(ID)
    assert [fact.number for fact in recorded] == list(range(1, len(recorded) + 1))
    assert [fact.interview_ms for fact in recorded] == sorted(fact.interview_ms for fact in recorded)
    await branch.close()


async def test_a_fresh_code_shuts_the_page_of_the_earlier_one_out(bus: Bus) -> None:
    branch = branch_on(bus)
    await RoomService(branch.desk, FixedCondition()).serve(bus)
    rooms = Rooms(bus)
    earlier, later = Ticket(ID, short_kit().kit_id), Ticket(ID, "kit-1b")
    await rooms.claim(ID)
    await rooms.consent(earlier, ["interview"], "n1")
    await rooms.offer(earlier, OFFER, microphone=True, camera=False)
    branch.assignments.by_id[ID] = replace(short_kit(), kit_id=later.kit_id)
    assert not (await rooms.state(earlier)).closed, "a code that nobody used takes nothing away"
    await rooms.claim(ID)
    assert branch.media.peers[0].gone
    for refused in (
        rooms.state(earlier),
        rooms.offer(earlier, OFFER, microphone=True, camera=False),
        rooms.consent(earlier, [], "n1"),
    ):
        with pytest.raises(KioskError, match="token_invalid"):
            await refused
    assert (await rooms.state(later)).consented
    assert await rooms.offer(later, OFFER, microphone=True, camera=False) == "v=0 answer"
    assert await type_on(branch.media.peers[-1]) == ["q1", "q1.1", "q2", "q3"]
    await branch.close()


@pytest.mark.timeout(240)
async def test_a_crash_after_any_fact_goes_on_at_the_same_question(bus: Bus) -> None:
    whole = branch_on(bus, "whole")
    assert await type_on(await whole.admit()) == ["q1", "q1.1", "q2", "q3"]
    await whole.close()
    recorded = await whole.journal.replay("whole")
    consented = 2
    for kept in range(consented, len(recorded)):
        interview_id = f"crashed-{kept}"
        branch = branch_on(bus, interview_id)
        for fact in recorded[:kept]:
            await branch.journal.append(
                interview_id, [fact.event], after=fact.number - 1, interview_ms=fact.interview_ms
            )
        before = [fact.event for fact in recorded[:kept]]
        asked = [e.question_id for e in before if isinstance(e, QuestionAsked)]
        answered = {e.question_id for e in before if isinstance(e, TurnTaken)}
        due = [q for q in ANSWERS if q not in answered]

        came = await type_on(await branch.connect())

        assert came == due, f"after fact {kept}"
        events = [fact.event for fact in await branch.journal.replay(interview_id)]
        assert events[:kept] == before
        assert [e.question_id for e in events if isinstance(e, QuestionAsked)] == list(ANSWERS)
        assert {e.question_id: e.text for e in events if isinstance(e, TurnTaken)} == ANSWERS
        assert asked == list(ANSWERS)[: len(asked)]
        assert isinstance(events[-1], InterviewClosed)
        await branch.close()


@pytest.mark.timeout(60)
async def test_two_room_processes_never_write_one_interview(bus: Bus) -> None:
    first, second = branch_on(bus), branch_on(bus)
    peer = await first.admit()
    await peer.listening_to("q1")
    other = await second.connect()
    await other.listening_to("q1")
    peer.say(type="typed_answer", text=ANSWERS["q1"])
    async with asyncio.timeout(10):
        await peer.wait_gone()
        while first.desk.rooms_open:
            await asyncio.sleep(0.02)
    recorded = await second.journal.replay(ID)
    assert [fact.number for fact in recorded] == list(range(1, len(recorded) + 1))
    assert not [fact for fact in recorded if isinstance(fact.event, TurnTaken)]
    await first.close()
    await second.close()
