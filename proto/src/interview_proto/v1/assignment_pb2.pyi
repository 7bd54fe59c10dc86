from interview_proto.v1 import events_pb2 as _events_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class Kit(_message.Message):
    __slots__ = ("kit_id", "interview_id", "language", "company_name", "job_title", "candidate_name", "competencies", "stages", "rubric_version", "join_code", "vocabulary", "created_unix_ms", "needs")
    KIT_ID_FIELD_NUMBER: _ClassVar[int]
    INTERVIEW_ID_FIELD_NUMBER: _ClassVar[int]
    LANGUAGE_FIELD_NUMBER: _ClassVar[int]
    COMPANY_NAME_FIELD_NUMBER: _ClassVar[int]
    JOB_TITLE_FIELD_NUMBER: _ClassVar[int]
    CANDIDATE_NAME_FIELD_NUMBER: _ClassVar[int]
    COMPETENCIES_FIELD_NUMBER: _ClassVar[int]
    STAGES_FIELD_NUMBER: _ClassVar[int]
    RUBRIC_VERSION_FIELD_NUMBER: _ClassVar[int]
    JOIN_CODE_FIELD_NUMBER: _ClassVar[int]
    VOCABULARY_FIELD_NUMBER: _ClassVar[int]
    CREATED_UNIX_MS_FIELD_NUMBER: _ClassVar[int]
    NEEDS_FIELD_NUMBER: _ClassVar[int]
    kit_id: str
    interview_id: str
    language: str
    company_name: str
    job_title: str
    candidate_name: str
    competencies: _containers.RepeatedCompositeFieldContainer[Competency]
    stages: _containers.RepeatedCompositeFieldContainer[Stage]
    rubric_version: str
    join_code: JoinCode
    vocabulary: _containers.RepeatedScalarFieldContainer[str]
    created_unix_ms: int
    needs: Needs
    def __init__(self, kit_id: _Optional[str] = ..., interview_id: _Optional[str] = ..., language: _Optional[str] = ..., company_name: _Optional[str] = ..., job_title: _Optional[str] = ..., candidate_name: _Optional[str] = ..., competencies: _Optional[_Iterable[_Union[Competency, _Mapping]]] = ..., stages: _Optional[_Iterable[_Union[Stage, _Mapping]]] = ..., rubric_version: _Optional[str] = ..., join_code: _Optional[_Union[JoinCode, _Mapping]] = ..., vocabulary: _Optional[_Iterable[str]] = ..., created_unix_ms: _Optional[int] = ..., needs: _Optional[_Union[Needs, _Mapping]] = ...) -> None: ...

class Needs(_message.Message):
    __slots__ = ("engines", "disk_bytes")
    ENGINES_FIELD_NUMBER: _ClassVar[int]
    DISK_BYTES_FIELD_NUMBER: _ClassVar[int]
    engines: _containers.RepeatedCompositeFieldContainer[EngineNeed]
    disk_bytes: int
    def __init__(self, engines: _Optional[_Iterable[_Union[EngineNeed, _Mapping]]] = ..., disk_bytes: _Optional[int] = ...) -> None: ...

class EngineNeed(_message.Message):
    __slots__ = ("role", "language")
    ROLE_FIELD_NUMBER: _ClassVar[int]
    LANGUAGE_FIELD_NUMBER: _ClassVar[int]
    role: str
    language: str
    def __init__(self, role: _Optional[str] = ..., language: _Optional[str] = ...) -> None: ...

class JoinCode(_message.Message):
    __slots__ = ("salt", "sha256_hex", "expires_unix_ms")
    SALT_FIELD_NUMBER: _ClassVar[int]
    SHA256_HEX_FIELD_NUMBER: _ClassVar[int]
    EXPIRES_UNIX_MS_FIELD_NUMBER: _ClassVar[int]
    salt: str
    sha256_hex: str
    expires_unix_ms: int
    def __init__(self, salt: _Optional[str] = ..., sha256_hex: _Optional[str] = ..., expires_unix_ms: _Optional[int] = ...) -> None: ...

class Competency(_message.Message):
    __slots__ = ("competency_id", "name", "definition", "anchors")
    COMPETENCY_ID_FIELD_NUMBER: _ClassVar[int]
    NAME_FIELD_NUMBER: _ClassVar[int]
    DEFINITION_FIELD_NUMBER: _ClassVar[int]
    ANCHORS_FIELD_NUMBER: _ClassVar[int]
    competency_id: str
    name: str
    definition: str
    anchors: _containers.RepeatedCompositeFieldContainer[Anchor]
    def __init__(self, competency_id: _Optional[str] = ..., name: _Optional[str] = ..., definition: _Optional[str] = ..., anchors: _Optional[_Iterable[_Union[Anchor, _Mapping]]] = ...) -> None: ...

class Anchor(_message.Message):
    __slots__ = ("level", "text")
    LEVEL_FIELD_NUMBER: _ClassVar[int]
    TEXT_FIELD_NUMBER: _ClassVar[int]
    level: int
    text: str
    def __init__(self, level: _Optional[int] = ..., text: _Optional[str] = ...) -> None: ...

class Stage(_message.Message):
    __slots__ = ("stage_id", "title", "competency_id", "questions", "follow_up_depth", "time_budget_seconds", "fallbacks", "closing")
    STAGE_ID_FIELD_NUMBER: _ClassVar[int]
    TITLE_FIELD_NUMBER: _ClassVar[int]
    COMPETENCY_ID_FIELD_NUMBER: _ClassVar[int]
    QUESTIONS_FIELD_NUMBER: _ClassVar[int]
    FOLLOW_UP_DEPTH_FIELD_NUMBER: _ClassVar[int]
    TIME_BUDGET_SECONDS_FIELD_NUMBER: _ClassVar[int]
    FALLBACKS_FIELD_NUMBER: _ClassVar[int]
    CLOSING_FIELD_NUMBER: _ClassVar[int]
    stage_id: str
    title: str
    competency_id: str
    questions: _containers.RepeatedCompositeFieldContainer[PlannedQuestion]
    follow_up_depth: int
    time_budget_seconds: int
    fallbacks: _containers.RepeatedCompositeFieldContainer[PlannedQuestion]
    closing: bool
    def __init__(self, stage_id: _Optional[str] = ..., title: _Optional[str] = ..., competency_id: _Optional[str] = ..., questions: _Optional[_Iterable[_Union[PlannedQuestion, _Mapping]]] = ..., follow_up_depth: _Optional[int] = ..., time_budget_seconds: _Optional[int] = ..., fallbacks: _Optional[_Iterable[_Union[PlannedQuestion, _Mapping]]] = ..., closing: _Optional[bool] = ...) -> None: ...

class PlannedQuestion(_message.Message):
    __slots__ = ("question_id", "text", "sources")
    QUESTION_ID_FIELD_NUMBER: _ClassVar[int]
    TEXT_FIELD_NUMBER: _ClassVar[int]
    SOURCES_FIELD_NUMBER: _ClassVar[int]
    question_id: str
    text: str
    sources: _containers.RepeatedCompositeFieldContainer[_events_pb2.Source]
    def __init__(self, question_id: _Optional[str] = ..., text: _Optional[str] = ..., sources: _Optional[_Iterable[_Union[_events_pb2.Source, _Mapping]]] = ...) -> None: ...
