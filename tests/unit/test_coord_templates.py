"""Shipped interview plans: fit to be used as they are, in both languages, with nothing that must not be asked."""

import re
from itertools import combinations

import pytest
from coordinator.corpora.service import shipped_questions
from coordinator.jobs import rules
from coordinator.jobs.protected import asks_for_protected
from coordinator.jobs.schemas import JobTemplate, NewJob
from coordinator.jobs.templates import shipped
from edge_node.core.interview.follow_up import same_question
from edge_node.core.interview.protected import protected_trait

TEMPLATES = pytest.mark.parametrize("template", shipped(), ids=lambda t: f"{t.id}-{t.language}")
BACKBONE = (
    "introduction", "motivation", "skill", "experience", "problem_solving", "communication", "responsibility", "growth",
    "closing",
)  # fmt: skip


def _job(template: JobTemplate, **changes: object) -> NewJob:
    body = {
        "company_name": "A", "title": "T", "family": "any", "language": template.language,
        "competencies": [c.model_dump() for c in template.competencies],
        "stages": [s.model_dump() for s in template.stages],
    }  # fmt: skip
    return NewJob.model_validate({**body, **changes})


def test_the_standard_plan_and_that_for_career_changers_come_in_both_languages() -> None:
    assert {(t.id, t.language) for t in shipped()} == {
        (kind, language) for kind in ("standard", "career_change") for language in ("en", "ko")
    }
    assert shipped()[0].id == "standard"


@TEMPLATES
def test_a_plan_is_fit_and_has_fifteen_steps_in_about_half_an_hour(template: JobTemplate) -> None:
    assert rules.faults(_job(template)) == []
    assert tuple(s.id for s in template.stages) == BACKBONE
    assert sum(len(s.questions) * (1 + s.follow_up_depth) for s in template.stages) == 15
    assert 25 * 60 <= sum(s.time_budget_seconds for s in template.stages) <= 35 * 60
    assert sum(c.weight or 0 for c in template.competencies) == 100
    assert all(len(c.anchors) == 4 for c in template.competencies)


@TEMPLATES
def test_nothing_protected_is_asked_and_nothing_twice(template: JobTemplate) -> None:
    asked = [q for s in template.stages for q in s.questions]
    assert not [q for q in asked if protected_trait(q, template.language) or asks_for_protected(q)]
    assert not [(one, other) for one, other in combinations(asked, 2) if same_question(one, other)]


@TEMPLATES
def test_a_korean_plan_is_korean(template: JobTemplate) -> None:
    texts = [template.name, template.description, *(s.title for s in template.stages)]
    texts += [q for s in template.stages for q in s.questions]
    texts += [t for c in template.competencies for t in (c.name, c.definition, *(a.text for a in c.anchors))]
    for text in texts:
        assert bool(re.search("[가-힣]", text)) is (template.language == "ko"), text
        if template.language == "ko":
            assert not re.search("[A-Za-z]", text), text


@pytest.mark.parametrize(
    ("weights", "fault"),
    [((50.0, 50.0), None), ((33.33, 66.67), None), ((50.0, 60.0), "weights_sum"), ((50.0, None), "weights_incomplete")],
)
def test_weights_are_percents_of_one_whole(weights: tuple[float | None, ...], fault: str | None) -> None:
    template = shipped()[0]
    chosen = [c.model_copy(update={"weight": w}) for c, w in zip(template.competencies, weights, strict=False)]
    kept = {c.id for c in chosen}
    stages = [s.model_dump() for s in template.stages if s.competency_id in kept]
    found = rules.faults(_job(template, competencies=[c.model_dump() for c in chosen], stages=stages))
    assert [f["fault"] for f in found] == ([fault] if fault else [])


def test_another_weight_is_another_rubric() -> None:
    template = shipped()[0]
    other = [c.model_copy(update={"weight": None}) for c in template.competencies]
    assert rules.rubric_version(template.competencies) != rules.rubric_version(other)


@pytest.mark.parametrize(
    ("question", "asks"),
    [
        ("Are you married?", True),
        ("Do you plan to have children soon?", True),
        ("What is your religion?", True),
        ("결혼 계획이 있으신가요?", True),
        ("나이가 어떻게 되세요?", True),
        ("병역은 마치셨나요?", True),
        ("How do you comfort children who are afraid of a treatment?", False),
        ("How do you find race conditions in a program?", False),
        ("환자의 가족에게 어떻게 설명하시나요?", False),
        ("장애가 발생했을 때 어떻게 대응하시나요?", False),
    ],
)
def test_a_job_that_asks_for_a_protected_trait_is_refused(question: str, asks: bool) -> None:
    template = shipped()[0]
    stages = [s.model_dump() for s in template.stages]
    stages[0]["questions"] = [question]
    found = [f["fault"] for f in rules.faults(_job(template, stages=stages))]
    assert found == (["question_protected"] if asks else [])


def test_no_shipped_question_touches_a_protected_trait() -> None:
    touched = [q["text"] for q in shipped_questions() if asks_for_protected(q["text"])]
    assert touched == []
