"""Whisper by whisper.cpp: one model, one caller at a time (two at once crash the library)."""

import math
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from pywhispercpp.model import Model

from edge_node.core.audio import SAMPLE_RATE_HZ, seconds
from edge_node.ports.speech import TranscribedWord

FRAMES_A_SECOND = 50
WHOLE_CONTEXT = 1500
"""Frames of the encoder's whole window, 30 s. Fewer cost less, too few make it loop."""

LEAST_FINAL_CONTEXT = 768
LEAST_PARTIAL_CONTEXT = 512
SECOND_TEMPERATURE = 0.6
_MARGIN = 256
_TAIL_SAMPLES = SAMPLE_RATE_HZ // 2
"""Silence behind the last word; without it the last syllable is often misheard."""


_SHORTEST_SAMPLES = SAMPLE_RATE_HZ * 11 // 10
_LONGEST_PROMPT = 600
Floats = npt.NDArray[np.float32]


class Whisper:
    """The engine. Blocking: call it from the one thread that owns it."""

    def __init__(self, weights: Path, *, language: str, threads: int) -> None:
        if not weights.is_file():
            raise FileNotFoundError(weights)
        self._language = language
        self._threads = threads
        self._model = Model(str(weights), redirect_whispercpp_logs_to=None, print_progress=False)

    def words(
        self, pcm: bytes, *, prompt: str, aborted: Callable[[], bool], whole_context: bool = False
    ) -> list[TranscribedWord]:
        """Words with times and probabilities of up to 30 s (s16le, mono, 16 kHz), carefully; nothing once aborted.

        The clip begins with speech: silence in front is dealt out to the first words as time they did not take. Twice
        the tokens of fast speech bound what a loop may cost. A guess at another temperature is made with the whole
        context only, and once: it did not lower the error rate of noisy or broken speech, and it cost as much again.
        """
        samples = _samples(pcm)
        context = _context(len(samples), LEAST_FINAL_CONTEXT)
        segments = self._run(
            samples,
            prompt=prompt,
            audio_ctx=0 if whole_context or context >= WHOLE_CONTEXT else context,
            max_tokens=math.ceil(12 * seconds(len(samples))) + 32,
            single_segment=False,
            temperature_inc=SECOND_TEMPERATURE if whole_context else 0.0,
            word_times=True,
            aborted=aborted,
        )
        if aborted():
            return []
        return [
            TranscribedWord(segment.text, segment.t0 * 10, segment.t1 * 10, _probability(segment.probability))
            for segment in segments
            if segment.text
        ]

    def glance(self, pcm: bytes, *, prompt: str, aborted: Callable[[], bool]) -> list[TranscribedWord]:
        """Words without times of up to 30 s, cheaply; nothing once ``aborted()`` is true."""
        samples = _samples(pcm)
        segments = self._run(
            samples,
            prompt=prompt,
            audio_ctx=min(_context(len(samples), LEAST_PARTIAL_CONTEXT), WHOLE_CONTEXT),
            max_tokens=math.ceil(6 * seconds(len(samples))) + 16,
            single_segment=True,
            temperature_inc=0.0,
            word_times=False,
            aborted=aborted,
        )
        if aborted():
            return []
        return [
            TranscribedWord(word, 0, 0, _probability(segment.probability))
            for segment in segments
            for word in segment.text.split()
        ]

    def _run(
        self,
        samples: Floats,
        *,
        prompt: str,
        audio_ctx: int,
        max_tokens: int,
        single_segment: bool,
        temperature_inc: float,
        word_times: bool,
        aborted: Callable[[], bool],
    ) -> list[Any]:
        # Every parameter, every time: the library keeps what an earlier call set.
        found: list[Any] = self._model.transcribe(
            samples,
            abort_callback=aborted,
            extract_probability=True,
            n_threads=self._threads,
            language=self._language,
            detect_language=False,
            translate=False,
            no_context=True,
            no_timestamps=not word_times,
            token_timestamps=word_times,
            max_len=1 if word_times else 0,
            split_on_word=word_times,
            single_segment=single_segment,
            max_tokens=max_tokens,
            audio_ctx=audio_ctx,
            initial_prompt=prompt[:_LONGEST_PROMPT],
            suppress_blank=True,
            suppress_nst=False,
            temperature=0.0,
            temperature_inc=temperature_inc,
            entropy_thold=2.4,
            logprob_thold=-1.0,
            no_speech_thold=0.6,
            greedy={"best_of": 1},
            vad=False,
        )
        return found


def _samples(pcm: bytes) -> Floats:
    """float32 in [-1, 1] with silence behind; clips too short for the engine get more of it."""
    samples = np.frombuffer(pcm, "<i2").astype(np.float32) / 32768.0
    return np.pad(samples, (0, max(_TAIL_SAMPLES, _SHORTEST_SAMPLES - len(samples))))


def _context(samples: int, least: int) -> int:
    return max(least, math.ceil(FRAMES_A_SECOND * seconds(samples)) + _MARGIN)


def _probability(value: float) -> float:
    return 0.0 if math.isnan(value) else min(max(value, 0.0), 1.0)
