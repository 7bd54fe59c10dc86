"""Sound as arrays: what is audible, and where a speaker would stop to think. int16 [n], mono, 48 kHz."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

RATE_HZ = 48_000
FRAME_SAMPLES = 960
AUDIBLE_PEAK = 328
"""1 % of full scale (-40 dBFS); below it a frame is silence."""

Samples = npt.NDArray[np.int16]


def audible(samples: Samples) -> bool:
    """Whether any sample reaches 1 % of full scale."""
    return bool(samples.size) and int(np.abs(samples.astype(np.int32)).max()) >= AUDIBLE_PEAK


def trimmed(samples: Samples) -> Samples:
    """Without silence at either end; empty when nothing is audible."""
    loud = np.flatnonzero(np.abs(samples.astype(np.int32)) >= AUDIBLE_PEAK)
    return samples[loud[0] : loud[-1] + 1] if loud.size else samples[:0]


def with_pauses(samples: Samples, shares: Sequence[float], pause_seconds: float) -> Samples:
    """``samples`` held for ``pause_seconds`` near each share of their length, at the quietest 20 ms within 0.3 s.

    Cutting one spoken sentence keeps its melody open, as a thinking speaker's is; two texts would each fall.
    """
    silence = np.zeros(round(pause_seconds * RATE_HZ), np.int16)
    parts, begin = [], 0
    for cut in sorted(quietest(samples, share) for share in shares):
        parts += [samples[begin:cut], silence]
        begin = cut
    return np.concatenate([*parts, samples[begin:]])


def quietest(samples: Samples, share: float) -> int:
    """Sample index amid the quietest 20 ms near ``share``."""
    reach = round(0.3 * RATE_HZ / FRAME_SAMPLES)
    frames = len(samples) // FRAME_SAMPLES
    wanted = round(share * frames)
    choice = range(max(0, wanted - reach), min(frames, wanted + reach + 1))
    energy = np.square(samples.astype(np.float64))

    def loudness(frame: int) -> float:
        return float(energy[frame * FRAME_SAMPLES : (frame + 1) * FRAME_SAMPLES].sum())

    return min(choice, key=loudness, default=0) * FRAME_SAMPLES + FRAME_SAMPLES // 2
