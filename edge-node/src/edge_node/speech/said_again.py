"""Sentences that are said again and again come from memory: the goodbye, the plan's questions, a repeat."""

from collections import OrderedDict
from collections.abc import AsyncGenerator
from contextlib import aclosing, nullcontext

from edge_node.core.audio import PLAYOUT_RATE_HZ
from edge_node.ports.speech import Synthesizer

BYTES_PER_SECOND = 2 * PLAYOUT_RATE_HZ
Key = tuple[str, str, str]


class SaidAgain:
    """``ports.speech.Synthesizer``: another one, with the sound of its last texts kept in memory, never on disk.

    ``voices`` names the engine behind each language (its digest), so that another voice never answers for it. At most
    ``longest_seconds`` of sound are kept, the least recently said dropped first.
    """

    def __init__(self, synthesizer: Synthesizer, *, voices: dict[str, str], longest_seconds: float) -> None:
        self._synthesizer = synthesizer
        self._voices = voices
        self._most = round(longest_seconds * BYTES_PER_SECOND)
        self._kept: OrderedDict[Key, tuple[bytes, ...]] = OrderedDict()
        self._bytes = 0
        self.hits = 0

    @property
    def seconds(self) -> float:
        """Sound kept now."""
        return self._bytes / BYTES_PER_SECOND

    async def synthesize(self, text: str, *, language: str, timeout_seconds: float) -> AsyncGenerator[bytes, None]:
        """As the other one; from memory when the whole text was made before."""
        key = (text, language, self._voices.get(language, ""))
        known = self._kept.get(key)
        if known is not None:
            self._kept.move_to_end(key)
            self.hits += 1
            for pcm in known:
                yield pcm
            return
        pieces: list[bytes] = []
        sound = self._synthesizer.synthesize(text, language=language, timeout_seconds=timeout_seconds)
        async with aclosing(sound) if isinstance(sound, AsyncGenerator) else nullcontext():
            async for pcm in sound:
                pieces.append(pcm)
                yield pcm
        # Only here: what was cut short by an interruption or a failure is not the whole text.
        self._keep(key, tuple(pieces))

    def _keep(self, key: Key, pieces: tuple[bytes, ...]) -> None:
        size = sum(map(len, pieces))
        if not size or size > self._most or key in self._kept:
            return
        self._kept[key] = pieces
        self._bytes += size
        while self._bytes > self._most:
            _, dropped = self._kept.popitem(last=False)
            self._bytes -= sum(map(len, dropped))
