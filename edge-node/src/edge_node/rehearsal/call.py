"""One WebRTC connection of the scripted candidate, from offer to hang-up."""

import asyncio
import contextlib
import json
from collections.abc import Callable
from typing import Any, Protocol

from aiortc import MediaStreamTrack, RTCDataChannel, RTCPeerConnection, RTCSessionDescription
from aiortc.jitterbuffer import JitterBuffer
from aiortc.rtcconfiguration import RTCBundlePolicy, RTCConfiguration

from edge_node.rehearsal.kiosk_client import KioskClient
from edge_node.rehearsal.tracks import Camera, Ear, Mouth
from edge_node.tasks import cancel

CONNECT_SECONDS = 20.0
CLOSE_WITHIN_SECONDS = 5.0
SILENT_LINE_SECONDS = 5.0
"""The room sends 50 packets a second, silence included; without any for this long it is gone."""

JITTER_PREFETCH_PACKETS = 2


class CallError(Exception):
    """No connection came to be."""


class Network(Protocol):
    """Decides on which addresses and ports a connection gathers its candidates."""

    def attach(self, connection: RTCPeerConnection) -> None:
        """Prepare ``connection`` before its local description is set."""
        ...


class Call:
    """Mouth, ear, camera and data channel over one peer connection."""

    def __init__(
        self, mouth: Mouth, ear: Ear, camera: Camera | None, on_message: Callable[[dict[str, Any]], None]
    ) -> None:
        self.mouth = mouth
        self.ear = ear
        self._camera = camera
        self._on_message = on_message
        self._connection = RTCPeerConnection(RTCConfiguration(iceServers=[], bundlePolicy=RTCBundlePolicy.MAX_BUNDLE))
        self._channel: RTCDataChannel | None = None
        self._opened = asyncio.Event()
        self._tasks: set[asyncio.Task[None]] = set()
        self._connected_at = 0.0

    async def connect(self, kiosk: KioskClient, network: Network) -> None:
        """Offer, and wait until the data channel is open; raises CallError or KioskRefusal."""
        connection = self._connection
        connection.addTrack(self.mouth)
        if self._camera is not None:
            connection.addTrack(self._camera)
        connection.on("track", self._take)
        # After the tracks: aiortc drops a bundled transport whose data channel came first.
        self._channel = connection.createDataChannel("room")
        self._channel.on("open", self._opened.set)
        self._channel.on("message", self._received)
        for transceiver in connection.getTransceivers():
            if transceiver.kind == "audio":
                buffer = JitterBuffer(capacity=16, prefetch=JITTER_PREFETCH_PACKETS)
                setattr(transceiver.receiver, "_RTCRtpReceiver__jitter_buffer", buffer)  # noqa: B010 - mangled name
        network.attach(connection)
        await connection.setLocalDescription(await connection.createOffer())
        answer = await kiosk.offer(str(connection.localDescription.sdp), camera=self._camera is not None)
        try:
            await connection.setRemoteDescription(RTCSessionDescription(answer, "answer"))
        except Exception as error:  # aiortc's parser raises whatever Python raised in it
            raise CallError(f"the answer is not understood ({type(error).__name__})") from error
        try:
            await asyncio.wait_for(self._opened.wait(), CONNECT_SECONDS)
        except TimeoutError:
            raise CallError(f"no connection within {CONNECT_SECONDS:.0f} s ({connection.connectionState})") from None
        self._connected_at = asyncio.get_running_loop().time()

    def _take(self, track: MediaStreamTrack) -> None:
        task = asyncio.create_task(self.ear.listen(track), name="rehearsal ear")
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def _received(self, data: str | bytes) -> None:
        with contextlib.suppress(ValueError):
            message = json.loads(data)
            if isinstance(message, dict):
                self._on_message(message)

    def send(self, message: dict[str, Any]) -> None:
        """Send JSON over the data channel; lost when the call is."""
        if self._channel is not None and self._channel.readyState == "open":
            self._channel.send(json.dumps(message, ensure_ascii=False))

    @property
    def lost(self) -> bool:
        """Whether the room is gone."""
        if self._connection.connectionState in ("failed", "closed"):
            return True
        heard = self.ear.last_frame_at or self._connected_at
        return asyncio.get_running_loop().time() - heard > SILENT_LINE_SECONDS

    async def hang_up(self) -> None:
        """Close; idempotent."""
        self.mouth.stop()
        try:
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._connection.close(), CLOSE_WITHIN_SECONDS)
        finally:
            # The program waits for a decoder's thread, which ends when it is told to and not before.
            for receiver in self._connection.getReceivers():
                receiver._handle_disconnect()
        await cancel(*self._tasks)
