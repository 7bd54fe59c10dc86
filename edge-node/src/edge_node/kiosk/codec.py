"""Requests to the room process as bytes, and its replies; a reply's failure is raised as EngineError."""

from dataclasses import dataclass

from google.protobuf.message import DecodeError, Message
from interview_proto.v1 import engine_pb2

from edge_node.kiosk.tokens import Ticket
from edge_node.ports.failure import EngineError


@dataclass(frozen=True, slots=True)
class Line:
    """Something said so far; ``who`` is interviewer or candidate."""

    who: str
    line_id: str
    text: str


@dataclass(frozen=True, slots=True)
class RoomState:
    """Where an interview stands."""

    claimed: bool
    consented: bool
    closed: bool
    question_id: str
    """Empty before the first question."""

    question_text: str
    stages_done: int
    stages_total: int
    recording: bool
    """Whether the candidate agreed to be recorded, and this node records."""

    purposes: tuple[str, ...]
    """What the candidate agreed to."""

    said: tuple[Line, ...] = ()
    """The conversation so far, oldest first."""


def claim(interview_id: str) -> bytes:
    """A request to hold an interview's only place."""
    return engine_pb2.ClaimRequest(interview_id=interview_id).SerializeToString()


def read_claim(data: bytes) -> None:
    """Raises EngineError: code_used when another page holds the place."""
    _read(engine_pb2.ClaimReply(), data)


def look(ticket: Ticket, i420: bytes, *, width: int, height: int) -> bytes:
    """A picture of the device check."""
    return engine_pb2.LookRequest(
        interview_id=ticket.interview_id, kit_id=ticket.kit_id, i420=i420, width=width, height=height
    ).SerializeToString()


def read_look(data: bytes) -> list[str]:
    """What could be better in the picture; raises EngineError."""
    reply = engine_pb2.LookReply()
    _read(reply, data)
    return list(reply.hints)


def consent(ticket: Ticket, purposes: list[str], notice_version: str) -> bytes:
    """What the candidate agreed to; no purpose at all declines the interview."""
    request = engine_pb2.ConsentRequest(
        interview_id=ticket.interview_id, kit_id=ticket.kit_id, purposes=purposes, notice_version=notice_version
    )
    return request.SerializeToString()


def read_consent(data: bytes) -> None:
    """Raises EngineError."""
    _read(engine_pb2.ConsentReply(), data)


def offer(ticket: Ticket, sdp: str, *, microphone: bool, camera: bool) -> bytes:
    """The page's WebRTC offer."""
    request = engine_pb2.OfferRequest(
        interview_id=ticket.interview_id, kit_id=ticket.kit_id, sdp=sdp, microphone=microphone, camera=camera
    )
    return request.SerializeToString()


def read_offer(data: bytes) -> str:
    """The answer's SDP; raises EngineError."""
    reply = engine_pb2.OfferReply()
    _read(reply, data)
    return reply.sdp


def state(ticket: Ticket) -> bytes:
    """A request for the interview's state."""
    return engine_pb2.RoomStateRequest(interview_id=ticket.interview_id, kit_id=ticket.kit_id).SerializeToString()


def read_state(data: bytes) -> RoomState:
    """Raises EngineError."""
    reply = engine_pb2.RoomStateReply()
    _read(reply, data)
    return RoomState(
        reply.claimed,
        reply.consented,
        reply.closed,
        reply.question_id,
        reply.question_text,
        reply.stages_done,
        reply.stages_total,
        reply.recording,
        tuple(reply.purposes),
        tuple(Line(line.who, line.id, line.text) for line in reply.said),
    )


_Reply = (
    engine_pb2.ClaimReply
    | engine_pb2.LookReply
    | engine_pb2.ConsentReply
    | engine_pb2.OfferReply
    | engine_pb2.RoomStateReply
)


def _read(reply: _Reply, data: bytes) -> None:
    message: Message = reply
    try:
        message.ParseFromString(data)
    except DecodeError:
        raise EngineError("internal", "the room's reply is not understood") from None
    if reply.HasField("failure") and reply.failure.code:
        raise EngineError(reply.failure.code, reply.failure.detail)
