"""Kiosk requests and replies: domain values <-> wire bytes."""

from collections.abc import Sequence
from dataclasses import dataclass

from google.protobuf.message import DecodeError
from interview_proto.v1 import engine_pb2

from edge_node.ports.failure import EngineError
from edge_node.ports.media import Picture
from edge_node.room.desk.view import RoomView


@dataclass(frozen=True, slots=True)
class Consent:
    """What a candidate agreed to."""

    interview_id: str
    kit_id: str
    purposes: tuple[str, ...]
    notice_version: str


@dataclass(frozen=True, slots=True)
class Offer:
    """A page that wants in."""

    interview_id: str
    kit_id: str
    sdp: str
    microphone: bool
    camera: bool


@dataclass(frozen=True, slots=True)
class Look:
    """A picture of a device check."""

    interview_id: str
    kit_id: str
    picture: Picture


def decode_claim(data: bytes) -> str:
    """The interview's id; raises EngineError (bad_request)."""
    message = engine_pb2.ClaimRequest()
    _parse(message, data)
    return message.interview_id


def decode_look(data: bytes) -> Look:
    """The picture; raises EngineError (bad_request)."""
    message = engine_pb2.LookRequest()
    _parse(message, data)
    return Look(message.interview_id, message.kit_id, Picture(message.i420, message.width, message.height, 0.0))


def decode_consent(data: bytes) -> Consent:
    """The consent; raises EngineError (bad_request)."""
    message = engine_pb2.ConsentRequest()
    _parse(message, data)
    return Consent(message.interview_id, message.kit_id, tuple(message.purposes), message.notice_version)


def decode_offer(data: bytes) -> Offer:
    """The offer; raises EngineError (bad_request)."""
    message = engine_pb2.OfferRequest()
    _parse(message, data)
    return Offer(message.interview_id, message.kit_id, message.sdp, message.microphone, message.camera)


def decode_state(data: bytes) -> tuple[str, str]:
    """The interview's and the kit's id; raises EngineError (bad_request)."""
    message = engine_pb2.RoomStateRequest()
    _parse(message, data)
    return message.interview_id, message.kit_id


def encode_claim(code: str = "") -> bytes:
    """A reply to a claim; ``code`` says why it was refused."""
    return engine_pb2.ClaimReply(failure=_failure(code)).SerializeToString()


def encode_look(hints: Sequence[str] = (), code: str = "") -> bytes:
    """A reply to a picture; ``code`` says why it was not looked at."""
    return engine_pb2.LookReply(hints=hints, failure=_failure(code)).SerializeToString()


def encode_consent(code: str = "") -> bytes:
    """A reply to a consent; ``code`` says why it was refused."""
    return engine_pb2.ConsentReply(failure=_failure(code)).SerializeToString()


def encode_offer(sdp: str = "", code: str = "") -> bytes:
    """A reply to an offer; ``code`` says why it was refused."""
    return engine_pb2.OfferReply(sdp=sdp, failure=_failure(code)).SerializeToString()


def encode_state(view: RoomView | None, code: str = "") -> bytes:
    """A reply to a question for the state; ``code`` says why there is none."""
    if view is None:
        return engine_pb2.RoomStateReply(failure=_failure(code)).SerializeToString()
    return engine_pb2.RoomStateReply(
        claimed=view.claimed,
        consented=view.consented,
        closed=view.closed,
        question_id=view.question_id,
        question_text=view.question_text,
        stages_done=view.stages_done,
        stages_total=view.stages_total,
        recording=view.recording,
        purposes=view.purposes,
        said=[engine_pb2.RoomLine(who=line.who, id=line.line_id, text=line.text) for line in view.said],
    ).SerializeToString()


def _failure(code: str) -> engine_pb2.Failure | None:
    return engine_pb2.Failure(code=code) if code else None


_Request = (
    engine_pb2.ClaimRequest
    | engine_pb2.LookRequest
    | engine_pb2.ConsentRequest
    | engine_pb2.OfferRequest
    | engine_pb2.RoomStateRequest
)


def _parse(message: _Request, data: bytes) -> None:
    try:
        message.ParseFromString(data)
    except DecodeError as error:
        raise EngineError("bad_request", "not a room request") from error
    if not message.interview_id:
        raise EngineError("bad_request", "no interview id")
