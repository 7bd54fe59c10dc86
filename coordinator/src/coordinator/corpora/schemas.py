"""What is asked of the corpora and what comes back."""

from dataclasses import dataclass
from typing import Literal
from uuid import UUID

Kind = Literal["resume", "company_ideal", "job", "question"]


@dataclass(frozen=True)
class Filters:
    """Relational conditions; None asks nothing.

    ``job_id``: of questions, the job's own and the shipped ones. ``families``, ``stages`` and ``competencies`` ask
    of questions only; other kinds pass.
    """

    language: Literal["en", "ko"] | None = None
    candidate_id: UUID | None = None
    company_id: UUID | None = None
    job_id: UUID | None = None
    families: tuple[str, ...] | None = None
    stages: tuple[str, ...] | None = None
    competencies: tuple[str, ...] | None = None


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
