from interview_proto.v1 import clock_pb2 as _clock_pb2
from interview_proto.v1 import events_pb2 as _events_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class Heartbeat(_message.Message):
    __slots__ = ("node_id", "display_name", "version", "wall_time_unix_ms", "engines", "rooms_open", "rooms_max", "kits_ready", "problems", "room_url", "clock", "release")
    NODE_ID_FIELD_NUMBER: _ClassVar[int]
    DISPLAY_NAME_FIELD_NUMBER: _ClassVar[int]
    VERSION_FIELD_NUMBER: _ClassVar[int]
    WALL_TIME_UNIX_MS_FIELD_NUMBER: _ClassVar[int]
    ENGINES_FIELD_NUMBER: _ClassVar[int]
    ROOMS_OPEN_FIELD_NUMBER: _ClassVar[int]
    ROOMS_MAX_FIELD_NUMBER: _ClassVar[int]
    KITS_READY_FIELD_NUMBER: _ClassVar[int]
    PROBLEMS_FIELD_NUMBER: _ClassVar[int]
    ROOM_URL_FIELD_NUMBER: _ClassVar[int]
    CLOCK_FIELD_NUMBER: _ClassVar[int]
    RELEASE_FIELD_NUMBER: _ClassVar[int]
    node_id: str
    display_name: str
    version: str
    wall_time_unix_ms: int
    engines: _containers.RepeatedCompositeFieldContainer[_events_pb2.EngineUsed]
    rooms_open: int
    rooms_max: int
    kits_ready: _containers.RepeatedScalarFieldContainer[str]
    problems: _containers.RepeatedScalarFieldContainer[str]
    room_url: str
    clock: _clock_pb2.ClockReading
    release: Release
    def __init__(self, node_id: _Optional[str] = ..., display_name: _Optional[str] = ..., version: _Optional[str] = ..., wall_time_unix_ms: _Optional[int] = ..., engines: _Optional[_Iterable[_Union[_events_pb2.EngineUsed, _Mapping]]] = ..., rooms_open: _Optional[int] = ..., rooms_max: _Optional[int] = ..., kits_ready: _Optional[_Iterable[str]] = ..., problems: _Optional[_Iterable[str]] = ..., room_url: _Optional[str] = ..., clock: _Optional[_Union[_clock_pb2.ClockReading, _Mapping]] = ..., release: _Optional[_Union[Release, _Mapping]] = ...) -> None: ...

class Release(_message.Message):
    __slots__ = ("actual", "target", "state", "reason")
    ACTUAL_FIELD_NUMBER: _ClassVar[int]
    TARGET_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    actual: str
    target: str
    state: str
    reason: str
    def __init__(self, actual: _Optional[str] = ..., target: _Optional[str] = ..., state: _Optional[str] = ..., reason: _Optional[str] = ...) -> None: ...

class ReleaseRequest(_message.Message):
    __slots__ = ("node_id", "rollout_group", "announcement_id", "state", "reason", "received_bytes")
    NODE_ID_FIELD_NUMBER: _ClassVar[int]
    ROLLOUT_GROUP_FIELD_NUMBER: _ClassVar[int]
    ANNOUNCEMENT_ID_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    RECEIVED_BYTES_FIELD_NUMBER: _ClassVar[int]
    node_id: str
    rollout_group: str
    announcement_id: str
    state: str
    reason: str
    received_bytes: int
    def __init__(self, node_id: _Optional[str] = ..., rollout_group: _Optional[str] = ..., announcement_id: _Optional[str] = ..., state: _Optional[str] = ..., reason: _Optional[str] = ..., received_bytes: _Optional[int] = ...) -> None: ...

class ReleaseReply(_message.Message):
    __slots__ = ("node_id", "announcement")
    NODE_ID_FIELD_NUMBER: _ClassVar[int]
    ANNOUNCEMENT_FIELD_NUMBER: _ClassVar[int]
    node_id: str
    announcement: Announcement
    def __init__(self, node_id: _Optional[str] = ..., announcement: _Optional[_Union[Announcement, _Mapping]] = ...) -> None: ...

class Announcement(_message.Message):
    __slots__ = ("announcement_id", "bundle_id", "version", "bytes", "sha256_hex")
    ANNOUNCEMENT_ID_FIELD_NUMBER: _ClassVar[int]
    BUNDLE_ID_FIELD_NUMBER: _ClassVar[int]
    VERSION_FIELD_NUMBER: _ClassVar[int]
    BYTES_FIELD_NUMBER: _ClassVar[int]
    SHA256_HEX_FIELD_NUMBER: _ClassVar[int]
    announcement_id: str
    bundle_id: str
    version: str
    bytes: int
    sha256_hex: str
    def __init__(self, announcement_id: _Optional[str] = ..., bundle_id: _Optional[str] = ..., version: _Optional[str] = ..., bytes: _Optional[int] = ..., sha256_hex: _Optional[str] = ...) -> None: ...

class Health(_message.Message):
    __slots__ = ("problems", "rooms_open", "candidates_present", "interviews", "rooms_limit")
    PROBLEMS_FIELD_NUMBER: _ClassVar[int]
    ROOMS_OPEN_FIELD_NUMBER: _ClassVar[int]
    CANDIDATES_PRESENT_FIELD_NUMBER: _ClassVar[int]
    INTERVIEWS_FIELD_NUMBER: _ClassVar[int]
    ROOMS_LIMIT_FIELD_NUMBER: _ClassVar[int]
    problems: _containers.RepeatedScalarFieldContainer[str]
    rooms_open: int
    candidates_present: int
    interviews: _containers.RepeatedScalarFieldContainer[str]
    rooms_limit: int
    def __init__(self, problems: _Optional[_Iterable[str]] = ..., rooms_open: _Optional[int] = ..., candidates_present: _Optional[int] = ..., interviews: _Optional[_Iterable[str]] = ..., rooms_limit: _Optional[int] = ...) -> None: ...

class DrainRequest(_message.Message):
    __slots__ = ("draining",)
    DRAINING_FIELD_NUMBER: _ClassVar[int]
    draining: bool
    def __init__(self, draining: _Optional[bool] = ...) -> None: ...
