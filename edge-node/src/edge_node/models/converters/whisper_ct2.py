"""CTranslate2 Whisper weights (model.bin, perhaps in parts, and vocabulary.txt) to whisper.cpp's GGML, q8_0."""

import io
import math
import struct
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
import numpy.typing as npt
from gguf import GGMLQuantizationType, quants

Array = npt.NDArray[Any]
Tensors = dict[str, Array]

_DTYPES = {0: np.float32, 1: np.int8, 2: np.int16, 3: np.int32, 4: np.float16}
_GGML_MAGIC = 0x67676D6C
# whisper.cpp's file type: GGML_FTYPE_MOSTLY_Q8_0 plus 1000 times the quantisation version, which is 2.
_FILE_TYPE_Q8_0 = 7 + 2000
_TYPE_F32, _TYPE_F16, _TYPE_Q8_0 = 0, 1, 8
_ENGLISH_ONLY_VOCABULARY = 51864
_KEEP_F32 = frozenset(
    {"encoder.conv1.bias", "encoder.conv2.bias", "encoder.positional_embedding", "decoder.positional_embedding"}
)


def convert(sources: Sequence[Path], target: Path) -> None:
    """Write ``target`` from the parts of model.bin followed by vocabulary.txt; raises ValueError for other weights."""
    *parts, vocabulary = sources
    weights = _read_ct2(b"".join(part.read_bytes() for part in parts))
    tokens = _tokens(vocabulary.read_text(encoding="utf-8").split("\n"), len(weights["decoder/embeddings/weight"]))
    with target.open("wb") as out:
        _write(out, dict(_ggml_tensors(weights)), tokens)


def _read_ct2(content: bytes) -> Tensors:
    stream = io.BytesIO(content)

    def number(code: str) -> int:
        return int(struct.unpack("<" + code, stream.read(struct.calcsize(code)))[0])

    def text() -> str:
        return stream.read(number("H")).rstrip(b"\0").decode()

    number("I")  # format version
    specification = text()
    if specification != "WhisperSpec":
        raise ValueError(f"not Whisper weights: {specification!r}")
    number("I")  # revision
    tensors: Tensors = {}
    for _ in range(number("I")):
        name = text()
        shape = [number("I") for _ in range(number("B"))]
        dtype = _DTYPES[number("B")]
        tensors[name] = np.frombuffer(stream.read(number("I")), dtype).reshape(shape)
    for _ in range(number("I")):
        alias = text()
        tensors[alias] = tensors[text()]
    return tensors


def _ggml_tensors(ct2: Tensors) -> Iterator[tuple[str, Array]]:
    def weight(name: str) -> Array:
        values = ct2[name + "/weight"]
        if values.dtype == np.int8:
            scale = ct2[name + "/weight_scale"]
            values = values.astype(np.float32) / scale.reshape(-1, *([1] * (values.ndim - 1)))
        return values

    def norm(target: str, source: str) -> Iterator[tuple[str, Array]]:
        yield target + ".weight", ct2[source + "/gamma"]
        yield target + ".bias", ct2[source + "/beta"]

    def linear(target: str, source: str) -> Iterator[tuple[str, Array]]:
        yield target + ".weight", weight(source)
        yield target + ".bias", ct2[source + "/bias"]

    def self_attention(target: str, source: str) -> Iterator[tuple[str, Array]]:
        query, key, value = np.split(weight(source + "/linear_0"), 3)
        query_bias, key_bias, value_bias = np.split(ct2[source + "/linear_0/bias"], 3)
        if np.any(key_bias):
            raise ValueError("Whisper has no key bias; these weights do")
        yield target + ".attn.query.weight", query
        yield target + ".attn.query.bias", query_bias
        yield target + ".attn.key.weight", key
        yield target + ".attn.value.weight", value
        yield target + ".attn.value.bias", value_bias
        yield from linear(target + ".attn.out", source + "/linear_1")
        yield from norm(target + ".attn_ln", source + "/layer_norm")

    def cross_attention(target: str, source: str) -> Iterator[tuple[str, Array]]:
        yield from linear(target + ".cross_attn.query", source + "/linear_0")
        key, value = np.split(weight(source + "/linear_1"), 2)
        yield target + ".cross_attn.key.weight", key
        yield target + ".cross_attn.value.weight", value
        yield target + ".cross_attn.value.bias", np.split(ct2[source + "/linear_1/bias"], 2)[1]
        yield from linear(target + ".cross_attn.out", source + "/linear_2")
        yield from norm(target + ".cross_attn_ln", source + "/layer_norm")

    for side in ("encoder", "decoder"):
        yield side + ".positional_embedding", ct2[side + "/position_encodings/encodings"]
        for layer in range(_layers(ct2, side)):
            source, target = f"{side}/layer_{layer}", f"{side}.blocks.{layer}"
            yield from self_attention(target, source + "/self_attention")
            if side == "decoder":
                yield from cross_attention(target, source + "/attention")
            yield from norm(target + ".mlp_ln", source + "/ffn/layer_norm")
            yield from linear(target + ".mlp.0", source + "/ffn/linear_0")
            yield from linear(target + ".mlp.2", source + "/ffn/linear_1")
    for conv in ("conv1", "conv2"):
        yield f"encoder.{conv}.weight", weight(f"encoder/{conv}")
        yield f"encoder.{conv}.bias", ct2[f"encoder/{conv}/bias"].reshape(-1, 1)
    yield from norm("encoder.ln_post", "encoder/layer_norm")
    yield from norm("decoder.ln", "decoder/layer_norm")
    yield "decoder.token_embedding.weight", weight("decoder/embeddings")


