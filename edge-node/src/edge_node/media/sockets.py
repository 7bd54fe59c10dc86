"""UDP sockets of WebRTC in a fixed port range, on chosen addresses.

Neither aiortc nor aioice has a setting for either. An aioice ``Connection`` gathers its host candidates in one
method; :meth:`PortPool.attach` replaces that method on the connections of one peer, so nothing global changes,
any event loop will do, and loopback (which aioice leaves out) can be chosen.
"""

import asyncio
import errno
import functools
import random
import socket
from collections.abc import Sequence
from typing import Any

from aioice.candidate import Candidate, candidate_foundation, candidate_priority
from aioice.ice import Connection, StunProtocol
from aiortc import RTCPeerConnection

from edge_node.telemetry.logs import get_logger

RECEIVE_BUFFER_BYTES = 262_144

log = get_logger("media")


class HeardProtocol(StunProtocol):
    """One UDP socket of one peer that remembers when it last heard anything."""

    def __init__(self, receiver: Connection, loop: asyncio.AbstractEventLoop) -> None:
        super().__init__(receiver)
        self._loop = loop
        self.heard_at: float | None = None

    def datagram_received(self, data: bytes | str, addr: tuple[Any, ...]) -> None:
        """Note the time (of the event loop's clock), then handle the datagram."""
        self.heard_at = self._loop.time()
        super().datagram_received(data, addr)


class PortPool:
    """The UDP ports from ``first`` to ``last`` (both included); 0 to 0 means any free port."""

    def __init__(self, first: int, last: int, addresses: Sequence[str] = ()) -> None:
        self._ports = range(first, last + 1)
        self._addresses = tuple(addresses)

    def attach(self, connection: RTCPeerConnection) -> None:
        """Make ``connection`` gather its candidates here; call before the local description is set."""
        for ice in ice_connections(connection):
            ice.get_component_candidates = functools.partial(self._gather, ice)  # type: ignore[method-assign]

    async def _gather(self, ice: Connection, component: int, addresses: list[str], timeout: int = 5) -> list[Candidate]:
        """Host candidates of one connection; an address without a free port gives none."""
        loop = asyncio.get_running_loop()
        candidates = []
        for address in self._addresses or addresses:
            bound = self._bind(address)
            if bound is None:
                continue
            _, protocol = await loop.create_datagram_endpoint(lambda: HeardProtocol(ice, loop), sock=bound)
            host, port = bound.getsockname()[:2]
            protocol.local_candidate = Candidate(
                foundation=candidate_foundation("host", "udp", host),
                component=component,
                transport="udp",
                priority=candidate_priority(component, "host"),
                host=host,
                port=port,
                type="host",
            )
            candidates.append(protocol.local_candidate)
            ice._protocols.append(protocol)
        return candidates

    def _bind(self, address: str) -> socket.socket | None:
        family = socket.AF_INET6 if ":" in address else socket.AF_INET
        for port in random.sample(self._ports, len(self._ports)):
            candidate = socket.socket(family, socket.SOCK_DGRAM)
            try:
                candidate.setblocking(False)
                candidate.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, RECEIVE_BUFFER_BYTES)
                candidate.bind((address, port))
            except OSError as error:
                candidate.close()
                if error.errno != errno.EADDRINUSE:
                    log.warning("address not usable", address=address, error=errno.errorcode.get(error.errno or 0))
                    return None
            else:
                return candidate
        log.warning("no free udp port", address=address, first=self._ports[0], last=self._ports[-1])
        return None


def ice_connections(connection: RTCPeerConnection) -> list[Connection]:
    """The aioice connections under a peer: one with max-bundle, made as soon as its media are known."""
    transports = [transceiver.receiver.transport for transceiver in connection.getTransceivers()]
    if connection.sctp is not None:
        transports.append(connection.sctp.transport)
    unique = {id(dtls.transport): dtls.transport.iceGatherer._connection for dtls in transports}
    return list(unique.values())


def last_heard(connection: RTCPeerConnection) -> float | None:
    """When any datagram last came in, by the event loop's clock; None before the first."""
    times = [
        protocol.heard_at
        for ice in ice_connections(connection)
        for protocol in ice._protocols
        if isinstance(protocol, HeardProtocol) and protocol.heard_at is not None
    ]
    return max(times, default=None)
