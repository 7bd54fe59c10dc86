"""Speech as numbers: each word of a script is a run of one sample value, so text can be read back from sound.

A word lost on the way, heard twice or cut in half shows in the transcript, as it would with a real recogniser.
"""

import asyncio
from array import array
from collections.abc import AsyncIterator
from itertools import groupby

from edge_node.ports.failure import EngineError
from edge_node.ports.speech import TranscribedWord, Transcript

WORD_SAMPLES = 4_800
FIRST_VALUE = 1_000
RATE = 16_000


class Speech:
    """The words of one test; turns text into sound and back."""

    def __init__(self) -> None:
        self._words: list[str] = []

    def sound(self, text: str) -> bytes:
        """s16le, mono, 16 kHz: 0.3 s for each word, no silence between them."""
        values = array("h")
        for word in text.split():
            self._words.append(word)
            values.extend([FIRST_VALUE + len(self._words) - 1] * WORD_SAMPLES)
        return values.tobytes()

    def read(self, pcm: bytes) -> list[TranscribedWord]:
        """Words at least half of which is in ``pcm``."""
        words: list[TranscribedWord] = []
        at = 0
        for value, run in groupby(array("h", pcm)):
            count = len(list(run))
            if value >= FIRST_VALUE and count >= WORD_SAMPLES // 2:
                text = self._words[value - FIRST_VALUE]
                words.append(TranscribedWord(text, at * 1000 // RATE, (at + count) * 1000 // RATE, 0.9))
            at += count
        return words


def silence(seconds: float) -> bytes:
    """s16le, mono, 16 kHz."""
    return bytes(2 * round(seconds * RATE))


class LoudnessVoice:
    """``ports.speech.VoiceActivity``: speech is what has sound in it."""

    def probability(self, pcm: bytes) -> float:
        assert len(pcm) == 1024
        return 0.95 if sum(1 for value in array("h", pcm) if value) > 256 else 0.02

    def reset(self) -> None:
        pass


class PunctuationTurn:
    """``ports.speech.EndOfTurn``: a turn is complete when its last word ends a sentence."""

    def __init__(self, speech: Speech) -> None:
        self._speech = speech
        self.asked = 0

    async def probability(self, pcm: bytes) -> float:
        self.asked += 1
        await asyncio.sleep(0.1)
        words = self._speech.read(pcm)
        return 0.9 if words and words[-1].text.endswith((".", "?", "!")) else 0.1


class ScriptedTranscriber:
    """``ports.speech.Transcriber``: reads :class:`Speech`; fails the first ``failures`` final requests."""

    def __init__(self, speech: Speech, *, seconds: float = 0.3, failures: int = 0) -> None:
        self._speech = speech
        self._seconds = seconds
        self.failures = failures
        self.deaf = False
        """Whether finals come back without a word."""

        self.finals = 0
        self.partials = 0
        self.last_seconds = 0.0
        """Sound of the last final request."""

        self.running = 0
        self.running_partials_most = 0

    async def transcribe(
        self, pcm: bytes, *, language: str, partial: bool, prompt: str, timeout_seconds: float
    ) -> Transcript:
        self.running += partial
        self.running_partials_most = max(self.running_partials_most, self.running)
        try:
            await asyncio.sleep(self._seconds)
        finally:
            self.running -= partial
        if partial:
            self.partials += 1
            return Transcript(" ".join(w.text for w in self._speech.read(pcm)), (), 10)
        if self.failures:
            self.failures -= 1
            raise EngineError("unavailable", "the speech process is away")
        self.finals += 1
        self.last_seconds = len(pcm) / 2 / RATE
        words = () if self.deaf else tuple(self._speech.read(pcm))
        return Transcript(" ".join(w.text for w in words), words, 10)


class CountedSynthesizer:
    """``ports.speech.Synthesizer``: sound for each character, the first after 0.1 s; may be switched off."""

    def __init__(self, *, character_seconds: float = 0.05) -> None:
        self._character = b"\x01\x00" * round(48_000 * character_seconds)
        self.away = False
        self.spoken: list[str] = []
        self.closed_early = 0

    async def synthesize(self, text: str, *, language: str, timeout_seconds: float) -> AsyncIterator[bytes]:
        await asyncio.sleep(0.1)
        if self.away:
            raise EngineError("unavailable", "no voice")
        self.spoken.append(text)
        finished = False
        try:
            for _ in text:
                yield self._character
            finished = True
        finally:
            self.closed_early += not finished
