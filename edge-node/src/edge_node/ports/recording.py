"""Keeping the candidate's voice, where the candidate agreed to it."""

from typing import Protocol

from edge_node.core.audio import AudioFrame


class SoundEncoder(Protocol):
    """Opus of one visit: mono, 20 ms a packet. Not safe for threads; one encoder belongs to one."""

    @property
    def pre_skip(self) -> int:
        """Samples at 48 kHz by which what comes out is behind what goes in."""
        ...

    def encode(self, pcm: bytes) -> list[bytes]:
        """Packets of 320 samples (s16le, mono, 16 kHz)."""
        ...

    def finish(self) -> list[bytes]:
        """What is still inside."""
        ...


class Recording(Protocol):
    """One visit's recording. Its methods are called from the event loop's thread and never wait for a disk."""

    def hear(self, frame: AudioFrame, origin_ms: int) -> None:
        """Take a frame; ``origin_ms``: interview time of the visit's sample 0, the same in every call."""
        ...

    async def stopped(self) -> str:
        """Return when it has ended by itself, and why: disk_full, share_full, too_slow or failed."""
        ...

    async def close(self) -> None:
        """End it; what was heard is on disk, or the disk is too slow."""
        ...


class Recorder(Protocol):
    """Begins recordings, and undoes them."""

    def begin(self, interview_id: str, track: int) -> Recording:
        """Record one visit; ``track`` is its number, used once."""
        ...

    async def erase(self, interview_id: str) -> None:
        """Remove everything recorded of an interview; nothing when there is none."""
        ...
