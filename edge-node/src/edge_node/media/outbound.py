"""What goes out: a steady stream of 20 ms Opus packets, of what was queued or of silence."""

import asyncio
import fractions
from typing import Any

import av
from aiortc.mediastreams import MediaStreamError, MediaStreamTrack

from edge_node.core.audio import PLAYOUT_RATE_HZ
from edge_node.media.voice_encoder import FRAME_BYTES, FRAME_SAMPLES, VoiceEncoder

FRAME_SECONDS = FRAME_SAMPLES / PLAYOUT_RATE_HZ
LONGEST_QUEUE_BYTES = 2 * PLAYOUT_RATE_HZ * 2
"""2 s; :meth:`Playout.play` waits above it."""

LATE_SECONDS = 0.06
"""A frame that leaves further behind its time is one a listener's buffer may have run out for."""

LONGEST_DELAY_SECONDS = 0.2
"""A clock further behind starts anew instead of sending a burst."""

TIME_BASE = fractions.Fraction(1, PLAYOUT_RATE_HZ)


class Playout(MediaStreamTrack):  # type: ignore[misc, unused-ignore]
    """The interviewer's voice as an outgoing track. s16le, mono, 48 kHz."""

    kind = "audio"

    def __init__(self) -> None:
        super().__init__()
        self._encoder = VoiceEncoder()
        self._queue = bytearray()
        self._room = asyncio.Event()
        self._room.set()
        self._empty = asyncio.Event()
        self._empty.set()
        self._sent_samples = 0
        self._played_samples = 0
        self._started_at: float | None = None
        self._frames = 0
        self._over = False
        self.late_frames = 0
        """Frames that left more than LATE_SECONDS behind their time."""

    @property
    def played_seconds(self) -> float:
        """Audio sent, fillers of silence not counted."""
        return self._played_samples / PLAYOUT_RATE_HZ

    @property
    def queued_seconds(self) -> float:
        """Audio waiting to be sent."""
        return len(self._queue) / 2 / PLAYOUT_RATE_HZ

    async def play(self, pcm: bytes) -> None:
        """Queue ``pcm``, waiting while more than 2 s are queued; once the track is over, nothing happens."""
        for start in range(0, len(pcm), LONGEST_QUEUE_BYTES):
            await self._room.wait()
            if self._over:
                return
            self._queue += pcm[start : start + LONGEST_QUEUE_BYTES]
            self._empty.clear()
            if len(self._queue) > LONGEST_QUEUE_BYTES:
                self._room.clear()

    async def drained(self) -> None:
        """Return when all that was queued has been sent, was cleared, or never will be."""
        await self._empty.wait()

    def clear(self) -> None:
        """Drop what was queued but not sent."""
        self._queue.clear()
        self._room.set()
        self._empty.set()

    def end(self) -> None:
        """Nobody listens any more: free every waiter."""
        self._over = True
        self.clear()

    async def recv(self) -> "av.Packet[Any]":  # type: ignore[override, unused-ignore]
        """The next 20 ms, encoded, at their time; aiortc sends packets as they are."""
        if self.readyState != "live":
            raise MediaStreamError
        await self._next_tick()
        if not self._queue:
            self._empty.set()  # only here: the last piece has left with the frame before
        piece = bytes(self._queue[:FRAME_BYTES])
        del self._queue[: len(piece)]
        if len(self._queue) <= LONGEST_QUEUE_BYTES:
            self._room.set()
        self._played_samples += len(piece) // 2
        packet = av.Packet(self._encoder.encode(piece))
        packet.time_base = TIME_BASE
        packet.pts = self._sent_samples
        self._sent_samples += FRAME_SAMPLES
        return packet

    async def _next_tick(self) -> None:
        now = asyncio.get_running_loop().time()
        behind = 0.0 if self._started_at is None else now - (self._started_at + self._frames * FRAME_SECONDS)
        self.late_frames += behind > LATE_SECONDS
        if self._started_at is None or behind > LONGEST_DELAY_SECONDS:
            self._started_at, self._frames = now, 0
        wait_seconds = self._started_at + self._frames * FRAME_SECONDS - now
        self._frames += 1
        if wait_seconds > 0:
            await asyncio.sleep(wait_seconds)
