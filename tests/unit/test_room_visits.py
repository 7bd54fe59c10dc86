"""The visits of one interview at virtual time: lost, replaced, not come back, left."""

import asyncio

import pytest
from edge_node.core.interview.events import (
    CandidateJoined,
    CandidateLeft,
    InterviewClosed,
    QuestionAsked,
    TurnTaken,
)
from edge_node.room.desk.refusal import DeskError
from fakes.scripted_room import Branch
from fakes.virtual_time import run_virtual

ANSWER = "Our nightly export lost orders and I rebuilt the export pipeline with checks on every single table."


def test_a_lost_connection_resumes_at_the_same_question_with_what_was_said() -> None:
    async def interview() -> None:
        branch = Branch()
        peer = await branch.admit()
        await peer.listening_to("q1")
        branch.speak(peer, "The export lost orders,")
        await asyncio.sleep(1.5)
        await peer.close()
        await asyncio.sleep(30)
        assert [e.reason for e in await branch.events(CandidateLeft)] == ["connection_lost"]

        back = await branch.connect()
        assert (await back.listening_to())["id"] == "q1"
        branch.speak(back, "so I rebuilt it.")
        await back.until(lambda p: p.captions("candidate") != [])
        assert [q.question_id for q in await branch.events(QuestionAsked)] == ["q1"]
        assert (await branch.events(TurnTaken))[0].text == "The export lost orders, so I rebuilt it."
        assert [e.visit for e in await branch.events(CandidateJoined)] == [1, 2]
        await branch.close()

    run_virtual(interview())


def test_a_page_that_comes_again_replaces_the_old_one() -> None:
    async def interview() -> None:
        branch = Branch()
        first = await branch.admit()
        await first.listening_to("q1")
        second = await branch.connect()
        await second.listening_to("q1")
        assert first.gone
        assert branch.desk.rooms_open == 1
        assert await branch.events(CandidateLeft) == []
        await branch.close()

    run_virtual(interview())


def test_nobody_coming_back_keeps_what_was_said_and_frees_the_room() -> None:
    async def interview() -> None:
        branch = Branch()
        peer = await branch.admit()
        await peer.listening_to("q1")
        branch.speak(peer, "The export lost orders,")
        await asyncio.sleep(1.5)
        await peer.close()
        await asyncio.sleep(branch.rules.return_seconds + 60)
        assert branch.desk.rooms_open == 0
        assert [t.text for t in await branch.events(TurnTaken)] == ["The export lost orders,"]
        assert await branch.events(InterviewClosed) == []
        await branch.close()

    run_virtual(interview())


def test_leaving_closes_the_interview_with_what_was_said() -> None:
    async def interview() -> None:
        branch = Branch()
        peer = await branch.admit()
        await peer.listening_to("q1")
        branch.speak(peer, "I would rather stop")
        await asyncio.sleep(1.3)
        peer.say(type="leave")
        await peer.until(lambda p: p.state["phase"] == "closed")
        events = await branch.events()
        assert [type(e).__name__ for e in events[-3:]] == ["TurnTaken", "CandidateLeft", "InterviewClosed"]
        with pytest.raises(DeskError, match="interview_closed"):
            await branch.connect()
        await branch.close()

    run_virtual(interview())
