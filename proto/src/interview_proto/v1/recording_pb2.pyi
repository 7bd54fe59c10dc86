from google.protobuf.internal import containers as _containers
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class RecordingSegment(_message.Message):
    __slots__ = ("track", "number", "origin_ms", "first_sample", "pre_skip", "packets")
    TRACK_FIELD_NUMBER: _ClassVar[int]
    NUMBER_FIELD_NUMBER: _ClassVar[int]
    ORIGIN_MS_FIELD_NUMBER: _ClassVar[int]
    FIRST_SAMPLE_FIELD_NUMBER: _ClassVar[int]
    PRE_SKIP_FIELD_NUMBER: _ClassVar[int]
    PACKETS_FIELD_NUMBER: _ClassVar[int]
    track: int
    number: int
    origin_ms: int
    first_sample: int
    pre_skip: int
    packets: _containers.RepeatedScalarFieldContainer[bytes]
    def __init__(self, track: _Optional[int] = ..., number: _Optional[int] = ..., origin_ms: _Optional[int] = ..., first_sample: _Optional[int] = ..., pre_skip: _Optional[int] = ..., packets: _Optional[_Iterable[bytes]] = ...) -> None: ...

class RecordingHeldRequest(_message.Message):
    __slots__ = ("interview_id",)
    INTERVIEW_ID_FIELD_NUMBER: _ClassVar[int]
    interview_id: str
    def __init__(self, interview_id: _Optional[str] = ...) -> None: ...

class RecordingName(_message.Message):
    __slots__ = ("track", "number")
    TRACK_FIELD_NUMBER: _ClassVar[int]
    NUMBER_FIELD_NUMBER: _ClassVar[int]
    track: int
    number: int
    def __init__(self, track: _Optional[int] = ..., number: _Optional[int] = ...) -> None: ...

class RecordingDelivery(_message.Message):
    __slots__ = ("interview_id", "track", "number", "sealed", "data_key")
    INTERVIEW_ID_FIELD_NUMBER: _ClassVar[int]
    TRACK_FIELD_NUMBER: _ClassVar[int]
    NUMBER_FIELD_NUMBER: _ClassVar[int]
    SEALED_FIELD_NUMBER: _ClassVar[int]
    DATA_KEY_FIELD_NUMBER: _ClassVar[int]
    interview_id: str
    track: int
    number: int
    sealed: bytes
    data_key: bytes
    def __init__(self, interview_id: _Optional[str] = ..., track: _Optional[int] = ..., number: _Optional[int] = ..., sealed: _Optional[bytes] = ..., data_key: _Optional[bytes] = ...) -> None: ...

class RecordingRequest(_message.Message):
    __slots__ = ("node_id", "held", "delivery")
    NODE_ID_FIELD_NUMBER: _ClassVar[int]
    HELD_FIELD_NUMBER: _ClassVar[int]
    DELIVERY_FIELD_NUMBER: _ClassVar[int]
    node_id: str
    held: RecordingHeldRequest
    delivery: RecordingDelivery
    def __init__(self, node_id: _Optional[str] = ..., held: _Optional[_Union[RecordingHeldRequest, _Mapping]] = ..., delivery: _Optional[_Union[RecordingDelivery, _Mapping]] = ...) -> None: ...

class RecordingReply(_message.Message):
    __slots__ = ("status", "segments")
    STATUS_FIELD_NUMBER: _ClassVar[int]
    SEGMENTS_FIELD_NUMBER: _ClassVar[int]
    status: str
    segments: _containers.RepeatedCompositeFieldContainer[RecordingName]
    def __init__(self, status: _Optional[str] = ..., segments: _Optional[_Iterable[_Union[RecordingName, _Mapping]]] = ...) -> None: ...
