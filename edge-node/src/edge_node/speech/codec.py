"""Hearing and speaking, domain values to and from the wire."""

from dataclasses import dataclass

from google.protobuf.message import DecodeError
from interview_proto.v1 import engine_pb2

from edge_node.ports.failure import EngineError
from edge_node.ports.speech import TranscribedWord, Transcript
from edge_node.speech.hearing import Hearing


@dataclass(frozen=True, slots=True)
class Utterance:
    """A request to speak."""

    text: str
    language: str
    voice: str = "first"
    """first: the interviewer; second: a scripted candidate."""


def encode_hearing(hearing: Hearing) -> bytes:
    """To the wire."""
    return engine_pb2.TranscribeRequest(
        pcm=hearing.pcm,
        language=hearing.language,
        partial=hearing.partial,
        prompt=hearing.prompt,
        word_times=not hearing.partial,
        stream=hearing.stream,
    ).SerializeToString()


def decode_hearing(data: bytes) -> Hearing:
    """From the wire; raises EngineError(bad_request)."""
    request = engine_pb2.TranscribeRequest()
    _parse(request, data)
    return Hearing(request.pcm, request.language, request.partial, request.prompt, request.stream)


def encode_transcript(transcript: Transcript) -> bytes:
    """To the wire."""
    return engine_pb2.TranscribeReply(
        text=transcript.text,
        words=[
            engine_pb2.TranscribedWord(
                text=word.text, start_ms=word.start_ms, end_ms=word.end_ms, probability=word.probability
            )
            for word in transcript.words
        ],
        engine_ms=transcript.engine_ms,
    ).SerializeToString()


def decode_transcript(data: bytes) -> Transcript:
    """From the wire; raises EngineError."""
    reply = engine_pb2.TranscribeReply()
    _parse(reply, data)
    words = tuple(TranscribedWord(word.text, word.start_ms, word.end_ms, word.probability) for word in reply.words)
    return Transcript(reply.text, words, reply.engine_ms)


def encode_utterance(utterance: Utterance) -> bytes:
    """To the wire."""
    return engine_pb2.SynthesizeRequest(
        text=utterance.text, language=utterance.language, voice=utterance.voice
    ).SerializeToString()


def decode_utterance(data: bytes) -> Utterance:
    """From the wire; raises EngineError(bad_request)."""
    request = engine_pb2.SynthesizeRequest()
    _parse(request, data)
    return Utterance(request.text, request.language, request.voice or "first")


def encode_sound(pcm: bytes) -> bytes:
    """One piece of sound (s16le, mono, 48 kHz) to the wire."""
    return engine_pb2.SynthesizeChunk(pcm=pcm).SerializeToString()


def decode_sound(data: bytes) -> bytes:
    """One piece of sound from the wire; raises EngineError."""
    chunk = engine_pb2.SynthesizeChunk()
    _parse(chunk, data)
    return chunk.pcm


def _parse(
    message: engine_pb2.TranscribeRequest
    | engine_pb2.TranscribeReply
    | engine_pb2.SynthesizeRequest
    | engine_pb2.SynthesizeChunk,
    data: bytes,
) -> None:
    try:
        message.ParseFromString(data)
    except DecodeError as error:
        raise EngineError("bad_request", f"not a {message.DESCRIPTOR.name}") from error
