"""The interviewer's voice: text to sound to the peer, as it is made."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable

from edge_node.core.dialogue.reading import read_aloud
from edge_node.ports.clock import Clock
from edge_node.ports.failure import EngineError
from edge_node.ports.media import Peer
from edge_node.ports.speech import Synthesizer
from edge_node.room.rules import RoomRules
from edge_node.telemetry.logs import get_logger

RETRY_PAUSE_SECONDS = 0.5

log = get_logger("room")


class Mouth:
    """Speaks to one peer, one text at a time."""

    def __init__(self, peer: Peer, synthesizer: Synthesizer, clock: Clock, rules: RoomRules, *, language: str) -> None:
        self._peer = peer
        self._synthesizer = synthesizer
        self._clock = clock
        self._rules = rules
        self._language = language
        self._from_seconds = 0.0
        self.silent_texts = 0
        """Texts that stood as captions alone, because no voice could be had."""

    @property
    def heard_ms(self) -> int:
        """How much of the text spoken last the peer has been sent."""
        return max(0, round((self._peer.played_seconds - self._from_seconds) * 1000))

    async def say(self, text: str, *, began: Callable[[], None]) -> None:
        """Speak ``text`` and return when it was sent. ``began`` is called when the first sound is queued.

        Without a voice it returns after ``speaking_patience_seconds``: the caption has to do. Cancel it to stop; what
        is queued then stays queued until the peer is cleared.
        """
        self._from_seconds = self._peer.played_seconds
        deadline = self._clock.monotonic() + self._rules.speaking_patience_seconds
        while True:
            try:
                await self._speak(text, began)
            except EngineError as error:
                log.warning("not spoken", code=error.code)
                if error.code == "bad_request" or self._clock.monotonic() + RETRY_PAUSE_SECONDS >= deadline:
                    self.silent_texts += 1
                    return
                await asyncio.sleep(RETRY_PAUSE_SECONDS)
            else:
                await self._peer.drained()
                return

    async def prepare(self, text: str) -> None:
        """Have the sound of ``text`` made, for a synthesizer that keeps it. Nothing is played; failures are none."""
        with contextlib.suppress(EngineError):
            sound = self._sound(text)
            async with closing(sound):
                async for _ in sound:
                    pass

    async def _speak(self, text: str, began: Callable[[], None]) -> None:
        sound = self._sound(text)
        async with closing(sound):
            async for pcm in sound:
                await self._peer.play(pcm)
                began()

    def _sound(self, text: str) -> AsyncIterator[bytes]:
        return self._synthesizer.synthesize(
            read_aloud(text, self._language),
            language=self._language,
            timeout_seconds=self._rules.synthesis_timeout_seconds,
        )


@contextlib.asynccontextmanager
async def closing(iterator: AsyncIterator[object]) -> AsyncIterator[None]:
    """Close a stream of another process when the block is left, however it is left; closing cancels it."""
    try:
        yield
    finally:
        aclose = getattr(iterator, "aclose", None)
        if aclose:
            await aclose()
