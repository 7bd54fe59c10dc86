"""Spoken answers with thinking pauses, made from a seed by the real voices: what turn-taking is measured on."""

import asyncio
import random
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np
import numpy.typing as npt
import soxr
from edge_node.core.audio import SAMPLE_RATE_HZ
from edge_node.rehearsal.sound import AUDIBLE_PEAK, RATE_HZ, Samples, quietest, trimmed
from edge_node.rehearsal.voice import Voice

from bench._sentences import CLAUSE, FILLERS, SENTENCES, WORD

LEAST_PAUSE_SECONDS, LONGEST_PAUSE_SECONDS = 0.6, 3.0
LEAD_SECONDS = 0.8
"""Silence before the answer."""

TAIL_SECONDS = 7.0
"""Silence behind it: longer than any window."""

NOISE = 16.0
"""Root mean square of the room's own noise, of 32768 (-66 dBFS)."""


class Place(StrEnum):
    """Where a speaker stops to think."""

    CLAUSE = "clause"
    WORD = "mid_sentence"
    FILLER = "filler"
    END = "end"
    """Between two answers of a series."""

    SENTENCE = "sentence"
    """Behind a finished sentence: nothing but time tells it from the end."""


@dataclass(frozen=True, slots=True)
class Pause:
    """A silence of the script; samples at 16 kHz."""

    place: Place
    first_sample: int
    last_sample: int
    text: str
    """Everything said before it."""


@dataclass(frozen=True, slots=True)
class SpokenAnswer:
    """One answer as sound (s16le, mono, 16 kHz), with what the script knows of it."""

    language: str
    text: str
    pcm: bytes
    pauses: tuple[Pause, ...]
    first_sample: int
    last_sample: int
    """End of the last word."""


@dataclass(frozen=True, slots=True)
class _Stop:
    place: Place
    seconds: float
    share: float
    """Where in its sentence, [0, 1]."""

    text: str


@dataclass(frozen=True, slots=True)
class _Line:
    text: str
    stops: tuple[_Stop, ...]
    after_seconds: float
    thinking_after: bool


Pausing = Callable[[random.Random], float]
"""Draws how long one pause lasts, in seconds."""


def thinking(rng: random.Random) -> float:
    """Anything between the least and the longest pause."""
    return rng.uniform(LEAST_PAUSE_SECONDS, LONGEST_PAUSE_SECONDS)


def calm(rng: random.Random) -> float:
    """A speaker who hardly stops: 0.3 to 1.2 s, but one pause of twenty is a thinking one."""
    return thinking(rng) if rng.random() < 0.05 else rng.uniform(0.3, 1.2)


def _line(
    rng: random.Random, language: str, marked: str, *, last: bool, after_sentences: bool, pausing: Pausing
) -> _Line:
    """A sentence with its pauses: one or two of its places are taken, a third of them behind a filler."""
    places = [at for at, mark in enumerate(marked) if mark in (CLAUSE, WORD)]
    taken = sorted(rng.sample(places, rng.choice((1, 1, 2)))) if not after_sentences or rng.random() < 0.5 else []
    text, stops, length = "", [], []
    for at, mark in enumerate(marked):
        if mark not in (CLAUSE, WORD):
            text += mark
            continue
        if at not in taken:
            continue
        place = Place.CLAUSE if mark == CLAUSE else Place.WORD
        if rng.random() < 1 / 3:
            place = Place.FILLER
            text = text.rstrip().rstrip(",") + f", {rng.choice(FILLERS[language])} "
        stops.append((place, pausing(rng)))
        length.append(len(" ".join(text.split())))
    clean = " ".join(text.split())
    placed = tuple(
        _Stop(place, seconds, at / len(clean), clean[:at]) for (place, seconds), at in zip(stops, length, strict=True)
    )
    stops_after = after_sentences and not last and rng.random() < 0.5
    after = pausing(rng) if stops_after else rng.uniform(0.25, 0.5)
    return _Line(clean, placed, after, stops_after)


def _script(rng: random.Random, language: str, *, after_sentences: bool, pausing: Pausing) -> list[_Line]:
    chosen = rng.sample(SENTENCES[language], rng.choice((2, 3, 3, 4)))
    return [
        _line(rng, language, marked, last=marked is chosen[-1], after_sentences=after_sentences, pausing=pausing)
        for marked in chosen
    ]


