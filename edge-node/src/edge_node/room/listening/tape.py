"""The candidate's sound of the turn in the making, by sample index at 16 kHz."""

from collections.abc import Iterator

from edge_node.core.audio import AudioFrame
from edge_node.core.dialogue.utterance import WINDOW_SAMPLES

SAMPLE_BYTES = 2


class Tape:
    """A contiguous stretch of s16le mono sound at 16 kHz, cut off at the front; at most ``longest_samples``."""

    def __init__(self, longest_samples: int) -> None:
        self._longest = longest_samples
        self._pcm = bytearray()
        self._window_at: int | None = None
        self.start = 0
        """Index of the first sample kept."""

        self.lost = 0
        """Samples cut off although a turn still wanted them."""

    @property
    def end(self) -> int:
        """Index behind the last sample."""
        return self.start + len(self._pcm) // SAMPLE_BYTES

    def add(self, frame: AudioFrame) -> None:
        """Append a frame; a gap before it is filled with silence, an overlap is dropped."""
        if self._window_at is None:
            self.start = self._window_at = frame.start_sample
        gap = frame.start_sample - self.end
        if gap > self._longest:
            self._pcm.clear()
            self.start = self._window_at = frame.start_sample
            gap = 0
        self._pcm += bytes(max(0, gap) * SAMPLE_BYTES)
        self._pcm += frame.pcm[max(0, -gap) * SAMPLE_BYTES :]
        over = self.end - self.start - self._longest
        if over > 0:
            self.lost += over
            self.forget(self.start + over)

    def windows(self) -> Iterator[tuple[bytes, int]]:
        """Windows of 512 samples not seen yet, each with the index of its end."""
        while self._window_at is not None and self._window_at + WINDOW_SAMPLES <= self.end:
            at = max(self._window_at, self.start)
            self._window_at = at + WINDOW_SAMPLES
            yield self.cut(at, self._window_at), self._window_at

    def cut(self, first: int, last: int) -> bytes:
        """Sound of [first, last), what is kept of it."""
        low = max(0, first - self.start) * SAMPLE_BYTES
        return bytes(self._pcm[low : max(0, last - self.start) * SAMPLE_BYTES])

    def forget(self, before: int) -> None:
        """Drop what is before a sample and has been through :meth:`windows`."""
        count = min(before, self.end) - self.start
        if count > 0:
            del self._pcm[: count * SAMPLE_BYTES]
            self.start += count
