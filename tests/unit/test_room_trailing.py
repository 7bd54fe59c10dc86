"""An answer that stops in mid-sentence: the candidate is asked to go on, once, and what was said stays."""

import asyncio

import pytest
from edge_node.core.interview.events import QuestionAsked, TurnTaken
from fakes.scripted_peer import ScriptedPeer
from fakes.scripted_room import Branch
from fakes.virtual_time import run_virtual

GO_ON = "Please go on. I am listening."
BEGUN = "I rebuilt the export because"


async def trailed_off(branch: Branch) -> ScriptedPeer:
    peer = await branch.admit()
    await peer.listening_to("q1")
    branch.speak(peer, BEGUN)
    await peer.until(lambda p: GO_ON in p.captions("interviewer"))
    assert await branch.events(TurnTaken) == []
    await asyncio.sleep(3)
    return peer


def test_what_comes_then_is_the_rest_of_the_same_answer() -> None:
    async def interview() -> None:
        branch = Branch()
        peer = await trailed_off(branch)
        branch.speak(peer, "it lost orders.")
        await peer.until(lambda p: any("it lost orders" in text for text in p.captions("candidate")))
        await asyncio.sleep(0.1)
        assert [turn.text for turn in await branch.events(TurnTaken)] == [f"{BEGUN} it lost orders."]
        assert peer.captions("candidate")[-2:] == ["", f"{BEGUN} it lost orders."], "shown once"
        await branch.close()

    run_virtual(interview())


@pytest.mark.parametrize("done", [True, False])
def test_with_nothing_more_to_say_it_was_the_answer(done: bool) -> None:
    async def interview() -> float:
        branch = Branch()
        peer = await trailed_off(branch)
        began = branch.clock.monotonic()
        if done:
            peer.say(type="done_speaking")
        while len(await branch.events(QuestionAsked)) < 2:
            await asyncio.sleep(0.1)
        (turn,) = await branch.events(TurnTaken)
        assert turn.text == BEGUN
        waited = branch.clock.monotonic() - began
        await branch.close()
        return waited

    assert run_virtual(interview()) <= (1 if done else 8)


def test_it_is_asked_once_a_question_and_not_of_who_says_that_they_are_done() -> None:
    async def interview() -> None:
        branch = Branch()
        peer = await trailed_off(branch)
        branch.speak(peer, "I thought that the")
        await peer.until(lambda p: p.state["phase"] != "listening", seconds=20)
        (turn,) = await branch.events(TurnTaken)
        assert turn.text == f"{BEGUN} I thought that the"
        await peer.until(lambda p: p.state["phase"] == "listening", seconds=30)
        branch.speak(peer, "Well, I would say the")
        await asyncio.sleep(3)
        peer.say(type="done_speaking")
        await peer.until(lambda p: p.state["phase"] != "listening", seconds=5)
        assert peer.captions("interviewer").count(GO_ON) == 1
        await branch.close()

    run_virtual(interview())
