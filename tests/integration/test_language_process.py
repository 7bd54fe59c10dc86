"""The language process over the node's bus, and its death in the middle of an answer."""

import asyncio
import contextlib
import dataclasses
import os
import signal
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from edge_node.app.models_fit import plan_of
from edge_node.bus.local import Bus
from edge_node.language.client import LanguageClient
from edge_node.models import fit
from edge_node.models.registry import Registry
from edge_node.ports.failure import EngineError
from edge_node.ports.language import DeadlineClass, Generation, Message
from edge_node.settings import load
from interview_proto import subjects

ENDLESS = "root ::= [a-z ]+"


def asked(text: str, *, max_tokens: int = 16, timeout_seconds: float = 30.0, grammar: str = "") -> Generation:
    return Generation(
        (Message("user", text),),
        max_tokens=max_tokens,
        deadline_class=DeadlineClass.LIVE,
        timeout_seconds=timeout_seconds,
        grammar=grammar,
    )


@contextlib.asynccontextmanager
async def language_process(url: str, models_dir: Path, bus: Bus) -> AsyncIterator[asyncio.subprocess.Process]:
    """A running ``edge-node language`` that answers its health request."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "edge_node", "language",
        env=os.environ | {"EDGE_NODE_NATS_URL": url, "EDGE_NODE_MODELS_DIR": str(models_dir)},
        stderr=asyncio.subprocess.DEVNULL,
    )  # fmt: skip
    try:
        async with asyncio.timeout(60):
            while True:
                with contextlib.suppress(EngineError):
                    await bus.request(subjects.health("language"), b"", timeout_seconds=1)
                    break
                await asyncio.sleep(0.1)
        yield process
    finally:
        if process.returncode is None:
            process.terminate()
        await asyncio.wait_for(process.wait(), 20)


async def text_of(client: LanguageClient, request: Generation) -> str:
    return "".join([piece.text async for piece in client.generate(request)])


async def test_it_serves_dies_and_serves_again(node_nats: str, bus: Bus, models_dir: Path) -> None:
    client = LanguageClient(bus)
    with pytest.raises(EngineError) as nobody:
        await text_of(client, asked("Anyone?"))
    assert nobody.value.code == "unavailable"

    async with language_process(node_nats, models_dir, bus) as process:
        assert "Paris" in await text_of(client, asked("What is the capital of France?"))
        pieces = client.generate(asked("Go on.", max_tokens=4000, timeout_seconds=3, grammar=ENDLESS))
        with pytest.raises(EngineError) as killed:
            async for _ in pieces:
                if process.returncode is None:
                    process.send_signal(signal.SIGKILL)
                    await process.wait()
        assert killed.value.code in ("late", "unavailable")
        with pytest.raises(EngineError) as gone:
            await text_of(client, asked("Still there?", timeout_seconds=3))
        assert gone.value.code in ("late", "unavailable")

    async with language_process(node_nats, models_dir, bus) as process:
        assert "Paris" in await text_of(client, asked("What is the capital of France?"))
    assert process.returncode == 0


async def test_failures_and_cancels_cross_the_bus(node_nats: str, bus: Bus, models_dir: Path) -> None:
    client = LanguageClient(bus)
    async with language_process(node_nats, models_dir, bus):
        with pytest.raises(EngineError) as long:
            await text_of(client, asked("word " * 9000))
        assert long.value.code == "bad_request"
        with pytest.raises(EngineError) as noise:
            await bus.request(subjects.GENERATE, b"\xff\xff", timeout_seconds=5)
        assert noise.value.code == "bad_request"
        # Eight times the four slots: without the cancels the later ones would be refused or late.
        for _ in range(32):
            pieces = client.generate(asked("Go on.", max_tokens=4000, grammar=ENDLESS))
            async for _piece in pieces:
                break
            await pieces.aclose()  # type: ignore[attr-defined]
        assert await text_of(client, asked("Hello.", timeout_seconds=10))


def resident_bytes(process_id: int) -> int:
    """Memory of a process that is really there, files it reads included."""
    (line,) = (line for line in Path(f"/proc/{process_id}/status").read_text().splitlines() if "VmRSS" in line)
    return int(line.split()[1]) * 1024


@pytest.mark.parametrize("rooms", [1, 8])
async def test_the_forecast_is_what_the_process_takes(
    node_nats: str, bus: Bus, models_dir: Path, monkeypatch: pytest.MonkeyPatch, rooms: int
) -> None:
    monkeypatch.setenv("EDGE_NODE_ROOMS_MAX", str(rooms))
    monkeypatch.setenv("EDGE_NODE_MODELS_DIR", str(models_dir))
    settings = load()
    plan = plan_of(settings, Registry(models_dir, "starter").path("language").path)
    async with language_process(node_nats, models_dir, bus) as process:
        client = LanguageClient(bus)
        await text_of(client, asked("word " * 900, max_tokens=4))
        # Nothing had to leave the memory yet.
        forecast = fit.forecast(dataclasses.replace(plan, saved_bytes=0))
        assert forecast.total == pytest.approx(resident_bytes(process.pid), rel=0.1)


async def test_a_model_that_cannot_fit_is_refused_at_start(node_nats: str, models_dir: Path) -> None:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "edge_node", "language",
        env=os.environ
        | {
            "EDGE_NODE_NATS_URL": node_nats,
            "EDGE_NODE_MODELS_DIR": str(models_dir),
            "EDGE_NODE_LANGUAGE__ROOM_CONTEXT_TOKENS": "500000000",
        },
        stderr=asyncio.subprocess.PIPE,
    )  # fmt: skip
    _, told = await asyncio.wait_for(process.communicate(), 30)
    assert process.returncode
    assert b"What would fit" in told
