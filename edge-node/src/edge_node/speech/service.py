"""Serves hearing and speaking on the node's own bus."""

from collections.abc import AsyncGenerator
from contextlib import aclosing

from interview_proto import subjects

from edge_node.bus.local import Bus
from edge_node.ports.failure import EngineError
from edge_node.speech import codec
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
        return codec.encode_transcript(await self._recogniser.transcribe(codec.decode_hearing(data)))

    async def _synthesize(self, data: bytes) -> AsyncGenerator[bytes, None]:
        if self._voice is None:
            raise EngineError("unavailable", "the voice program is not installed")
        sound = self._voice.synthesize(codec.decode_utterance(data), timeout_seconds=self._synthesis_seconds)
        async with aclosing(sound):
            async for pcm in sound:
                yield codec.encode_sound(pcm)
