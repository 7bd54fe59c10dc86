"""Headers of model files, and the forecast of what a model takes."""

import contextlib
import struct
from dataclasses import replace
from pathlib import Path

import gguf
import numpy as np
import pytest
from edge_node.models import fit, gguf_header, machine, shapes
from edge_node.models.fit import DoesNotFit, Plan
from edge_node.models.gguf_header import BadHeader
from hypothesis import given, settings
from hypothesis import strategies as st

EXAONE = shapes.SHAPES["exaone-7.8b"]


def write(path: Path, *, tied: bool = False) -> Path:
    """A small decoder with every kind of metadata value."""
    writer = gguf.GGUFWriter(path, "exaone")
    writer.add_context_length(1024)
    writer.add_embedding_length(64)
    writer.add_block_count(2)
    writer.add_feed_forward_length(128)
    writer.add_head_count(4)
    writer.add_head_count_kv(2)
    writer.add_rope_freq_base(1e6)
    writer.add_add_bos_token(False)
    writer.add_token_list(["a", "나", "<end>"])
    writer.add_token_scores([0.0, 1.0, 2.0])
    matrix = np.zeros((32, 64), np.float32)
    packed = gguf.quants.quantize(matrix, gguf.GGMLQuantizationType.Q4_0)
    writer.add_tensor("token_embd.weight", packed, raw_dtype=gguf.GGMLQuantizationType.Q4_0)
    if not tied:
        writer.add_tensor("output.weight", packed, raw_dtype=gguf.GGMLQuantizationType.Q4_0)
    writer.add_tensor("output_norm.weight", np.ones(64, np.float32))
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    return path


def test_a_header_says_what_the_model_looks_like(tmp_path: Path) -> None:
    header = gguf_header.read(write(tmp_path / "small.gguf"))
    shape = shapes.shape_of(header)
    assert (shape.layers, shape.embedding, shape.kv_heads, shape.head, shape.vocabulary) == (2, 64, 2, 16, 32)
    assert header.metadata["tokenizer.ggml.tokens"] == 3
    assert header.metadata["exaone.rope.freq_base"] == pytest.approx(1e6)
    matrix = 32 * 64 // 32 * 18
    weights = shapes.weights_in(header)
    assert (weights.embedding, weights.rest, weights.repacked) == (matrix, matrix + 256, matrix)
    assert weights.total == 2 * matrix + 256


def test_an_embedding_that_is_the_output_too_counts_once_in_the_file(tmp_path: Path) -> None:
    weights = shapes.weights_in(gguf_header.read(write(tmp_path / "tied.gguf", tied=True)))
    assert weights.total == weights.rest == 32 * 64 // 32 * 18 + 256


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_a_damaged_file_is_refused_and_nothing_worse(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    whole = write(tmp_path_factory.mktemp("gguf") / "whole.gguf").read_bytes()
    at = data.draw(st.integers(0, 900))
    changed = whole[:at] + data.draw(st.binary(min_size=1, max_size=8)) + whole[at + data.draw(st.integers(0, 8)) :]
    path = tmp_path_factory.mktemp("gguf") / "changed.gguf"
    path.write_bytes(changed[: data.draw(st.integers(0, len(changed)))])
    with contextlib.suppress(BadHeader):
        shapes.shape_of(gguf_header.read(path))


def test_a_count_nobody_could_mean_is_refused_at_once(tmp_path: Path) -> None:
    path = tmp_path / "huge.gguf"
    path.write_bytes(b"GGUF" + struct.pack("<IQQ", 3, 1 << 60, 1 << 60))
    with pytest.raises(BadHeader, match="entries"):
        gguf_header.read(path)


def test_exaone_takes_what_its_published_files_take() -> None:
    # Sizes of EXAONE-3.5-32B-Instruct's files as their publisher lists them: f16 64.01 GB, Q8_0 34.01 GB.
    large = shapes.SHAPES["exaone-32b"]
    assert shapes.weights_of(large, "F16").total == pytest.approx(64.01e9, rel=0.01)
    assert shapes.weights_of(large, "Q8_0").total == pytest.approx(34.01e9, rel=0.01)
    assert EXAONE.kv_bytes_per_token == 131_072


def plan(rooms: int = 16, context: int = 4096, *, gpu: bool = True, quantization: str = "Q4_K_M") -> Plan:
    return Plan(EXAONE, shapes.weights_of(EXAONE, quantization), rooms, context, gpu)


def test_more_rooms_more_context_and_larger_weights_take_more() -> None:
    total = fit.forecast(plan()).total
    assert fit.forecast(plan(rooms=17)).total > total
    assert fit.forecast(plan(context=4352)).total > total
    assert fit.forecast(plan(quantization="Q5_K_M")).total > total


def test_what_does_not_fit_is_refused_and_every_change_named_would_fit() -> None:
    with pytest.raises(DoesNotFit, match="What would fit: 10 rooms") as refused:
        fit.require(plan(), 12_000_000_000)
    assert "exaone-2.4b" in str(refused.value)
    assert fit.require(plan(rooms=10), 12_000_000_000).total <= 12_000_000_000
    assert fit.forecast(plan(rooms=11)).total > 12_000_000_000
    assert fit.require(plan(), None) == fit.forecast(plan())


def test_where_nothing_is_small_enough_the_refusal_says_so() -> None:
    with pytest.raises(DoesNotFit, match="more memory"):
        fit.require(plan(), 100_000_000)


def test_a_larger_quantization_gives_way_to_a_smaller_one() -> None:
    found = fit.what_would_fit(plan(rooms=1, quantization="F16"), 11_000_000_000)
    assert any("quantization Q8_0" in one for one in found)


def test_the_pool_follows_the_rooms_unless_it_is_set() -> None:
    assert plan(rooms=2, context=2048).pool == (8192, 4)
    assert replace(plan(), context_tokens=1000, sequences=3).pool == (1000, 3)


def test_free_memory_is_that_of_the_tighter_of_machine_and_group(tmp_path: Path) -> None:
    meminfo = tmp_path / "meminfo"
    meminfo.write_text("MemTotal:  100 kB\nMemAvailable:   80 kB\n")
    assert machine.free_ram_bytes(meminfo, tmp_path) == 80 * 1024
    (tmp_path / "memory.max").write_text("50000\n")
    (tmp_path / "memory.current").write_text("20000\n")
    assert machine.free_ram_bytes(meminfo, tmp_path) == 30_000
    (tmp_path / "memory.max").write_text("max\n")
    assert machine.free_ram_bytes(meminfo, tmp_path) == 80 * 1024
    assert machine.free_ram_bytes(tmp_path / "none", tmp_path) is None
