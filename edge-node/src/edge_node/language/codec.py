"""Generation requests and pieces as the bus carries them."""

from google.protobuf.message import DecodeError
from interview_proto.v1 import engine_pb2

from edge_node.ports.failure import EngineError
from edge_node.ports.language import DeadlineClass, Generation, Message, Piece


def encode_request(request: Generation) -> bytes:
    """Bytes of a request."""
    return engine_pb2.GenerateRequest(
        messages=[engine_pb2.ChatMessage(role=message.role, text=message.text) for message in request.messages],
        grammar=request.grammar,
        max_tokens=request.max_tokens,
        temperature=request.temperature,
        seed=request.seed,
        deadline_class=f"DEADLINE_CLASS_{request.deadline_class.name}",
        deadline_ms=round(request.timeout_seconds * 1000),
        conversation=request.conversation,
    ).SerializeToString()


def decode_request(payload: bytes) -> Generation:
    """A request from the bus; raises EngineError bad_request."""
    try:
        wire = engine_pb2.GenerateRequest.FromString(payload)
        deadline_class = DeadlineClass(wire.deadline_class)
    except (DecodeError, ValueError) as error:
        raise EngineError("bad_request", "not a generate request") from error
    return Generation(
        messages=tuple(Message(message.role, message.text) for message in wire.messages),
        max_tokens=wire.max_tokens,
        deadline_class=deadline_class,
        timeout_seconds=wire.deadline_ms / 1000,
        grammar=wire.grammar,
        temperature=wire.temperature,
        seed=wire.seed,
        conversation=wire.conversation,
    )


def encode_piece(piece: Piece) -> bytes:
    """Bytes of a piece."""
    return engine_pb2.GeneratePiece(
        text=piece.text,
        last=piece.last,
        finish_reason=piece.finish_reason,
        prompt_tokens=piece.prompt_tokens,
        generated_tokens=piece.generated_tokens,
        model_digest=piece.model_digest,
        reused_tokens=piece.reused_tokens,
    ).SerializeToString()


def decode_piece(payload: bytes) -> Piece:
    """A piece from the bus; raises EngineError internal for bytes that are none."""
    try:
        wire = engine_pb2.GeneratePiece.FromString(payload)
    except DecodeError as error:
        raise EngineError("internal", "not a generated piece") from error
    return Piece(
        wire.text,
        wire.last,
        wire.finish_reason,
        wire.prompt_tokens,
        wire.generated_tokens,
        wire.model_digest,
        wire.reused_tokens,
    )