def _layers(ct2: Tensors, side: str) -> int:
    return len({name.split("/")[1] for name in ct2 if name.startswith(f"{side}/layer_") and name.count("/") > 2})


def _tokens(vocabulary: list[str], size: int) -> list[bytes]:
    """The plain byte-pair tokens, up to the first special one."""
    to_byte = _byte_of_character()
    tokens: list[bytes] = []
    for word in vocabulary:
        if word.startswith("<|") and word.endswith("|>") and len(word) > 4:
            break
        tokens.append(bytes(to_byte[character] for character in word))
    if size == _ENGLISH_ONLY_VOCABULARY:
        tokens.append(b"<|endoftext|>")
    return tokens


def _byte_of_character() -> dict[str, int]:
    """GPT-2's printable stand-in for each byte, reversed."""
    printable = [*range(33, 127), *range(161, 173), *range(174, 256)]
    mapping = {chr(byte): byte for byte in printable}
    others = [byte for byte in range(256) if byte not in printable]
    mapping.update({chr(256 + index): byte for index, byte in enumerate(others)})
    return mapping


def mel_filters(bands: int, sample_rate: int = 16000, window: int = 400) -> npt.NDArray[np.float32]:
    """Slaney's mel filter bank, float32 [bands, window // 2 + 1], as Whisper was trained with."""
    hertz_per_mel, knee_hertz = 200.0 / 3, 1000.0
    knee_mel, log_step = knee_hertz / hertz_per_mel, math.log(6.4) / 27.0
    top_mel = knee_mel + math.log(sample_rate / 2 / knee_hertz) / log_step
    mels = [top_mel * index / (bands + 1) for index in range(bands + 2)]
    edges = np.array(
        [m * hertz_per_mel if m < knee_mel else knee_hertz * math.exp(log_step * (m - knee_mel)) for m in mels]
    )
    bins = np.fft.rfftfreq(window, 1 / sample_rate)
    widths = np.diff(edges)
    ramps = edges[:, None] - bins[None, :]
    filters = np.maximum(0, np.minimum(-ramps[:-2] / widths[:-1, None], ramps[2:] / widths[1:, None]))
    filters *= (2.0 / (edges[2:] - edges[:-2]))[:, None]
    return np.asarray(filters, np.float32)


def _write(out: BinaryIO, tensors: Tensors, tokens: list[bytes]) -> None:
    def integers(*values: int) -> None:
        out.write(struct.pack(f"<{len(values)}i", *values))

    vocabulary, text_state = tensors["decoder.token_embedding.weight"].shape
    audio_context, audio_state = tensors["encoder.positional_embedding"].shape
    text_context = tensors["decoder.positional_embedding"].shape[0]
    bands = tensors["encoder.conv1.weight"].shape[1]
    audio_layers, text_layers = (
        sum(name.startswith(f"{side}.blocks") and name.endswith("mlp_ln.weight") for name in tensors)
        for side in ("encoder", "decoder")
    )
    integers(_GGML_MAGIC, vocabulary, audio_context, audio_state, audio_state // 64, audio_layers)
    integers(text_context, text_state, text_state // 64, text_layers, bands, _FILE_TYPE_Q8_0)
    filters = mel_filters(bands)
    integers(*filters.shape)
    out.write(filters.tobytes())
    integers(len(tokens))
    for token in tokens:
        integers(len(token))
        out.write(token)
    for name, values in tensors.items():
        kind = _kind(name, values)
        encoded = name.encode()
        integers(values.ndim, len(encoded), kind)
        integers(*reversed(values.shape))
        out.write(encoded)
        out.write(_payload(np.ascontiguousarray(values), kind))


def _kind(name: str, values: Array) -> int:
    if values.ndim < 2 or name in _KEEP_F32:
        return _TYPE_F32
    return _TYPE_Q8_0 if values.ndim == 2 else _TYPE_F16


def _payload(values: Array, kind: int) -> bytes:
    if kind == _TYPE_F32:
        return values.astype(np.float32).tobytes()
    if kind == _TYPE_F16:
        return values.astype(np.float16).tobytes()
    return bytes(quants.quantize(values.astype(np.float32), GGMLQuantizationType.Q8_0).tobytes())
