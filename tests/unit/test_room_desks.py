"""Two desks on one node at virtual time: an interview is held by one of them, and outlives the one that held it."""

import asyncio

import pytest
from edge_node.core.interview.events import CandidateLeft, InterviewClosed, QuestionAsked, TurnTaken
from edge_node.room.desk.open_rooms import CLOSING_SECONDS
from edge_node.room.desk.refusal import DeskError
from fakes.memory_holding import MemoryHolding
from fakes.scripted_room import ID, OFFER, Branch, MemoryJournal
from fakes.virtual_time import VirtualClock, run_virtual

ANSWER = "Our nightly export lost orders and I rebuilt the export pipeline with checks on every single table."


def two_processes() -> tuple[Branch, Branch]:
    clock, node = VirtualClock(), dict[str, MemoryHolding]()
    journal = MemoryJournal(clock)
    first = Branch(clock=clock, journal=journal, holding=MemoryHolding(node))
    return first, Branch(clock=clock, journal=journal, holding=MemoryHolding(node))


async def refused(branch: Branch) -> str:
    with pytest.raises(DeskError) as caught:
        await branch.desk.offer(ID, OFFER, microphone=True, camera=False)
    return caught.value.code


def held(branch: Branch) -> MemoryHolding:
    assert isinstance(branch.holding, MemoryHolding)
    return branch.holding


async def die(branch: Branch) -> None:
    """As kill -9: nothing more reaches the journal or the candidate, and the kernel gives its locks free."""
    for open_room in branch.desk._rooms._open.values():
        open_room.task.cancel()
    held(branch).killed()
    await branch.media.close()


def test_an_interview_is_held_by_one_process_and_taken_up_by_the_other() -> None:
    async def interview() -> None:
        first, second = two_processes()
        peer = await first.admit()
        await peer.listening_to("q1")
        assert first.desk.interviews == (ID,)
        assert await refused(second) == "held_elsewhere"
        with pytest.raises(DeskError, match="held_elsewhere"):
            await second.desk.consent(ID, [], "n1")
        with pytest.raises(DeskError, match="held_elsewhere"):
            await second.desk.claim(ID)
        assert (await second.desk.view(ID)).question_id == "q1", "who only asks is told by any process"
        assert second.media.peers == []

        await die(first)
        peer = await second.connect()
        await peer.listening_to("q1")
        second.speak(peer, ANSWER)
        await peer.until(lambda p: p.state["phase"] == "closing" or (p.state["question"] or {}).get("id") != "q1")
        facts = await second.journal.replay(ID)
        assert [fact.number for fact in facts] == list(range(1, len(facts) + 1))
        assert [e.reason for e in await second.events(CandidateLeft)] == ["process_restarted"]
        assert [e.question_id for e in await second.events(QuestionAsked)][:1] == ["q1"]
        assert [e.text for e in await second.events(TurnTaken)] == [ANSWER]
        await second.close()
        assert held(second).counts == {}

    run_virtual(interview())


def test_nothing_is_held_between_two_requests_and_after_the_end() -> None:
    async def interview() -> None:
        first, second = two_processes()
        await first.desk.claim(ID)
        assert held(first).counts == {}
        await second.desk.consent(ID, ["interview"], "n1")
        peer = await second.connect()
        await peer.listening_to("q1")
        assert held(second).counts == {ID: 1}
        # The same page again, as after a lost connection: the room stays, and so does its hold.
        peer = await second.connect()
        await peer.listening_to("q1")
        assert held(second).counts == {ID: 1}
        peer.say(type="leave")
        await peer.until(lambda p: p.state["phase"] == "closed")
        await peer.close()
        await asyncio.sleep(5)
        assert [e.reason for e in await second.events(InterviewClosed)] == ["candidate_left"]
        assert held(second).counts == {}
        await first.close()
        await second.close()

    run_virtual(interview())


def test_a_process_ends_in_seconds_when_its_journal_has_gone() -> None:
    async def interview() -> None:
        branch, _ = two_processes()
        peer = await branch.admit()
        await peer.listening_to("q1")
        assert isinstance(branch.journal, MemoryJournal)
        branch.journal.unavailable = 10_000
        await peer.close()
        await asyncio.sleep(1)
        began = asyncio.get_running_loop().time()
        await branch.close()
        assert CLOSING_SECONDS <= asyncio.get_running_loop().time() - began < CLOSING_SECONDS + 1

    run_virtual(interview())


def test_an_offer_that_is_under_way_when_the_process_ends_opens_no_room() -> None:
    async def interview() -> None:
        first, second = two_processes()
        await first.desk.claim(ID)
        await first.desk.consent(ID, ["interview"], "n1")
        offering = asyncio.create_task(refused(first))
        await asyncio.sleep(0)
        await first.desk.close()
        assert await offering == "room_unavailable"
        assert [peer.gone for peer in first.media.peers] == [True]
        assert (first.desk.interviews, held(first).counts) == ((), {})
        await (await second.connect()).listening_to("q1")
        await second.close()

    run_virtual(interview())


def test_a_refused_offer_holds_nothing() -> None:
    async def interview() -> None:
        first, _ = two_processes()
        assert await refused(first) == "consent_missing"
        await first.desk.claim(ID)
        await first.desk.consent(ID, ["interview"], "n1")
        with pytest.raises(DeskError, match="bad_offer"):
            await first.desk.offer(ID, "rubbish", microphone=True, camera=False)
        assert held(first).counts == {}
        await first.close()

    run_virtual(interview())
