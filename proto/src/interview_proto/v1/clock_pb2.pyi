from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class ClockSync(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    CLOCK_SYNC_UNSPECIFIED: _ClassVar[ClockSync]
    CLOCK_SYNC_SYNCHRONISED: _ClassVar[ClockSync]
    CLOCK_SYNC_UNSYNCHRONISED: _ClassVar[ClockSync]
CLOCK_SYNC_UNSPECIFIED: ClockSync
CLOCK_SYNC_SYNCHRONISED: ClockSync
CLOCK_SYNC_UNSYNCHRONISED: ClockSync

class ClockReading(_message.Message):
    __slots__ = ("sync", "error_max_ms", "boot_ms", "boot_id", "wall_time_unix_ms")
    SYNC_FIELD_NUMBER: _ClassVar[int]
    ERROR_MAX_MS_FIELD_NUMBER: _ClassVar[int]
    BOOT_MS_FIELD_NUMBER: _ClassVar[int]
    BOOT_ID_FIELD_NUMBER: _ClassVar[int]
    WALL_TIME_UNIX_MS_FIELD_NUMBER: _ClassVar[int]
    sync: ClockSync
    error_max_ms: int
    boot_ms: int
    boot_id: bytes
    wall_time_unix_ms: int
    def __init__(self, sync: _Optional[_Union[ClockSync, str]] = ..., error_max_ms: _Optional[int] = ..., boot_ms: _Optional[int] = ..., boot_id: _Optional[bytes] = ..., wall_time_unix_ms: _Optional[int] = ...) -> None: ...
