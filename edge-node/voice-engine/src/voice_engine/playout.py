# SPDX-License-Identifier: GPL-3.0-or-later
"""A text becomes 48 kHz sound, piece by piece, through one resampler so that pieces join without a click."""

from collections.abc import Iterator

import numpy as np
import soxr

from voice_engine.voices import Samples, Stopped, Voice

RATE_HZ = 48_000
CHUNK_SAMPLES = RATE_HZ // 2
"""Longest chunk handed out: half a second."""

PAUSE_SECONDS = 0.18
"""Silence between two sentences."""


def chunks(text: str, voice: Voice, stopped: Stopped) -> Iterator[bytes]:
    """s16le, mono, 48 kHz, up to half a second each; the first comes once the first piece is spoken."""
    resampler = soxr.ResampleStream(voice.rate_hz, RATE_HZ, 1, dtype="int16", quality="MQ")
    pause = np.zeros(round(voice.rate_hz * PAUSE_SECONDS), np.int16)
    spoken: str | None = None
    for piece in voice.pieces(text):
        if stopped():
            return
        if spoken is not None and spoken[-1] in ".!?…。？！":
            yield from _sliced(resampler.resample_chunk(pause, last=False))
        for samples in voice.speak(piece, stopped):
            yield from _sliced(resampler.resample_chunk(samples, last=False))
        spoken = piece
    yield from _sliced(resampler.resample_chunk(np.zeros(0, np.int16), last=True))


def _sliced(samples: Samples) -> Iterator[bytes]:
    for at in range(0, len(samples), CHUNK_SAMPLES):
        yield samples[at : at + CHUNK_SAMPLES].astype("<i2").tobytes()
