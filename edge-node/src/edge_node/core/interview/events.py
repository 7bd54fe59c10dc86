"""The facts an interview is made of. They mirror ``interview/v1/events.proto``; a codec test holds them together.

Times named ``*_ms`` are milliseconds since the interview was opened.
"""

from dataclasses import dataclass
from enum import StrEnum

from edge_node.core.interview.camera_events import ObservationNoted, PresenceObserved
from edge_node.core.interview.plan import QuestionKind, Source
from edge_node.core.interview.review_events import (
    CompetencyAbstained,
    CompetencyRated,
    RatingRepeated,
    ReviewCompleted,
    SummaryWritten,
)


class TurnMode(StrEnum):
    """How an answer was given."""

    SPOKEN = "spoken"
    TYPED = "typed"


@dataclass(frozen=True, slots=True)
class EngineUsed:
    """An engine that took part: role, name, profile and the sha256 of its weights (empty where it has none)."""

    role: str
    name: str
    profile: str
    digest: str = ""


@dataclass(frozen=True, slots=True)
class InterviewOpened:
    """The room exists; nobody is in it yet."""

    kit_id: str
    language: str
    engines: tuple[EngineUsed, ...] = ()


@dataclass(frozen=True, slots=True)
class CandidateJoined:
    """A peer is connected. ``visit`` is 1 for the first join, 2 for the first return."""

    visit: int
    microphone: bool
    camera: bool


@dataclass(frozen=True, slots=True)
class ConsentGiven:
    """What was agreed to, each separately; see :class:`edge_node.core.interview.consent.Purpose`."""

    purposes: tuple[str, ...]
    notice_version: str


@dataclass(frozen=True, slots=True)
class StageEntered:
    """The interview moved to a stage of the kit."""

    stage_id: str


@dataclass(frozen=True, slots=True)
class RefusedProposal:
    """A question a model proposed and a check refused; ``reason`` is the check's code."""

    text: str
    reason: str
    seed: int


@dataclass(frozen=True, slots=True)
class QuestionAsked:
    """A question was decided on and is about to be spoken."""

    question_id: str
    stage_id: str
    kind: QuestionKind
    text: str
    sources: tuple[Source, ...] = ()
    fallback_reason: str = ""
    prompt_version: str = ""
    seed: int = 0
    language_ms: int = 0
    model_digest: str = ""
    """sha256 of the weights of the model that was asked; empty where none was."""

    refused: tuple[RefusedProposal, ...] = ()
    """Proposals that were not asked, in their order."""

    lead_in: str = ""
    """Said before the question; may be empty."""

    answer_read_as: str = ""
    """How the answer before this question was read; empty before the first."""

    lacking: tuple[str, ...] = ()
    """What the rubric's evidence lacked when a follow-up was decided."""

    prompt_tokens: int = 0
    """Tokens the model was asked with; 0 where no answer came."""

    reused_tokens: int = 0
    """Of them found in memory."""

    generated_tokens: int = 0

    @property
    def spoken(self) -> str:
        """Everything that is said when the question is put."""
        return f"{self.lead_in} {self.text}".strip()


@dataclass(frozen=True, slots=True)
class Word:
    """One recognised word with its span and probability [0, 1]."""

    text: str
    start_ms: int
    end_ms: int
    probability: float


@dataclass(frozen=True, slots=True)
class TurnTaken:
    """The candidate held the floor and gave it back."""

    turn_id: str
    question_id: str
    text: str
    mode: TurnMode
    start_ms: int
    end_ms: int
    words: tuple[Word, ...] = ()


@dataclass(frozen=True, slots=True)
class TurnTimed:
    """Where the time between the candidate's last speech and the first audio sent went, milliseconds."""

    turn_id: str
    end_of_turn_ms: int
    stt_ms: int
    llm_first_sentence_ms: int
    tts_first_audio_ms: int


@dataclass(frozen=True, slots=True)
class QuestionInterrupted:
    """The candidate spoke over the interviewer; ``heard_ms`` of the question had been played."""

    question_id: str
    heard_ms: int


@dataclass(frozen=True, slots=True)
class CandidateLeft:
    """The peer is gone: connection_lost, page_closed or process_restarted."""

    reason: str


@dataclass(frozen=True, slots=True)
class RecordingStopped:
    """A recording ended before the visit did: disk_full, share_full, too_slow or failed."""

    reason: str


@dataclass(frozen=True, slots=True)
class InterviewClosed:
    """Nothing more will be asked: completed, candidate_left, declined or out_of_time."""

    reason: str


Event = (
    InterviewOpened
    | CandidateJoined
    | ConsentGiven
    | StageEntered
    | QuestionAsked
    | TurnTaken
    | TurnTimed
    | QuestionInterrupted
    | CandidateLeft
    | PresenceObserved
    | ObservationNoted
    | RecordingStopped
    | InterviewClosed
    | RatingRepeated
    | CompetencyRated
    | CompetencyAbstained
    | SummaryWritten
    | ReviewCompleted
)


@dataclass(frozen=True, slots=True)
class Recorded:
    """A fact with its place in the record."""

    interview_id: str
    number: int
    """Order within the interview, from 1, without gaps."""

    interview_ms: int
    wall_time_unix_ms: int
    event: Event
