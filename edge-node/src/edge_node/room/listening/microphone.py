"""One visit's sound as it comes in: onto the tape and into the recording; a microphone that gives none is told of."""

import asyncio
from collections.abc import AsyncIterator

from edge_node.core.audio import SAMPLE_RATE_HZ, seconds
from edge_node.ports.media import Peer
from edge_node.room.keeping import Keeping
from edge_node.room.ledger import Ledger
from edge_node.room.listening.tape import Tape
from edge_node.room.page import Page

DEAD_PEAK = 8
"""Sample value up to which a sound is as good as none: a live microphone always has some noise."""

DEAD_SECONDS = 10.0
"""Sound without any signal, while an answer is awaited, after which the candidate is told."""


class Microphone:
    """Takes one peer's sound; tells the candidate once when it carries nothing."""

    def __init__(self, peer: Peer, tape: Tape, page: Page, ledger: Ledger, keeping: Keeping | None) -> None:
        self._peer = peer
        self._tape = tape
        self._page = page
        self._ledger = ledger
        self._keeping = keeping
        self._origin_ms: int | None = None
        self._settled = False
        self._dead_samples = 0

    @property
    def origin_ms(self) -> int:
        """Interview time of sample 0; 0 before the first sound."""
        return self._origin_ms or 0

    async def frames(self) -> AsyncIterator[None]:
        """Once for each frame, when it is on the tape; until the peer is gone."""
        async for frame in self._peer.frames():
            if self._origin_ms is None:
                self._origin_ms = self._ledger.now_ms() - frame.start_sample * 1000 // SAMPLE_RATE_HZ
            if self._keeping:
                self._keeping.hear(frame, self._origin_ms)
            self._tape.add(frame)
            yield

    async def miss(self) -> None:
        """Tell the candidate when no sound at all has come."""
        await asyncio.sleep(DEAD_SECONDS)
        if self._origin_ms is None:
            self._page.notice("microphone_silent")

    def check(self, pcm: bytes, *, wanted: bool) -> None:
        """Look at a window until anything was heard. ``pcm``: s16le, mono, 16 kHz; ``wanted``: an answer is awaited."""
        if self._settled:
            return
        window = memoryview(pcm).cast("h")
        if max(window) > DEAD_PEAK or min(window) < -DEAD_PEAK:
            self._settled = True
        elif wanted:
            self._dead_samples += len(window)
            if seconds(self._dead_samples) >= DEAD_SECONDS:
                self._settled = True
                self._page.notice("microphone_silent")
