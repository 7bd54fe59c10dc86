"""Segments and what is said about them to the coordinator, as bytes."""

from dataclasses import dataclass

from google.protobuf.message import DecodeError
from interview_proto.v1 import recording_pb2


@dataclass(frozen=True, slots=True, order=True)
class Name:
    """Which segment of an interview: the visit, and its number within it from 0."""

    track: int
    number: int


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of one visit's sound."""

    name: Name
    origin_ms: int
    """Interview time of the track's sample 0."""

    first_sample: int
    """Index at 16 kHz of the first packet's first sample."""

    pre_skip: int
    """Encoder's delay, samples at 48 kHz."""

    packets: tuple[bytes, ...]
    """Opus, mono, 20 ms each."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What the coordinator says of an interview's recording; ``status`` as in ``recording.proto``."""

    status: str
    held: frozenset[Name]


def encode_segment(segment: Segment) -> bytes:
    """A segment before it is sealed."""
    return recording_pb2.RecordingSegment(
        track=segment.name.track,
        number=segment.name.number,
        origin_ms=segment.origin_ms,
        first_sample=segment.first_sample,
        pre_skip=segment.pre_skip,
        packets=segment.packets,
    ).SerializeToString()


def decode_segment(data: bytes) -> Segment:
    """An opened segment; raises ValueError."""
    try:
        message = recording_pb2.RecordingSegment.FromString(data)
    except DecodeError as error:
        raise ValueError("not a segment") from error
    name = Name(message.track, message.number)
    return Segment(name, message.origin_ms, message.first_sample, message.pre_skip, tuple(message.packets))


def ask_held(node_id: str, interview_id: str) -> bytes:
    """Which segments the coordinator has."""
    held = recording_pb2.RecordingHeldRequest(interview_id=interview_id)
    return recording_pb2.RecordingRequest(node_id=node_id, held=held).SerializeToString()


def hand_over(node_id: str, interview_id: str, name: Name, sealed: bytes, data_key: bytes) -> bytes:
    """One segment as it lies on disk, and the key that opens it."""
    delivery = recording_pb2.RecordingDelivery(
        interview_id=interview_id, track=name.track, number=name.number, sealed=sealed, data_key=data_key
    )
    return recording_pb2.RecordingRequest(node_id=node_id, delivery=delivery).SerializeToString()


def read_reply(data: bytes) -> Reply:
    """The coordinator's answer; raises ValueError."""
    try:
        reply = recording_pb2.RecordingReply.FromString(data)
    except DecodeError as error:
        raise ValueError("not a reply") from error
    return Reply(reply.status, frozenset(Name(one.track, one.number) for one in reply.segments))
