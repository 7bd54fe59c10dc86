"""Hearing and speaking over the bus: the ports, as the room uses them."""

import asyncio
import uuid
from collections.abc import AsyncGenerator
from contextlib import aclosing

from interview_proto import subjects

from edge_node.bus.local import Bus
from edge_node.core.audio import seconds
from edge_node.ports.failure import EngineError
from edge_node.ports.speech import TranscribedWord, Transcript
from edge_node.speech import codec
from edge_node.speech.hearing import LONGEST_SECONDS, Hearing
from edge_node.speech.pieces import pieces

MESSAGE_SECONDS = 120.0
"""Audio of one message; the bus carries no more than 8 MB (260 s)."""


class BusTranscriber:
    """Speech to text by the speech process. Make one per stream of audio (per room): a newer request of the stream
    drops its waiting partials.
    """

    def __init__(self, bus: Bus, *, stream: str | None = None) -> None:
        self._bus = bus
        self._stream = uuid.uuid4().hex if stream is None else stream

    async def transcribe(
        self, pcm: bytes, *, language: str, partial: bool, prompt: str, timeout_seconds: float
    ) -> Transcript:
        """Text of ``pcm`` (s16le, mono, 16 kHz, up to 5 min); raises EngineError.

        A partial carries no words, hears only the last 12 s, and is ``cancelled`` when a newer request overtakes it.
        """
        if seconds(len(pcm) // 2) > LONGEST_SECONDS:
            raise EngineError("bad_request", f"more than {LONGEST_SECONDS:.0f} s of audio")
        parts: list[Transcript] = []
        words: list[TranscribedWord] = []
        try:
            async with asyncio.timeout(timeout_seconds):
                for first_sample, piece in pieces(pcm, longest_seconds=MESSAGE_SECONDS, search_seconds=10.0):
                    part = await self._one(Hearing(piece, language, partial, prompt, self._stream), timeout_seconds)
                    offset_ms = round(seconds(first_sample) * 1000)
                    parts.append(part)
                    words += [
                        TranscribedWord(word.text, word.start_ms + offset_ms, word.end_ms + offset_ms, word.probability)
                        for word in part.words
                    ]
        except TimeoutError:
            raise EngineError("late", subjects.TRANSCRIBE) from None
        text = " ".join(part.text for part in parts if part.text)
        return Transcript(text, tuple(words), sum(part.engine_ms for part in parts))

    async def _one(self, hearing: Hearing, timeout_seconds: float) -> Transcript:
        payload = codec.encode_hearing(hearing)
        return codec.decode_transcript(
            await self._bus.request(subjects.TRANSCRIBE, payload, timeout_seconds=timeout_seconds)
        )


class BusSynthesizer:
    """Text to speech by the speech process; ``voice`` is first (the interviewer) or second (a scripted candidate)."""

    def __init__(self, bus: Bus, *, voice: str = "first") -> None:
        self._bus = bus
        self._voice = voice

    async def synthesize(self, text: str, *, language: str, timeout_seconds: float) -> AsyncGenerator[bytes, None]:
        """Stream s16le, mono, 48 kHz, sentence by sentence; raises EngineError. Closing the iterator cancels."""
        payload = codec.encode_utterance(codec.Utterance(text, language, self._voice))
        replies = self._bus.stream(subjects.SYNTHESIZE, payload, timeout_seconds=timeout_seconds)
        async with aclosing(replies):
            async for reply in replies:
                yield codec.decode_sound(reply)
