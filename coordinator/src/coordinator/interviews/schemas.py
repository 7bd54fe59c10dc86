"""Interviews over HTTP."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

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


class Source(BaseModel):
    """A passage a question rests on."""

    kind: str = Field(description="resume, job, company_ideal, turn, corpus or kit.")
    reference: str
    text: str


class RefusedProposal(BaseModel):
    """A question the model proposed and a check refused."""

    text: str
    reason: str
    seed: int


class Question(BaseModel):
    """A question as it was asked, with how it came about."""

    id: str
    kind: Literal["planned", "follow_up", "fallback", "closing"]
    stage_id: str
    text: str
    sources: list[Source]
    fallback_reason: str = Field(description="Why a fallback was asked; empty otherwise.")
    asked_at_ms: int = Field(description="Milliseconds since the interview was opened.")
    interrupted_at_ms: int | None = Field(description="Milliseconds heard before the candidate spoke over it.")
    lead_in: str = Field(description="Said before the question; may be empty.")
    answer_read_as: str = Field(description="How the answer before it was read, e.g. answer, refusal, off_topic.")
    lacking: list[str] = Field(description="What the evidence still lacked: action, reason, result.")
    prompt_version: str = Field(description="Empty where no model was asked.")
    model_digest: str = Field(description="sha256 of the model's weights; empty where none was asked.")
    seed: int
    language_ms: int = Field(description="From the request to the model to its last word; 0 where none was asked.")
    refused: list[RefusedProposal] = Field(description="Proposals that were not asked, in their order.")
    prompt_tokens: int = Field(description="Tokens the model was asked with; 0 where no answer of it came.")
    reused_tokens: int = Field(description="Of them found in its memory.")
    generated_tokens: int = Field(description="Tokens it answered with.")


class Word(BaseModel):
    """One recognised word; milliseconds since the interview was opened, probability in [0, 1]."""

    text: str
    start_ms: int
    end_ms: int
    probability: float


class Recording(BaseModel):
    """What there is to listen to of an interview."""

    agreed: bool = Field(description="The candidate's newest consent has a recording in it.")
    seconds: int = Field(description="Recorded sound that has come here.")
    stopped: str = Field(description="disk_full, share_full, too_slow or failed, where it ended too early; else empty.")
    erased_at: datetime | None


class Turn(BaseModel):
    """One answer."""

    turn_id: str
    text: str
    mode: Literal["spoken", "typed"]
    start_ms: int
    end_ms: int
    words: list[Word]
    has_audio: bool = Field(description="Something of it was recorded and is here.")


class Asked(BaseModel):
    """A question with its answers."""

    question: Question
    turns: list[Turn]


class Evidence(BaseModel):
    """A quote found verbatim in a turn; [start_char, end_char) of the turn's text."""

    turn_id: str
    quote: str
    start_char: int
    end_char: int


class Repeat(BaseModel):
    """One of several ratings of the same answers, by another seed; without a level it says why."""

    seed: int
    level: int | None
    reason: str
    evidence: list[Evidence]


class Rating(BaseModel):
    """A level of the rubric, the median of its repeats, and what it rests on."""

    level: int
    levels: int
    rationale: str
    anchor_text: str
    evidence: list[Evidence]
    evidence_refused: int = Field(description="Quotes the model proposed that were found in no turn.")
    prompt_version: str
    rubric_version: str
    model_digest: str
    spread: int = Field(description="Highest minus lowest level of the repeats.")
    repeated: list[Repeat]


class Abstention(BaseModel):
    """Why there is no rating."""

    reason: str
    evidence_refused: int
    spread: int
    repeated: list[Repeat]


class Rated(BaseModel):
    """One competency of the kit with its result, once there is one."""

    id: str
    name: str
    definition: str
    weight: float | None = Field(description="Percent of the score; null where all competencies weigh alike.")
    rating: Rating | None
    abstention: Abstention | None


class Finding(BaseModel):
    """A strength or an improvement of one competency, tied to quotes."""

    competency_id: str
    text: str
    evidence: list[Evidence]


class Summary(BaseModel):
    """The summary, strengths and improvements with the quotes they rest on."""

    text: str
    evidence: list[Evidence]
    prompt_version: str
    model_digest: str
    strengths: list[Finding]
    improvements: list[Finding]


class TurnGap(BaseModel):
    """Where the time between an answer's end and the interviewer's first sound went; milliseconds."""

    turn_id: str
    end_of_turn_ms: int
    stt_ms: int
    llm_first_sentence_ms: int
    tts_first_audio_ms: int


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
