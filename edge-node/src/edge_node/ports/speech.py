"""Hearing and speaking, as the room sees them."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Protocol


class VoiceActivity(Protocol):
    """Is this speech? Stateful over one stream; in-process and fast (under 1 ms)."""

    def probability(self, pcm: bytes) -> float:
        """P(speech) in [0, 1] of the next 512 samples (s16le, mono, 16 kHz, 1024 bytes)."""
        ...

    def reset(self) -> None:
        """Forget the stream so far."""
        ...


class EndOfTurn(Protocol):
    """Is the candidate done, or thinking?"""

    async def probability(self, pcm: bytes) -> float:
        """P(complete) in [0, 1] of the turn's last 8 s (s16le, mono, 16 kHz). Runs off the event loop."""
        ...


@dataclass(frozen=True, slots=True)
class TranscribedWord:
    """One word, times in milliseconds from the start of the audio, probability in [0, 1]."""

    text: str
    start_ms: int
    end_ms: int
    probability: float


@dataclass(frozen=True, slots=True)
class Transcript:
    """What was heard."""

    text: str
    words: tuple[TranscribedWord, ...]
    engine_ms: int


class Transcriber(Protocol):
    """Speech to text."""

    async def transcribe(
        self, pcm: bytes, *, language: str, partial: bool, prompt: str, timeout_seconds: float
    ) -> Transcript:
        """Text of ``pcm`` (s16le, mono, 16 kHz); raises EngineError. A partial carries no words."""
        ...


class Synthesizer(Protocol):
    """Text to speech."""

    def synthesize(self, text: str, *, language: str, timeout_seconds: float) -> AsyncIterator[bytes]:
        """Stream s16le, mono, 48 kHz, sentence by sentence; raises EngineError. Closing the iterator cancels."""
        ...
