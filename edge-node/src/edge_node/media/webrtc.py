"""Makes peers from the page's offers: :class:`WebRtcMedia` implements :class:`edge_node.ports.media.Media`."""

import asyncio
from collections.abc import Sequence

from aiortc import RTCPeerConnection, RTCSessionDescription
from aiortc.rtcconfiguration import RTCBundlePolicy, RTCConfiguration

from edge_node.media.description import LONGEST_OFFER, advertise, candidates, without_hidden_hosts
from edge_node.media.peer import WebRtcPeer
from edge_node.media.reordering import take_in_order
from edge_node.media.sockets import PortPool
from edge_node.ports.media import MediaError
from edge_node.telemetry.logs import get_logger

ANSWER_WITHIN_SECONDS = 10.0

log = get_logger("media")


class WebRtcMedia:
    """Peers over UDP within one port range. No STUN or TURN server is ever asked."""

    def __init__(
        self, *, udp_port_first: int, udp_port_last: int, addresses: Sequence[str] = (), advertised_host: str = ""
    ) -> None:
        self._ports = PortPool(udp_port_first, udp_port_last, addresses)
        self._advertised_host = advertised_host
        self._peers: set[WebRtcPeer] = set()
        self._tasks: set[asyncio.Task[None]] = set()

    async def answer(self, offer_sdp: str, *, microphone: bool, camera: bool) -> tuple[WebRtcPeer, str]:
        """A peer for the page's offer, and the answer's SDP; what is not asked for is not received.

        Raises MediaError: bad_offer or no_free_port.
        """
        if len(offer_sdp) > LONGEST_OFFER:
            raise MediaError("bad_offer", "too long")
        connection = RTCPeerConnection(RTCConfiguration(iceServers=[], bundlePolicy=RTCBundlePolicy.MAX_BUNDLE))
        peer = WebRtcPeer(connection)
        try:
            async with asyncio.timeout(ANSWER_WITHIN_SECONDS):
                sdp = await self._negotiate(connection, peer, offer_sdp, microphone=microphone, camera=camera)
        except TimeoutError:
            await peer.close()
            raise MediaError("bad_offer", "no answer could be made in time") from None
        except BaseException:
            await peer.close()
            raise
        peer.watch()
        self._peers.add(peer)
        task = asyncio.create_task(self._forget(peer), name="peer forget")
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return peer, advertise(sdp, self._advertised_host)

    async def _negotiate(
        self, connection: RTCPeerConnection, peer: WebRtcPeer, offer_sdp: str, *, microphone: bool, camera: bool
    ) -> str:
        try:
            await connection.setRemoteDescription(RTCSessionDescription(without_hidden_hosts(offer_sdp), "offer"))
        except Exception as error:  # aiortc's parser raises whatever Python raised in it
            raise MediaError("bad_offer", type(error).__name__) from error
        kinds = [transceiver.kind for transceiver in connection.getTransceivers()]
        if kinds.count("audio") != 1 or kinds.count("video") > 1:
            raise MediaError("bad_offer", "one audio section and at most one video section are needed")
        connection.addTrack(peer.playout)
        for transceiver in connection.getTransceivers():
            if transceiver.kind == "audio":
                transceiver.direction = "sendrecv" if microphone else "sendonly"
                take_in_order(transceiver.receiver, peer.reordering)
            else:
                transceiver.direction = "recvonly" if camera else "inactive"
        self._ports.attach(connection)
        await connection.setLocalDescription(await connection.createAnswer())
        sdp = str(connection.localDescription.sdp)
        if candidates(sdp) == 0:
            raise MediaError("no_free_port")
        return sdp

    async def _forget(self, peer: WebRtcPeer) -> None:
        await peer.wait_gone()
        await peer.close()
        self._peers.discard(peer)

    async def close(self) -> None:
        """Close every peer, and wait for those that are being closed."""
        await asyncio.gather(*(peer.close() for peer in list(self._peers)))
        if self._tasks:
            await asyncio.wait(set(self._tasks))
