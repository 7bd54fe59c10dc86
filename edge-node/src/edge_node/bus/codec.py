"""What a process says of itself when asked for its health."""

from dataclasses import dataclass

from google.protobuf.message import DecodeError
from interview_proto.v1 import node_pb2

from edge_node.ports.failure import EngineError


@dataclass(frozen=True, slots=True)
class Health:
    """``problems`` are stable codes, empty when nothing keeps the process from its work."""

    problems: tuple[str, ...] = ()
    rooms_open: int = 0
    candidates_present: int = 0
    """Rooms whose candidate is connected now."""

    interviews: tuple[str, ...] = ()
    """Ids of the interviews that are live here."""

    rooms_limit: int = 0
    """Interviews this process may hold at the same time."""


def encode_health(health: Health) -> bytes:
    """The answer to a health request."""
    return node_pb2.Health(
        problems=health.problems,
        rooms_open=health.rooms_open,
        candidates_present=health.candidates_present,
        interviews=health.interviews,
        rooms_limit=health.rooms_limit,
    ).SerializeToString()


def decode_health(data: bytes) -> Health:
    """Raises EngineError (internal) for bytes that are none."""
    try:
        message = node_pb2.Health.FromString(data)
    except DecodeError:
        raise EngineError("internal", "the health answer is not understood") from None
    return Health(
        tuple(message.problems),
        message.rooms_open,
        message.candidates_present,
        tuple(message.interviews),
        message.rooms_limit,
    )


def encode_drain(draining: bool) -> bytes:
    """A request to open no new interview, or to open them again."""
    return node_pb2.DrainRequest(draining=draining).SerializeToString()


def decode_drain(data: bytes) -> bool:
    """Raises EngineError (bad_request)."""
    try:
        return node_pb2.DrainRequest.FromString(data).draining
    except DecodeError:
        raise EngineError("bad_request", "not a drain request") from None
