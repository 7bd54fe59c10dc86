"""Serves hearing and speaking on the node's own bus."""

import time
from collections.abc import AsyncGenerator
from contextlib import aclosing

from interview_proto import subjects

from edge_node.bus.local import Bus
from edge_node.core.audio import seconds
from edge_node.ports.failure import EngineError
from edge_node.speech import codec, metrics
from edge_node.speech.recogniser import Recogniser
from edge_node.speech.voice_process import VoiceProcess

TRANSCRIPTIONS_AT_MOST = 16
SYNTHESES_AT_MOST = 8


class SpeechService:
    """The recogniser and the voice program behind two subjects."""

    def __init__(self, recogniser: Recogniser, voice: VoiceProcess | None, *, synthesis_seconds: float) -> None:
        self._recogniser = recogniser
        self._voice = voice
        self._synthesis_seconds = synthesis_seconds

    async def serve(self, bus: Bus) -> None:
        """Begin to answer."""
        await bus.serve(
            subjects.TRANSCRIBE,
            self._transcribe,
            queue=subjects.ENGINE_QUEUE,
            at_most=TRANSCRIPTIONS_AT_MOST,
            may_stop=True,
        )
        await bus.serve_stream(
            subjects.SYNTHESIZE, self._synthesize, queue=subjects.ENGINE_QUEUE, at_most=SYNTHESES_AT_MOST
        )

    async def _transcribe(self, data: bytes) -> bytes:
        hearing = codec.decode_hearing(data)
        kind = "partial" if hearing.partial else "final"
        began = time.monotonic()
        transcript = await self._recogniser.transcribe(hearing)
        # Only a language there is a recogniser for comes this far: labels stay few.
        metrics.transcription_seconds.labels(hearing.language, kind).observe(time.monotonic() - began)
        metrics.heard_seconds_total.labels(hearing.language).inc(seconds(len(hearing.pcm) // 2))
        return codec.encode_transcript(transcript)

    async def _synthesize(self, data: bytes) -> AsyncGenerator[bytes, None]:
        if self._voice is None:
            raise EngineError("unavailable", "the voice program is not installed")
        utterance = codec.decode_utterance(data)
        sound = self._voice.synthesize(utterance, timeout_seconds=self._synthesis_seconds)
        began: float | None = time.monotonic()
        async with aclosing(sound):
            async for pcm in sound:
                if began is not None:
                    metrics.first_sound_seconds.labels(utterance.language).observe(time.monotonic() - began)
                    began = None
                yield codec.encode_sound(pcm)
