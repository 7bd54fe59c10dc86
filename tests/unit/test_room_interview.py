"""A live interview at virtual time: real room, real core, scripted candidate and engines."""

import asyncio
from dataclasses import replace

import pytest
from edge_node.core.interview.camera_events import PresenceObserved
from edge_node.core.interview.events import (
    InterviewClosed,
    InterviewOpened,
    QuestionAsked,
    TurnMode,
    TurnTaken,
    TurnTimed,
)
from edge_node.core.interview.plan import QuestionKind
from edge_node.ports.media import Picture
from edge_node.room.desk.refusal import DeskError
from fakes.scripted_peer import ScriptedPeer
from fakes.scripted_room import ID, OFFER, Branch, ScriptedModel, short_kit
from fakes.virtual_time import run_virtual

ANSWER = "Our nightly export lost orders and I rebuilt the export pipeline with checks on every single table."
FOLLOW_UP = "You mentioned the export pipeline. What did you learn from it?"


async def _answer(branch: Branch, peer: ScriptedPeer, text: str) -> None:
    question = await peer.listening_to()
    branch.speak(peer, text)
    await peer.until(lambda p: p.state["phase"] in ("closing", "closed") or p.state["question"] != question)


def test_a_whole_interview_is_asked_answered_and_kept() -> None:
    async def interview() -> None:
        branch = Branch(model=ScriptedModel(FOLLOW_UP))
        peer = await branch.admit()
        for text in (ANSWER, "Tests catch it before the customer does.", "I write things down for everyone.", "No."):
            await _answer(branch, peer, text)
        await peer.until(lambda p: p.state["phase"] == "closed")
        await peer.close()
        await asyncio.sleep(1)

        (opened,) = await branch.events(InterviewOpened)
        assert [engine.name for engine in opened.engines] == ["scripted-en"]
        asked = await branch.events(QuestionAsked)
        assert [q.kind for q in asked] == [
            QuestionKind.PLANNED,
            QuestionKind.FOLLOW_UP,
            QuestionKind.PLANNED,
            QuestionKind.CLOSING,
        ]
        turns = await branch.events(TurnTaken)
        assert [t.question_id for t in turns] == [q.question_id for q in asked]
        assert turns[0].text == ANSWER
        assert [w.text for w in turns[0].words] == ANSWER.split()
        assert all(a.end_ms <= b.start_ms + 1 for a, b in zip(turns[0].words, turns[0].words[1:], strict=False))
        assert len(turns[0].text.split()) * 300 == pytest.approx(turns[0].end_ms - turns[0].start_ms, abs=40)
        assert branch.synthesizer.spoken[1] == asked[0].text
        assert "export pipeline" in peer.captions("interviewer")[2]
        assert peer.captions("candidate")[0] == ANSWER
        assert peer.captions("candidate", final=False), "partial captions are shown while the candidate speaks"
        assert branch.transcriber.running_partials_most == 1
        assert (await branch.events(InterviewClosed))[0].reason == "completed"
        assert branch.desk.rooms_open == 0
        await branch.close()

    run_virtual(interview())


def test_the_gap_is_timed_and_the_pause_is_used_before_the_turn_is_over() -> None:
    async def interview() -> TurnTimed:
        branch = Branch(model=ScriptedModel(FOLLOW_UP))
        peer = await branch.admit()
        await _answer(branch, peer, ANSWER)
        await peer.listening_to()
        timed = (await branch.events(TurnTimed))[0]
        await branch.close()
        return timed

    timed = run_virtual(interview())
    assert 3350 <= timed.end_of_turn_ms <= 3460, "a turn that sounds complete ends after the likely silence"
    assert timed.stt_ms <= 20, "0.3 s of recognition lie inside the silence"
    assert timed.llm_first_sentence_ms <= 20, "so do 0.5 s of the model"
    assert 100 <= timed.tts_first_audio_ms <= 130


@pytest.mark.parametrize(
    ("model", "reason"),
    [
        (ScriptedModel(FOLLOW_UP, seconds=60.0), "late"),
        (ScriptedModel(code="unavailable"), "unavailable"),
        (ScriptedModel("What is your favourite colour, and which shade do you like best?"), "ungrounded"),
    ],
)
def test_a_model_that_is_late_dead_or_off_the_point_is_replaced_by_the_kit(model: ScriptedModel, reason: str) -> None:
    async def interview() -> tuple[QuestionAsked, float]:
        branch = Branch(model=model)
        peer = await branch.admit()
        await peer.listening_to()
        branch.speak(peer, ANSWER)
        await peer.until(lambda p: p.state["phase"] == "thinking")
        thinking_at = branch.clock.monotonic()
        await peer.until(lambda p: p.state["phase"] == "asking")
        waited = branch.clock.monotonic() - thinking_at
        asked = (await branch.events(QuestionAsked))[-1]
        await branch.close()
        return asked, waited

    asked, waited = run_virtual(interview())
    assert (asked.kind, asked.fallback_reason) == (QuestionKind.FALLBACK, reason)
    assert asked.text == "How did you find out what the cause was?"
    assert waited <= 8.1


def test_an_answer_survives_a_speech_process_that_is_away() -> None:
    async def interview() -> list[TurnTaken]:
        branch = Branch(failures=3)
        peer = await branch.admit()
        await _answer(branch, peer, "I rebuilt it.")
        turns = await branch.events(TurnTaken)
        await branch.close()
        return turns

    assert [t.text for t in run_virtual(interview())] == ["I rebuilt it."]


