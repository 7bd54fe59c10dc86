"""Sound as the core sees it: counts and durations, never samples."""

from dataclasses import dataclass

SAMPLE_RATE_HZ = 16_000
"""Rate of everything heard (s16le, mono)."""

FRAME_SAMPLES = 320
"""Samples of one 20 ms frame at 16 kHz."""

PLAYOUT_RATE_HZ = 48_000
"""Rate of everything said (s16le, mono)."""


@dataclass(frozen=True, slots=True)
class AudioFrame:
    """20 ms heard from the candidate."""

    pcm: bytes
    """s16le, mono, 16 kHz, 640 bytes."""

    start_sample: int
    """Index of the first sample at 16 kHz, counted from the peer's first audio; gaps are filled with silence."""


def seconds(samples: int, rate_hz: int = SAMPLE_RATE_HZ) -> float:
    """Duration of ``samples`` at ``rate_hz``, in seconds."""
    return samples / rate_hz
