"""More to say in a live room at virtual time: while the model thinks, behind a question put again, beside typing."""

import asyncio

import pytest
from edge_node.core.interview.events import (
    TurnMode,
    TurnTaken,
)
from fakes.scripted_room import Branch, ScriptedModel
from fakes.virtual_time import run_virtual

ANSWER = "Our nightly export lost orders and I rebuilt the export pipeline with checks on every single table."
FOLLOW_UP = "You mentioned the export pipeline. What did you learn from it?"
MOMENT = "Thank you. One moment, please."


def test_more_said_while_the_model_thinks_is_heard_as_well() -> None:
    async def interview() -> None:
        branch = Branch(model=ScriptedModel(FOLLOW_UP, seconds=4.0))
        peer = await branch.admit()
        await peer.listening_to("q1")
        branch.speak(peer, ANSWER)
        await peer.until(lambda p: p.state["phase"] == "thinking")
        await asyncio.sleep(0.5)
        branch.speak(peer, "And the team now trusts the export pipeline again.")
        await peer.listening_to("q1.1")
        turns = await branch.events(TurnTaken)
        assert [t.question_id for t in turns] == ["q1", "q1"]
        assert turns[1].text == "And the team now trusts the export pipeline again."
        await branch.close()

    run_virtual(interview())


def test_asking_for_a_repeat_while_the_recogniser_is_away_loses_no_answer() -> None:
    async def interview() -> None:
        branch = Branch(failures=6)
        peer = await branch.admit()
        await peer.listening_to("q1")
        branch.speak(peer, "It was the export.")
        await asyncio.sleep(5)
        peer.say(type="repeat_question")
        await peer.until(lambda p: "repeat" in p.notices())
        await peer.until(lambda p: p.captions("candidate") != [])
        assert [t.text for t in await branch.events(TurnTaken)] == ["It was the export."]
        await branch.close()

    run_virtual(interview())


def test_asking_for_a_repeat_in_mid_answer_keeps_its_beginning() -> None:
    async def interview() -> None:
        branch = Branch()
        peer = await branch.admit()
        await peer.listening_to("q1")
        branch.speak(peer, "It was the export")
        await asyncio.sleep(2.5)
        peer.say(type="repeat_question")
        await peer.until(lambda p: "repeat" in p.notices())
        await peer.listening_to("q1")
        branch.speak(peer, "that lost orders.")
        await asyncio.sleep(2.5)
        branch.speak(peer, "I rebuilt it.")
        await peer.until(lambda p: p.state["question"]["id"] != "q1")
        assert [t.text for t in await branch.events(TurnTaken)] == ["It was the export that lost orders. I rebuilt it."]
        await branch.close()

    run_virtual(interview())


def test_a_visit_that_ends_while_the_recogniser_is_away_leaves_nothing_running_behind_a_repeat() -> None:
    async def interview() -> None:
        branch = Branch(failures=1000)
        peer = await branch.admit()
        await peer.listening_to("q1")
        branch.speak(peer, "It was the export")
        await asyncio.sleep(2.5)
        peer.say(type="repeat_question")
        await peer.until(lambda p: "repeat" in p.notices())
        await branch.close()

    run_virtual(interview())


@pytest.mark.parametrize(("seconds", "bridged"), [(1.0, False), (6.0, True)])
def test_a_late_model_is_bridged_with_a_word_and_a_quick_one_is_not(seconds: float, bridged: bool) -> None:
    async def interview() -> None:
        branch = Branch(model=ScriptedModel(FOLLOW_UP, seconds=seconds))
        peer = await branch.admit()
        await peer.listening_to("q1")
        branch.speak(peer, ANSWER)
        await peer.until(lambda p: FOLLOW_UP in branch.synthesizer.spoken)
        assert branch.synthesizer.spoken.count(MOMENT) == bridged
        await peer.listening_to()
        assert [t.text for t in await branch.events(TurnTaken)] == [ANSWER]
        await branch.close()

    run_virtual(interview())


def test_more_said_over_the_word_that_bridges_is_kept_and_stops_it() -> None:
    async def interview() -> None:
        branch = Branch(model=ScriptedModel(FOLLOW_UP, seconds=6.0))
        peer = await branch.admit()
        await peer.listening_to("q1")
        branch.speak(peer, ANSWER)
        await peer.until(lambda p: MOMENT in branch.synthesizer.spoken)
        await asyncio.sleep(0.4)
        branch.speak(peer, "One more thing, we wrote tests.")
        await peer.until(lambda p: p.state["question"]["id"] != "q1")
        turns = await branch.events(TurnTaken)
        assert [(t.question_id, t.text) for t in turns] == [("q1", ANSWER), ("q1", "One more thing, we wrote tests.")]
        assert branch.synthesizer.spoken.count(MOMENT) == 1, "not twice in a row"
        await branch.close()

    run_virtual(interview())


def test_typing_while_speaking_keeps_both() -> None:
    async def interview() -> None:
        branch = Branch()
        peer = await branch.admit()
        await peer.listening_to("q1")
        branch.speak(peer, "The export of")
        await asyncio.sleep(1.0)
        peer.say(type="typed_answer", text="orders to SAP.")
        await peer.until(lambda p: p.state["question"]["id"] != "q1")
        (turn,) = await branch.events(TurnTaken)
        assert (turn.text, turn.mode) == ("The export of orders to SAP.", TurnMode.TYPED)
        await branch.close()

    run_virtual(interview())
