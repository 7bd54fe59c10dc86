"""What nodes hand over and ask, off the wire and onto it; words of an answer, out of its fact."""

from collections.abc import Iterable
from dataclasses import dataclass

from google.protobuf.message import DecodeError
from interview_proto.v1 import envelope_pb2, recording_pb2

from coordinator.recordings.schemas import Name, Segment, SpokenWord

SEALED_MOST = 512 * 1024
PACKETS_MOST = 3_000
PACKET_MOST = 1_275
"""Bytes of an Opus frame (RFC 6716)."""

NUMBER_MOST = 1 << 30
TIME_MOST = 1 << 40


class Unreadable(ValueError):
    """Bytes that are no request or no segment."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A node asks what is held of an interview."""

    interview_id: str


@dataclass(frozen=True, slots=True)
class Delivered:
    """A node hands over one segment and the key that opens it."""

    interview_id: str
    name: Name
    sealed: bytes
    data_key: bytes


def decode_request(raw: bytes) -> tuple[str, Asked | Delivered]:
    """The node's id and what it wants; raises Unreadable."""
    try:
        request = recording_pb2.RecordingRequest.FromString(raw)
    except DecodeError:
        raise Unreadable("not a request") from None
    if request.WhichOneof("ask") == "held":
        return request.node_id, Asked(request.held.interview_id)
    if request.WhichOneof("ask") != "delivery":
        raise Unreadable("asks for nothing")
    one = request.delivery
    if max(one.track, one.number) > NUMBER_MOST or len(one.sealed) > SEALED_MOST:
        raise Unreadable("too large")
    return request.node_id, Delivered(one.interview_id, Name(one.track, one.number), one.sealed, one.data_key)


def encode_reply(status: str, names: Iterable[Name] = ()) -> bytes:
    """An answer; ``status`` as in ``recording.proto``."""
    segments = [recording_pb2.RecordingName(track=name.track, number=name.number) for name in names]
    return recording_pb2.RecordingReply(status=status, segments=segments).SerializeToString()


def decode_segment(plain: bytes) -> Segment:
    """An opened segment; raises Unreadable for one no encoder makes."""
    try:
        message = recording_pb2.RecordingSegment.FromString(plain)
    except DecodeError:
        raise Unreadable("not a segment") from None
    packets = tuple(message.packets)
    if not 0 < len(packets) <= PACKETS_MOST or not all(0 < len(packet) <= PACKET_MOST for packet in packets):
        raise Unreadable("not Opus in packets of 20 ms")
    if not 0 <= message.origin_ms < TIME_MOST or message.first_sample >= TIME_MOST or message.pre_skip > 48_000:
        raise Unreadable("at no time of an interview")
    name = Name(message.track, message.number)
    return Segment(name, message.origin_ms, message.first_sample, message.pre_skip, packets)


def words_of(envelope: bytes) -> list[SpokenWord]:
    """The recognised words of an answer, by its fact; none of bytes that are no answer."""
    try:
        said = envelope_pb2.Envelope.FromString(envelope).event.turn_taken.words
    except DecodeError:
        return []
    return [SpokenWord(word.text, word.start_ms, word.end_ms) for word in said]
