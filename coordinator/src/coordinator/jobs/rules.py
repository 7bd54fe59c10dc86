"""What a job must be before anyone is interviewed for it. Pure; finds all faults, not the first."""

import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterable

from coordinator.jobs.protected import asks_for_protected
from coordinator.jobs.schemas import Competency, NewJob

_ID = re.compile(r"^[A-Za-z0-9_-]{1,64}$")
LEVELS_MIN = 2
WEIGHTS_SUM = 100.0
WEIGHTS_TOLERANCE = 0.05
"""So that three thirds of 33.33 are a whole."""

Fault = dict[str, str]


def _fault(where: str, code: str, message: str) -> Fault:
    return {"where": where, "fault": code, "message": message}


def faults(job: NewJob) -> list[Fault]:
    """Each fault with where it is, a stable code and a sentence; empty when the job is fit."""
    found: list[Fault] = []
    if (job.company_id is None) == (job.company_name is None):
        found.append(_fault("company_id", "company_missing", "name the company by company_id or by company_name"))
    found += _competency_faults(job)
    found += _stage_faults(job)
    found += _corpus_faults(job)
    return found


def _ids(where: str, ids: Iterable[str]) -> list[Fault]:
    counted = Counter(ids)
    found = [
        _fault(where, "id_malformed", f"{value!r}: letters, digits, - and _, 1 to 64")
        for value in counted
        if not _ID.match(value)
    ]
    found += [_fault(where, "id_repeated", f"{value!r} appears {n} times") for value, n in counted.items() if n > 1]
    return found


def _competency_faults(job: NewJob) -> list[Fault]:
    found = _ids("competencies", (competency.id for competency in job.competencies))
    found += _weight_faults(job)
    rated = {stage.competency_id for stage in job.stages}
    for competency in job.competencies:
        where = f"competencies.{competency.id}"
        if not competency.name:
            found.append(_fault(where, "name_missing", "a competency needs a name"))
        levels = sorted(anchor.level for anchor in competency.anchors)
        if len(levels) < LEVELS_MIN:
            found.append(_fault(where, "anchors_too_few", f"at least {LEVELS_MIN} anchors, 1 is the lowest"))
        elif levels != list(range(1, len(levels) + 1)):
            found.append(_fault(where, "anchors_with_gaps", f"levels must run 1, 2, 3 without gaps, not {levels}"))
        if competency.id not in rated:
            found.append(_fault(where, "competency_without_stage", "no stage asks for this competency"))
    return found


def _weight_faults(job: NewJob) -> list[Fault]:
    weights = [competency.weight for competency in job.competencies if competency.weight is not None]
    if not weights:
        return []
    if len(weights) < len(job.competencies):
        return [_fault("competencies", "weights_incomplete", "give every competency a weight, or none")]
    if abs(sum(weights) - WEIGHTS_SUM) > WEIGHTS_TOLERANCE:
        return [_fault("competencies", "weights_sum", f"weights must sum to 100, not {sum(weights):g}")]
    return []


def _stage_faults(job: NewJob) -> list[Fault]:
    if not job.stages:
        return [_fault("stages", "stages_missing", "a job needs at least one stage")]
    found = _ids("stages", (stage.id for stage in job.stages))
    known = {competency.id for competency in job.competencies}
    for index, stage in enumerate(job.stages):
        where = f"stages.{stage.id}"
        if not stage.title:
            found.append(_fault(where, "title_missing", "a stage needs a title"))
        if stage.competency_id is not None and stage.competency_id not in known:
            found.append(_fault(where, "competency_unknown", f"no competency {stage.competency_id!r}"))
        if not stage.questions or not all(stage.questions):
            found.append(_fault(where, "questions_missing", "a stage needs at least one question, none empty"))
        found += _question_faults(where, stage.questions)
        if stage.closing and index != len(job.stages) - 1:
            found.append(_fault(where, "closing_not_last", "only the last stage can be the closing"))
    return found


def _question_faults(where: str, questions: Iterable[str]) -> list[Fault]:
    return [
        _fault(where, "question_protected", f"{question!r} asks about a trait the law protects")
        for question in questions
        if asks_for_protected(question)
    ]


def _corpus_faults(job: NewJob) -> list[Fault]:
    stages = {stage.id for stage in job.stages}
    competencies = {competency.id for competency in job.competencies}
    found: list[Fault] = []
    for index, question in enumerate(job.corpus_questions):
        found += _question_faults(f"corpus_questions.{index}", [question.text])
        where = f"corpus_questions.{index}"
        if question.stage_id is not None and question.stage_id not in stages:
            found.append(_fault(where, "stage_unknown", f"no stage {question.stage_id!r}"))
        if question.competency_id is not None and question.competency_id not in competencies:
            found.append(_fault(where, "competency_unknown", f"no competency {question.competency_id!r}"))
    return found


def rubric_version(competencies: list[Competency]) -> str:
    """The first 16 hexadecimal digits of sha256 over competencies, anchors and weights."""
    content = [competency.model_dump(mode="json", exclude_none=True) for competency in competencies]
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()[:16]
