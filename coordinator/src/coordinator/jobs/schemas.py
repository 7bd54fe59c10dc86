"""Companies and jobs over HTTP.

What makes a job fit to be interviewed for is checked by :mod:`coordinator.jobs.rules`, all faults at once; the
models here only hold the form.
"""

from datetime import datetime
from typing import Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

Language = Literal["en", "ko"]


class _Body(BaseModel):
    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)


class NewCompany(_Body):
    """A company and its talent profile."""

    name: str = Field(min_length=1, max_length=200)
    ideal: str = Field("", max_length=20_000, description="What kind of person the company looks for.")


class Company(BaseModel):
    """A stored company."""

    id: UUID
    name: str
    ideal: str
    created_at: datetime


class Anchor(_Body):
    """One level of a behaviourally anchored rating scale; 1 is the lowest."""

    level: int = Field(ge=1, le=10)
    text: str = Field(min_length=1, max_length=2000)


class Competency(_Body):
    """What a stage asks for and the review rates."""

    id: str = Field(max_length=64)
    name: str = Field(max_length=200)
    definition: str = Field("", max_length=4000)
    anchors: list[Anchor] = Field(default_factory=list, max_length=10)
    weight: float | None = Field(
        None, gt=0, le=100, description="Percent of the score; on all competencies of a job or on none."
    )


class NewStage(_Body):
    """A part of the interview; without a competency it rates nothing."""

    id: str = Field(max_length=64)
    title: str = Field(max_length=200)
    competency_id: str | None = None
    questions: list[str] = Field(default_factory=list, max_length=20)
    follow_up_depth: int = Field(1, ge=0, le=3, description="Follow-ups at the most after each question.")
    time_budget_seconds: int = Field(300, ge=10, le=7200)
    closing: bool = False


class NewCorpusQuestion(_Body):
    """A good question of the job's own, to fall back on."""

    stage_id: str | None = None
    competency_id: str | None = None
    text: str = Field(min_length=1, max_length=1000)


class NewJob(_Body):
    """A job with its rubric and the plan of its interviews. Names its company by id or by name (made when new)."""

    company_id: UUID | None = None
    company_name: str | None = Field(None, min_length=1, max_length=200)
    title: str = Field(min_length=1, max_length=200)
    family: str = Field(min_length=1, max_length=100, description="Kind of job, e.g. software or retail.")
    language: Language
    ideal: str = Field("", max_length=20_000)
    description: str = Field("", max_length=50_000)
    competencies: list[Competency] = Field(default_factory=list, max_length=20)
    stages: list[NewStage] = Field(default_factory=list, max_length=30)
    corpus_questions: list[NewCorpusQuestion] = Field(default_factory=list, max_length=500)


class JobTemplate(_Body):
    """An interview plan to start a job from: competencies with weights, stages with questions; all of it editable."""

    id: str
    language: Language
    name: str
    description: str
    competencies: list[Competency]
    stages: list[NewStage]


class StageQuestion(BaseModel):
    """A planned question."""

    id: str
    text: str


class Stage(BaseModel):
    """A stored stage."""

    id: str
    title: str
    competency_id: str | None
    questions: list[StageQuestion]
    follow_up_depth: int
    time_budget_seconds: int
    closing: bool


class JobSummary(BaseModel):
    """A job in a list."""

    id: UUID
    company_id: UUID
    company_name: str
    title: str
    family: str
    language: Language
    stages: int
    competencies: int
    created_at: datetime


class Job(BaseModel):
    """A stored job, whole."""

    id: UUID
    company_id: UUID
    company_name: str
    title: str
    family: str
    language: Language
    ideal: str
    description: str
    rubric_version: str
    competencies: list[Competency]
    stages: list[Stage]
    corpus_questions: int
    created_at: datetime
