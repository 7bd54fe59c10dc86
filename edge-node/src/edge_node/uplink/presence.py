"""The node's heartbeat: sent every 2 s, heard or not."""

import asyncio
from collections.abc import Awaitable, Callable

from interview_proto import subjects
from nats.aio.client import Client
from nats.errors import Error as NatsError

from edge_node.telemetry.logs import get_logger
from edge_node.telemetry.machine_clock import read_clock
from edge_node.uplink import codec, metrics
from edge_node.uplink.assignments import KitMirror
from edge_node.uplink.codec import Presence

EVERY_SECONDS = 2.0
LOOK_TIMEOUT_SECONDS = 1.5

log = get_logger("presence")


class Heart:
    """Sends heartbeats over ``link``; what they say comes from ``observe`` and the kits at hand."""

    def __init__(
        self,
        link: Client,
        kits: KitMirror,
        observe: Callable[[], Awaitable[Presence]],
        *,
        node_id: str,
        display_name: str,
        version: str,
        room_url: str,
    ) -> None:
        self._link = link
        self._kits = kits
        self._observe = observe
        self._node_id = node_id
        self._display_name = display_name
        self._version = version
        self._room_url = room_url

    async def run(self) -> None:
        """Beat until cancelled. A look that takes too long is reported as a problem, never waited for."""
        loop = asyncio.get_running_loop()
        next_beat = loop.time()
        while True:
            await self._beat()
            next_beat = max(next_beat + EVERY_SECONDS, loop.time())
            await asyncio.sleep(next_beat - loop.time())

    async def _beat(self) -> None:
        presence = Presence(problems=("node_slow",))
        kits_ready: list[str] = []
        try:
            async with asyncio.timeout(LOOK_TIMEOUT_SECONDS):
                presence = await self._observe()
                kits_ready = [kit.interview_id for kit in await self._kits.kits()]
        except TimeoutError:
            log.warning("could not look at the node in time")
        metrics.kits_ready.set(len(kits_ready))
        if not self._link.is_connected:
            # A disconnected client would keep the message and send it stale.
            return
        body = codec.encode_heartbeat(
            presence,
            node_id=self._node_id,
            display_name=self._display_name,
            version=self._version,
            clock=read_clock(),
            kits_ready=kits_ready,
            room_url=self._room_url,
        )
        try:
            await self._link.publish(subjects.heartbeat(self._node_id), body)
            metrics.heartbeat_sent.set_to_current_time()
        except NatsError as error:
            log.info("heartbeat not sent", error=type(error).__name__)
