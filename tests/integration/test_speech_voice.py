"""The voice program as the speech process owns it: a real child on real pipes."""

import asyncio
import os
import signal
import sys
import time
from collections.abc import AsyncIterator
from contextlib import aclosing

import numpy as np
import pytest
import pytest_asyncio
from edge_node.ports.failure import EngineError
from edge_node.speech.codec import Utterance
from edge_node.speech.voice_process import RESTARTS, VoiceProcess, find_program

LONG = (
    "Thank you for telling me about the billing service. I would like to hear more about how you found the cause. "
    "Which measurements did you take first, and what did they show? Then tell me who helped you. "
) * 2


def command() -> list[str]:
    program = find_program("voice-engine")
    assert program is not None
    return [program]


pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def voice() -> AsyncIterator[VoiceProcess]:
    made = VoiceProcess(command())
    await made.start()
    try:
        yield made
    finally:
        await made.close()


async def spoken(voice: VoiceProcess, text: str, language: str = "en", name: str = "first") -> list[bytes]:
    return [pcm async for pcm in voice.synthesize(Utterance(text, language, name), timeout_seconds=60)]


@pytest.mark.parametrize(("text", "language"), [("Hello, and welcome.", "en"), ("안녕하세요. 반갑습니다.", "ko")])
@pytest.mark.parametrize("name", ["first", "second"])
async def test_it_speaks_whole_samples_at_a_speaking_level(
    voice: VoiceProcess, text: str, language: str, name: str
) -> None:
    pcm = b"".join(await spoken(voice, text, language, name))
    samples = np.frombuffer(pcm, "<i2").astype(float)
    assert 0.8 < len(samples) / 48_000 < 6
    assert 500 < np.sqrt((samples**2).mean()) < 12_000
    assert np.abs(samples).max() < 32_767


async def test_the_first_sound_comes_long_before_the_last(voice: VoiceProcess) -> None:
    started = time.perf_counter()
    at = [time.perf_counter() - started async for _ in voice.synthesize(Utterance(LONG, "en"), timeout_seconds=60)]
    assert at[0] < at[-1] / 4


async def test_closing_the_stream_stops_the_work(voice: VoiceProcess) -> None:
    whole = time.perf_counter()
    await spoken(voice, LONG)
    whole = time.perf_counter() - whole
    async with aclosing(voice.synthesize(Utterance(LONG, "en"), timeout_seconds=60)) as sound:
        await anext(sound)
    next_one = time.perf_counter()
    assert await spoken(voice, "Yes.")
    assert time.perf_counter() - next_one < whole / 2


async def test_killed_in_mid_sentence_the_next_text_is_spoken(voice: VoiceProcess) -> None:
    first_id = voice.process_id
    assert first_id is not None
    with pytest.raises(EngineError) as failure:
        async for _ in voice.synthesize(Utterance(LONG, "en"), timeout_seconds=60):
            os.kill(first_id, signal.SIGKILL)
    assert failure.value.code == "unavailable"
    assert await spoken(voice, "I am back.")
    assert voice.process_id not in (None, first_id)


async def test_a_waiting_text_outlives_the_one_that_was_given_up(voice: VoiceProcess) -> None:
    async def give_up() -> None:
        async for _ in voice.synthesize(Utterance(LONG, "en"), timeout_seconds=60):
            await asyncio.sleep(30)

    rude = asyncio.create_task(give_up())
    await asyncio.sleep(0.3)
    patient = asyncio.create_task(spoken(voice, "Now me."))
    await asyncio.sleep(0)
    rude.cancel()
    assert await asyncio.wait_for(patient, 20)


@pytest.mark.parametrize(
    ("text", "language", "name"),
    [(" ", "en", "first"), ("x", "xx", "first"), ("x", "en", "third"), ("x" * 5000, "en", "first")],
)
async def test_what_cannot_be_spoken_is_refused_and_the_next_is_not(
    voice: VoiceProcess, text: str, language: str, name: str
) -> None:
    with pytest.raises(EngineError) as failure:
        await spoken(voice, text, language, name)
    assert failure.value.code == "bad_request"
    assert await spoken(voice, "Go on.")


async def test_garbage_on_its_input_does_not_kill_it() -> None:
    process = await asyncio.create_subprocess_exec(
        *command(), stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE
    )
    assert process.stdin is not None
    assert process.stdout is not None
    text = b'{"id": "7", "text": "Yes.", "language": "en"}'
    request = b"VOX1" + len(text).to_bytes(4, "big") + bytes(4) + text
    process.stdin.write(os.urandom(5000) + b"\nVOX1" + b"\xff" * 8 + b"GET / HTTP/1.1\r\n\r\n" + request)
    replies = b""
    async with asyncio.timeout(60):
        while b'"last": true' not in replies:
            replies += await process.stdout.read(65536)
        process.stdin.close()
        assert await process.wait() == 0
    assert b'"id": "7", "rate": 48000, "last": false' in replies


async def test_a_program_that_always_dies_is_not_started_for_ever() -> None:
    voice = VoiceProcess([sys.executable, "-c", "raise SystemExit(1)"])
    for _ in range(RESTARTS + 1):
        with pytest.raises(EngineError) as failure:
            await spoken(voice, "Hello.")
        assert failure.value.code == "unavailable"
    assert "died" in failure.value.detail


async def test_the_line_in_front_of_it_is_bounded(voice: VoiceProcess) -> None:
    async def one() -> str:
        try:
            await spoken(voice, "Yes.")
        except EngineError as error:
            return error.code
        return "spoken"

    codes = await asyncio.gather(*(one() for _ in range(12)))
    assert set(codes) == {"spoken", "busy"}
    assert codes.count("spoken") == 9
