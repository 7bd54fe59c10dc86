"""200 nodes send at once through one hub: no fact lost, doubled or out of order, though some come twice or early."""

import argparse
import asyncio
import random
import time
from typing import Any

NODES = 200
INTERVIEWS_A_NODE = 2
BATCH_MOST = 40
SENT_TWICE = 0.1
SENT_EARLY = 0.1
POSITION_SECONDS = 10.0
GIVEN_UP_SECONDS = 300.0


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """How many nodes."""
    parser.add_argument("--nodes", type=int, default=NODES, help=f"nodes at once (default: {NODES})")


def run(options: argparse.Namespace) -> dict[str, Any]:
    """Real hub, real ingest, real database; each node has a journal of its own in memory and the real codec."""
    from chaos._installation import data_folder

    with data_folder() as data:
        return asyncio.run(_run(data, options.nodes))


async def _run(data: Any, count: int) -> dict[str, Any]:
    from fakes.planned_interviews import plan

    from chaos._installation import head_office, say
    from chaos._record import judged

    async with head_office(data) as system:
        names = [f"sim-{number:03}" for number in range(count)]
        nodes = [_Node(name, plan(system.database_url, name, INTERVIEWS_A_NODE)) for name in names]
        say(f"{count} nodes begin, {sum(len(node.journal) for node in nodes)} facts in their journals")
        hub = await system.hub_connection("nodes")
        began = time.monotonic()
        async with asyncio.timeout(GIVEN_UP_SECONDS):
            await asyncio.gather(*(node.send(hub.client) for node in nodes))
        seconds = time.monotonic() - began
        await hub.close()
        await asyncio.sleep(2)
        sent = {interview: node.facts_each for node in nodes for interview in node.interviews}
        figures = {"nodes": count, **judged(system.database_url, sent), "caught_up_s": round(seconds, 2)}
    figures["facts_a_second"] = round(figures["sent"] / seconds)
    figures["sent_twice"] = sum(node.twice for node in nodes)
    figures["sent_early"] = sum(node.early for node in nodes)
    zeros = ("missing", "duplicates", "out_of_order", "dead_letters", "incidents")
    figures["ok"] = not any(figures[name] for name in zeros)
    return figures


class _Node:
    """One branch: its journal, sent from the position the coordinator tells, as the forwarder does."""

    def __init__(self, name: str, interviews: list[str]) -> None:
        from edge_node.journal.codec import Place, encode
        from fakes.whole_interview import facts

        self.name = name
        self.interviews = interviews
        self.epoch = f"epoch-of-{name}"
        events = facts()
        self.facts_each = len(events)
        # The interviews run side by side, so that the journal has them in turns.
        self.journal = [
            encode(Place(name, self.epoch, interview, number, number * 1000, 1_760_000_000_000 + number), fact)
            for number, fact in enumerate(events, start=1)
            for interview in interviews
        ]
        self.twice = 0
        self.early = 0
        self._random = random.Random(name)

    async def send(self, client: Any) -> None:
        """Until the coordinator has committed all."""
        from interview_proto import subjects

        jetstream = client.jetstream(timeout=30)
        while (committed := await self._position(client)) < len(self.journal):
            first = committed + 1
            while first <= len(self.journal):
                size = self._random.randint(1, BATCH_MOST)
                if self._random.random() < SENT_EARLY and first + size <= len(self.journal):
                    # A batch got lost before this one.
                    self.early += 1
                    await jetstream.publish(subjects.event_batch(self.name), self._batch(first + size, size))
                again = self._random.random() < SENT_TWICE
                self.twice += again
                for _ in range(1 + again):
                    await jetstream.publish(subjects.event_batch(self.name), self._batch(first, size))
                first += size
            await asyncio.sleep(0.5)

    def _batch(self, first: int, size: int) -> bytes:
        from edge_node.uplink.codec import encode_batch

        return encode_batch(self.name, self.epoch, first, self.journal[first - 1 : first - 1 + size])

    async def _position(self, client: Any) -> int:
        from edge_node.uplink.codec import decode_position_reply, encode_position_request
        from interview_proto import subjects

        while True:
            try:
                request = encode_position_request(self.name, self.epoch)
                reply = await client.request(subjects.position_request(self.name), request, timeout=POSITION_SECONDS)
            except TimeoutError:
                continue
            return decode_position_reply(reply.data).sequence
