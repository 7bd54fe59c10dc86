"""``edge-node probe``: whether this node can hold an interview, by one rehearsed turn through its own engines.

A process that runs proves nothing: a sentence is spoken, heard back and answered, each over the node's own bus, and the
room page is fetched as a browser would. Prints JSON; exit status 0 only when all of it came out right.
"""

import argparse
import asyncio
import json
import ssl
import sys
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from importlib.metadata import version
from typing import Any

import httpx
import jiwer
import numpy as np
import soxr

from edge_node.bus import health
from edge_node.bus.local import Bus, connect
from edge_node.identity.store import IdentityStore
from edge_node.language.client import LanguageClient
from edge_node.ports.failure import EngineError
from edge_node.ports.language import DeadlineClass, Generation, Message
from edge_node.rehearsal.sound import trimmed
from edge_node.settings import Settings, read_secret
from edge_node.speech.client import BusSynthesizer, BusTranscriber
from edge_node.telemetry import logs

SENTENCE = "Please tell me about a project that you are proud of."
LANGUAGE = "en"
WORST_WORD_ERROR_RATE = 0.5
SECONDS_SPOKEN = (1.0, 15.0)
STEP_SECONDS = 30.0
AGAIN_SECONDS = 1.0


class ProbeFailed(Exception):
    """A step's output is wrong; the message says what came instead."""


@dataclass
class Findings:
    """What was found so far."""

    steps: dict[str, Any] = field(default_factory=dict)
    failed_step: str = ""
    reason: str = ""


def run(arguments: Sequence[str], settings: Settings) -> int:
    """0 when a turn came out right, 1 when not; one JSON object on standard output says what was seen."""
    parser = argparse.ArgumentParser(prog="edge-node probe", description=__doc__)
    parser.add_argument("--wait-seconds", type=float, default=60.0, help="for the processes to be ready (default: 60)")
    options = parser.parse_args(arguments)
    # What it says is one JSON object; every try to reach a node that is down is for a service's log.
    logs.configure("probe", level="error", personal=settings.log_personal_data)
    found = asyncio.run(_probe(settings, options.wait_seconds))
    said = {"ok": not found.failed_step, "version": version("edge-node"), "steps": found.steps}
    if found.failed_step:
        said |= {"failed_step": found.failed_step, "reason": found.reason}
    sys.stdout.write(json.dumps(said) + "\n")
    return 0 if said["ok"] else 1


async def _probe(settings: Settings, wait_seconds: float) -> Findings:
    found = Findings()
    bus: Bus | None = None

    async def step(name: str, work: Callable[[], Awaitable[Any]], seconds: float = STEP_SECONDS) -> Any:
        began = time.monotonic()
        try:
            outcome, said = await asyncio.wait_for(work(), seconds)
        except (ProbeFailed, EngineError, OSError, TimeoutError, httpx.HTTPError, ssl.SSLError) as error:
            found.failed_step = name
            found.reason = str(error) or f"no answer within {seconds:.0f} s"
            raise ProbeFailed(name) from None
        found.steps[name] = {"seconds": round(time.monotonic() - began, 3), **said}
        return outcome

    async def reach() -> tuple[Bus, dict[str, Any]]:
        return await connect(
            settings.nats_url, process="probe", token=read_secret(settings.nats_token_file), wait_seconds=wait_seconds
        ), {}

    try:
        bus = await step("bus", reach, wait_seconds + STEP_SECONDS)
        assert bus is not None
        await step("processes", lambda: _processes(bus, settings, wait_seconds), wait_seconds + STEP_SECONDS)
        spoken = await step("speak", lambda: speak(BusSynthesizer(bus)))
        await step("hear", lambda: hear(BusTranscriber(bus), spoken))
        await step("answer", lambda: answer(LanguageClient(bus), settings.language.follow_up_deadline_seconds))
        await step("page", lambda: _page(settings))
    except ProbeFailed:
        pass
    finally:
        if bus is not None:
            await bus.close()
    return found