def test_without_a_voice_the_interview_goes_on_by_text() -> None:
    async def interview() -> list[TurnTaken]:
        branch = Branch()
        branch.synthesizer.away = True
        peer = await branch.admit(microphone=False)
        for number in range(4):  # so little is asked about once more, from the kit
            question = await peer.listening_to()
            assert question["text"] in peer.captions("interviewer")
            peer.say(type="typed_answer", text=f"Answer {number} in text.")
            await peer.until(lambda p, q=question: p.state["question"] != q)
        await peer.until(lambda p: p.state["phase"] == "closed")
        turns = await branch.events(TurnTaken)
        await peer.close()
        await asyncio.sleep(1)
        await branch.close()
        return turns

    turns = run_virtual(interview())
    assert [t.text for t in turns] == [f"Answer {n} in text." for n in range(4)]
    assert {t.mode for t in turns} == {TurnMode.TYPED}


def test_a_journal_that_is_full_ends_the_room_and_nothing_else() -> None:
    async def interview() -> None:
        branch = Branch()
        peer = await branch.admit()
        await peer.listening_to("q1")
        branch.journal.full = True
        peer.say(type="typed_answer", text="The export.")
        await peer.wait_gone()
        await asyncio.sleep(0.1)
        assert branch.desk.rooms_open == 0
        branch.journal.full = False
        back = await branch.connect()
        assert (await back.listening_to())["id"] == "q1"
        await branch.close()

    run_virtual(interview())


def test_presence_is_counted_per_question_and_vision_may_be_away() -> None:
    async def interview() -> None:
        branch = Branch()
        peer = await branch.admit(camera=True, purposes=("interview", "observation"))
        peer.picture = Picture(b"\x01\0\0", 1, 1, 0.0)
        await peer.listening_to("q1")
        peer.picture = Picture(b"\x02\0\0", 1, 1, 0.0)
        await asyncio.sleep(3)
        await _answer(branch, peer, "Yes.")
        branch.watcher.away = True
        await _answer(branch, peer, "Yes.")
        await peer.listening_to("q3")
        seen = await branch.events(PresenceObserved)
        assert len(seen) >= 2
        first, second = seen[0], seen[1]
        assert first.samples == 1 or second.samples_with_several_faces >= 2
        assert second.samples > second.samples_without_face == 0
        await branch.close()

    run_virtual(interview())


def test_messages_from_the_page_are_checked() -> None:
    async def interview() -> None:
        branch = Branch()
        peer = await branch.admit()
        await peer.listening_to("q1")
        for message in ({"type": "typed_answer", "text": 7}, {"type": "format_disk"}, {"type": ["x"]}, {}):
            peer.say(**message)
        peer.say(type="ping", at=12.5)
        await peer.until(lambda p: {"type": "pong", "at": 12.5} in p.sent)
        peer.say(type="repeat_question")
        await peer.until(lambda p: "repeat" in p.notices())
        assert await branch.events(TurnTaken) == []
        peer.say(type="typed_answer", text="\0\ud800")
        peer.say(type="typed_answer", text="I moved\0 the report\ud800 to a copy \U0001f600")
        await peer.until(lambda p: p.state["phase"] == "thinking" or (p.state["question"] or {}).get("id") != "q1")
        assert [turn.text for turn in await branch.events(TurnTaken)] == ["I moved the report to a copy \U0001f600"]
        await branch.close()

    run_virtual(interview())


def test_the_desk_says_who_may_enter() -> None:
    async def at_the_desk() -> None:
        other = replace(short_kit(), interview_id="interview-2", kit_id="kit-2")
        branch = Branch(rooms_max=1)
        branch.assignments.by_id[other.interview_id] = other
        desk = branch.desk

        async def refused(work: object) -> str:
            with pytest.raises(DeskError) as caught:
                await work  # type: ignore[misc]
            return caught.value.code

        assert await refused(desk.claim("unknown")) == "code_unknown"
        assert await refused(desk.offer(ID, OFFER, microphone=True, camera=False)) == "consent_missing"
        await desk.claim(ID)
        assert await refused(desk.claim(ID)) == "code_used"
        await desk.consent(ID, ["interview"], "n1")
        assert await refused(desk.offer(ID, "rubbish", microphone=True, camera=False)) == "bad_offer"
        await branch.connect()
        await desk.claim("interview-2")
        await desk.consent("interview-2", ["interview"], "n1")
        assert await refused(desk.offer("interview-2", OFFER, microphone=True, camera=False)) == "rooms_full"
        await branch.restart()
        assert await refused(branch.desk.claim(ID)) == "code_used"
        branch.assignments.by_id[ID] = replace(short_kit(), kit_id="kit-1b")
        await branch.desk.claim(ID)
        assert await refused(branch.desk.claim(ID)) == "code_used"
        await branch.desk.consent("interview-2", [], "n1")
        assert (await branch.desk.view("interview-2")).closed
        await branch.close()

    run_virtual(at_the_desk())


def test_a_question_of_the_candidate_is_answered_aloud_and_the_question_stands_again() -> None:
    async def interview() -> None:
        branch = Branch(model=ScriptedModel(FOLLOW_UP))
        peer = await branch.admit()
        question = await peer.listening_to()
        branch.speak(peer, "What is the salary for this job, and who is my boss?")
        await peer.until(lambda p: any("a person will answer it" in said for said in p.captions("interviewer")))
        assert await peer.listening_to() == question
        assert any(
            "a person will answer it" in said and said.endswith("Which problem did you solve at work?")
            for said in branch.synthesizer.spoken
        )
        assert peer.captions("interviewer").count("Which problem did you solve at work?") == 1
        await _answer(branch, peer, ANSWER)
        asked = await branch.events(QuestionAsked)
        assert [q.kind for q in asked] == [QuestionKind.PLANNED, QuestionKind.FOLLOW_UP]
        turns = await branch.events(TurnTaken)
        assert [t.question_id for t in turns] == ["q1", "q1"], "both stand in the record"
        await branch.close()

    run_virtual(interview())
