"""What of an interview is read from its facts' envelopes when it is asked for."""

from google.protobuf.message import DecodeError
from interview_proto.v1 import envelope_pb2

from coordinator.interviews.transcript_schemas import Word


def words_of(envelope: bytes) -> list[Word]:
    """The recognised words of an answer, by its fact; none of bytes that are no answer."""
    try:
        said = envelope_pb2.Envelope.FromString(envelope).event.turn_taken.words
    except DecodeError:
        return []
    return [
        Word(text=word.text, start_ms=word.start_ms, end_ms=word.end_ms, probability=round(word.probability, 4))
        for word in said
    ]
