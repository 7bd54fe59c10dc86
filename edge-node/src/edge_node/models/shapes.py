"""Sizes of a language model's parts: read from its file, or of a named model in any quantization."""

import math
from collections.abc import Iterator
from dataclasses import dataclass

from edge_node.models.gguf_header import TYPES, Header

_BLOCKS = {name: (block, size) for name, block, size in TYPES.values()}
_REPACKED = frozenset({"Q4_0", "Q4_K", "IQ4_NL"})
"""Types llama.cpp keeps a second time in another order for the vector units of a processor."""

QUANTIZATIONS = ("F16", "Q8_0", "Q6_K", "Q5_K_M", "Q4_K_M", "Q4_0")
"""Those the forecast knows, the largest first."""


@dataclass(frozen=True, slots=True)
class Shape:
    """A decoder of the llama family."""

    layers: int
    embedding: int
    feed_forward: int
    heads: int
    kv_heads: int
    head: int
    """Length of one key; values are as long."""

    vocabulary: int
    trained_context: int
    tied: bool = False
    """Whether the output reads the embedding's weights."""

    @property
    def kv_bytes_per_token(self) -> int:
        """Bytes of one token in the key-value memory (f16)."""
        return self.layers * self.kv_heads * self.head * 2 * 2


SHAPES = {
    "exaone-2.4b": Shape(30, 2560, 7168, 32, 8, 80, 102_400, 32_768, tied=True),
    "exaone-7.8b": Shape(32, 4096, 14_336, 32, 8, 128, 102_400, 32_768),
    "exaone-32b": Shape(64, 5120, 27_392, 40, 8, 128, 102_400, 32_768),
}
"""EXAONE-3.5, by name, the smallest first."""


@dataclass(frozen=True, slots=True)
class WeightBytes:
    """Bytes of a model's weights, by where llama.cpp puts them."""

    embedding: int
    """The input embedding: stays on the processor's side."""

    rest: int
    """Everything else; the embedding as well where the output reads it."""

    repacked: int
    """What a processor keeps a second time."""

    tied: bool = False

    @property
    def total(self) -> int:
        """All weights once: the size of the file."""
        return self.rest if self.tied else self.embedding + self.rest


def shape_of(header: Header) -> Shape:
    """The shape a file describes. Raises BadHeader for one that is no decoder."""
    heads = header.number("attention.head_count")
    embedding = header.number("embedding_length")
    names = {tensor.name for tensor in header.tensors}
    vocabulary = next((t.shape[-1] for t in header.tensors if t.name == "token_embd.weight"), 0)
    return Shape(
        layers=header.number("block_count"),
        embedding=embedding,
        feed_forward=header.number("feed_forward_length"),
        heads=heads,
        kv_heads=header.number("attention.head_count_kv", heads),
        head=header.number("attention.key_length", embedding // max(heads, 1)),
        vocabulary=vocabulary,
        trained_context=header.number("context_length"),
        tied="output.weight" not in names,
    )


def weights_in(header: Header) -> WeightBytes:
    """What the tensors of a file take."""
    tied = all(tensor.name != "output.weight" for tensor in header.tensors)
    embedding = sum(t.size for t in header.tensors if t.name == "token_embd.weight")
    total = sum(t.size for t in header.tensors)
    repacked = sum(
        t.size for t in header.tensors if t.kind in _REPACKED and len(t.shape) > 1 and t.name != "token_embd.weight"
    )
    # A tied embedding is the output as well, and lies on both sides when the output is on a GPU.
    return WeightBytes(embedding, total if tied else total - embedding, repacked, tied)


def weights_of(shape: Shape, quantization: str) -> WeightBytes:
    """What a named shape takes in one of QUANTIZATIONS, by the rules of llama.cpp's own quantizer."""
    embedding = rest = repacked = 0
    for name, elements in matrices(shape):
        kind = kind_of(name, shape, quantization)
        size = bytes_of(elements, kind)
        if name == "token_embd":
            embedding = size
        else:
            rest += size
            repacked += size if kind in _REPACKED else 0
    norms = 4 * shape.embedding * (2 * shape.layers + 1)
    return WeightBytes(embedding, rest + norms + (embedding if shape.tied else 0), repacked, shape.tied)


def matrices(shape: Shape) -> Iterator[tuple[str, int]]:
    """Name and weights of every matrix."""
    keys = shape.kv_heads * shape.head
    yield "token_embd", shape.vocabulary * shape.embedding
    if not shape.tied:
        yield "output", shape.vocabulary * shape.embedding
    for layer in range(shape.layers):
        block = f"blk.{layer}"
        yield f"{block}.attn_q", shape.embedding * shape.heads * shape.head
        yield f"{block}.attn_k", shape.embedding * keys
        yield f"{block}.attn_v", shape.embedding * keys
        yield f"{block}.attn_output", shape.heads * shape.head * shape.embedding
        yield f"{block}.ffn_gate", shape.embedding * shape.feed_forward
        yield f"{block}.ffn_up", shape.embedding * shape.feed_forward
        yield f"{block}.ffn_down", shape.feed_forward * shape.embedding


def kind_of(name: str, shape: Shape, quantization: str) -> str:
    """The type llama.cpp's quantizer gives a matrix."""
    if quantization in ("F16", "Q8_0"):
        return quantization
    if name == "output" or (name == "token_embd" and shape.tied):
        return "Q6_K"
    if quantization in ("Q4_K_M", "Q5_K_M"):
        plain = quantization[:4]
        if name.endswith((".attn_v", ".ffn_down")):
            return "Q6_K" if _takes_more(int(name.split(".")[1]), shape.layers) else plain
        return plain
    return quantization


def bytes_of(elements: int, kind: str) -> int:
    """Bytes of that many weights of one type."""
    block, size = _BLOCKS[kind]
    return math.ceil(elements / block) * size


def _takes_more(layer: int, layers: int) -> bool:
    eighth = layers // 8
    return layer < eighth or layer >= 7 * layers // 8 or (layer - eighth) % 3 == 2


def block_of(kind: str) -> tuple[int, int]:
    """Weights of one block of a type, and the bytes they take."""
    return _BLOCKS[kind]
