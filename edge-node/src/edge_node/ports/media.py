"""A connected candidate, as the room sees one."""

from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from edge_node.core.audio import AudioFrame


class MediaError(Exception):
    """The peer could not be made; ``code`` is stable: bad_offer or no_free_port."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(f"{code}: {detail}" if detail else code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Picture:
    """The newest camera picture, small: I420 (the luma plane, then both chroma planes at half width and height).

    ``width * height * 3 / 2`` bytes; both sides are even.
    """

    i420: bytes
    width: int
    height: int
    age_seconds: float


class Peer(Protocol):
    """One candidate's WebRTC connection. Every queue inside is bounded; a drop is counted."""

    def frames(self) -> AsyncIterator[AudioFrame]:
        """What the candidate's microphone sends, 20 ms each, in order; ends when the peer is gone."""
        ...

    def newest_picture(self) -> Picture | None:
        """The newest camera picture, or None without a camera. Converts on demand: call at the sampling rate."""
        ...

    async def play(self, pcm: bytes) -> None:
        """Queue audio (s16le, mono, 48 kHz, any length); waits while more than 2 s are queued."""
        ...

    async def drained(self) -> None:
        """Return when all that was queued has been sent, or was cleared."""
        ...

    def clear(self) -> None:
        """Drop what was queued but not sent (barge-in)."""
        ...

    @property
    def played_seconds(self) -> float:
        """Audio really sent since the peer was made, fillers of silence not counted."""
        ...

    def send(self, message: Mapping[str, Any]) -> None:
        """Send JSON over the data channel; dropped and counted when the channel is not open."""
        ...

    def messages(self) -> AsyncIterator[dict[str, Any]]:
        """JSON objects from the page; anything else is dropped and counted. Ends when the peer is gone."""
        ...

    @property
    def gone(self) -> bool:
        """Whether the connection is lost or closed."""
        ...

    async def wait_gone(self) -> None:
        """Return when the connection is lost or closed."""
        ...

    async def close(self) -> None:
        """Close the connection; idempotent."""
        ...


class Media(Protocol):
    """Makes peers."""

    async def answer(self, offer_sdp: str, *, microphone: bool, camera: bool) -> tuple[Peer, str]:
        """A peer for the page's offer, and the answer's SDP; raises MediaError."""
        ...

    async def close(self) -> None:
        """Close every peer."""
        ...
