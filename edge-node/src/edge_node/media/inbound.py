"""What comes in: decoded audio as even 20 ms frames, and the newest picture."""

import asyncio
from collections import deque
from collections.abc import AsyncIterator

import av
import numpy as np

from edge_node.core.audio import FRAME_SAMPLES, SAMPLE_RATE_HZ, AudioFrame
from edge_node.ports.media import Picture

RTP_RATE_HZ = 48_000
FRAME_BYTES = FRAME_SAMPLES * 2
LONGEST_QUEUE_FRAMES = 500
"""10 s; a reader that sleeps longer loses the oldest."""

LONGEST_SIDE = 320
"""Pixels of a picture for vision; what the room page asks its camera for."""

LONGEST_GAP_SAMPLES = 10 * RTP_RATE_HZ
"""A jump of the sender's clock beyond this is a new clock, not a gap."""


class AudioInbound:
    """Decoded frames in, 20 ms frames out: mono, 16 kHz, numbered by RTP time, gaps filled with silence."""

    def __init__(self) -> None:
        self._resampler = av.AudioResampler(format="s16", layout="mono", rate=SAMPLE_RATE_HZ)
        self._next_time: int | None = None
        self._pending = bytearray()
        self._samples_out = 0
        self._queue: deque[AudioFrame] = deque()
        self._changed = asyncio.Event()
        self._ended = False
        self.dropped_frames = 0
        self.late_frames = 0

    def push(self, frame: av.AudioFrame) -> None:
        """Take a decoded frame: s16, any layout, 48 kHz, ``pts`` in samples of the sender's clock."""
        time = frame.pts if frame.pts is not None else (self._next_time or 0)
        if self._next_time is not None:
            gap = time - self._next_time
            if 0 < gap <= LONGEST_GAP_SAMPLES:
                self._convert(_silence(gap, frame.layout.name))
            elif -LONGEST_GAP_SAMPLES <= gap < 0:
                self.late_frames += 1
                return
        self._next_time = time + frame.samples
        self._convert(frame)
        self._cut()

    def _convert(self, frame: av.AudioFrame) -> None:
        frame.pts = None  # the resampler would fill gaps by its own rules
        for converted in self._resampler.resample(frame):
            self._pending += converted.to_ndarray().tobytes()

    def _cut(self) -> None:
        while len(self._pending) >= FRAME_BYTES:
            pcm = bytes(self._pending[:FRAME_BYTES])
            del self._pending[:FRAME_BYTES]
            self._queue.append(AudioFrame(pcm, self._samples_out))
            self._samples_out += FRAME_SAMPLES
        while len(self._queue) > LONGEST_QUEUE_FRAMES:
            self._queue.popleft()
            self.dropped_frames += 1
        self._changed.set()

    def end(self) -> None:
        """No more audio will come."""
        self._ended = True
        self._changed.set()

    async def frames(self) -> AsyncIterator[AudioFrame]:
        """Frames in order until :meth:`end`; one reader at a time."""
        while True:
            while self._queue:
                yield self._queue.popleft()
            if self._ended:
                return
            self._changed.clear()
            await self._changed.wait()


def _silence(samples: int, layout: str) -> av.AudioFrame:
    channels = len(av.AudioLayout(layout).channels)
    frame = av.AudioFrame.from_ndarray(np.zeros((1, samples * channels), dtype=np.int16), format="s16", layout=layout)
    frame.sample_rate = RTP_RATE_HZ
    return frame


class PictureInbound:
    """Keeps the newest decoded picture; makes it small when asked."""

    def __init__(self) -> None:
        self._newest: av.VideoFrame | None = None
        self._at = 0.0
        self.pictures = 0

    def push(self, frame: av.VideoFrame, at: float) -> None:
        """Replace the newest picture; ``at`` in seconds of any steady clock."""
        self._newest, self._at = frame, at
        self.pictures += 1

    def newest(self, now: float) -> Picture | None:
        """The newest picture and its age at ``now``, or None before the first."""
        if self._newest is None:
            return None
        width, height = _small(self._newest.width, self._newest.height)
        # As it was decoded, where it is small already: nothing is converted on the loop that sound runs on.
        planes = self._newest.reformat(width=width, height=height, format="yuv420p").to_ndarray()
        return Picture(planes.tobytes(), width, height, max(now - self._at, 0.0))


def _small(width: int, height: int) -> tuple[int, int]:
    """Even sides of the same shape, the longer one no longer than vision needs."""
    scale = min(1.0, LONGEST_SIDE / max(width, height))
    return max(2, 2 * round(width * scale / 2)), max(2, 2 * round(height * scale / 2))