class _Sound:
    """An answer being put together, at 48 kHz."""

    def __init__(self) -> None:
        self.parts: list[Samples] = []
        self.count = 0

    def add(self, samples: Samples) -> None:
        self.parts.append(samples)
        self.count += len(samples)

    def silence(self, seconds: float) -> None:
        self.add(np.zeros(round(seconds * RATE_HZ), np.int16))

    def at_16k(self) -> int:
        return self.count * SAMPLE_RATE_HZ // RATE_HZ


def _first_sound(samples: Samples) -> int:
    """Silent samples in front: with those behind the cut they are part of the pause, not beside it."""
    loud = np.flatnonzero(np.abs(samples.astype(np.int32)) >= AUDIBLE_PEAK)
    return int(loud[0]) if loud.size else 0


async def _speak(voice: Voice, language: str, lines: list[_Line], noise: np.random.Generator) -> SpokenAnswer:
    sound, pauses, said = _Sound(), [], ""
    sound.silence(LEAD_SECONDS)
    first = sound.at_16k()
    for line in lines:
        spoken = await voice.speak(line.text)
        begin = 0
        for stop in line.stops:
            cut = max(begin, quietest(spoken, stop.share))
            sound.add(trimmed(spoken[begin:cut]))
            begin = cut + _first_sound(spoken[cut:])
            before = sound.at_16k()
            sound.silence(stop.seconds)
            pauses.append(Pause(stop.place, before, sound.at_16k(), f"{said} {stop.text}".strip()))
        sound.add(spoken[begin:])
        said = f"{said} {line.text}".strip()
        if line is not lines[-1]:
            before = sound.at_16k()
            sound.silence(line.after_seconds)
            if line.thinking_after:
                pauses.append(Pause(Place.SENTENCE, before, sound.at_16k(), said))
    last = sound.at_16k()
    sound.silence(TAIL_SECONDS)
    return SpokenAnswer(language, said, at_16k(np.concatenate(sound.parts), noise), tuple(pauses), first, last)


def at_16k(samples: Samples, noise: np.random.Generator) -> bytes:
    """Sound (int16 [n], 48 kHz) as a microphone would give it: s16le at 16 kHz, with the room's noise."""
    heard: npt.NDArray[np.float64] = soxr.resample(samples.astype(np.float64), RATE_HZ, SAMPLE_RATE_HZ)
    heard += noise.normal(0.0, NOISE, len(heard))
    return np.clip(np.round(heard), -32768, 32767).astype("<i2").tobytes()


async def answers(
    language: str, count: int, seed: int, *, after_sentences: bool = False, pausing: Pausing = thinking
) -> list[SpokenAnswer]:
    """``count`` answers of two to four sentences, each with one or two pauses, of 0.6 to 3 s where not said otherwise.

    With ``after_sentences`` half of the sentences are followed by such a pause, and half have none inside. Raises
    VoiceError without the voice program.
    """
    rng = random.Random(f"{seed} {language} {after_sentences}")
    noise = np.random.default_rng(seed)
    made: list[SpokenAnswer] = []
    async with Voice(language, "first", seed=seed) as first, Voice(language, "second", seed=seed) as second:
        for number in range(count):
            lines = _script(rng, language, after_sentences=after_sentences, pausing=pausing)
            made.append(await _speak((first, second)[number % 2], language, lines, noise))
            if len(made) % 20 == 0:
                sys.stderr.write(f"turn: {len(made)} of {count} answers spoken ({language})\n")
    return made


def spoken(
    languages: tuple[str, ...], each: int, seed: int, *, after_sentences: bool = False, pausing: Pausing = thinking
) -> list[SpokenAnswer]:
    """``each`` answers in every language; see :func:`answers`."""
    return [
        answer
        for language in languages
        for answer in asyncio.run(answers(language, each, seed, after_sentences=after_sentences, pausing=pausing))
    ]


def series(answers: Sequence[SpokenAnswer]) -> SpokenAnswer:
    """One speaker's answers, one after the other, as one sound; the ends between them are among its pauses."""
    pcm, pauses = b"", []
    for answer in answers:
        at = len(pcm) // 2
        pauses += [replace(p, first_sample=p.first_sample + at, last_sample=p.last_sample + at) for p in answer.pauses]
        pcm += answer.pcm
        pauses.append(Pause(Place.END, at + answer.last_sample, len(pcm) // 2, answer.text))
    first, last = answers[0].first_sample, pauses[-1].first_sample
    return SpokenAnswer(answers[0].language, answers[-1].text, pcm, tuple(pauses), first, last)
