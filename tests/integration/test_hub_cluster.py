"""The hub as three servers: what one of them held is served on by the others."""

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest
from chaos._hub_servers import Servers
from chaos._simulated_node import SimulatedNode, simulated_node
from coordinator.bus.hub import Hub
from coordinator.db.unit_of_work import Database
from coordinator.dispatch.buckets import Buckets
from coordinator.ingest.consumer import Consumer
from coordinator.ingest.contact import Contact
from coordinator.ingest.intake import Intake
from coordinator.tasks import cancel
from interview_proto import subjects
from nats.js.errors import KeyNotFoundError
from record_path import planned_interview, rows


@pytest.fixture
def servers(tmp_path: Path) -> Iterator[Servers]:
    made = Servers(tmp_path, ["n1"])
    made.start()
    yield made
    made.stop()


async def mirrored(node: SimulatedNode, interview_id: str) -> bytes | None:
    """What the node itself has under an interview's id."""
    try:
        bucket = await node.local.jetstream().key_value(subjects.kits_bucket(node.node_id))
        return (await bucket.get(interview_id)).value
    except KeyNotFoundError:
        return None


async def test_facts_and_kits_flow_on_when_the_server_that_leads_them_dies(servers: Servers, database_url: str) -> None:
    interview_id = planned_interview(database_url)
    hub = Hub(servers.core_url, process="ingest", credentials_file=servers.core_credentials)
    database = Database(database_url, connections_max=4)
    await database.open()
    await hub.open()
    intake, buckets = Intake(database), Buckets(hub, replicas=3)
    consumer = Consumer(hub.client, intake, replicas=3)
    await Contact(hub.client, database, intake, buckets.prepare).start()
    reading = asyncio.create_task(consumer.run())
    stop = asyncio.Event()
    try:
        async with simulated_node("n1", servers.nodes["n1"].port, servers.node_token, interview_id) as node:
            keeping = asyncio.create_task(node.keep_facts(20, stop))
            async with asyncio.timeout(60):
                while not rows(database_url, "SELECT 1 FROM event"):
                    await asyncio.sleep(0.1)
                cluster = (await hub.client.jetstream().stream_info(subjects.EVENTS_STREAM)).cluster
                assert cluster is not None
                assert cluster.leader
                assert len(cluster.replicas or []) == 2
                servers.hub(cluster.leader).kill()
                # Tried on until the others have chosen a leader of the kits' bucket, if it lost its own.
                await buckets.put("n1", "iv", b"a kit")
                await asyncio.sleep(1)
                stop.set()
                await keeping
                epoch = await node.journal.epoch()
                while await intake.position("n1", epoch) < node.kept:
                    await asyncio.sleep(0.1)
                while await mirrored(node, "iv") != b"a kit":
                    await asyncio.sleep(0.1)
    finally:
        await cancel(reading)
        await hub.close()
        await database.close()
    got = rows(database_url, "SELECT number FROM event ORDER BY received_at, journal_sequence")
    assert [number for (number,) in got] == list(range(1, node.kept + 1))
    assert node.kept > 10
