"""What a review made of an interview, over HTTP."""

from pydantic import BaseModel, Field


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
