"""What is asked of the corpora and what comes back."""

from dataclasses import dataclass
from typing import Literal
from uuid import UUID

from pydantic import BaseModel

Kind = Literal["resume", "company_ideal", "job", "question"]


@dataclass(frozen=True)
class Filters:
    """Relational conditions; None asks nothing.

    ``job_id``: of questions, the job's own and the shipped ones; ``own``: true only its own, false none of them.
    ``resume_id``: of a candidate's resumes, only this one.
    ``families``, ``stages`` and ``competencies`` ask of questions only; other kinds pass.
    """

    language: Literal["en", "ko"] | None = None
    candidate_id: UUID | None = None
    company_id: UUID | None = None
    job_id: UUID | None = None
    families: tuple[str, ...] | None = None
    stages: tuple[str, ...] | None = None
    competencies: tuple[str, ...] | None = None
    own: bool | None = None
    resume_id: UUID | None = None


@dataclass(frozen=True)
class Found:
    """A passage and how near it is: ``similarity`` is the cosine, [-1, 1], 1 the nearest."""

    passage_id: UUID
    kind: Kind
    text: str
    language: str
    similarity: float
    section_title: str | None
    corpus_question_id: UUID | None
    stage: str | None
    competency: str | None
    own: bool = False
    """A question that its job brought along, not a shipped one."""
    promotion: float = 0.0
    """What its record adds to a question's similarity."""


class CorpusQuestion(BaseModel):
    """A shipped question and how it fared.

    ``asked``: in a rated stage of interviews that have been reviewed; ``useful``: answers to it that gave evidence;
    ``promotion``: what this adds to its similarity when a stage looks for questions.
    """

    id: UUID
    family: str
    stage: str
    competency: str
    language: Literal["en", "ko"]
    text: str
    asked: int
    useful: int
    promotion: float
