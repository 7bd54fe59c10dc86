"""Who asks for a moment is told how long it is, with a microphone and without; who comes back finds what was said."""

import asyncio

import pytest
from edge_node.core.interview.events import TurnTaken
from edge_node.room.desk import view
from fakes.scripted_peer import ScriptedPeer
from fakes.scripted_room import Branch
from fakes.virtual_time import run_virtual


def given(peer: ScriptedPeer) -> list[int]:
    return [m["seconds"] for m in peer.sent if m["type"] == "notice" and m["code"] == "time_given"]


def test_with_a_microphone_the_silence_allowed_is_shown_before_and_behind_the_first_word() -> None:
    async def interview() -> None:
        branch = Branch()
        peer = await branch.admit()
        await peer.listening_to("q1")
        peer.say(type="thinking")
        await peer.until(lambda p: given(p) != [])
        assert given(peer) == [30]
        branch.speak(peer, "It was an export")
        await asyncio.sleep(1.4)
        peer.say(type="thinking")
        await peer.until(lambda p: len(given(p)) == 2)
        assert given(peer)[1] == 30
        await branch.close()

    run_virtual(interview())


def test_who_types_is_told_too_and_the_wait_begins_anew() -> None:
    async def interview() -> None:
        branch = Branch()
        peer = await branch.admit(microphone=False)
        peer.mute = True
        question = await peer.listening_to()
        await asyncio.sleep(branch.rules.typing_seconds - 10)
        peer.say(type="thinking")
        await peer.until(lambda p: given(p) != [])
        assert given(peer) == [branch.rules.typing_seconds]
        # Without it the question would have been asked again by now, and left soon after.
        await asyncio.sleep(branch.rules.typing_seconds - 10)
        assert "take_your_time" not in peer.notices()
        peer.say(type="typed_answer", text="It was an export that lost orders every night.")
        await peer.until(lambda p: p.state["question"] != question)
        (turn,) = await branch.events(TurnTaken)
        assert isinstance(turn, TurnTaken)
        assert turn.text == "It was an export that lost orders every night."
        await branch.close()

    run_virtual(interview())


@pytest.mark.parametrize("spoken", [False, True])
def test_who_types_with_the_microphone_on_is_not_taken_for_silent(spoken: bool) -> None:
    async def interview() -> None:
        branch = Branch()
        peer = await branch.admit()
        question = await peer.listening_to("q1")
        if spoken:
            branch.speak(peer, "I would rather write this")
        for _ in range(20):
            await asyncio.sleep(3)
            peer.say(type="typing")
        assert peer.state["question"] == question
        assert not {"take_your_time", "repeat"} & set(peer.notices())
        peer.say(type="typed_answer", text="It was an export that lost orders every night.")
        await peer.until(lambda p: p.state["question"] != question)
        (turn,) = await branch.events(TurnTaken)
        assert isinstance(turn, TurnTaken)
        assert turn.text.endswith("It was an export that lost orders every night.")
        await branch.close()

    run_virtual(interview())


def test_who_stops_typing_is_asked_again_after_the_usual_silence() -> None:
    async def interview() -> None:
        branch = Branch()
        peer = await branch.admit()
        await peer.listening_to("q1")
        await asyncio.sleep(10)
        peer.say(type="typing")
        began = asyncio.get_running_loop().time()
        await peer.until(lambda p: "take_your_time" in p.notices())
        assert asyncio.get_running_loop().time() - began == pytest.approx(20, abs=0.5)
        await branch.close()

    run_virtual(interview())


def test_nothing_is_given_while_the_interviewer_has_the_floor() -> None:
    async def interview() -> None:
        branch = Branch()
        peer = await branch.admit(microphone=False)
        await peer.until(lambda p: p.state["phase"] == "asking")
        for _ in range(40):
            peer.say(type="thinking")
        await peer.listening_to()
        assert given(peer) == []
        await branch.close()

    run_virtual(interview())


def test_what_was_said_so_far_can_be_shown_again_until_it_is_over(monkeypatch: pytest.MonkeyPatch) -> None:
    async def interview() -> None:
        branch = Branch()
        peer = await branch.admit(microphone=False)
        question = await peer.listening_to()
        peer.say(type="typed_answer", text="It was an export that lost orders every night.")
        await peer.until(lambda p: p.state["question"] != question)
        await peer.listening_to()
        interview_id = branch.kit.interview_id
        said = (await branch.desk.view(interview_id)).said
        assert [line.who for line in said] == ["interviewer", "candidate", "interviewer"]
        assert [line.text for line in said[:2]] == [question["text"], "It was an export that lost orders every night."]
        assert said[2].line_id == peer.state["question"]["id"]
        monkeypatch.setattr(view, "CHARACTERS_MOST", len(said[2].text) + 10)
        assert (await branch.desk.view(interview_id)).said == said[2:], "of a long one the end"
        peer.say(type="leave")
        await peer.until(lambda p: p.state["phase"] == "closed")
        assert (await branch.desk.view(interview_id)).said == ()
        await branch.close()

    run_virtual(interview())
