from interview_proto.v1 import clock_pb2 as _clock_pb2
from interview_proto.v1 import events_pb2 as _events_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class Envelope(_message.Message):
    __slots__ = ("event_id", "interview_id", "node_id", "journal_epoch", "number", "wall_time_unix_ms", "interview_ms", "event", "clock")
    EVENT_ID_FIELD_NUMBER: _ClassVar[int]
    INTERVIEW_ID_FIELD_NUMBER: _ClassVar[int]
    NODE_ID_FIELD_NUMBER: _ClassVar[int]
    JOURNAL_EPOCH_FIELD_NUMBER: _ClassVar[int]
    NUMBER_FIELD_NUMBER: _ClassVar[int]
    WALL_TIME_UNIX_MS_FIELD_NUMBER: _ClassVar[int]
    INTERVIEW_MS_FIELD_NUMBER: _ClassVar[int]
    EVENT_FIELD_NUMBER: _ClassVar[int]
    CLOCK_FIELD_NUMBER: _ClassVar[int]
    event_id: str
    interview_id: str
    node_id: str
    journal_epoch: str
    number: int
    wall_time_unix_ms: int
    interview_ms: int
    event: _events_pb2.Event
    clock: _clock_pb2.ClockReading
    def __init__(self, event_id: _Optional[str] = ..., interview_id: _Optional[str] = ..., node_id: _Optional[str] = ..., journal_epoch: _Optional[str] = ..., number: _Optional[int] = ..., wall_time_unix_ms: _Optional[int] = ..., interview_ms: _Optional[int] = ..., event: _Optional[_Union[_events_pb2.Event, _Mapping]] = ..., clock: _Optional[_Union[_clock_pb2.ClockReading, _Mapping]] = ...) -> None: ...

class Batch(_message.Message):
    __slots__ = ("node_id", "journal_epoch", "first_sequence", "last_sequence", "envelopes", "clock", "last_digest", "replaces_epoch")
    NODE_ID_FIELD_NUMBER: _ClassVar[int]
    JOURNAL_EPOCH_FIELD_NUMBER: _ClassVar[int]
    FIRST_SEQUENCE_FIELD_NUMBER: _ClassVar[int]
    LAST_SEQUENCE_FIELD_NUMBER: _ClassVar[int]
    ENVELOPES_FIELD_NUMBER: _ClassVar[int]
    CLOCK_FIELD_NUMBER: _ClassVar[int]
    LAST_DIGEST_FIELD_NUMBER: _ClassVar[int]
    REPLACES_EPOCH_FIELD_NUMBER: _ClassVar[int]
    node_id: str
    journal_epoch: str
    first_sequence: int
    last_sequence: int
    envelopes: _containers.RepeatedCompositeFieldContainer[Envelope]
    clock: _clock_pb2.ClockReading
    last_digest: bytes
    replaces_epoch: str
    def __init__(self, node_id: _Optional[str] = ..., journal_epoch: _Optional[str] = ..., first_sequence: _Optional[int] = ..., last_sequence: _Optional[int] = ..., envelopes: _Optional[_Iterable[_Union[Envelope, _Mapping]]] = ..., clock: _Optional[_Union[_clock_pb2.ClockReading, _Mapping]] = ..., last_digest: _Optional[bytes] = ..., replaces_epoch: _Optional[str] = ...) -> None: ...

class PositionRequest(_message.Message):
    __slots__ = ("node_id", "journal_epoch", "replaces_epoch")
    NODE_ID_FIELD_NUMBER: _ClassVar[int]
    JOURNAL_EPOCH_FIELD_NUMBER: _ClassVar[int]
    REPLACES_EPOCH_FIELD_NUMBER: _ClassVar[int]
    node_id: str
    journal_epoch: str
    replaces_epoch: str
    def __init__(self, node_id: _Optional[str] = ..., journal_epoch: _Optional[str] = ..., replaces_epoch: _Optional[str] = ...) -> None: ...

class PositionReply(_message.Message):
    __slots__ = ("committed_sequence", "committed_digest")
    COMMITTED_SEQUENCE_FIELD_NUMBER: _ClassVar[int]
    COMMITTED_DIGEST_FIELD_NUMBER: _ClassVar[int]
    committed_sequence: int
    committed_digest: bytes
    def __init__(self, committed_sequence: _Optional[int] = ..., committed_digest: _Optional[bytes] = ...) -> None: ...
