"""Generated models of other shapes: what the forecast says is in the file, and the service runs them."""

import argparse
import asyncio
import contextlib
import shutil
from pathlib import Path

import pytest
from bench import _models, llm
from edge_node.language.engine import Engine
from edge_node.language.engine_settings import EngineSettings
from edge_node.models import gguf_header, shapes
from edge_node.models.registry import Registry
from edge_node.models.shapes import Shape
from edge_node.ports.language import DeadlineClass, Generation, Message

SMALL = Shape(
    layers=8, embedding=256, feed_forward=512, heads=4, kv_heads=2, head=64, vocabulary=2048, trained_context=512
)


async def test_a_generated_model_has_the_forecast_size_and_runs(models_dir: Path, tmp_path: Path) -> None:
    vocabulary_of = Registry(models_dir, "starter").path("language").path
    made = _models.placed(SMALL, "Q4_K_M", vocabulary_of, tmp_path)
    header = gguf_header.read(made.path)
    assert shapes.shape_of(header) == SMALL
    assert shapes.weights_in(header).total == pytest.approx(shapes.weights_of(SMALL, "Q4_K_M").total, rel=1e-3)
    assert {tensor.kind for tensor in header.tensors} == {"F32", "Q4_K", "Q6_K"}
    ready = Registry(tmp_path, "production").path("language")
    assert ready.path == made.path

    engine = Engine(ready.path, ready.digest, EngineSettings(context_tokens=512, sequences=2, threads=1))
    work = asyncio.create_task(engine.run())
    request = Generation((Message("user", "Hello there."),), 8, DeadlineClass.LIVE, 60)
    last = [piece async for piece in engine.generate(request)][-1]
    assert last.finish_reason in ("length", "stop")
    assert last.model_digest == ready.digest
    work.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await work


def test_a_bench_on_a_gpu_says_what_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda _: None)
    options = argparse.Namespace(device="cuda", shape="exaone-7.8b", threads=1, rounds=1, blocks=1, seed=1, long=False)
    with pytest.raises(SystemExit, match="nvidia-smi"):
        llm.run(options)
