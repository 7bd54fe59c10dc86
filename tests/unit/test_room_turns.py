"""Who speaks when, in a live room at virtual time: interruptions, pauses, silence, more to say."""

import asyncio
from dataclasses import replace

import pytest
from edge_node.core.interview.events import (
    QuestionInterrupted,
    TurnTaken,
)
from edge_node.room.signals import UNHEARD
from fakes.scripted_room import Branch, short_kit
from fakes.scripted_sound import silence
from fakes.virtual_time import run_virtual

ANSWER = "Our nightly export lost orders and I rebuilt the export pipeline with checks on every single table."
FOLLOW_UP = "You mentioned the export pipeline. What did you learn from it?"


def test_speaking_over_the_question_stops_it_and_is_the_answer() -> None:
    async def interview() -> None:
        branch = Branch()
        peer = await branch.admit()
        await peer.until(lambda p: p.state["phase"] == "asking")
        await asyncio.sleep(0.6)
        branch.speak(peer, "I know this one, it was the export.")
        await peer.until(lambda p: p.captions("candidate") != [])
        interrupted = (await branch.events(QuestionInterrupted))[0]
        assert interrupted.question_id == "q1"
        assert 0 < interrupted.heard_ms < 1_800, "the question is 1.8 s long"
        assert peer.cleared == 1
        assert (await branch.events(TurnTaken))[0].text == "I know this one, it was the export."
        await branch.close()

    run_virtual(interview())


def test_the_question_coming_back_through_the_microphone_is_no_answer() -> None:
    async def interview() -> None:
        branch = Branch()
        peer = await branch.admit()
        await peer.until(lambda p: p.state["phase"] == "asking")
        await asyncio.sleep(0.6)
        branch.speak(peer, "problem did you solve")
        await peer.until(lambda p: branch.synthesizer.spoken.count("Which problem did you solve at work?") == 2)
        branch.speak(peer, "problem did you solve")
        await peer.listening_to("q1")
        branch.speak(peer, "It was the export.")
        await peer.until(lambda p: p.captions("candidate") != [])
        assert [t.text for t in await branch.events(TurnTaken)] == ["It was the export."]
        await branch.close()

    run_virtual(interview())


def test_a_listeners_mm_hm_is_no_answer_and_the_third_does_not_even_stop_the_question() -> None:
    async def interview() -> None:
        branch = Branch()
        peer = await branch.admit()
        question = "Which problem did you solve at work?"
        for times in (1, 2, 3):
            await peer.until(lambda p, n=times: branch.synthesizer.spoken.count(question) == n)  # type: ignore[misc]
            await asyncio.sleep(0.6)
            branch.speak(peer, "yeah mm-hm okay")
        await peer.listening_to("q1")
        branch.speak(peer, "It was the export.")
        await peer.until(lambda p: p.captions("candidate") != [])
        assert [t.text for t in await branch.events(TurnTaken)] == ["It was the export."]
        assert len(await branch.events(QuestionInterrupted)) == 2
        await branch.close()

    run_virtual(interview())


def test_a_number_is_spoken_as_words_and_shown_as_digits() -> None:
    async def interview() -> None:
        kit = short_kit()
        branch = Branch(kit=replace(kit, language="ko", job_title="3년차 엔지니어"))
        peer = await branch.admit()
        await peer.until(lambda p: p.state["phase"] == "asking")
        assert "3년차" in peer.captions("interviewer")[0]
        assert "삼년차" in branch.synthesizer.spoken[0]
        await branch.close()

    run_virtual(interview())


def test_a_cough_does_not_stop_the_question() -> None:
    async def interview() -> None:
        branch = Branch()
        peer = await branch.admit()
        await peer.until(lambda p: p.state["phase"] == "asking")
        await asyncio.sleep(0.5)
        peer.speak(branch.speech.sound("cough")[: 2 * 16 * 300])
        await peer.listening_to()
        assert await branch.events(QuestionInterrupted) == []
        assert peer.cleared == 0
        await branch.close()

    run_virtual(interview())


def test_silence_repeats_the_question_once_and_then_moves_on() -> None:
    async def interview() -> None:
        branch = Branch()
        peer = await branch.admit()
        await peer.listening_to("q1")
        await peer.until(lambda p: p.state["question"] and p.state["question"]["id"] == "q2")
        assert branch.synthesizer.spoken.count("Which problem did you solve at work?") == 2
        assert peer.notices().count("take_your_time") == 1
        assert "microphone_silent" in peer.notices()
        assert (await branch.events(TurnTaken))[0].text == ""
        await branch.close()

    run_virtual(interview())


def test_an_answer_that_was_not_understood_is_asked_for_again_at_once_and_never_kept_as_silence() -> None:
    async def interview() -> None:
        branch = Branch()
        branch.transcriber.deaf = True
        peer = await branch.admit()
        await peer.listening_to("q1")
        asked_at = asyncio.get_running_loop().time()
        branch.speak(peer, ANSWER)
        await peer.until(lambda p: p.notices().count("repeat") == 1)
        assert asyncio.get_running_loop().time() - asked_at < 9, "the answer takes 5 s"
        await peer.listening_to("q1")
        branch.speak(peer, ANSWER)
        await peer.until(lambda p: p.state["question"]["id"] != "q1")
        (turn,) = await branch.events(TurnTaken)
        assert turn.text == UNHEARD
        assert turn.end_ms - turn.start_ms == pytest.approx(5_100, abs=300)
        assert branch.synthesizer.spoken.count("Which problem did you solve at work?") == 2
        await branch.close()

    run_virtual(interview())


def test_thinking_gives_time_and_done_ends_at_once() -> None:
    async def interview() -> None:
        branch = Branch()
        peer = await branch.admit()
        await peer.listening_to("q1")
        peer.say(type="thinking")
        await asyncio.sleep(25)
        assert peer.notices().count("take_your_time") == 0
        branch.speak(peer, "It was an export")
        await asyncio.sleep(1.4)
        peer.say(type="done_speaking")
        await asyncio.sleep(0.5)
        assert (await branch.events(TurnTaken))[0].text == "It was an export"
        await branch.close()

    run_virtual(interview())


def test_going_on_in_the_last_moment_takes_the_turn_back() -> None:
    async def interview() -> None:
        branch = Branch()
        peer = await branch.admit()
        await peer.listening_to("q1")
        branch.speak(peer, "The export lost orders and nobody had.")
        # The turn ends 0.7 s into this pause; the candidate goes on a tenth of a second before that.
        peer.speak(silence(0.6))
        branch.speak(peer, "asked them about it.")
        await peer.until(lambda p: p.captions("candidate") != [])
        assert peer.captions("candidate") == ["The export lost orders and nobody had. asked them about it."]
        await branch.close()

    run_virtual(interview())


def test_a_pause_for_thought_does_not_end_the_turn_and_a_long_answer_is_whole() -> None:
    async def interview() -> None:
        branch = Branch()
        peer = await branch.admit()
        await peer.listening_to("q1")
        whole = []
        for part in range(12):
            words = " ".join(f"w{part}x{n}" for n in range(20))
            whole.append(words)
            branch.speak(peer, words)
            peer.speak(silence(1.2))
        branch.speak(peer, "done.")
        await peer.until(lambda p: p.captions("candidate") != [], seconds=200)
        turns = await branch.events(TurnTaken)
        assert [t.text for t in turns] == [" ".join([*whole, "done."])]
        assert branch.transcriber.finals <= 14
        await branch.close()

    run_virtual(interview())
