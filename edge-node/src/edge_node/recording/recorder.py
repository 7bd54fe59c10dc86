"""From frames to sealed segments. A thread of its own encodes and writes; the event loop only hands frames over.

The queue between them is bounded: a disk that stands still ends the recording, never the interview.
"""

import asyncio
import queue
import threading
from collections.abc import Callable

from edge_node.core.audio import FRAME_SAMPLES, SAMPLE_RATE_HZ, AudioFrame
from edge_node.ports.recording import SoundEncoder
from edge_node.recording import metrics
from edge_node.recording.codec import Name, Segment
from edge_node.recording.sealing import SealBroken
from edge_node.recording.shelf import Shelf, ShelfFull
from edge_node.telemetry.logs import get_logger

SEGMENT_SECONDS = 10.0
QUEUED_FRAMES = 1500
"""30 s in which the disk may stand still (1 MB)."""

LONGEST_GAP_SAMPLES = 60 * SAMPLE_RATE_HZ
"""Frames lost on the way become silence up to this; behind a longer hole a new segment begins at its own sample."""

CLOSE_SECONDS = 5.0
SILENCE = bytes(FRAME_SAMPLES * 2)

log = get_logger("recording")

_Queued = tuple[AudioFrame, int]


class SegmentRecorder:
    """Implements ``ports.recording.Recorder`` on a :class:`Shelf`."""

    def __init__(
        self, shelf: Shelf, encoder: Callable[[], SoundEncoder], *, segment_seconds: float = SEGMENT_SECONDS
    ) -> None:
        self._shelf = shelf
        self._encoder = encoder
        self._segment_packets = max(1, round(segment_seconds * SAMPLE_RATE_HZ / FRAME_SAMPLES))

    def begin(self, interview_id: str, track: int) -> "VisitRecording":
        """Record one visit; ``track`` is its number, used once."""
        return VisitRecording(
            self._shelf, self._encoder, interview_id, track=track, segment_packets=self._segment_packets
        )

    async def erase(self, interview_id: str) -> None:
        """Remove everything recorded of an interview. Raises OSError."""
        await asyncio.to_thread(self._shelf.erase, interview_id)


class VisitRecording:
    """Implements ``ports.recording.Recording``. Made in a running event loop."""

    def __init__(
        self,
        shelf: Shelf,
        encoder: Callable[[], SoundEncoder],
        interview_id: str,
        *,
        track: int,
        segment_packets: int,
        queued_frames: int = QUEUED_FRAMES,
    ) -> None:
        self._shelf = shelf
        self._make_encoder = encoder
        self._interview_id = interview_id
        self._track = track
        self._segment_packets = segment_packets
        self._queue: queue.Queue[_Queued | None] = queue.Queue(queued_frames)
        self._loop = asyncio.get_running_loop()
        self._reason = ""
        self._closed = False
        self._stopped = asyncio.Event()
        self._thread = threading.Thread(target=self._work, name="recording", daemon=True)
        self._thread.start()

    def hear(self, frame: AudioFrame, origin_ms: int) -> None:
        """Take a frame; once the recording has ended, nothing happens."""
        if self._reason or self._closed:
            return
        try:
            self._queue.put_nowait((frame, origin_ms))
        except queue.Full:
            self._end("too_slow")

    async def stopped(self) -> str:
        """Return when it has ended by itself, and why."""
        await self._stopped.wait()
        return self._reason

    async def close(self) -> None:
        """End it and wait for the disk, 5 s at the most."""
        if not self._reason and not self._closed:
            self._closed = True
            try:
                self._queue.put_nowait(None)
            except queue.Full:
                self._end("too_slow")
        await asyncio.to_thread(self._thread.join, CLOSE_SECONDS)
        if self._thread.is_alive():
            log.warning("the recording's last segment is not on disk", interview_id=self._interview_id)

    def _end(self, reason: str) -> None:
        """The recording ends by itself; called in the loop's thread."""
        if self._reason:
            return
        self._reason = reason
        self._stopped.set()
        metrics.stopped_total.labels(reason).inc()
        log.warning("recording ended", interview_id=self._interview_id, reason=reason)

    def _work(self) -> None:
        """The thread: everything that computes or waits for the disk."""
        try:
            self._write_segments()
        except ShelfFull as error:
            self._tell(error.code)
        except (OSError, SealBroken, ValueError) as error:
            log.error("recording failed", interview_id=self._interview_id, error=type(error).__name__)
            self._tell("failed")

    def _tell(self, reason: str) -> None:
        if not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._end, reason)

    def _write_segments(self) -> None:
        key = self._shelf.open(self._interview_id)
        track = _Track(self._track, self._make_encoder(), self._segment_packets)
        # Without a word of the end for this long the reason is set and nothing more comes.
        while (queued := self._take()) is not None:
            for segment in track.add(*queued):
                self._shelf.add(self._interview_id, key, segment)
        for segment in track.finish():
            self._shelf.add(self._interview_id, key, segment)

    def _take(self) -> _Queued | None:
        """The next frame; None at the end."""
        while True:
            try:
                return self._queue.get(timeout=1.0)
            except queue.Empty:
                if self._reason or self._loop.is_closed():
                    return None


class _Track:
    """One visit's frames as segments, without a hole."""

    def __init__(self, track: int, encoder: SoundEncoder, segment_packets: int) -> None:
        self._track = track
        self._encoder = encoder
        self._segment_packets = segment_packets
        self._packets: list[bytes] = []
        self._number = 0
        self._origin_ms = 0
        self._first: int | None = None
        """Sample of the first packet not in a segment yet."""

        self._next = 0
        """Sample behind the last one encoded."""

    def add(self, frame: AudioFrame, origin_ms: int) -> list[Segment]:
        """Encode a frame; a hole before it becomes silence. Segments that are full."""
        if self._first is None:
            self._first = self._next = frame.start_sample
            self._origin_ms = origin_ms
        missing = frame.start_sample - self._next
        if missing < 0:
            return []
        before: list[Segment] = []
        if missing > LONGEST_GAP_SAMPLES or missing % FRAME_SAMPLES:
            before = [self._cut(len(self._packets))] if self._packets else []
            self._first = self._next = frame.start_sample
            missing = 0
        for _ in range(missing // FRAME_SAMPLES):
            self._encode(SILENCE)
        self._encode(frame.pcm)
        return [*before, *self._full()]

    def finish(self) -> list[Segment]:
        """The rest."""
        self._packets += self._encoder.finish()
        segments = self._full()
        return [*segments, self._cut(len(self._packets))] if self._packets else segments

    def _encode(self, pcm: bytes) -> None:
        self._packets += self._encoder.encode(pcm)
        self._next += FRAME_SAMPLES

    def _full(self) -> list[Segment]:
        return [self._cut(self._segment_packets) for _ in range(len(self._packets) // self._segment_packets)]

    def _cut(self, count: int) -> Segment:
        assert self._first is not None
        packets, self._packets = tuple(self._packets[:count]), self._packets[count:]
        name = Name(self._track, self._number)
        segment = Segment(name, self._origin_ms, self._first, self._encoder.pre_skip, packets)
        self._number += 1
        self._first += count * FRAME_SAMPLES
        return segment
