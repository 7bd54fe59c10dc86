"""Engines that take their time without taking the processor: what rooms talk to when only rooms are measured."""

import asyncio
import json
import sys
from collections.abc import AsyncIterator

import numpy as np
from edge_node.bus import health
from edge_node.bus.codec import Health, encode_health
from edge_node.bus.local import connect
from edge_node.core.observation.sample import Sample
from edge_node.language import codec as language
from edge_node.ports.language import Piece
from edge_node.ports.speech import TranscribedWord, Transcript
from edge_node.speech import codec as speech
from edge_node.vision import codec as vision
from interview_proto import subjects

PARTIAL_SECONDS, FINAL_SECONDS = 0.2, 0.5
QUESTION_SECONDS = 0.5
FIRST_SOUND_SECONDS = 0.15
PICTURE_SECONDS = 0.01
SPOKEN_SECONDS = 2.5
"""How long every text takes to say, whatever it says."""

AT_MOST = 64


def tone() -> bytes:
    """Half a second that is audible in each of its frames: s16le, mono, 48 kHz."""
    samples = 6000 * np.sin(2 * np.pi * 300 * np.arange(24_000) / 48_000)
    return samples.astype("<i2").tobytes()


class StandIns:
    """Hears ``answer`` whatever is said, and asks ``question`` whatever was answered."""

    def __init__(self, answer: str, question: str) -> None:
        self._answer, self._question = answer, question

    async def transcribe(self, data: bytes) -> bytes:
        """The answer's words, evenly over the sound."""
        hearing = speech.decode_hearing(data)
        await asyncio.sleep(PARTIAL_SECONDS if hearing.partial else FINAL_SECONDS)
        said = self._answer.split()
        each = len(hearing.pcm) // 32 // len(said)
        words = [TranscribedWord(word, n * each, (n + 1) * each, 0.9) for n, word in enumerate(said)]
        return speech.encode_transcript(Transcript(self._answer, () if hearing.partial else tuple(words), 1))

    async def synthesize(self, data: bytes) -> AsyncIterator[bytes]:
        """A tone."""
        speech.decode_utterance(data)
        await asyncio.sleep(FIRST_SOUND_SECONDS)
        for _ in range(round(SPOKEN_SECONDS / 0.5)):
            yield speech.encode_sound(tone())

    async def generate(self, data: bytes) -> AsyncIterator[bytes]:
        """The question, or nothing for a prompt read ahead."""
        wanted = language.decode_request(data).max_tokens
        await asyncio.sleep(QUESTION_SECONDS if wanted else 0.05)
        if wanted:
            yield language.encode_piece(Piece(self._question))
        yield language.encode_piece(Piece("", last=True, finish_reason="stop" if wanted else "read"))

    async def watch(self, data: bytes) -> bytes:
        """One face."""
        sight = vision.decode_sight(data)
        await asyncio.sleep(PICTURE_SECONDS)
        return vision.encode_sample(
            Sample(sight.at_ms, 1, brightness=120.0, contrast=50.0, gaze=0.5, width=0.3, height=0.3), 1
        )


async def serve(url: str, answer: str, question: str) -> None:
    """Answer as every engine of a node until killed."""
    bus, made = await connect(url, process="stand-ins", token=""), StandIns(answer, question)
    await bus.serve(subjects.TRANSCRIBE, made.transcribe, at_most=AT_MOST, may_stop=True)
    await bus.serve_stream(subjects.SYNTHESIZE, made.synthesize, at_most=AT_MOST)
    await bus.serve_stream(subjects.GENERATE, made.generate, at_most=AT_MOST)
    await bus.serve(subjects.WATCH, made.watch, at_most=AT_MOST)

    async def well(_: bytes) -> bytes:
        return encode_health(Health())

    for process in {*health.NEEDED, *health.WISHED} - {"kiosk", "room"}:
        await bus.serve(subjects.health(process), well)
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(serve(**json.loads(sys.argv[1])))
