"""Speech to text that waits for a speech process to come back rather than lose an answer."""

import asyncio

from edge_node.core.interview.events import Word
from edge_node.ports.clock import Clock
from edge_node.ports.failure import EngineError
from edge_node.ports.speech import Transcriber
from edge_node.room.rules import RoomRules
from edge_node.room.signals import Said
from edge_node.telemetry.logs import get_logger

FIRST_PAUSE_SECONDS = 0.25
LONGEST_PAUSE_SECONDS = 2.0
BYTES_PER_MS = 32

log = get_logger("room")


class Scribe:
    """Transcripts in one language, with the names the recogniser should expect."""

    def __init__(
        self, transcriber: Transcriber, clock: Clock, rules: RoomRules, *, language: str, vocabulary: tuple[str, ...]
    ) -> None:
        self._transcriber = transcriber
        self._clock = clock
        self._rules = rules
        self._language = language
        self._prompt = ", ".join(vocabulary)
        self.retried = 0

    async def final(self, pcm: bytes, start_ms: int) -> Said:
        """The complete text of ``pcm`` (s16le, mono, 16 kHz), which began at ``start_ms`` of the interview.

        Asks again while the failure may pass and patience lasts; raises EngineError after that.
        """
        end_ms = start_ms + len(pcm) // BYTES_PER_MS
        if not pcm:
            return Said("", (), start_ms, end_ms)
        deadline = self._clock.monotonic() + self._rules.transcript_patience_seconds
        pause = FIRST_PAUSE_SECONDS
        while True:
            try:
                heard = await self._transcriber.transcribe(
                    pcm,
                    language=self._language,
                    partial=False,
                    prompt=self._prompt,
                    timeout_seconds=self._rules.transcript_timeout_seconds,
                )
            except EngineError as error:
                if error.code == "bad_request" or self._clock.monotonic() + pause >= deadline:
                    raise
                self.retried += 1
                log.warning("transcript failed, asking again", code=error.code)
            else:
                words = tuple(
                    Word(w.text, start_ms + w.start_ms, start_ms + w.end_ms, w.probability) for w in heard.words
                )
                return Said(heard.text.strip(), words, start_ms, end_ms)
            await asyncio.sleep(pause)
            pause = min(2 * pause, LONGEST_PAUSE_SECONDS)

    async def partial(self, pcm: bytes) -> str:
        """A quick text of ``pcm`` that may be wrong; empty when none could be had."""
        try:
            heard = await self._transcriber.transcribe(
                pcm, language=self._language, partial=True, prompt=self._prompt, timeout_seconds=3.0
            )
        except EngineError:
            return ""
        return heard.text.strip()
