"""The speech process as the node runs it: its own process, asked over the node's own bus."""

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import aclosing
from pathlib import Path

import numpy as np
import psutil
import pytest
import soxr
from edge_node.bus.local import Bus
from edge_node.ports.failure import EngineError
from edge_node.speech.client import BusSynthesizer, BusTranscriber
from interview_proto import subjects

SENTENCE = "We had a conflict in the team about the deadline, so I invited everybody to a short meeting."


@pytest.fixture
async def speech(node_nats: str, bus: Bus, models_dir: Path, tmp_path: Path) -> AsyncIterator[subprocess.Popen[bytes]]:
    environment = os.environ | {
        "EDGE_NODE_NATS_URL": node_nats,
        "EDGE_NODE_MODELS_DIR": str(models_dir),
        "EDGE_NODE_DATA_DIR": str(tmp_path),
    }
    process = subprocess.Popen([sys.executable, "-m", "edge_node", "speech"], env=environment)
    try:
        async with asyncio.timeout(60):
            while True:
                try:
                    await bus.request(subjects.health("speech"), b"", timeout_seconds=1)
                except EngineError:
                    await asyncio.sleep(0.1)
                else:
                    break
        yield process
    finally:
        process.terminate()
        await asyncio.to_thread(process.wait, 20)


async def spoken(bus: Bus, text: str, voice: str) -> bytes:
    synthesizer = BusSynthesizer(bus, voice=voice)
    sound = b"".join([pcm async for pcm in synthesizer.synthesize(text, language="en", timeout_seconds=30)])
    return soxr.resample(np.frombuffer(sound, "<i2"), 48_000, 16_000).astype("<i2").tobytes()


async def test_it_hears_what_it_says_and_leaves_nothing_behind(speech: subprocess.Popen[bytes], bus: Bus) -> None:
    pcm = await spoken(bus, SENTENCE, "second")
    transcriber = BusTranscriber(bus)
    heard = await transcriber.transcribe(pcm, language="en", partial=False, prompt="", timeout_seconds=30)
    assert "conflict in the team about the deadline" in heard.text
    assert heard.engine_ms > 0

    # More than one message of the bus: the words of the second keep their place.
    pause = bytes(2 * 16_000 * 125)
    heard = await transcriber.transcribe(pcm + pause + pcm, language="en", partial=False, prompt="", timeout_seconds=60)
    assert heard.text.count("conflict in the team") == 2
    assert heard.words[-1].start_ms > 125_000

    with pytest.raises(EngineError, match="bad_request"):
        await transcriber.transcribe(pcm, language="fr", partial=False, prompt="", timeout_seconds=10)
    with pytest.raises(EngineError, match="bad_request"):
        await bus.request(subjects.TRANSCRIBE, b"\xff\xff\xff", timeout_seconds=10)

    children = psutil.Process(speech.pid).children()
    assert children
    speech.send_signal(signal.SIGKILL)
    await asyncio.to_thread(speech.wait, 10)
    _, alive = await asyncio.to_thread(psutil.wait_procs, children, 10)
    assert not alive


async def test_a_text_given_up_makes_room_for_the_next(speech: subprocess.Popen[bytes], bus: Bus) -> None:
    synthesizer = BusSynthesizer(bus)
    for _ in range(3):
        async with aclosing(synthesizer.synthesize(SENTENCE * 10, language="en", timeout_seconds=30)) as sound:
            assert len(await anext(sound)) > 1000
    async with asyncio.timeout(10):
        assert await spoken(bus, "Yes.", "first")

    # The voice program dies in mid-sentence; the next text finds a new one.
    (child,) = psutil.Process(speech.pid).children()
    with pytest.raises(EngineError, match="unavailable"):
        async for _ in synthesizer.synthesize(SENTENCE * 10, language="en", timeout_seconds=30):
            child.kill()
    assert await spoken(bus, "Yes.", "first")
