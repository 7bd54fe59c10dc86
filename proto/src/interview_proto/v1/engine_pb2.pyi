from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class DeadlineClass(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    DEADLINE_CLASS_UNSPECIFIED: _ClassVar[DeadlineClass]
    DEADLINE_CLASS_LIVE: _ClassVar[DeadlineClass]
    DEADLINE_CLASS_SUMMARY: _ClassVar[DeadlineClass]
    DEADLINE_CLASS_RATING: _ClassVar[DeadlineClass]
    DEADLINE_CLASS_AHEAD: _ClassVar[DeadlineClass]
DEADLINE_CLASS_UNSPECIFIED: DeadlineClass
DEADLINE_CLASS_LIVE: DeadlineClass
DEADLINE_CLASS_SUMMARY: DeadlineClass
DEADLINE_CLASS_RATING: DeadlineClass
DEADLINE_CLASS_AHEAD: DeadlineClass

class Failure(_message.Message):
    __slots__ = ("code", "detail")
    CODE_FIELD_NUMBER: _ClassVar[int]
    DETAIL_FIELD_NUMBER: _ClassVar[int]
    code: str
    detail: str
    def __init__(self, code: _Optional[str] = ..., detail: _Optional[str] = ...) -> None: ...

class TranscribeRequest(_message.Message):
    __slots__ = ("pcm", "language", "partial", "prompt", "word_times", "stream")
    PCM_FIELD_NUMBER: _ClassVar[int]
    LANGUAGE_FIELD_NUMBER: _ClassVar[int]
    PARTIAL_FIELD_NUMBER: _ClassVar[int]
    PROMPT_FIELD_NUMBER: _ClassVar[int]
    WORD_TIMES_FIELD_NUMBER: _ClassVar[int]
    STREAM_FIELD_NUMBER: _ClassVar[int]
    pcm: bytes
    language: str
    partial: bool
    prompt: str
    word_times: bool
    stream: str
    def __init__(self, pcm: _Optional[bytes] = ..., language: _Optional[str] = ..., partial: _Optional[bool] = ..., prompt: _Optional[str] = ..., word_times: _Optional[bool] = ..., stream: _Optional[str] = ...) -> None: ...

class TranscribedWord(_message.Message):
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

class TranscribeReply(_message.Message):
    __slots__ = ("text", "words", "engine_ms", "failure")
    TEXT_FIELD_NUMBER: _ClassVar[int]
    WORDS_FIELD_NUMBER: _ClassVar[int]
    ENGINE_MS_FIELD_NUMBER: _ClassVar[int]
    FAILURE_FIELD_NUMBER: _ClassVar[int]
    text: str
    words: _containers.RepeatedCompositeFieldContainer[TranscribedWord]
    engine_ms: int
    failure: Failure
    def __init__(self, text: _Optional[str] = ..., words: _Optional[_Iterable[_Union[TranscribedWord, _Mapping]]] = ..., engine_ms: _Optional[int] = ..., failure: _Optional[_Union[Failure, _Mapping]] = ...) -> None: ...

class SynthesizeRequest(_message.Message):
    __slots__ = ("text", "language", "voice")
    TEXT_FIELD_NUMBER: _ClassVar[int]
    LANGUAGE_FIELD_NUMBER: _ClassVar[int]
    VOICE_FIELD_NUMBER: _ClassVar[int]
    text: str
    language: str
    voice: str
    def __init__(self, text: _Optional[str] = ..., language: _Optional[str] = ..., voice: _Optional[str] = ...) -> None: ...

class SynthesizeChunk(_message.Message):
    __slots__ = ("pcm", "last", "failure")
    PCM_FIELD_NUMBER: _ClassVar[int]
    LAST_FIELD_NUMBER: _ClassVar[int]
    FAILURE_FIELD_NUMBER: _ClassVar[int]
    pcm: bytes
    last: bool
    failure: Failure
    def __init__(self, pcm: _Optional[bytes] = ..., last: _Optional[bool] = ..., failure: _Optional[_Union[Failure, _Mapping]] = ...) -> None: ...

class ChatMessage(_message.Message):
    __slots__ = ("role", "text")
    ROLE_FIELD_NUMBER: _ClassVar[int]
    TEXT_FIELD_NUMBER: _ClassVar[int]
    role: str
    text: str
    def __init__(self, role: _Optional[str] = ..., text: _Optional[str] = ...) -> None: ...

class GenerateRequest(_message.Message):
    __slots__ = ("messages", "grammar", "max_tokens", "temperature", "seed", "deadline_class", "deadline_ms", "conversation")
    MESSAGES_FIELD_NUMBER: _ClassVar[int]
    GRAMMAR_FIELD_NUMBER: _ClassVar[int]
    MAX_TOKENS_FIELD_NUMBER: _ClassVar[int]
    TEMPERATURE_FIELD_NUMBER: _ClassVar[int]
    SEED_FIELD_NUMBER: _ClassVar[int]
    DEADLINE_CLASS_FIELD_NUMBER: _ClassVar[int]
    DEADLINE_MS_FIELD_NUMBER: _ClassVar[int]
    CONVERSATION_FIELD_NUMBER: _ClassVar[int]
    messages: _containers.RepeatedCompositeFieldContainer[ChatMessage]
    grammar: str
    max_tokens: int
    temperature: float
    seed: int
    deadline_class: DeadlineClass
    deadline_ms: int
    conversation: str
    def __init__(self, messages: _Optional[_Iterable[_Union[ChatMessage, _Mapping]]] = ..., grammar: _Optional[str] = ..., max_tokens: _Optional[int] = ..., temperature: _Optional[float] = ..., seed: _Optional[int] = ..., deadline_class: _Optional[_Union[DeadlineClass, str]] = ..., deadline_ms: _Optional[int] = ..., conversation: _Optional[str] = ...) -> None: ...

class GeneratePiece(_message.Message):
    __slots__ = ("text", "last", "finish_reason", "prompt_tokens", "generated_tokens", "model_digest", "failure", "reused_tokens")
    TEXT_FIELD_NUMBER: _ClassVar[int]
    LAST_FIELD_NUMBER: _ClassVar[int]
    FINISH_REASON_FIELD_NUMBER: _ClassVar[int]
    PROMPT_TOKENS_FIELD_NUMBER: _ClassVar[int]
    GENERATED_TOKENS_FIELD_NUMBER: _ClassVar[int]
    MODEL_DIGEST_FIELD_NUMBER: _ClassVar[int]
    FAILURE_FIELD_NUMBER: _ClassVar[int]
    REUSED_TOKENS_FIELD_NUMBER: _ClassVar[int]
    text: str
    last: bool
    finish_reason: str
    prompt_tokens: int
    generated_tokens: int
    model_digest: str
    failure: Failure
    reused_tokens: int
    def __init__(self, text: _Optional[str] = ..., last: _Optional[bool] = ..., finish_reason: _Optional[str] = ..., prompt_tokens: _Optional[int] = ..., generated_tokens: _Optional[int] = ..., model_digest: _Optional[str] = ..., failure: _Optional[_Union[Failure, _Mapping]] = ..., reused_tokens: _Optional[int] = ...) -> None: ...

class WatchRequest(_message.Message):
    __slots__ = ("interview_id", "rgb", "width", "height", "at_ms", "i420", "emotion")
    INTERVIEW_ID_FIELD_NUMBER: _ClassVar[int]
    RGB_FIELD_NUMBER: _ClassVar[int]
    WIDTH_FIELD_NUMBER: _ClassVar[int]
    HEIGHT_FIELD_NUMBER: _ClassVar[int]
    AT_MS_FIELD_NUMBER: _ClassVar[int]
    I420_FIELD_NUMBER: _ClassVar[int]
    EMOTION_FIELD_NUMBER: _ClassVar[int]
    interview_id: str
    rgb: bytes
    width: int
    height: int
    at_ms: int
    i420: bytes
    emotion: bool
    def __init__(self, interview_id: _Optional[str] = ..., rgb: _Optional[bytes] = ..., width: _Optional[int] = ..., height: _Optional[int] = ..., at_ms: _Optional[int] = ..., i420: _Optional[bytes] = ..., emotion: _Optional[bool] = ...) -> None: ...

class WatchReply(_message.Message):
    __slots__ = ("faces", "yaw_degrees", "pitch_degrees", "roll_degrees", "brightness", "engine_ms", "failure", "contrast", "gaze", "left", "top", "width", "height", "emotion", "emotion_share")
    FACES_FIELD_NUMBER: _ClassVar[int]
    YAW_DEGREES_FIELD_NUMBER: _ClassVar[int]
    PITCH_DEGREES_FIELD_NUMBER: _ClassVar[int]
    ROLL_DEGREES_FIELD_NUMBER: _ClassVar[int]
    BRIGHTNESS_FIELD_NUMBER: _ClassVar[int]
    ENGINE_MS_FIELD_NUMBER: _ClassVar[int]
    FAILURE_FIELD_NUMBER: _ClassVar[int]
    CONTRAST_FIELD_NUMBER: _ClassVar[int]
    GAZE_FIELD_NUMBER: _ClassVar[int]
    LEFT_FIELD_NUMBER: _ClassVar[int]
    TOP_FIELD_NUMBER: _ClassVar[int]
    WIDTH_FIELD_NUMBER: _ClassVar[int]
    HEIGHT_FIELD_NUMBER: _ClassVar[int]
    EMOTION_FIELD_NUMBER: _ClassVar[int]
    EMOTION_SHARE_FIELD_NUMBER: _ClassVar[int]
    faces: int
    yaw_degrees: float
    pitch_degrees: float
    roll_degrees: float
    brightness: float
    engine_ms: int
    failure: Failure
    contrast: float
    gaze: float
    left: float
    top: float
    width: float
    height: float
    emotion: str
    emotion_share: float
    def __init__(self, faces: _Optional[int] = ..., yaw_degrees: _Optional[float] = ..., pitch_degrees: _Optional[float] = ..., roll_degrees: _Optional[float] = ..., brightness: _Optional[float] = ..., engine_ms: _Optional[int] = ..., failure: _Optional[_Union[Failure, _Mapping]] = ..., contrast: _Optional[float] = ..., gaze: _Optional[float] = ..., left: _Optional[float] = ..., top: _Optional[float] = ..., width: _Optional[float] = ..., height: _Optional[float] = ..., emotion: _Optional[str] = ..., emotion_share: _Optional[float] = ...) -> None: ...

class ClaimRequest(_message.Message):
    __slots__ = ("interview_id",)
    INTERVIEW_ID_FIELD_NUMBER: _ClassVar[int]
    interview_id: str
    def __init__(self, interview_id: _Optional[str] = ...) -> None: ...

class ClaimReply(_message.Message):
    __slots__ = ("failure",)
    FAILURE_FIELD_NUMBER: _ClassVar[int]
    failure: Failure
    def __init__(self, failure: _Optional[_Union[Failure, _Mapping]] = ...) -> None: ...

class LookRequest(_message.Message):
    __slots__ = ("interview_id", "i420", "width", "height", "kit_id")
    INTERVIEW_ID_FIELD_NUMBER: _ClassVar[int]
    I420_FIELD_NUMBER: _ClassVar[int]
    WIDTH_FIELD_NUMBER: _ClassVar[int]
    HEIGHT_FIELD_NUMBER: _ClassVar[int]
    KIT_ID_FIELD_NUMBER: _ClassVar[int]
    interview_id: str
    i420: bytes
    width: int
    height: int
    kit_id: str
    def __init__(self, interview_id: _Optional[str] = ..., i420: _Optional[bytes] = ..., width: _Optional[int] = ..., height: _Optional[int] = ..., kit_id: _Optional[str] = ...) -> None: ...

class LookReply(_message.Message):
    __slots__ = ("hints", "failure")
    HINTS_FIELD_NUMBER: _ClassVar[int]
    FAILURE_FIELD_NUMBER: _ClassVar[int]
    hints: _containers.RepeatedScalarFieldContainer[str]
    failure: Failure
    def __init__(self, hints: _Optional[_Iterable[str]] = ..., failure: _Optional[_Union[Failure, _Mapping]] = ...) -> None: ...

class ConsentRequest(_message.Message):
    __slots__ = ("interview_id", "purposes", "notice_version", "kit_id")
    INTERVIEW_ID_FIELD_NUMBER: _ClassVar[int]
    PURPOSES_FIELD_NUMBER: _ClassVar[int]
    NOTICE_VERSION_FIELD_NUMBER: _ClassVar[int]
    KIT_ID_FIELD_NUMBER: _ClassVar[int]
    interview_id: str
    purposes: _containers.RepeatedScalarFieldContainer[str]
    notice_version: str
    kit_id: str
    def __init__(self, interview_id: _Optional[str] = ..., purposes: _Optional[_Iterable[str]] = ..., notice_version: _Optional[str] = ..., kit_id: _Optional[str] = ...) -> None: ...

class ConsentReply(_message.Message):
    __slots__ = ("failure",)
    FAILURE_FIELD_NUMBER: _ClassVar[int]
    failure: Failure
    def __init__(self, failure: _Optional[_Union[Failure, _Mapping]] = ...) -> None: ...

class OfferRequest(_message.Message):
    __slots__ = ("interview_id", "sdp", "microphone", "camera", "kit_id")
    INTERVIEW_ID_FIELD_NUMBER: _ClassVar[int]
    SDP_FIELD_NUMBER: _ClassVar[int]
    MICROPHONE_FIELD_NUMBER: _ClassVar[int]
    CAMERA_FIELD_NUMBER: _ClassVar[int]
    KIT_ID_FIELD_NUMBER: _ClassVar[int]
    interview_id: str
    sdp: str
    microphone: bool
    camera: bool
    kit_id: str
    def __init__(self, interview_id: _Optional[str] = ..., sdp: _Optional[str] = ..., microphone: _Optional[bool] = ..., camera: _Optional[bool] = ..., kit_id: _Optional[str] = ...) -> None: ...

class OfferReply(_message.Message):
    __slots__ = ("sdp", "failure")
    SDP_FIELD_NUMBER: _ClassVar[int]
    FAILURE_FIELD_NUMBER: _ClassVar[int]
    sdp: str
    failure: Failure
    def __init__(self, sdp: _Optional[str] = ..., failure: _Optional[_Union[Failure, _Mapping]] = ...) -> None: ...

class RoomStateRequest(_message.Message):
    __slots__ = ("interview_id", "kit_id")
    INTERVIEW_ID_FIELD_NUMBER: _ClassVar[int]
    KIT_ID_FIELD_NUMBER: _ClassVar[int]
    interview_id: str
    kit_id: str
    def __init__(self, interview_id: _Optional[str] = ..., kit_id: _Optional[str] = ...) -> None: ...

class RoomLine(_message.Message):
    __slots__ = ("who", "id", "text")
    WHO_FIELD_NUMBER: _ClassVar[int]
    ID_FIELD_NUMBER: _ClassVar[int]
    TEXT_FIELD_NUMBER: _ClassVar[int]
    who: str
    id: str
    text: str
    def __init__(self, who: _Optional[str] = ..., id: _Optional[str] = ..., text: _Optional[str] = ...) -> None: ...

class RoomStateReply(_message.Message):
    __slots__ = ("claimed", "consented", "closed", "question_id", "question_text", "stages_done", "stages_total", "failure", "recording", "purposes", "said")
    CLAIMED_FIELD_NUMBER: _ClassVar[int]
    CONSENTED_FIELD_NUMBER: _ClassVar[int]
    CLOSED_FIELD_NUMBER: _ClassVar[int]
    QUESTION_ID_FIELD_NUMBER: _ClassVar[int]
    QUESTION_TEXT_FIELD_NUMBER: _ClassVar[int]
    STAGES_DONE_FIELD_NUMBER: _ClassVar[int]
    STAGES_TOTAL_FIELD_NUMBER: _ClassVar[int]
    FAILURE_FIELD_NUMBER: _ClassVar[int]
    RECORDING_FIELD_NUMBER: _ClassVar[int]
    PURPOSES_FIELD_NUMBER: _ClassVar[int]
    SAID_FIELD_NUMBER: _ClassVar[int]
    claimed: bool
    consented: bool
    closed: bool
    question_id: str
    question_text: str
    stages_done: int
    stages_total: int
    failure: Failure
    recording: bool
    purposes: _containers.RepeatedScalarFieldContainer[str]
    said: _containers.RepeatedCompositeFieldContainer[RoomLine]
    def __init__(self, claimed: _Optional[bool] = ..., consented: _Optional[bool] = ..., closed: _Optional[bool] = ..., question_id: _Optional[str] = ..., question_text: _Optional[str] = ..., stages_done: _Optional[int] = ..., stages_total: _Optional[int] = ..., failure: _Optional[_Union[Failure, _Mapping]] = ..., recording: _Optional[bool] = ..., purposes: _Optional[_Iterable[str]] = ..., said: _Optional[_Iterable[_Union[RoomLine, _Mapping]]] = ...) -> None: ...
