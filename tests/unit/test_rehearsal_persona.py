"""What the scripted candidate says, and when they stop to think."""

from pathlib import Path

import numpy as np
import pytest
from edge_node.rehearsal.conversation import Conversation
from edge_node.rehearsal.persona import PACKAGED, Answer, AnswerBook, Habits, Persona, PersonaError, load, with_habits
from edge_node.rehearsal.report import Report
from edge_node.rehearsal.sound import audible, trimmed, with_pauses

PERSON = Persona(
    name="P",
    language="en",
    planned=(
        Answer(keywords=("bug", "failed"), text="The bug."),
        Answer(keywords=("team", "colleague"), text="The team."),
        Answer(text="Anything."),
    ),
    follow_ups=(Answer(keywords=("why",), text="Because."), Answer(text="In short.")),
)


def test_answers_go_by_keyword_and_are_not_repeated_before_all_were_given() -> None:
    book = AnswerBook(PERSON)
    given = [
        book.answer("1", "Tell me about your TEAM and a colleague.", "planned").script,
        book.answer("2", "Which bug failed in your team?", "planned").script,
        book.answer("3", "And in the team?", "planned").script,
        book.answer("4", "Once more, the team?", "planned").script,
        book.answer("5", "Why?", "follow_up").script,
        book.answer("6", "Why?", "fallback").script,
    ]
    assert given == ["The team.", "The bug.", "Anything.", "The team.", "Because.", "In short."]
    assert book.answer("2", "Which bug failed in your team?", "planned").script == "The bug."


def test_a_pause_is_not_spoken_and_stands_where_it_is_written() -> None:
    answer = Answer(text="One two [pause] three four.")
    assert answer.script == "One two three four."
    assert answer.pauses == pytest.approx((0.4,))
    assert Answer(text="No pause.").pauses == ()


def test_packaged_personas_can_be_played() -> None:
    names = sorted(path.stem for path in PACKAGED.glob("*.toml"))
    assert {load(name).language for name in names} == {"en", "ko"}
    english = load("backend_engineer")
    lengths = [len(answer.script.split()) for answer in english.answers]
    assert all(15 <= length <= 40 for length in lengths), lengths
    assert len({answer.script for answer in english.answers}) == len(english.answers)
    assert not any(character.isdigit() for answer in english.answers for character in answer.script)


def test_faults_of_a_persona_are_named(tmp_path: Path) -> None:
    broken = tmp_path / "broken.toml"
    for text, fault in (("name = 'A'\nlanguage = 'fr'", "language"), ("= 1", "Invalid"), ("surprise = 1", "surprise")):
        broken.write_text(text)
        with pytest.raises(PersonaError, match=fault):
            load(str(broken))
    with pytest.raises(PersonaError, match="backend_engineer"):
        load("nobody")
    assert with_habits(PERSON, {"typed_question": "2", "camera": "false"}).habits == Habits(
        typed_question=2, camera=False
    )
    with pytest.raises(PersonaError, match="sings"):
        with_habits(PERSON, {"sings": "1"})


def test_a_pause_falls_into_the_quiet_between_two_words() -> None:
    word = np.full(24_000, 5000, np.int16)
    quiet = np.full(2_880, 20, np.int16)
    sound = np.concatenate([word, quiet, word])
    held = with_pauses(sound, [0.5], 1.0)
    assert len(held) == len(sound) + 48_000
    loud = np.flatnonzero(held == 5000)
    assert loud[24_000] - loud[23_999] == 48_000 + len(quiet) + 1
    assert np.array_equal(with_pauses(sound, [], 1.0), sound)


def test_silence_is_below_one_percent() -> None:
    sound = np.concatenate([np.full(100, 327, np.int16), np.full(10, -328, np.int16), np.zeros(100, np.int16)])
    assert len(trimmed(sound)) == 10
    assert not audible(sound[:100])
    assert audible(sound)
    assert audible(np.array([-32768], np.int16))
    assert not audible(sound[:0])


def test_a_conversation_follows_phases_questions_and_captions() -> None:
    report = Report()
    followed = Conversation(report, lambda at: at)
    question = {"id": "q1", "text": "What?", "kind": "planned"}
    for at, message in enumerate(
        [
            {"type": "state", "phase": "asking", "question": question},
            {"type": "caption", "who": "interviewer", "id": "c1", "text": "Wh", "final": False},
            {"type": "caption", "who": "interviewer", "id": "c1", "text": "What?", "final": True},
            {"type": "state", "phase": "listening", "question": question},
            {"type": "state", "phase": "listening", "question": question},
            {"type": "notice", "code": "repeat"},
            {"type": "state", "phase": "asking", "question": question},
            {"type": "state", "phase": "listening", "question": question},
            {"type": "state", "phase": "closed", "question": None},
            {"type": "surprise"},
        ]
    ):
        followed.take(message, float(at))
    assert (followed.floors, followed.questions, followed.closed) == (2, ["q1"], True)
    assert [(entry["at"], entry["phase"]) for entry in report.phases] == [
        (0.0, "asking"),
        (3.0, "listening"),
        (6.0, "asking"),
        (7.0, "listening"),
        (8.0, "closed"),
    ]
    assert report.captions == [{"at": 2.0, "who": "interviewer", "id": "c1", "text": "What?"}]
    assert (report.partial_captions, report.notices) == (1, ["repeat"])
