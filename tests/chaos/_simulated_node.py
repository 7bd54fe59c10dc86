"""A branch without rooms: its own nats-server, its journal, and the product's forwarder and mirror of kits."""

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator

from edge_node.bus.local import Bus, connect
from edge_node.core.interview import events as e
from edge_node.core.interview.plan import QuestionKind
from edge_node.journal.store import JetStreamJournal
from edge_node.tasks import cancel
from edge_node.uplink import codec
from edge_node.uplink.assignments import KitMirror
from edge_node.uplink.forwarder import Forwarder
from interview_proto import subjects
from nats.errors import Error as NatsError
from provisioning.network import LOOPBACK

POSITION_TIMEOUT_SECONDS = 2.0


class SimulatedNode:
    """Keeps facts as fast as asked; what is counted as kept is on its disk."""

    def __init__(self, node_id: str, bus: Bus, link: Bus, interview_id: str) -> None:
        self.node_id = node_id
        self.interview_id = interview_id
        self.local = bus.client
        self.journal = JetStreamJournal(bus.client, node_id, timeout_seconds=20)
        self.kits = KitMirror(bus.client, node_id)
        self.forwarder = Forwarder(bus.client, link.client, self.journal, node_id)
        self.kept = 0
        self.last_kept_at = 0.0
        self._link = link

    async def keep_facts(self, per_second: float, stop: asyncio.Event) -> None:
        """Keep pairs of a question and its answer until ``stop``."""
        await self._append([e.InterviewOpened("k", "en")])
        loop = asyncio.get_running_loop()
        next_at = loop.time()
        number = 0
        while not stop.is_set():
            number += 1
            question = e.QuestionAsked(f"q{number}", "s1", QuestionKind.PLANNED, f"{self.node_id} asks {number}?", ())
            answer = e.TurnTaken(f"t{number}", f"q{number}", f"Answer {number}.", e.TurnMode.TYPED, 1, 2, ())
            await self._append([question, answer])
            next_at = max(next_at + 2 / per_second, loop.time())
            await asyncio.sleep(next_at - loop.time())

    async def _append(self, facts: list[e.Event]) -> None:
        await self.journal.append(self.interview_id, facts, after=self.kept, interview_ms=self.kept)
        self.kept += len(facts)
        self.last_kept_at = time.time()

    async def ask_position(self) -> bool:
        """Whether the coordinator answers how far it is."""
        request = codec.encode_position_request(self.node_id, await self.journal.epoch())
        subject = subjects.position_request(self.node_id)
        try:
            await self._link.client.request(subject, request, timeout=POSITION_TIMEOUT_SECONDS)
        except (NatsError, TimeoutError):
            return False
        return True

    async def holds_kit(self, interview_id: str, kit_id: str) -> bool:
        """Whether the node itself has this kit of the interview."""
        kit = await self.kits.kit(interview_id)
        return kit is not None and kit.kit_id == kit_id


@contextlib.asynccontextmanager
async def simulated_node(node_id: str, port: int, token: str, interview_id: str) -> AsyncIterator[SimulatedNode]:
    """A node with its uplink at work, as ``edge_node.app.uplink`` joins the parts."""
    url = f"nats://{LOOPBACK}:{port}"
    bus = await connect(url, process="uplink", token=token)
    link = await connect(url, process="uplink-link", token=token, inbox_prefix=subjects.node_inbox(node_id))
    node = SimulatedNode(node_id, bus, link, interview_id)
    await node.kits.ensure_mirror()
    forwarding = asyncio.create_task(node.forwarder.run(), name=f"forward {node_id}")
    try:
        yield node
    finally:
        await cancel(forwarding)
        await link.close()
        await bus.close()
