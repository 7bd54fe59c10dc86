"""The candidate's mouth, camera and ear: two outgoing tracks with steady clocks, one incoming."""

import asyncio
import contextlib
import fractions
from collections.abc import Callable
from typing import Any

import av
import numpy as np
from aiortc.mediastreams import MediaStreamError, MediaStreamTrack

from edge_node.rehearsal.sound import FRAME_SAMPLES, RATE_HZ, Samples, audible

FRAME_SECONDS = FRAME_SAMPLES / RATE_HZ
LONGEST_DELAY_SECONDS = 0.2
PICTURES_PER_SECOND = 5
WIDTH, HEIGHT = 320, 240
VIDEO_RATE_HZ = 90_000


class Clock:
    """Ticks ``seconds`` apart by the event loop's clock; starts anew when far behind, so that no burst follows."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._next: float | None = None

    async def tick(self) -> float:
        """Wait for the next tick and return the time."""
        loop = asyncio.get_running_loop()
        now = loop.time()
        if self._next is None or now - self._next > LONGEST_DELAY_SECONDS + self._seconds:
            self._next = now
        if self._next > now:
            await asyncio.sleep(self._next - now)
        self._next += self._seconds
        return loop.time()


class Mouth(MediaStreamTrack):  # type: ignore[misc, unused-ignore]
    """Sends silence, or what :meth:`say` was given; remembers when sound left."""

    kind = "audio"

    def __init__(self, on_frame: Callable[[Samples], None]) -> None:
        super().__init__()
        self._on_frame = on_frame
        self._clock = Clock(FRAME_SECONDS)
        self._left = np.zeros(0, np.int16)
        self._done = asyncio.Event()
        self._count = 0
        self.first_audible_at: float | None = None
        self.last_audible_at: float | None = None
        self.audible_seconds = 0.0

    async def say(self, sound: Samples) -> None:
        """Send ``sound`` and return when its last sample has left; 0 to 20 ms of silence follow."""
        self._left = sound
        self.first_audible_at = self.last_audible_at = None
        self._done.clear()
        await asyncio.wait_for(self._done.wait(), len(sound) / RATE_HZ + 10)

    def stop(self) -> None:
        """End the track and whoever waits for it."""
        super().stop()
        self._done.set()

    async def recv(self) -> "av.AudioFrame | av.Packet[Any]":  # type: ignore[override, unused-ignore]
        """The next 20 ms, at their time."""
        if self.readyState != "live":
            raise MediaStreamError
        now = await self._clock.tick()
        if not self._left.size:
            self._done.set()
        piece, self._left = self._left[:FRAME_SAMPLES], self._left[FRAME_SAMPLES:]
        if audible(piece):
            self.first_audible_at = self.first_audible_at or now
            self.last_audible_at = now
            self.audible_seconds += FRAME_SECONDS
        samples = np.zeros(FRAME_SAMPLES, np.int16)
        samples[: len(piece)] = piece
        self._on_frame(samples)
        outgoing = self.outgoing(samples)
        outgoing.time_base = fractions.Fraction(1, RATE_HZ)
        outgoing.pts = self._count * FRAME_SAMPLES
        self._count += 1
        return outgoing

    def outgoing(self, samples: Samples) -> "av.AudioFrame | av.Packet[Any]":
        """20 ms as they are sent: a frame, which aiortc encodes, or a packet that is encoded already."""
        frame = av.AudioFrame.from_ndarray(samples.reshape(1, -1), format="s16", layout="mono")
        frame.sample_rate = RATE_HZ
        return frame


class Camera(MediaStreamTrack):  # type: ignore[misc, unused-ignore]
    """320x240 at 5 pictures a second: an image file, or a moving pattern; a small square always moves."""

    kind = "video"

    def __init__(self, picture: str) -> None:
        super().__init__()
        self._clock = Clock(1 / PICTURES_PER_SECOND)
        self._scene = _read(picture) if picture else _pattern()
        self._count = 0

    async def recv(self) -> "av.VideoFrame | av.Packet[Any]":  # type: ignore[override, unused-ignore]
        """The next picture, at its time."""
        if self.readyState != "live":
            raise MediaStreamError
        await self._clock.tick()
        outgoing = self.outgoing(self._count)
        outgoing.time_base = fractions.Fraction(1, VIDEO_RATE_HZ)
        outgoing.pts = self._count * VIDEO_RATE_HZ // PICTURES_PER_SECOND
        self._count += 1
        return outgoing

    def outgoing(self, number: int) -> "av.VideoFrame | av.Packet[Any]":
        """The picture of a number as it is sent: a frame, which aiortc encodes, or a packet that is encoded already."""
        scene = self._scene.copy()
        left = number * 4 % (WIDTH - 8)
        scene[:8, left : left + 8] = 255
        return av.VideoFrame.from_ndarray(scene, format="rgb24")


def _pattern() -> np.ndarray:
    down, across = np.mgrid[0:HEIGHT, 0:WIDTH]
    return np.stack([across * 255 // WIDTH, down * 255 // HEIGHT, np.full_like(down, 96)], axis=-1).astype(np.uint8)


def _read(picture: str) -> np.ndarray:
    with av.open(picture) as container:
        frame = next(container.decode(video=0))
        return frame.reformat(width=WIDTH, height=HEIGHT, format="rgb24").to_ndarray()


class Ear:
    """Listens to the interviewer: when sound comes, and how much."""

    def __init__(self, on_frame: Callable[[Samples], None], on_audible: Callable[[float], None]) -> None:
        self._on_frame = on_frame
        self._on_audible = on_audible
        self.last_frame_at: float | None = None
        self.last_audible_at: float | None = None
        self.audible_since: float | None = None
        """When the sound began that still lasts; None in silence of more than 300 ms."""

        self.audible_seconds = 0.0

    async def listen(self, track: MediaStreamTrack) -> None:
        """Take everything ``track`` brings until it ends."""
        loop = asyncio.get_running_loop()
        with contextlib.suppress(MediaStreamError):
            while True:
                frame = await track.recv()
                if not isinstance(frame, av.AudioFrame):
                    continue
                now = loop.time()
                samples = frame.to_ndarray().reshape(-1, len(frame.layout.channels))[:, 0].astype(np.int16)
                self.last_frame_at = now
                self._on_frame(samples)
                if audible(samples):
                    if self.last_audible_at is None or now - self.last_audible_at > 0.3:
                        self.audible_since = now
                    self.last_audible_at = now
                    self.audible_seconds += len(samples) / RATE_HZ
                    self._on_audible(now)
                elif self.last_audible_at is not None and now - self.last_audible_at > 0.3:
                    self.audible_since = None
