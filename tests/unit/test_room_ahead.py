"""The next question made ready in a pause: used when it is due, gone when the candidate goes on, never waited for."""

import asyncio

import pytest
from edge_node.core.interview.events import QuestionAsked, TurnTaken, TurnTimed
from edge_node.core.interview.plan import QuestionKind
from edge_node.ports.language import DeadlineClass
from fakes.scripted_room import Branch, ScriptedModel
from fakes.virtual_time import run_virtual

ANSWER = "Our nightly export lost orders and I rebuilt the export pipeline with checks on every single table."
FOLLOW_UP = "You mentioned the export pipeline. What did you learn from it?"


def _classes(branch: Branch) -> list[DeadlineClass]:
    return [request.deadline_class for request in branch.model.requests if request.max_tokens]


async def _follow_up(branch: Branch) -> QuestionAsked:
    while len(asked := await branch.events(QuestionAsked)) < 2:
        await asyncio.sleep(0.05)
    assert isinstance(asked[1], QuestionAsked)
    return asked[1]


def test_a_question_ready_before_the_silence_is_over_is_asked_and_nobody_is_asked_again() -> None:
    async def interview() -> None:
        branch = Branch(model=ScriptedModel(FOLLOW_UP))
        peer = await branch.admit()
        await peer.listening_to()
        branch.speak(peer, ANSWER)
        assert (await _follow_up(branch)).text == FOLLOW_UP
        assert _classes(branch) == [DeadlineClass.SUMMARY], "a guess yields to every question somebody waits for"
        await branch.close()

    run_virtual(interview())


def test_what_was_made_ready_is_dropped_when_the_candidate_goes_on() -> None:
    async def interview() -> None:
        branch = Branch(model=ScriptedModel(FOLLOW_UP))
        peer = await branch.admit()
        await peer.listening_to()
        branch.speak(peer, "Our nightly export lost orders.")
        await asyncio.sleep(4.5)
        branch.speak(peer, "I rebuilt the export pipeline with checks on every single table.")
        asked = await _follow_up(branch)
        (turn,) = await branch.events(TurnTaken)
        assert turn.text.endswith("every single table.")
        assert asked.kind is QuestionKind.FOLLOW_UP
        guessed = [request for request in branch.model.requests if request.max_tokens]
        assert turn.text in guessed[-1].messages[-1].text, "the question rests on the whole answer"
        await branch.close()

    run_virtual(interview())


def test_a_guess_that_is_not_ready_is_asked_for_by_somebody_who_waits() -> None:
    async def interview() -> None:
        branch = Branch(model=ScriptedModel(FOLLOW_UP, seconds=3.6))
        peer = await branch.admit()
        await peer.listening_to()
        branch.speak(peer, ANSWER)
        assert (await _follow_up(branch)).text == FOLLOW_UP
        assert _classes(branch) == [DeadlineClass.SUMMARY, DeadlineClass.LIVE]
        await branch.close()

    run_virtual(interview())


@pytest.mark.parametrize("keeps_sound", [True, False])
def test_its_sound_is_ready_too_where_sound_is_kept(keeps_sound: bool) -> None:
    async def interview() -> tuple[int, list[str]]:
        branch = Branch(model=ScriptedModel(FOLLOW_UP), keeps_sound=keeps_sound)
        peer = await branch.admit()
        for text in (ANSWER, "I learned to count first.", "By writing it down.", "No, thank you."):
            await peer.listening_to()
            branch.speak(peer, text)
            await peer.until(lambda p: p.state["phase"] != "listening")
        await peer.until(lambda p: p.state["phase"] == "closed")
        timed = await branch.events(TurnTimed)
        spoken = list(branch.synthesizer.spoken)
        await peer.close()
        await branch.close()
        return max(one.tts_first_audio_ms for one in timed if isinstance(one, TurnTimed)), spoken

    slowest_ms, spoken = run_virtual(interview())
    assert (slowest_ms <= 10) == keeps_sound
    assert len(spoken) == len(set(spoken)), "nothing is made twice"
