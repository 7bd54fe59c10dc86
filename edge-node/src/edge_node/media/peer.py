"""One candidate's connection: audio both ways, the newest picture, the data channel, and whether it still lives."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Mapping
from typing import Any

import av
from aiortc import MediaStreamTrack, RTCPeerConnection
from aiortc.mediastreams import MediaStreamError

from edge_node.core.audio import AudioFrame
from edge_node.media.channel import Channel
from edge_node.media.inbound import AudioInbound, PictureInbound
from edge_node.media.outbound import Playout
from edge_node.media.reordering import Reordering
from edge_node.media.sockets import last_heard
from edge_node.ports.media import Picture
from edge_node.tasks import cancel
from edge_node.telemetry.logs import get_logger

LOST_AFTER_SECONDS = 5.0
"""No datagram for this long means the page is gone; a living one sends 50 a second."""

CONNECT_WITHIN_SECONDS = 15.0
CHECK_EVERY_SECONDS = 0.5
CLOSE_WITHIN_SECONDS = 5.0

log = get_logger("media")


class WebRtcPeer:
    """Implements :class:`edge_node.ports.media.Peer`; made by :class:`edge_node.media.webrtc.WebRtcMedia`."""

    def __init__(self, connection: RTCPeerConnection) -> None:
        self._connection = connection
        self.playout = Playout()
        self.reordering = Reordering()
        self.audio = AudioInbound()
        self.pictures = PictureInbound()
        self.channel = Channel()
        self._gone = asyncio.Event()
        self._closing: asyncio.Task[None] | None = None
        self._tasks: set[asyncio.Task[None]] = set()
        connection.on("datachannel", self.channel.adopt)
        connection.on("track", self._take)
        connection.on("connectionstatechange", self._state_changed)

    def watch(self) -> None:
        """Start looking after the connection's life."""
        self._own(self._watch(), "peer watch")

    def _own(self, work: Any, name: str) -> None:
        task = asyncio.create_task(work, name=name)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def _take(self, track: MediaStreamTrack) -> None:
        self._own(self._drain(track), f"drain {track.kind}")

    async def _drain(self, track: MediaStreamTrack) -> None:
        loop = asyncio.get_running_loop()
        with contextlib.suppress(MediaStreamError):
            while True:
                frame = await track.recv()
                if isinstance(frame, av.AudioFrame):
                    self.audio.push(frame)
                elif isinstance(frame, av.VideoFrame):
                    self.pictures.push(frame, loop.time())

    def _state_changed(self) -> None:
        if self._connection.connectionState in ("failed", "closed"):
            self._lose(self._connection.connectionState)

    async def _watch(self) -> None:
        loop = asyncio.get_running_loop()
        began = loop.time()
        while True:
            await asyncio.sleep(CHECK_EVERY_SECONDS)
            if self._connection.connectionState != "connected":
                if loop.time() - began > CONNECT_WITHIN_SECONDS:
                    return self._lose("never connected")
                continue
            if loop.time() - (last_heard(self._connection) or began) > LOST_AFTER_SECONDS:
                return self._lose("silent")

    def _lose(self, reason: str) -> None:
        if self._gone.is_set():
            return
        log.info("peer gone", reason=reason, played_seconds=round(self.played_seconds, 1), **self.counts)
        self._gone.set()
        self.playout.end()
        self.audio.end()
        self.channel.end()
        self._closing = asyncio.create_task(self._shut(), name="peer close")

    async def _shut(self) -> None:
        for task in list(self._tasks):
            if task.get_name() == "peer watch":
                task.cancel()
        try:
            await asyncio.wait_for(self._connection.close(), CLOSE_WITHIN_SECONDS)
        except Exception as error:  # noqa: BLE001 - whatever aiortc meets there, this peer's tasks end
            log.warning("peer did not close", error=type(error).__name__)
        finally:
            # The process waits for a decoder's thread, which ends when it is told to and not before.
            for receiver in self._connection.getReceivers():
                receiver._handle_disconnect()
        await cancel(*self._tasks)

    @property
    def counts(self) -> dict[str, int]:
        """What was dropped, by kind."""
        return {
            "audio_dropped": self.audio.dropped_frames,
            "audio_late": self.audio.late_frames + self.reordering.late,
            "audio_missing": self.reordering.missing,
            "playout_late": self.playout.late_frames,
            "messages_in_dropped": self.channel.dropped_in,
            "messages_out_dropped": self.channel.dropped_out,
            "pictures": self.pictures.pictures,
        }

    def frames(self) -> AsyncIterator[AudioFrame]:
        """What the candidate's microphone sends; ends when the peer is gone."""
        return self.audio.frames()

    def newest_picture(self) -> Picture | None:
        """The newest camera picture, converted now."""
        return self.pictures.newest(asyncio.get_running_loop().time())

    async def play(self, pcm: bytes) -> None:
        """Queue audio (s16le, mono, 48 kHz)."""
        await self.playout.play(pcm)

    async def drained(self) -> None:
        """Return when all that was queued has been sent, or was cleared."""
        await self.playout.drained()

    def clear(self) -> None:
        """Drop what was queued but not sent."""
        self.playout.clear()

    @property
    def played_seconds(self) -> float:
        """Audio really sent, in seconds."""
        return self.playout.played_seconds

    def send(self, message: Mapping[str, Any]) -> None:
        """Send JSON over the data channel."""
        self.channel.send(message)

    def messages(self) -> AsyncIterator[dict[str, Any]]:
        """JSON objects from the page; ends when the peer is gone."""
        return self.channel.messages()

    @property
    def gone(self) -> bool:
        """Whether the connection is lost or closed."""
        return self._gone.is_set()

    async def wait_gone(self) -> None:
        """Return when the connection is lost or closed."""
        await self._gone.wait()

    async def close(self) -> None:
        """Close the connection and wait until its port is free; idempotent."""
        self._lose("closed here")
        if self._closing:
            await asyncio.shield(self._closing)
