"""Interviews over HTTP."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from coordinator.interviews.review_schemas import Rated, Summary
from coordinator.interviews.transcript_schemas import Asked, TurnGap

Status = Literal["scheduled", "open", "running", "closed", "reviewed"]
Language = Literal["en", "ko"]


class NewInterview(BaseModel):
    """Who is interviewed for what, and where."""

    model_config = ConfigDict(extra="forbid")

    job_id: UUID
    candidate_id: UUID
    node_id: str = Field(min_length=1, max_length=63)
    language: Language | None = Field(None, description="Must be the job's, whose questions are asked; default it.")


class NewCode(BaseModel):
    """A join code, shown this once."""

    join_code: str = Field(description="Eight characters of Crockford's base 32.")
    join_code_expires_at: datetime
    room_url: str


class Created(NewCode):
    """A new interview."""

    interview_id: UUID


class InterviewSummary(BaseModel):
    """An interview in a list."""

    interview_id: UUID
    candidate_id: UUID
    candidate_name: str
    job_id: UUID
    job_title: str
    company_name: str
    node_id: str
    language: Language
    status: Status
    score: float | None = Field(description="[0, 100]; null when too little is rated by a model or a person.")
    created_at: datetime
    late: bool = Field(description="Part of the record came later than a live interview's does.")
    delay_ms: int | None = Field(description="Longest time a fact was on its way; null when the node did not say.")


class Recording(BaseModel):
    """What there is to listen to of an interview."""

    agreed: bool = Field(description="The candidate's newest consent has a recording in it.")
    seconds: int = Field(description="Recorded sound that has come here.")
    stopped: str = Field(description="disk_full, share_full, too_slow or failed, where it ended too early; else empty.")
    erased_at: datetime | None


class Engine(BaseModel):
    """An engine that took part; the digest is the weights' sha256."""

    role: str
    name: str
    profile: str
    digest: str


class KitStage(BaseModel):
    """A stage of the kit the node got."""

    id: str
    title: str
    competency_id: str | None
    questions: int
    fallbacks: int


class KitFacts(BaseModel):
    """What the node got."""

    kit_id: str
    rubric_version: str
    stages: list[KitStage]


class Observation(BaseModel):
    """Something the camera showed for a while. An indication; it may have an innocent reason."""

    kind: str
    start_ms: int = Field(description="Milliseconds since the interview was opened, as end_ms.")
    end_ms: int
    samples: int = Field(description="Pictures that showed it.")
    sampled_percent: int = Field(description="Share of that time in which the camera was looked at.")
    baseline: str = Field(description="When the look at the screen was measured: device_check, interview or empty.")


class Integrity(BaseModel):
    """What the camera showed. In no rating, no summary, no question and no score."""

    consented: bool = Field(description="Without the candidate's consent nothing is observed and nothing shown.")
    pictures: int = Field(description="Pictures looked at in the whole interview.")
    sampled_percent: int | None = Field(
        description="Share of the time from the first to the last picture in which the camera was looked at; null "
        "without pictures, or when the node did not say."
    )
    observations: list[Observation]
    emotions: list[Observation] = Field(
        description="What a model took the face to express; kinds begin with emotion_. Empty without the candidate's "
        "consent to just that. A guess about a look, often wrong."
    )


class Interview(BaseModel):
    """Everything known of an interview."""

    interview_id: UUID
    status: Status
    language: Language
    candidate_id: UUID
    candidate_name: str
    job_id: UUID
    job_title: str
    company_name: str
    node_id: str
    room_url: str
    join_code_expires_at: datetime
    created_at: datetime
    opened_at: datetime | None = Field(description="By the coordinator's clock where that is known, else the node's.")
    closed_at: datetime | None = Field(description="As opened_at.")
    close_reason: str = Field(description="completed, candidate_left, declined or out_of_time; empty before the end.")
    visits: int
    consents: list[str] = Field(description="Purposes the candidate agreed to.")
    recording: Recording
    kit: KitFacts
    transcript: list[Asked]
    competencies: list[Rated]
    summary: Summary | None
    score: float | None = Field(description="[0, 100]; null when too little is rated by a model or a person.")
    engines: list[Engine]
    events: int = Field(description="Facts of this interview in the database.")
    missing_facts: int = Field(description="Facts that should stand between those that are there.")
    late: bool = Field(description="Part of the record came later than a live interview's does.")
    delay_ms: int | None = Field(description="Longest time a fact was on its way; null when the node did not say.")
    received_at: datetime | None = Field(description="When the newest fact came.")
    clock_error_ms: int | None = Field(description="The node's clock minus the coordinator's, where furthest off.")
    clock_wrong: bool = Field(description="That is more than the coordinator's setting allows.")
    turn_gaps: list[TurnGap]
