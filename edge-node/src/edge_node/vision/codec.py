"""Pictures and observations to and from the wire."""

from dataclasses import dataclass

from google.protobuf.message import DecodeError
from interview_proto.v1 import engine_pb2

from edge_node.core.observation import Observation
from edge_node.ports.failure import EngineError


@dataclass(frozen=True, slots=True)
class Sight:
    """A picture (rgb24, row-major) of one interview at one time."""

    interview_id: str
    rgb: bytes
    width: int
    height: int
    at_ms: int


def encode_sight(sight: Sight) -> bytes:
    """To the wire."""
    return engine_pb2.WatchRequest(
        interview_id=sight.interview_id, rgb=sight.rgb, width=sight.width, height=sight.height, at_ms=sight.at_ms
    ).SerializeToString()


def decode_sight(data: bytes) -> Sight:
    """From the wire; raises EngineError(bad_request)."""
    request = engine_pb2.WatchRequest()
    try:
        request.ParseFromString(data)
    except DecodeError as error:
        raise EngineError("bad_request", "not a WatchRequest") from error
    return Sight(request.interview_id, request.rgb, request.width, request.height, request.at_ms)


def encode_observation(observation: Observation, engine_ms: int) -> bytes:
    """To the wire."""
    return engine_pb2.WatchReply(
        faces=observation.faces,
        yaw_degrees=observation.yaw_degrees,
        pitch_degrees=observation.pitch_degrees,
        roll_degrees=observation.roll_degrees,
        brightness=observation.brightness,
        engine_ms=engine_ms,
    ).SerializeToString()


def decode_observation(data: bytes, *, at_ms: int) -> Observation:
    """From the wire, of the picture taken at ``at_ms``; raises EngineError."""
    reply = engine_pb2.WatchReply()
    try:
        reply.ParseFromString(data)
    except DecodeError as error:
        raise EngineError("bad_request", "not a WatchReply") from error
    return Observation(at_ms, reply.faces, reply.yaw_degrees, reply.pitch_degrees, reply.roll_degrees, reply.brightness)
