"""Cuts long audio where it is quiet, so that no word is cut in two."""

from collections.abc import Iterator

import numpy as np

from edge_node.core.audio import SAMPLE_RATE_HZ

_STEP_SAMPLES = SAMPLE_RATE_HZ // 50
_QUIET_STEPS = 10


def pieces(pcm: bytes, *, longest_seconds: float, search_seconds: float) -> Iterator[tuple[int, bytes]]:
    """(index of the first sample, s16le mono 16 kHz) of each piece, in order; together all of ``pcm``.

    A piece is at most ``longest_seconds``; the cut lies in the middle of the quietest 0.2 s of its last
    ``search_seconds``.
    """
    longest = round(longest_seconds * SAMPLE_RATE_HZ)
    search = round(search_seconds * SAMPLE_RATE_HZ)
    total = len(pcm) // 2
    start = 0
    while total - start > longest:
        at = start + longest - search
        at += _quietest(pcm[2 * at : 2 * (start + longest)])
        yield start, pcm[2 * start : 2 * at]
        start = at
    yield start, pcm[2 * start : 2 * total]


def _quietest(pcm: bytes) -> int:
    """Middle sample of the quietest 0.2 s."""
    samples = np.frombuffer(pcm, "<i2").astype(np.float32)
    steps = len(samples) // _STEP_SAMPLES
    energy = (samples[: steps * _STEP_SAMPLES].reshape(steps, _STEP_SAMPLES) ** 2).sum(axis=1)
    around = np.convolve(energy, np.ones(_QUIET_STEPS), mode="valid")
    return int((int(around.argmin()) + _QUIET_STEPS // 2) * _STEP_SAMPLES)


def loudness(pcm: bytes) -> float:
    """Root mean square of ``pcm`` (s16le), in [0, 1]."""
    samples = np.frombuffer(pcm, "<i2").astype(np.float32) / 32768.0
    return float(np.sqrt(np.mean(samples**2))) if len(samples) else 0.0
