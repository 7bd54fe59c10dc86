"""The log-mel picture of sound that Whisper and its children expect, in numpy."""

from functools import cache

import numpy as np
import numpy.typing as npt

RATE_HZ = 16_000
FFT_SAMPLES = 400
HOP_SAMPLES = 160
BANDS = 80
Floats = npt.NDArray[np.float32]


def _mel_to_hz(mel: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Slaney's scale: linear up to 1 kHz (15 mel), logarithmic above."""
    log_step = np.log(6.4) / 27.0
    return np.where(mel < 15.0, mel * 200.0 / 3.0, 1000.0 * np.exp(log_step * (mel - 15.0)))


@cache
def mel_filters() -> Floats:
    """Triangular filters of equal area, float32 [80, 201], from 0 to 8 kHz."""
    top = 15.0 + np.log(8.0) * 27.0 / np.log(6.4)
    corners = _mel_to_hz(np.linspace(0.0, top, BANDS + 2))
    bins = np.fft.rfftfreq(FFT_SAMPLES, 1.0 / RATE_HZ)
    ramps = corners[:, None] - bins[None, :]
    widths = np.diff(corners)
    rising = -ramps[:-2] / widths[:-1, None]
    falling = ramps[2:] / widths[1:, None]
    triangles = np.maximum(0.0, np.minimum(rising, falling))
    areas = 2.0 / (corners[2:] - corners[:-2])
    return (triangles * areas[:, None]).astype(np.float32)


def log_mel(samples: Floats) -> Floats:
    """``samples`` (float32 [n], [-1, 1], 16 kHz) as float32 [80, n // 160], clipped to 8 below the loudest."""
    padded = np.pad(samples.astype(np.float32), FFT_SAMPLES // 2, mode="reflect")
    frames = np.lib.stride_tricks.sliding_window_view(padded, FFT_SAMPLES)[::HOP_SAMPLES][:-1]
    window = np.hanning(FFT_SAMPLES + 1)[:-1].astype(np.float32)
    power = np.abs(np.fft.rfft(frames * window, axis=1)) ** 2
    mel = mel_filters() @ power.T.astype(np.float32)
    decibels = np.log10(np.maximum(mel, 1e-10))
    clipped: Floats = (np.maximum(decibels, decibels.max() - 8.0) + 4.0) / 4.0
    return clipped.astype(np.float32, copy=False)
