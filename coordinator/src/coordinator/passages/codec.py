"""Requests for vectors: domain to wire and back."""

from collections.abc import Sequence
from dataclasses import dataclass

from google.protobuf.message import DecodeError
from interview_proto.v1 import corpus_pb2

from coordinator.fault import Fault

DIMENSIONS = 1024


@dataclass(frozen=True)
class Vectors:
    """One vector a text, each 1024 numbers of unit length, and the model that made them."""

    model: str
    values: list[list[float]]


def encode_request(texts: Sequence[str], *, query: bool) -> bytes:
    """The request for ``texts``."""
    return corpus_pb2.EmbedRequest(texts=texts, query=query).SerializeToString()


def decode_request(payload: bytes) -> tuple[list[str], bool]:
    """Texts and whether they are queries; raises Fault("bad_request")."""
    try:
        request = corpus_pb2.EmbedRequest.FromString(payload)
    except DecodeError:
        raise Fault("bad_request", "not a request for vectors") from None
    return list(request.texts), request.query


def encode_reply(vectors: Vectors) -> bytes:
    """The answer with ``vectors``."""
    rows = [corpus_pb2.Vector(values=row) for row in vectors.values]
    return corpus_pb2.EmbedReply(vectors=rows, model=vectors.model).SerializeToString()


def encode_failure(code: str) -> bytes:
    """The answer that there are none, and why: busy, bad_request or internal."""
    return corpus_pb2.EmbedReply(error_code=code).SerializeToString()


def decode_reply(payload: bytes, *, texts: int) -> Vectors:
    """The vectors of ``texts`` texts; raises Fault("embedder_unavailable", 503) when they are not there."""
    try:
        reply = corpus_pb2.EmbedReply.FromString(payload)
    except DecodeError:
        raise Fault("embedder_unavailable", "the embedder's answer cannot be read", status=503) from None
    if reply.error_code:
        raise Fault("embedder_unavailable", f"the embedder says {reply.error_code}", status=503)
    rows = [list(vector.values) for vector in reply.vectors]
    if len(rows) != texts or not reply.model or any(len(row) != DIMENSIONS for row in rows):
        raise Fault("embedder_unavailable", "the embedder's answer has the wrong shape", status=503)
    return Vectors(reply.model, rows)
