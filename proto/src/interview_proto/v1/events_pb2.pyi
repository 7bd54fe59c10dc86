from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class QuestionKind(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    QUESTION_KIND_UNSPECIFIED: _ClassVar[QuestionKind]
    QUESTION_KIND_PLANNED: _ClassVar[QuestionKind]
    QUESTION_KIND_FOLLOW_UP: _ClassVar[QuestionKind]
    QUESTION_KIND_FALLBACK: _ClassVar[QuestionKind]
    QUESTION_KIND_CLOSING: _ClassVar[QuestionKind]

class TurnMode(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    TURN_MODE_UNSPECIFIED: _ClassVar[TurnMode]
    TURN_MODE_SPOKEN: _ClassVar[TurnMode]
    TURN_MODE_TYPED: _ClassVar[TurnMode]
QUESTION_KIND_UNSPECIFIED: QuestionKind
QUESTION_KIND_PLANNED: QuestionKind
QUESTION_KIND_FOLLOW_UP: QuestionKind
QUESTION_KIND_FALLBACK: QuestionKind
QUESTION_KIND_CLOSING: QuestionKind
TURN_MODE_UNSPECIFIED: TurnMode
TURN_MODE_SPOKEN: TurnMode
TURN_MODE_TYPED: TurnMode

class Event(_message.Message):
    __slots__ = ("interview_opened", "candidate_joined", "consent_given", "stage_entered", "question_asked", "turn_taken", "turn_timed", "question_interrupted", "candidate_left", "presence_observed", "interview_closed", "competency_rated", "competency_abstained", "summary_written", "review_completed", "rating_repeated", "recording_stopped", "observation_noted")
    INTERVIEW_OPENED_FIELD_NUMBER: _ClassVar[int]
    CANDIDATE_JOINED_FIELD_NUMBER: _ClassVar[int]
    CONSENT_GIVEN_FIELD_NUMBER: _ClassVar[int]
    STAGE_ENTERED_FIELD_NUMBER: _ClassVar[int]
    QUESTION_ASKED_FIELD_NUMBER: _ClassVar[int]
    TURN_TAKEN_FIELD_NUMBER: _ClassVar[int]
    TURN_TIMED_FIELD_NUMBER: _ClassVar[int]
    QUESTION_INTERRUPTED_FIELD_NUMBER: _ClassVar[int]
    CANDIDATE_LEFT_FIELD_NUMBER: _ClassVar[int]
    PRESENCE_OBSERVED_FIELD_NUMBER: _ClassVar[int]
    INTERVIEW_CLOSED_FIELD_NUMBER: _ClassVar[int]
    COMPETENCY_RATED_FIELD_NUMBER: _ClassVar[int]
    COMPETENCY_ABSTAINED_FIELD_NUMBER: _ClassVar[int]
    SUMMARY_WRITTEN_FIELD_NUMBER: _ClassVar[int]
    REVIEW_COMPLETED_FIELD_NUMBER: _ClassVar[int]
    RATING_REPEATED_FIELD_NUMBER: _ClassVar[int]
    RECORDING_STOPPED_FIELD_NUMBER: _ClassVar[int]
    OBSERVATION_NOTED_FIELD_NUMBER: _ClassVar[int]
    interview_opened: InterviewOpened
    candidate_joined: CandidateJoined
    consent_given: ConsentGiven
    stage_entered: StageEntered
    question_asked: QuestionAsked
    turn_taken: TurnTaken
    turn_timed: TurnTimed
    question_interrupted: QuestionInterrupted
    candidate_left: CandidateLeft
    presence_observed: PresenceObserved
    interview_closed: InterviewClosed
    competency_rated: CompetencyRated
    competency_abstained: CompetencyAbstained
    summary_written: SummaryWritten
    review_completed: ReviewCompleted
    rating_repeated: RatingRepeated
    recording_stopped: RecordingStopped
    observation_noted: ObservationNoted
    def __init__(self, interview_opened: _Optional[_Union[InterviewOpened, _Mapping]] = ..., candidate_joined: _Optional[_Union[CandidateJoined, _Mapping]] = ..., consent_given: _Optional[_Union[ConsentGiven, _Mapping]] = ..., stage_entered: _Optional[_Union[StageEntered, _Mapping]] = ..., question_asked: _Optional[_Union[QuestionAsked, _Mapping]] = ..., turn_taken: _Optional[_Union[TurnTaken, _Mapping]] = ..., turn_timed: _Optional[_Union[TurnTimed, _Mapping]] = ..., question_interrupted: _Optional[_Union[QuestionInterrupted, _Mapping]] = ..., candidate_left: _Optional[_Union[CandidateLeft, _Mapping]] = ..., presence_observed: _Optional[_Union[PresenceObserved, _Mapping]] = ..., interview_closed: _Optional[_Union[InterviewClosed, _Mapping]] = ..., competency_rated: _Optional[_Union[CompetencyRated, _Mapping]] = ..., competency_abstained: _Optional[_Union[CompetencyAbstained, _Mapping]] = ..., summary_written: _Optional[_Union[SummaryWritten, _Mapping]] = ..., review_completed: _Optional[_Union[ReviewCompleted, _Mapping]] = ..., rating_repeated: _Optional[_Union[RatingRepeated, _Mapping]] = ..., recording_stopped: _Optional[_Union[RecordingStopped, _Mapping]] = ..., observation_noted: _Optional[_Union[ObservationNoted, _Mapping]] = ...) -> None: ...

class EngineUsed(_message.Message):
    __slots__ = ("role", "name", "profile", "digest")
    ROLE_FIELD_NUMBER: _ClassVar[int]
    NAME_FIELD_NUMBER: _ClassVar[int]
    PROFILE_FIELD_NUMBER: _ClassVar[int]
    DIGEST_FIELD_NUMBER: _ClassVar[int]
    role: str
    name: str
    profile: str
    digest: str
    def __init__(self, role: _Optional[str] = ..., name: _Optional[str] = ..., profile: _Optional[str] = ..., digest: _Optional[str] = ...) -> None: ...

class InterviewOpened(_message.Message):
    __slots__ = ("kit_id", "language", "engines")
    KIT_ID_FIELD_NUMBER: _ClassVar[int]
    LANGUAGE_FIELD_NUMBER: _ClassVar[int]
    ENGINES_FIELD_NUMBER: _ClassVar[int]
    kit_id: str
    language: str
    engines: _containers.RepeatedCompositeFieldContainer[EngineUsed]
    def __init__(self, kit_id: _Optional[str] = ..., language: _Optional[str] = ..., engines: _Optional[_Iterable[_Union[EngineUsed, _Mapping]]] = ...) -> None: ...

class CandidateJoined(_message.Message):
    __slots__ = ("visit", "microphone", "camera")
    VISIT_FIELD_NUMBER: _ClassVar[int]
    MICROPHONE_FIELD_NUMBER: _ClassVar[int]
    CAMERA_FIELD_NUMBER: _ClassVar[int]
    visit: int
    microphone: bool
    camera: bool
    def __init__(self, visit: _Optional[int] = ..., microphone: _Optional[bool] = ..., camera: _Optional[bool] = ...) -> None: ...

class ConsentGiven(_message.Message):
    __slots__ = ("purposes", "notice_version")
    PURPOSES_FIELD_NUMBER: _ClassVar[int]
    NOTICE_VERSION_FIELD_NUMBER: _ClassVar[int]
    purposes: _containers.RepeatedScalarFieldContainer[str]
    notice_version: str
    def __init__(self, purposes: _Optional[_Iterable[str]] = ..., notice_version: _Optional[str] = ...) -> None: ...

class StageEntered(_message.Message):
    __slots__ = ("stage_id",)
    STAGE_ID_FIELD_NUMBER: _ClassVar[int]
    stage_id: str
    def __init__(self, stage_id: _Optional[str] = ...) -> None: ...

class Source(_message.Message):
    __slots__ = ("kind", "reference", "text")
    KIND_FIELD_NUMBER: _ClassVar[int]
    REFERENCE_FIELD_NUMBER: _ClassVar[int]
    TEXT_FIELD_NUMBER: _ClassVar[int]
    kind: str
    reference: str
    text: str
    def __init__(self, kind: _Optional[str] = ..., reference: _Optional[str] = ..., text: _Optional[str] = ...) -> None: ...

class RefusedProposal(_message.Message):
    __slots__ = ("text", "reason", "seed")
    TEXT_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    SEED_FIELD_NUMBER: _ClassVar[int]
    text: str
    reason: str
    seed: int
    def __init__(self, text: _Optional[str] = ..., reason: _Optional[str] = ..., seed: _Optional[int] = ...) -> None: ...

class QuestionAsked(_message.Message):
    __slots__ = ("question_id", "stage_id", "kind", "text", "sources", "fallback_reason", "prompt_version", "seed", "language_ms", "model_digest", "refused", "lead_in", "answer_read_as", "lacking", "prompt_tokens", "reused_tokens", "generated_tokens")
    QUESTION_ID_FIELD_NUMBER: _ClassVar[int]
    STAGE_ID_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    TEXT_FIELD_NUMBER: _ClassVar[int]
    SOURCES_FIELD_NUMBER: _ClassVar[int]
    FALLBACK_REASON_FIELD_NUMBER: _ClassVar[int]
    PROMPT_VERSION_FIELD_NUMBER: _ClassVar[int]
    SEED_FIELD_NUMBER: _ClassVar[int]
    LANGUAGE_MS_FIELD_NUMBER: _ClassVar[int]
    MODEL_DIGEST_FIELD_NUMBER: _ClassVar[int]
    REFUSED_FIELD_NUMBER: _ClassVar[int]
    LEAD_IN_FIELD_NUMBER: _ClassVar[int]
    ANSWER_READ_AS_FIELD_NUMBER: _ClassVar[int]
    LACKING_FIELD_NUMBER: _ClassVar[int]
    PROMPT_TOKENS_FIELD_NUMBER: _ClassVar[int]
    REUSED_TOKENS_FIELD_NUMBER: _ClassVar[int]
    GENERATED_TOKENS_FIELD_NUMBER: _ClassVar[int]
    question_id: str
    stage_id: str
    kind: QuestionKind
    text: str
    sources: _containers.RepeatedCompositeFieldContainer[Source]
    fallback_reason: str
    prompt_version: str
    seed: int
    language_ms: int
    model_digest: str
    refused: _containers.RepeatedCompositeFieldContainer[RefusedProposal]
    lead_in: str
    answer_read_as: str
    lacking: _containers.RepeatedScalarFieldContainer[str]
    prompt_tokens: int
    reused_tokens: int
    generated_tokens: int
    def __init__(self, question_id: _Optional[str] = ..., stage_id: _Optional[str] = ..., kind: _Optional[_Union[QuestionKind, str]] = ..., text: _Optional[str] = ..., sources: _Optional[_Iterable[_Union[Source, _Mapping]]] = ..., fallback_reason: _Optional[str] = ..., prompt_version: _Optional[str] = ..., seed: _Optional[int] = ..., language_ms: _Optional[int] = ..., model_digest: _Optional[str] = ..., refused: _Optional[_Iterable[_Union[RefusedProposal, _Mapping]]] = ..., lead_in: _Optional[str] = ..., answer_read_as: _Optional[str] = ..., lacking: _Optional[_Iterable[str]] = ..., prompt_tokens: _Optional[int] = ..., reused_tokens: _Optional[int] = ..., generated_tokens: _Optional[int] = ...) -> None: ...

class Word(_message.Message):
    __slots__ = ("text", "start_ms", "end_ms", "probability")
    TEXT_FIELD_NUMBER: _ClassVar[int]
    START_MS_FIELD_NUMBER: _ClassVar[int]
    END_MS_FIELD_NUMBER: _ClassVar[int]
    PROBABILITY_FIELD_NUMBER: _ClassVar[int]
    text: str
    start_ms: int
    end_ms: int
    probability: float
    def __init__(self, text: _Optional[str] = ..., start_ms: _Optional[int] = ..., end_ms: _Optional[int] = ..., probability: _Optional[float] = ...) -> None: ...

class TurnTaken(_message.Message):
    __slots__ = ("turn_id", "question_id", "text", "mode", "start_ms", "end_ms", "words")
    TURN_ID_FIELD_NUMBER: _ClassVar[int]
    QUESTION_ID_FIELD_NUMBER: _ClassVar[int]
    TEXT_FIELD_NUMBER: _ClassVar[int]
    MODE_FIELD_NUMBER: _ClassVar[int]
    START_MS_FIELD_NUMBER: _ClassVar[int]
    END_MS_FIELD_NUMBER: _ClassVar[int]
    WORDS_FIELD_NUMBER: _ClassVar[int]
    turn_id: str
    question_id: str
    text: str
    mode: TurnMode
    start_ms: int
    end_ms: int
    words: _containers.RepeatedCompositeFieldContainer[Word]
    def __init__(self, turn_id: _Optional[str] = ..., question_id: _Optional[str] = ..., text: _Optional[str] = ..., mode: _Optional[_Union[TurnMode, str]] = ..., start_ms: _Optional[int] = ..., end_ms: _Optional[int] = ..., words: _Optional[_Iterable[_Union[Word, _Mapping]]] = ...) -> None: ...

class TurnTimed(_message.Message):
    __slots__ = ("turn_id", "end_of_turn_ms", "stt_ms", "llm_first_sentence_ms", "tts_first_audio_ms")
    TURN_ID_FIELD_NUMBER: _ClassVar[int]
    END_OF_TURN_MS_FIELD_NUMBER: _ClassVar[int]
    STT_MS_FIELD_NUMBER: _ClassVar[int]
    LLM_FIRST_SENTENCE_MS_FIELD_NUMBER: _ClassVar[int]
    TTS_FIRST_AUDIO_MS_FIELD_NUMBER: _ClassVar[int]
    turn_id: str
    end_of_turn_ms: int
    stt_ms: int
    llm_first_sentence_ms: int
    tts_first_audio_ms: int
    def __init__(self, turn_id: _Optional[str] = ..., end_of_turn_ms: _Optional[int] = ..., stt_ms: _Optional[int] = ..., llm_first_sentence_ms: _Optional[int] = ..., tts_first_audio_ms: _Optional[int] = ...) -> None: ...

class QuestionInterrupted(_message.Message):
    __slots__ = ("question_id", "heard_ms")
    QUESTION_ID_FIELD_NUMBER: _ClassVar[int]
    HEARD_MS_FIELD_NUMBER: _ClassVar[int]
    question_id: str
    heard_ms: int
    def __init__(self, question_id: _Optional[str] = ..., heard_ms: _Optional[int] = ...) -> None: ...

class CandidateLeft(_message.Message):
    __slots__ = ("reason",)
    REASON_FIELD_NUMBER: _ClassVar[int]
    reason: str
    def __init__(self, reason: _Optional[str] = ...) -> None: ...

class PresenceObserved(_message.Message):
    __slots__ = ("start_ms", "end_ms", "samples", "samples_without_face", "samples_with_several_faces", "sampled_ms")
    START_MS_FIELD_NUMBER: _ClassVar[int]
    END_MS_FIELD_NUMBER: _ClassVar[int]
    SAMPLES_FIELD_NUMBER: _ClassVar[int]
    SAMPLES_WITHOUT_FACE_FIELD_NUMBER: _ClassVar[int]
    SAMPLES_WITH_SEVERAL_FACES_FIELD_NUMBER: _ClassVar[int]
    SAMPLED_MS_FIELD_NUMBER: _ClassVar[int]
    start_ms: int
    end_ms: int
    samples: int
    samples_without_face: int
    samples_with_several_faces: int
    sampled_ms: int
    def __init__(self, start_ms: _Optional[int] = ..., end_ms: _Optional[int] = ..., samples: _Optional[int] = ..., samples_without_face: _Optional[int] = ..., samples_with_several_faces: _Optional[int] = ..., sampled_ms: _Optional[int] = ...) -> None: ...

class ObservationNoted(_message.Message):
    __slots__ = ("kind", "start_ms", "end_ms", "samples", "sampled_percent", "baseline")
    KIND_FIELD_NUMBER: _ClassVar[int]
    START_MS_FIELD_NUMBER: _ClassVar[int]
    END_MS_FIELD_NUMBER: _ClassVar[int]
    SAMPLES_FIELD_NUMBER: _ClassVar[int]
    SAMPLED_PERCENT_FIELD_NUMBER: _ClassVar[int]
    BASELINE_FIELD_NUMBER: _ClassVar[int]
    kind: str
    start_ms: int
    end_ms: int
    samples: int
    sampled_percent: int
    baseline: str
    def __init__(self, kind: _Optional[str] = ..., start_ms: _Optional[int] = ..., end_ms: _Optional[int] = ..., samples: _Optional[int] = ..., sampled_percent: _Optional[int] = ..., baseline: _Optional[str] = ...) -> None: ...

class InterviewClosed(_message.Message):
    __slots__ = ("reason",)
    REASON_FIELD_NUMBER: _ClassVar[int]
    reason: str
    def __init__(self, reason: _Optional[str] = ...) -> None: ...

class Evidence(_message.Message):
    __slots__ = ("turn_id", "quote", "start_char", "end_char")
    TURN_ID_FIELD_NUMBER: _ClassVar[int]
    QUOTE_FIELD_NUMBER: _ClassVar[int]
    START_CHAR_FIELD_NUMBER: _ClassVar[int]
    END_CHAR_FIELD_NUMBER: _ClassVar[int]
    turn_id: str
    quote: str
    start_char: int
    end_char: int
    def __init__(self, turn_id: _Optional[str] = ..., quote: _Optional[str] = ..., start_char: _Optional[int] = ..., end_char: _Optional[int] = ...) -> None: ...

class RecordingStopped(_message.Message):
    __slots__ = ("reason",)
    REASON_FIELD_NUMBER: _ClassVar[int]
    reason: str
    def __init__(self, reason: _Optional[str] = ...) -> None: ...

class RatingRepeated(_message.Message):
    __slots__ = ("competency_id", "seed", "level", "reason", "rationale", "evidence", "evidence_refused", "prompt_version", "model_digest")
    COMPETENCY_ID_FIELD_NUMBER: _ClassVar[int]
    SEED_FIELD_NUMBER: _ClassVar[int]
    LEVEL_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    RATIONALE_FIELD_NUMBER: _ClassVar[int]
    EVIDENCE_FIELD_NUMBER: _ClassVar[int]
    EVIDENCE_REFUSED_FIELD_NUMBER: _ClassVar[int]
    PROMPT_VERSION_FIELD_NUMBER: _ClassVar[int]
    MODEL_DIGEST_FIELD_NUMBER: _ClassVar[int]
    competency_id: str
    seed: int
    level: int
    reason: str
    rationale: str
    evidence: _containers.RepeatedCompositeFieldContainer[Evidence]
    evidence_refused: int
    prompt_version: str
    model_digest: str
    def __init__(self, competency_id: _Optional[str] = ..., seed: _Optional[int] = ..., level: _Optional[int] = ..., reason: _Optional[str] = ..., rationale: _Optional[str] = ..., evidence: _Optional[_Iterable[_Union[Evidence, _Mapping]]] = ..., evidence_refused: _Optional[int] = ..., prompt_version: _Optional[str] = ..., model_digest: _Optional[str] = ...) -> None: ...

class CompetencyRated(_message.Message):
    __slots__ = ("competency_id", "level", "rationale", "evidence", "evidence_refused", "prompt_version", "rubric_version", "model_digest", "levels", "spread", "repeats")
    COMPETENCY_ID_FIELD_NUMBER: _ClassVar[int]
    LEVEL_FIELD_NUMBER: _ClassVar[int]
    RATIONALE_FIELD_NUMBER: _ClassVar[int]
    EVIDENCE_FIELD_NUMBER: _ClassVar[int]
    EVIDENCE_REFUSED_FIELD_NUMBER: _ClassVar[int]
    PROMPT_VERSION_FIELD_NUMBER: _ClassVar[int]
    RUBRIC_VERSION_FIELD_NUMBER: _ClassVar[int]
    MODEL_DIGEST_FIELD_NUMBER: _ClassVar[int]
    LEVELS_FIELD_NUMBER: _ClassVar[int]
    SPREAD_FIELD_NUMBER: _ClassVar[int]
    REPEATS_FIELD_NUMBER: _ClassVar[int]
    competency_id: str
    level: int
    rationale: str
    evidence: _containers.RepeatedCompositeFieldContainer[Evidence]
    evidence_refused: int
    prompt_version: str
    rubric_version: str
    model_digest: str
    levels: _containers.RepeatedScalarFieldContainer[int]
    spread: int
    repeats: int
    def __init__(self, competency_id: _Optional[str] = ..., level: _Optional[int] = ..., rationale: _Optional[str] = ..., evidence: _Optional[_Iterable[_Union[Evidence, _Mapping]]] = ..., evidence_refused: _Optional[int] = ..., prompt_version: _Optional[str] = ..., rubric_version: _Optional[str] = ..., model_digest: _Optional[str] = ..., levels: _Optional[_Iterable[int]] = ..., spread: _Optional[int] = ..., repeats: _Optional[int] = ...) -> None: ...

class CompetencyAbstained(_message.Message):
    __slots__ = ("competency_id", "reason", "evidence_refused", "prompt_version", "rubric_version", "model_digest", "levels", "spread", "repeats")
    COMPETENCY_ID_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    EVIDENCE_REFUSED_FIELD_NUMBER: _ClassVar[int]
    PROMPT_VERSION_FIELD_NUMBER: _ClassVar[int]
    RUBRIC_VERSION_FIELD_NUMBER: _ClassVar[int]
    MODEL_DIGEST_FIELD_NUMBER: _ClassVar[int]
    LEVELS_FIELD_NUMBER: _ClassVar[int]
    SPREAD_FIELD_NUMBER: _ClassVar[int]
    REPEATS_FIELD_NUMBER: _ClassVar[int]
    competency_id: str
    reason: str
    evidence_refused: int
    prompt_version: str
    rubric_version: str
    model_digest: str
    levels: _containers.RepeatedScalarFieldContainer[int]
    spread: int
    repeats: int
    def __init__(self, competency_id: _Optional[str] = ..., reason: _Optional[str] = ..., evidence_refused: _Optional[int] = ..., prompt_version: _Optional[str] = ..., rubric_version: _Optional[str] = ..., model_digest: _Optional[str] = ..., levels: _Optional[_Iterable[int]] = ..., spread: _Optional[int] = ..., repeats: _Optional[int] = ...) -> None: ...

class Finding(_message.Message):
    __slots__ = ("competency_id", "text", "evidence")
    COMPETENCY_ID_FIELD_NUMBER: _ClassVar[int]
    TEXT_FIELD_NUMBER: _ClassVar[int]
    EVIDENCE_FIELD_NUMBER: _ClassVar[int]
    competency_id: str
    text: str
    evidence: _containers.RepeatedCompositeFieldContainer[Evidence]
    def __init__(self, competency_id: _Optional[str] = ..., text: _Optional[str] = ..., evidence: _Optional[_Iterable[_Union[Evidence, _Mapping]]] = ...) -> None: ...

class SummaryWritten(_message.Message):
    __slots__ = ("text", "evidence", "prompt_version", "model_digest", "strengths", "improvements")
    TEXT_FIELD_NUMBER: _ClassVar[int]
    EVIDENCE_FIELD_NUMBER: _ClassVar[int]
    PROMPT_VERSION_FIELD_NUMBER: _ClassVar[int]
    MODEL_DIGEST_FIELD_NUMBER: _ClassVar[int]
    STRENGTHS_FIELD_NUMBER: _ClassVar[int]
    IMPROVEMENTS_FIELD_NUMBER: _ClassVar[int]
    text: str
    evidence: _containers.RepeatedCompositeFieldContainer[Evidence]
    prompt_version: str
    model_digest: str
    strengths: _containers.RepeatedCompositeFieldContainer[Finding]
    improvements: _containers.RepeatedCompositeFieldContainer[Finding]
    def __init__(self, text: _Optional[str] = ..., evidence: _Optional[_Iterable[_Union[Evidence, _Mapping]]] = ..., prompt_version: _Optional[str] = ..., model_digest: _Optional[str] = ..., strengths: _Optional[_Iterable[_Union[Finding, _Mapping]]] = ..., improvements: _Optional[_Iterable[_Union[Finding, _Mapping]]] = ...) -> None: ...

class ReviewCompleted(_message.Message):
    __slots__ = ("ratings", "abstentions")
    RATINGS_FIELD_NUMBER: _ClassVar[int]
    ABSTENTIONS_FIELD_NUMBER: _ClassVar[int]
    ratings: int
    abstentions: int
    def __init__(self, ratings: _Optional[int] = ..., abstentions: _Optional[int] = ...) -> None: ...
