"""Noises and speech over the interviewer, through the real voice activity and the core's barge-in."""

import asyncio
import sys
import time
from collections import Counter
from collections.abc import Iterator
from math import ceil
from statistics import median
from typing import Any

import av
import numpy as np
from edge_node.core.audio import SAMPLE_RATE_HZ
from edge_node.core.dialogue import turn as floor
from edge_node.core.dialogue.turn import BargedIn, Heard, InterviewerBegan, Turn
from edge_node.core.dialogue.utterance import WINDOW_SAMPLES
from edge_node.media.outbound import Playout
from edge_node.rehearsal.sound import RATE_HZ, Samples, audible
from edge_node.rehearsal.voice import Voice
from edge_node.speech.voice_activity import SileroVoiceActivity

from bench._answers import at_16k
from bench._ears import Ears
from bench._noises import MADE, made, mm_hms
from bench._sentences import CLAUSE, SENTENCES, WORD

LEAD_SECONDS = 1.0
EACH = 20
"""Noises of a kind that is made."""

SPEAKERS = 12
"""Sentences a language begun over the interviewer."""


def _stopped_after(sound: Samples, ears: Ears, noise: np.random.Generator) -> float | None:
    """Seconds from the sound's first sample to the decision to stop; None when the interviewer speaks on."""
    silence = np.zeros(round(LEAD_SECONDS * RATE_HZ), np.int16)
    pcm = at_16k(np.concatenate([silence, sound, silence]), noise)
    voice, turn = SileroVoiceActivity(ears.voices), Turn()
    turn, _ = floor.step(turn, ears.rules.dialogue, InterviewerBegan(yields=True))
    for begin in range(0, len(pcm) // 2 - WINDOW_SAMPLES, WINDOW_SAMPLES):
        end = begin + WINDOW_SAMPLES
        heard = Heard(voice.probability(pcm[2 * begin : 2 * end]), end)
        turn, outcomes = floor.step(turn, ears.rules.dialogue, heard)
        if any(isinstance(outcome, BargedIn) for outcome in outcomes):
            return end / SAMPLE_RATE_HZ - LEAD_SECONDS
    return None


async def _speech(language: str, seed: int) -> list[Samples]:
    async with Voice(language, seed=seed) as voice:
        chosen = SENTENCES[language][:SPEAKERS]
        return [await voice.speak(" ".join(text.replace(CLAUSE, " ").replace(WORD, " ").split())) for text in chosen]


def _noises(rng: np.random.Generator, seed: int) -> Iterator[tuple[str, Samples]]:
    for kind in MADE:
        yield from ((kind, made(kind, rng)) for _ in range(EACH))
    yield from (("mm-hm", sound) for sound in mm_hms(seed))


def measured(ears: Ears, seed: int) -> dict[str, Any]:
    """What came of every sound; raises VoiceError without the voice program."""
    rng = np.random.default_rng(seed)
    of, stopped = Counter[str](), Counter[str]()
    for kind, sound in _noises(rng, seed):
        of[kind] += 1
        stopped[kind] += _stopped_after(sound, ears, rng) is not None
    speech = [sound for language in SENTENCES for sound in asyncio.run(_speech(language, seed))]
    after = [_stopped_after(sound, ears, rng) for sound in speech]
    times = sorted(round(1000 * seconds) for seconds in after if seconds is not None)
    sys.stderr.write(f"turn: stopped by {dict(stopped)} of {dict(of)}; by speech {len(times)} of {len(after)}\n")
    return {
        "false_barge_ins": round(stopped.total() / of.total(), 4),
        "false_barge_ins_by": {kind: round(stopped[kind] / of[kind], 4) for kind in of},
        "missed_barge_ins": round(1 - len(times) / len(after), 4),
        "barge_in_ms": {
            "p50": round(median(times)) if times else None,
            "p95": times[ceil(0.95 * len(times)) - 1] if times else None,
            "n": len(times),
        },
        "clear_ms": clear_ms(),
    }


def clear_ms() -> float:
    """From clearing 1 s of queued sound to the first frame without any of it leaving, the longest of 20."""
    return round(asyncio.run(_clear()), 1)


async def _clear() -> float:
    tone = (np.full(RATE_HZ, 8000, "<i2")).tobytes()
    longest = 0.0
    for _ in range(20):
        track = Playout()
        await track.play(tone)
        ear = av.CodecContext.create("libopus", "r")
        _heard(ear, await track.recv())
        began = time.perf_counter()
        track.clear()
        while audible(_heard(ear, await track.recv())):
            pass
        longest = max(longest, 1000 * (time.perf_counter() - began))
        track.stop()
    return longest


def _heard(ear: Any, packet: av.Packet) -> "np.ndarray[Any, np.dtype[np.int16]]":
    """What a page would play of it."""
    return np.concatenate([(frame.to_ndarray() * 32767).astype(np.int16).reshape(-1) for frame in ear.decode(packet)])
