"""The evaluation set: made-up answers in both languages with what they must lead to, and kits to ask them in."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from coordinator.corpora.service import shipped_questions
from coordinator.jobs.schemas import JobTemplate
from coordinator.jobs.templates import shipped
from edge_node.core.interview import session
from edge_node.core.interview.events import InterviewClosed, TurnMode, TurnTaken
from edge_node.core.interview.plan import Anchor, Competency, JoinCode, Kit, PlannedQuestion, Source, Stage
from fakes.walked_interview import Walk

HERE = Path(__file__).parent
LANGUAGES = ("en", "ko")
SPARE = {
    "en": {
        "problem_solving": (
            "How do you find out where a fault comes from?",
            "Which check do you make before a change?",
        ),
        "communication": ("How do you prepare a hard conversation?", "What do you do when nobody agrees?"),
        "responsibility": (
            "What do you do first when a task of yours fails?",
            "How do you keep a promise in a busy week?",
        ),
    },
    "ko": {
        "problem_solving": ("원인을 찾을 때 먼저 무엇을 살펴보시나요?", "변경하기 전에 무엇을 확인하시나요?"),
        "communication": ("어려운 대화를 어떻게 준비하시나요?", "아무도 동의하지 않을 때 무엇을 하시나요?"),
        "responsibility": (
            "맡은 일이 늦어질 때 가장 먼저 무엇을 하시나요?",
            "바쁜 주에 약속을 어떻게 지키시나요?",
        ),
    },
}
"""Questions of the kit to fall back on."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One made-up answer. ``kind`` is what it must be read as, or its quality where it is a true answer."""

    answer_id: str
    language: str
    kind: str
    competency_id: str
    text: str


@dataclass(frozen=True, slots=True)
class EvaluationSet:
    """One language's part."""

    language: str
    answers: tuple[Answer, ...]
    injections: tuple[tuple[str, str], ...]
    """(id, text) to be put before and behind true answers."""

    protected: tuple[Answer, ...]
    """Good answers that mention protected traits: rated like any other, and never asked back about them."""

    raw: dict[str, Any]


def load(language: str) -> EvaluationSet:
    """The set in ``language``."""
    raw = json.loads((HERE / f"answers_{language}.json").read_text(encoding="utf-8"))

    def made(item: dict[str, str], kind: str) -> Answer:
        return Answer(item["id"], language, item.get("kind", kind), item["competency"], item["text"])

    return EvaluationSet(
        language,
        tuple(made(item, "") for item in raw["answers"]),
        tuple((item["id"], item["text"]) for item in raw["injections"]),
        tuple(made(item, "protected") for item in raw["protected"]),
        raw,
    )


def talk(language: str) -> tuple[Answer, ...]:
    """Short answers to be told apart: ``talk`` about something else, and ``true`` ones with its words."""
    raw = json.loads((HERE / "talk.json").read_text(encoding="utf-8"))[language]
    return tuple(Answer(item["id"], language, item["kind"], item["competency"], item["text"]) for item in raw)


def kit(part: EvaluationSet, competency_id: str, *, depth: int = 2) -> Kit:
    """A kit of one rated stage and a closing."""
    known = part.raw["competencies"][competency_id]
    anchors = tuple(Anchor(level, text) for level, text in enumerate(known["anchors"], start=1))
    question = part.raw["questions"][competency_id]
    spare = tuple(
        PlannedQuestion(f"f{n}", text, (Source("corpus", f"c{n}", text),))
        for n, text in enumerate(SPARE[part.language][competency_id], start=1)
    )
    closing = {"en": "Is there anything you would like to add?", "ko": "마지막으로 하고 싶은 말씀이 있으신가요?"}
    return Kit(
        kit_id="kit-1",
        interview_id="interview-1",
        language=part.language,
        company_name={"en": "Harbour Tools", "ko": "한결오피스"}[part.language],
        job_title=part.raw["job_title"],
        candidate_name={"en": "Dana Reyes", "ko": "김하늘"}[part.language],
        competencies=(Competency(competency_id, known["name"], known["definition"], anchors),),
        stages=(
            Stage("s1", known["name"], competency_id, (PlannedQuestion("q1", question),), depth, 600, spare),
            Stage("s2", "closing", "", (PlannedQuestion("q2", closing[part.language]),), 0, 60, closing=True),
        ),
        rubric_version="rubric-1",
        join_code=JoinCode("salt", "0" * 64, 4_000_000_000_000),
    )


def template_kits(language: str) -> list[Kit]:
    """Kits of the shipped templates in ``language``, each stage with shipped questions to fall back on."""
    spare = [q for q in shipped_questions() if q["language"] == language and q["family"] == "any"]
    return [_template_kit(template, spare) for template in shipped() if template.language == language]


def _template_kit(template: JobTemplate, spare: list[dict[str, Any]]) -> Kit:
    left = list(spare)
    stages = []
    for stage in template.stages:
        kind = "closing" if stage.closing else "competency" if stage.competency_id else "opening"
        fitting = [q for q in left if q["stage"] == kind][:4]
        left = [q for q in left if q not in fitting]
        questions = tuple(
            PlannedQuestion(f"{stage.id}-q{n}", text, (Source("kit", f"{stage.id}/{n}", text),))
            for n, text in enumerate(stage.questions, start=1)
        )
        fallbacks = tuple(
            PlannedQuestion(q["seed_key"], q["text"], (Source("corpus", q["seed_key"], q["text"]),)) for q in fitting
        )
        stages.append(
            Stage(
                stage.id, stage.title, stage.competency_id or "", questions, stage.follow_up_depth,
                stage.time_budget_seconds, fallbacks, stage.closing,
            )
        )  # fmt: skip
    competencies = tuple(
        Competency(c.id, c.name, c.definition, tuple(Anchor(a.level, a.text) for a in c.anchors))
        for c in template.competencies
    )
    korean = template.language == "ko"
    return Kit(
        kit_id=f"kit-{template.id}",
        interview_id="interview-1",
        language=template.language,
        company_name="한결오피스" if korean else "Harbour Tools",
        job_title="운영 담당자" if korean else "Operations coordinator",
        candidate_name="김하늘" if korean else "Dana Reyes",
        competencies=competencies,
        stages=tuple(stages),
        rubric_version="rubric-1",
        join_code=JoinCode("salt", "0" * 64, 4_000_000_000_000),
    )


def answered(part: EvaluationSet, answer: Answer, *, depth: int = 2) -> Walk:
    """An interview in which the first question has been given ``answer``."""
    walk = Walk(kit(part, answer.competency_id, depth=depth))
    walk.enter()
    walk.ask()
    give(walk, answer.text)
    return walk


def give(walk: Walk, text: str) -> None:
    """Answer the question asked last; an empty text is silence, as the room keeps it."""
    if text:
        walk.say(text, 20)
        return
    question = walk.state.question
    assert question is not None
    turn_id = f"t{len(walk.state.turns) + 1}"
    walk.keep([TurnTaken(turn_id, question.question_id, "", TurnMode.SPOKEN, walk.now_ms, walk.now_ms)])


def closed(part: EvaluationSet, answer: Answer) -> Walk:
    """The same interview, closed after that answer: what the review reads is this answer alone."""
    walk = Walk(kit(part, answer.competency_id, depth=0))
    walk.enter()
    walk.ask()
    walk.keep(session.answer(walk.state, answer.text, TurnMode.TYPED, walk.now_ms, walk.now_ms + 1))
    walk.keep([InterviewClosed("completed")])
    return walk
