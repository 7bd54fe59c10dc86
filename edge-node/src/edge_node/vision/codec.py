"""Pictures and samples to and from the wire."""

import struct
from dataclasses import dataclass, replace

from google.protobuf.message import DecodeError
from interview_proto.v1 import engine_pb2

from edge_node.core.observation.sample import Sample
from edge_node.ports.failure import EngineError

_LENGTH = struct.Struct("!I")


@dataclass(frozen=True, slots=True)
class Sight:
    """A picture (I420, even sides) of one interview at one time."""

    interview_id: str
    i420: bytes | memoryview
    width: int
    height: int
    at_ms: int
    emotion: bool = False
    """Whether to guess what the face expresses."""


def encode_sight(sight: Sight) -> bytes:
    """To the wire."""
    return _request(sight, bytes(sight.i420)).SerializeToString()


def sight_parts(sight: Sight) -> tuple[bytes, bytes, bytes | memoryview]:
    """For the picture socket: length of the request (four bytes), the request without its picture, the picture as is.

    Protobuf would copy the picture on each side, a fiftieth of what the model takes.
    """
    request = _request(sight, b"").SerializeToString()
    return _LENGTH.pack(len(request)), request, sight.i420


def sight_of_parts(data: bytes) -> Sight:
    """The other way; the picture stays where it is. Raises EngineError(bad_request)."""
    if len(data) < _LENGTH.size:
        raise EngineError("bad_request", "too short")
    end = _LENGTH.size + _LENGTH.unpack_from(data)[0]
    if end > len(data):
        raise EngineError("bad_request", "too short")
    sight = decode_sight(data[_LENGTH.size : end])
    return replace(sight, i420=memoryview(data)[end:])


def _request(sight: Sight, i420: bytes) -> engine_pb2.WatchRequest:
    return engine_pb2.WatchRequest(
        interview_id=sight.interview_id,
        i420=i420,
        width=sight.width,
        height=sight.height,
        at_ms=sight.at_ms,
        emotion=sight.emotion,
    )


def decode_sight(data: bytes) -> Sight:
    """From the wire; raises EngineError(bad_request)."""
    request = engine_pb2.WatchRequest()
    try:
        request.ParseFromString(data)
    except DecodeError as error:
        raise EngineError("bad_request", "not a WatchRequest") from error
    return Sight(request.interview_id, request.i420, request.width, request.height, request.at_ms, request.emotion)


def encode_sample(sample: Sample, engine_ms: int) -> bytes:
    """To the wire."""
    return engine_pb2.WatchReply(
        faces=sample.faces,
        yaw_degrees=sample.yaw_degrees,
        pitch_degrees=sample.pitch_degrees,
        roll_degrees=sample.roll_degrees,
        brightness=sample.brightness,
        engine_ms=engine_ms,
        contrast=sample.contrast,
        gaze=sample.gaze,
        left=sample.left,
        top=sample.top,
        width=sample.width,
        height=sample.height,
        emotion=sample.emotion,
        emotion_share=sample.emotion_share,
    ).SerializeToString()


def encode_failure(error: EngineError) -> bytes:
    """A reply that carries no sample."""
    return engine_pb2.WatchReply(failure=engine_pb2.Failure(code=error.code, detail=error.detail)).SerializeToString()


def decode_sample(data: bytes, *, at_ms: int) -> Sample:
    """From the wire, of the picture taken at ``at_ms``; raises EngineError."""
    reply = engine_pb2.WatchReply()
    try:
        reply.ParseFromString(data)
    except DecodeError as error:
        raise EngineError("bad_request", "not a WatchReply") from error
    if reply.failure.code:
        raise EngineError(reply.failure.code, reply.failure.detail)
    return Sample(
        at_ms,
        reply.faces,
        yaw_degrees=reply.yaw_degrees,
        pitch_degrees=reply.pitch_degrees,
        roll_degrees=reply.roll_degrees,
        brightness=reply.brightness,
        contrast=reply.contrast,
        gaze=reply.gaze,
        left=reply.left,
        top=reply.top,
        width=reply.width,
        height=reply.height,
        emotion=reply.emotion,
        emotion_share=reply.emotion_share,
    )
