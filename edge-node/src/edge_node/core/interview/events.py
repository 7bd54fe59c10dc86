"""The facts an interview is made of. They mirror ``interview/v1/events.proto``; a codec test holds them together.

Times named ``*_ms`` are milliseconds since the interview was opened.
"""

from dataclasses import dataclass
from enum import StrEnum

from edge_node.core.interview.plan import QuestionKind, Source


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
    """Purposes agreed to, each separately: interview, observation, recording, emotion."""

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
class PresenceObserved:
    """What the camera saw over a span: counts of samples."""

    start_ms: int
    end_ms: int
    samples: int
    samples_without_face: int
    samples_with_several_faces: int
    sampled_ms: int = 0
    """Of the span, the time in which the camera was looked at."""


@dataclass(frozen=True, slots=True)
class ObservationNoted:
    """Something the camera showed for a while; a flag for a person, in no rating and no question."""

    kind: str
    """face_absent, several_faces, looking_away, too_close, too_far, out_of_picture, too_dark, too_bright or
    camera_covered."""

    start_ms: int
    end_ms: int
    samples: int
    """Pictures that showed it."""

    sampled_percent: int
    """Share of the span in which the camera was looked at, [0, 100]."""

    baseline: str = ""
    """When the look at the screen was measured that looking away is held against: device_check or interview."""


@dataclass(frozen=True, slots=True)
class RecordingStopped:
    """A recording ended before the visit did: disk_full, share_full, too_slow or failed."""

    reason: str


@dataclass(frozen=True, slots=True)
class InterviewClosed:
    """Nothing more will be asked: completed, candidate_left, declined or out_of_time."""

    reason: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """A quote a program found verbatim in a turn; [start_char, end_char) of the turn's text."""

    turn_id: str
    quote: str
    start_char: int
    end_char: int


@dataclass(frozen=True, slots=True)
class RatingRepeated:
    """One of several independent ratings of one competency: the same answers, another seed.

    ``level`` is 0 when this repeat gave none; ``reason`` then says why.
    """

    competency_id: str
    seed: int
    level: int
    reason: str
    rationale: str
    evidence: tuple[Evidence, ...]
    evidence_refused: int
    prompt_version: str
    model_digest: str


@dataclass(frozen=True, slots=True)
class CompetencyRated:
    """A level of the rubric with the evidence it rests on: the median of its repeats."""

    competency_id: str
    level: int
    rationale: str
    evidence: tuple[Evidence, ...]
    evidence_refused: int
    prompt_version: str
    rubric_version: str
    model_digest: str
    levels: tuple[int, ...] = ()
    """Levels the repeats gave, in their order."""

    spread: int = 0
    """Highest minus lowest of ``levels``."""

    repeats: int = 0
    """Repeats made, with or without a level."""


@dataclass(frozen=True, slots=True)
class CompetencyAbstained:
    """No rating: no_evidence, too_little_evidence, unstable or model_unavailable."""

    competency_id: str
    reason: str
    evidence_refused: int
    prompt_version: str
    rubric_version: str
    model_digest: str
    levels: tuple[int, ...] = ()
    spread: int = 0
    repeats: int = 0


@dataclass(frozen=True, slots=True)
class Finding:
    """A strength or an improvement of one competency, tied to quotes."""

    competency_id: str
    text: str
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class SummaryWritten:
    """The summary, tied to quotes."""

    text: str
    evidence: tuple[Evidence, ...]
    prompt_version: str
    model_digest: str
    strengths: tuple[Finding, ...] = ()
    improvements: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class ReviewCompleted:
    """The review is done; counts of ratings and abstentions."""

    ratings: int
    abstentions: int


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
