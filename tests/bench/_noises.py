"""Sounds a candidate makes without wanting the floor, made from a seed: int16 [n], mono, 48 kHz.

Coughs, throats, keyboards and doors are shaped noise; the "mm-hm" are spoken by the real voices.
"""

import asyncio

import numpy as np
import numpy.typing as npt
from edge_node.rehearsal.sound import RATE_HZ, Samples
from edge_node.rehearsal.voice import Voice

Floats = npt.NDArray[np.float64]
MM_HM = {"en": ("Mm-hm.", "Mm.", "Yeah.", "Okay.", "Right.", "Uh-huh."), "ko": ("네.", "음.", "예.", "아, 네.")}
MADE = ("cough", "throat", "keyboard", "door")


def _band(rng: np.random.Generator, seconds: float, low_hz: float, high_hz: float) -> Floats:
    """Noise between two frequencies, at full scale."""
    count = round(seconds * RATE_HZ)
    spectrum = np.fft.rfft(rng.normal(size=count))
    hertz = np.fft.rfftfreq(count, 1 / RATE_HZ)
    spectrum[(hertz < low_hz) | (hertz > high_hz)] = 0
    noise = np.fft.irfft(spectrum, count)
    return noise / (np.abs(noise).max() + 1e-9)


def _decay(count: int, seconds: float) -> Floats:
    return np.exp(-np.arange(count) / (seconds * RATE_HZ))


def _cough(rng: np.random.Generator) -> Floats:
    """One to three bursts, each a hard onset, a breathy body and a short voiced end."""
    parts: list[Floats] = []
    for _ in range(rng.integers(1, 4)):
        body = _band(rng, rng.uniform(0.18, 0.35), 250, rng.uniform(2500, 5000))
        body *= _decay(len(body), rng.uniform(0.05, 0.1))
        voiced = np.sin(2 * np.pi * rng.uniform(130, 260) * np.arange(len(body)) / RATE_HZ)
        body += 0.3 * voiced * np.linspace(0, 1, len(body)) * _decay(len(body), 0.12)
        parts += [body, np.zeros(round(rng.uniform(0.08, 0.3) * RATE_HZ))]
    return np.concatenate(parts)


def _throat(rng: np.random.Generator) -> Floats:
    """A rough, voiced scrape."""
    seconds = rng.uniform(0.25, 0.6)
    noise = _band(rng, seconds, 120, 1800)
    flutter = 0.5 + 0.5 * np.sin(2 * np.pi * rng.uniform(25, 45) * np.arange(len(noise)) / RATE_HZ)
    return noise * flutter * np.hanning(len(noise))


def _keyboard(rng: np.random.Generator) -> Floats:
    """Two seconds of typing."""
    sound = np.zeros(2 * RATE_HZ)
    for at in np.cumsum(rng.uniform(0.07, 0.25, 14)):
        click = _band(rng, 0.03, 1500, 9000)
        click *= _decay(len(click), 0.006) * rng.uniform(0.3, 1.0)
        begin = min(round(at * RATE_HZ), len(sound) - len(click))
        sound[begin : begin + len(click)] += click
    return sound


def _door(rng: np.random.Generator) -> Floats:
    """A thump with a rattle behind it."""
    thump = _band(rng, 0.7, 30, 300)
    rattle = _band(rng, 0.7, 300, 2500)
    return thump * _decay(len(thump), 0.12) + 0.3 * rattle * _decay(len(rattle), 0.05)


def made(kind: str, rng: np.random.Generator) -> Samples:
    """One noise of ``kind``, as loud as speech, give or take."""
    sound = {"cough": _cough, "throat": _throat, "keyboard": _keyboard, "door": _door}[kind](rng)
    sound = sound / (np.abs(sound).max() + 1e-9) * rng.uniform(0.2, 0.8) * 32767
    return sound.astype(np.int16)


async def _listeners(language: str, seed: int) -> list[Samples]:
    sounds: list[Samples] = []
    for speaker in ("first", "second"):
        async with Voice(language, speaker, seed=seed) as voice:
            sounds += [await voice.speak(text) for text in MM_HM[language]]
    return sounds


def mm_hms(seed: int) -> list[Samples]:
    """What a listener says, by every voice; raises VoiceError."""
    return [sound for language in MM_HM for sound in asyncio.run(_listeners(language, seed))]