async def _processes(bus: Bus, settings: Settings, wait_seconds: float) -> tuple[None, dict[str, Any]]:
    """Every process answers and none reports a problem, soon enough."""
    deadline = time.monotonic() + wait_seconds
    names = (*health.NEEDED, *health.WISHED, *(health.FETCHING if settings.pull.group else ()))
    while True:
        node = await health.ask(bus, names, rooms=settings.rooms)
        if not node.problems:
            return None, {}
        if time.monotonic() >= deadline:
            raise ProbeFailed(", ".join(node.problems))
        await asyncio.sleep(AGAIN_SECONDS)


async def speak(synthesizer: BusSynthesizer) -> tuple[bytes, dict[str, Any]]:
    """The sentence as sound, s16le mono 16 kHz; raises ProbeFailed for silence."""
    parts = [part async for part in synthesizer.synthesize(SENTENCE, language=LANGUAGE, timeout_seconds=STEP_SECONDS)]
    samples = trimmed(np.frombuffer(b"".join(parts), np.int16))
    seconds = len(samples) / 48_000
    if not SECONDS_SPOKEN[0] <= seconds <= SECONDS_SPOKEN[1]:
        raise ProbeFailed(f"the voice gave {seconds:.1f} s of audible sound for a sentence")
    return soxr.resample(samples, 48_000, 16_000).astype("<i2").tobytes(), {"audible_seconds": round(seconds, 2)}


async def hear(transcriber: BusTranscriber, pcm: bytes) -> tuple[str, dict[str, Any]]:
    """What was heard of it; raises ProbeFailed when that is something else."""
    heard = await transcriber.transcribe(pcm, language=LANGUAGE, partial=False, prompt="", timeout_seconds=STEP_SECONDS)
    wrong = word_error_rate(heard.text)
    if wrong > WORST_WORD_ERROR_RATE:
        raise ProbeFailed(f"heard {heard.text!r} instead of {SENTENCE!r}")
    return heard.text, {"word_error_rate": round(wrong, 3)}


def word_error_rate(heard: str) -> float:
    """Share of the sentence's words heard wrongly, without case and punctuation; may exceed 1."""
    plain = [" ".join("".join(c if c.isalnum() else " " for c in text.lower()).split()) for text in (SENTENCE, heard)]
    return float(jiwer.wer(plain[0], plain[1]))


async def answer(model: LanguageClient, seconds: float) -> tuple[None, dict[str, Any]]:
    """The model words something within an interview's deadline; raises ProbeFailed for nothing."""
    request = Generation(
        messages=(
            Message("system", "You are an interviewer. Ask one short question."),
            Message("user", "I built the booking system of a hotel."),
        ),
        max_tokens=24,
        deadline_class=DeadlineClass.LIVE,
        timeout_seconds=seconds,
    )
    pieces = [piece async for piece in model.generate(request)]
    text = "".join(piece.text for piece in pieces)
    if sum(letter.isalpha() for letter in text) < 3:
        raise ProbeFailed(f"the language model answered {text!r}")
    return None, {"characters": len(text), "tokens": pieces[-1].generated_tokens}


async def _page(settings: Settings) -> tuple[None, dict[str, Any]]:
    """The room page, with the certificate a browser will see; raises ProbeFailed when it is not served."""
    tls = settings.tls_certificate_file is not None
    verify: ssl.SSLContext | bool = True
    if tls:
        verify = ssl.create_default_context(cafile=IdentityStore(settings.data_dir).page_authority_file)
    host = "127.0.0.1" if settings.http_host in ("0.0.0.0", "::") else settings.http_host  # noqa: S104 - compared
    url = f"{'https' if tls else 'http'}://{host}:{settings.http_port}/"
    async with httpx.AsyncClient(verify=verify, trust_env=False, timeout=STEP_SECONDS) as http:
        request = http.build_request("GET", url, extensions={"sni_hostname": settings.node_id} if tls else {})
        reply = await http.send(request)
    if reply.status_code != 200 or "<html" not in reply.text.lower():
        raise ProbeFailed(f"the room page answered {reply.status_code} without a page")
    return None, {}
