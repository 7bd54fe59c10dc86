"""A GGUF of architecture ``exaone`` in any shape with random weights: true sizes and speed, no sense in what it says.

Tensor by tensor, so that a model larger than the memory can be written.
"""

from collections.abc import Iterator
from pathlib import Path

import gguf
import numpy as np
import numpy.typing as npt
from edge_node.models import shapes
from edge_node.models.shapes import Shape

CONTROL = {3: "[|system|]", 4: "[|user|]", 5: "[|assistant|]", 6: "[|endofturn|]"}
END = 6
TEMPLATE = (
    "{% for message in messages %}{% if loop.first and message['role'] != 'system' %}"
    "{{ '[|system|][|endofturn|]\n' }}{% endif %}{{ '[|' + message['role'] + '|]' + message['content'] }}"
    "{% if message['role'] == 'user' %}{{ '\n' }}{% else %}{{ '[|endofturn|]\n' }}{% endif %}{% endfor %}"
    "{% if add_generation_prompt %}{{ '[|assistant|]' }}{% endif %}"
)
_ROWS_AT_ONCE = 4096

Bytes = npt.NDArray[np.uint8]


def write(target: Path, shape: Shape, quantization: str, *, vocabulary_of: Path) -> None:
    """Write ``target`` with the byte-pair vocabulary of the GGUF ``vocabulary_of``, cut or filled to the shape's."""
    writer = gguf.GGUFWriter(target, "exaone")
    _describe(writer, shape, vocabulary_of)
    norms = ["output_norm", *(f"blk.{n}.{kind}_norm" for n in range(shape.layers) for kind in ("attn", "ffn"))]
    # Zero as the frequency factors' place would be a division; ones leave them as they are.
    vectors = {"rope_freqs": shape.head // 2, **dict.fromkeys(norms, shape.embedding)}
    for name, size in vectors.items():
        writer.add_tensor_info(f"{name}.weight", (size,), np.dtype(np.float32), 4 * size)
    matrices = [(name, *_dimensions(name, shape), shapes.kind_of(name, shape, quantization)) for name in _names(shape)]
    for name, rows, columns, kind in matrices:
        width = shapes.bytes_of(columns, kind)
        number = gguf.GGMLQuantizationType[kind]
        writer.add_tensor_info(f"{name}.weight", (rows, width), np.dtype(np.uint8), rows * width, raw_dtype=number)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_ti_data_to_file()
    for size in vectors.values():
        writer.write_tensor_data(np.ones(size, np.float32))
    random = np.random.default_rng(0)
    for _, rows, columns, kind in matrices:
        writer.write_tensor_data(_random(random, rows, columns, kind))
    writer.close()


def _describe(writer: gguf.GGUFWriter, shape: Shape, vocabulary_of: Path) -> None:
    fields = gguf.GGUFReader(vocabulary_of).fields
    tokens = list(fields["tokenizer.ggml.tokens"].contents())[: shape.vocabulary]
    kinds = list(fields["tokenizer.ggml.token_type"].contents())[: shape.vocabulary]
    for index, text in CONTROL.items():
        tokens[index], kinds[index] = text, gguf.TokenType.CONTROL
    filled = range(len(tokens), shape.vocabulary)
    tokens += [f"<unused_{index}>" for index in filled]
    kinds += [gguf.TokenType.UNUSED for _ in filled]
    known = set(tokens)
    merges = [m for m in fields["tokenizer.ggml.merges"].contents() if m.replace(" ", "") in known]
    writer.add_name("random-exaone")
    writer.add_context_length(shape.trained_context)
    writer.add_embedding_length(shape.embedding)
    writer.add_block_count(shape.layers)
    writer.add_feed_forward_length(shape.feed_forward)
    writer.add_head_count(shape.heads)
    writer.add_head_count_kv(shape.kv_heads)
    writer.add_layer_norm_rms_eps(1e-5)
    writer.add_rope_freq_base(1e6)
    writer.add_rope_dimension_count(shape.head)
    writer.add_tokenizer_model("gpt2")
    writer.add_tokenizer_pre("exaone")
    writer.add_token_list(tokens)
    writer.add_token_types(kinds)
    writer.add_token_merges(merges)
    writer.add_bos_token_id(1)
    writer.add_eos_token_id(END)
    writer.add_unk_token_id(0)
    writer.add_pad_token_id(0)
    writer.add_add_bos_token(False)
    writer.add_chat_template(TEMPLATE)


def _names(shape: Shape) -> Iterator[str]:
    return (name for name, _ in shapes.matrices(shape))


def _dimensions(name: str, shape: Shape) -> tuple[int, int]:
    """Rows and columns of a matrix."""
    keys, queries = shape.kv_heads * shape.head, shape.heads * shape.head
    return {
        "token_embd": (shape.vocabulary, shape.embedding),
        "output": (shape.vocabulary, shape.embedding),
        "attn_q": (queries, shape.embedding),
        "attn_k": (keys, shape.embedding),
        "attn_v": (keys, shape.embedding),
        "attn_output": (shape.embedding, queries),
        "ffn_gate": (shape.feed_forward, shape.embedding),
        "ffn_up": (shape.feed_forward, shape.embedding),
        "ffn_down": (shape.embedding, shape.feed_forward),
    }[name.rsplit(".", 1)[-1]]


def _random(random: np.random.Generator, rows: int, columns: int, kind: str) -> Bytes:
    """A quantised matrix: uint8 [rows, bytes of a row]. One piece is made and repeated; the speed is the same."""
    few = min(rows, _ROWS_AT_ONCE)
    piece = _blocks(random, few * columns // shapes.block_of(kind)[0], kind).reshape(few, -1)
    return np.ascontiguousarray(np.resize(piece, (rows, piece.shape[1])))


def _blocks(random: np.random.Generator, count: int, kind: str) -> Bytes:
    """Blocks with random weights of about 0.05: uint8 [count, bytes of a block]."""
    size = shapes.block_of(kind)[1]
    made = random.integers(0, 256, (count, size), np.uint8)

    def scale(at: int, value: float) -> None:
        made[:, at : at + 2] = np.frombuffer(np.float16(value).tobytes(), np.uint8)

    if kind == "Q8_0":
        scale(0, 0.05 / 127)
    elif kind == "Q4_0":
        scale(0, 0.05 / 8)
    elif kind in ("Q4_K", "Q5_K"):
        scale(0, 0.05 / 512)
        scale(2, 0.05 / 128)
    elif kind == "Q6_K":
        scale(size - 2, 0.05 / 2048)
    else:
        raise ValueError(f"no random weights for {kind}")
    return made
