"""What was asked and answered in an interview, over HTTP."""

from typing import Literal

from pydantic import BaseModel, Field


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


class Turn(BaseModel):
    """One answer."""

    turn_id: str
    text: str
    mode: Literal["spoken", "typed"]
    start_ms: int
    end_ms: int
    words: list[Word]
    heard_clearly: bool = Field(description="The recogniser was sure enough of its words for a rating to rest on them.")
    has_audio: bool = Field(description="Something of it was recorded and is here.")


class Asked(BaseModel):
    """A question with its answers."""

    question: Question
    turns: list[Turn]


class TurnGap(BaseModel):
    """Where the time between an answer's end and the interviewer's first sound went; milliseconds."""

    turn_id: str
    end_of_turn_ms: int
    stt_ms: int
    llm_first_sentence_ms: int
    tts_first_audio_ms: int
