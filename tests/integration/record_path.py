"""Both ends of the record path in one process: a node's uplink and the coordinator's ingest, over real servers."""

import asyncio
import contextlib
import json
import uuid
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import psycopg
from coordinator.bus.hub import Hub
from coordinator.db.unit_of_work import Database
from coordinator.dispatch.buckets import Buckets
from coordinator.ingest.consumer import Consumer, ensure_stream
from coordinator.ingest.contact import Contact
from coordinator.ingest.intake import Intake
from edge_node.bus.local import Bus, connect
from edge_node.journal.store import JetStreamJournal
from edge_node.tasks import cancel
from edge_node.uplink.assignments import KitMirror
from edge_node.uplink.forwarder import Forwarder
from interview_proto import subjects
from linked_servers import LinkedServers

KIT = {
    "kit_id": "k",
    "rubric_version": "r1",
    "competencies": [
        {
            "competency_id": "c1",
            "name": "Design",
            "definition": "Trade-offs.",
            "anchors": [{"level": level, "text": f"Level {level}."} for level in (1, 2, 3)],
        },
        {
            "competency_id": "c2",
            "name": "Care",
            "definition": "",
            "anchors": [{"level": level, "text": f"Level {level}."} for level in (1, 2, 3)],
        },
    ],
    "stages": [],
}


def planned_interview(database_url: str, node_id: str = "n1") -> str:
    """An interview's row with all it hangs on, as the API would have made it."""
    interview_id = str(uuid.uuid4())
    with psycopg.connect(database_url) as connection:
        company, job, candidate = uuid.uuid4(), uuid.uuid4(), uuid.uuid4()
        connection.execute("INSERT INTO company (id, name) VALUES (%s, %s)", (company, f"Company {company}"))
        connection.execute(
            "INSERT INTO job (id, company_id, title, family, language, rubric_version)"
            " VALUES (%s, %s, 'Engineer', 'software', 'en', 'r1')",
            (job, company),
        )
        connection.execute("INSERT INTO candidate (id, name, language) VALUES (%s, 'Ada', 'en')", (candidate,))
        connection.execute("INSERT INTO node (node_id) VALUES (%s) ON CONFLICT DO NOTHING", (node_id,))
        connection.execute(
            "INSERT INTO interview (id, job_id, candidate_id, node_id, language, kit_id, kit, rubric_version,"
            " join_code_expires_at) VALUES (%s, %s, %s, %s, 'en', %s, %s, 'r1', now())",
            (interview_id, job, candidate, node_id, uuid.uuid4().hex, json.dumps(KIT)),
        )
    return interview_id


def rows(database_url: str, query: str, *parameters: Any) -> list[tuple[Any, ...]]:
    with psycopg.connect(database_url) as connection:
        return connection.execute(query.encode(), parameters).fetchall()


@dataclass
class HeadOffice:
    """The coordinator's side."""

    hub: Hub
    database: Database
    intake: Intake
    buckets: Buckets

    @contextlib.asynccontextmanager
    async def consuming(self) -> AsyncIterator[None]:
        """Batches are read from the hub's stream meanwhile."""
        task = asyncio.create_task(Consumer(self.hub.client, self.intake).run())
        try:
            yield
        finally:
            await cancel(task)


@contextlib.asynccontextmanager
async def head_office(
    servers: LinkedServers, database_url: str, *, consuming: bool = True
) -> AsyncIterator[HeadOffice]:
    """The ingest process's parts, running; without ``consuming``, batches stay in the hub's stream."""
    hub = Hub(servers.hub.url, process="ingest", credentials_file=servers.core_credentials)
    database = Database(database_url, connections_max=4)
    await database.open()
    await hub.open()
    intake, buckets = Intake(database), Buckets(hub)
    await Contact(hub.client, database, intake, buckets.prepare).start()
    await ensure_stream(hub.client.jetstream())
    office = HeadOffice(hub, database, intake, buckets)
    try:
        async with office.consuming() if consuming else contextlib.nullcontext():
            yield office
    finally:
        await hub.close()
        await database.close()


@dataclass
class Branch:
    """The node's side."""

    bus: Bus
    link: Bus
    journal: JetStreamJournal
    forwarder: Forwarder
    kits: KitMirror


@contextlib.asynccontextmanager
async def branch(servers: LinkedServers, *, forwarding: bool = True) -> AsyncIterator[Branch]:
    """The uplink process's parts, running, as ``app/uplink.py`` joins them."""
    node_id = servers.node_id
    bus = await connect(servers.node.url, process="uplink", token=servers.TOKEN)
    inbox = subjects.node_inbox(node_id)
    link = await connect(servers.node.url, process="uplink-link", token=servers.TOKEN, inbox_prefix=inbox)
    journal = JetStreamJournal(bus.client, node_id, timeout_seconds=10)
    forwarder = Forwarder(bus.client, link.client, journal, node_id, check_seconds=0.5)
    task = asyncio.create_task(forwarder.run()) if forwarding else None
    try:
        yield Branch(bus, link, journal, forwarder, KitMirror(bus.client, node_id))
    finally:
        if task:
            await cancel(task)
        await link.close()
        await bus.close()


async def until_committed(office: HeadOffice, node_id: str, epoch: str, sequence: int, seconds: float = 20) -> None:
    """Wait until the coordinator has committed a journal up to ``sequence``."""
    committed = -1
    loop = asyncio.get_running_loop()
    deadline = loop.time() + seconds
    while loop.time() < deadline:
        committed = await office.intake.position(node_id, epoch)
        if committed >= sequence:
            return
        await asyncio.sleep(0.05)
    raise AssertionError(f"committed {committed} of {sequence} after {seconds} s")


async def until_sent(node: Branch, sequence: int, seconds: float = 10) -> None:
    """Wait until the hub has acknowledged the journal up to ``sequence``."""
    async with asyncio.timeout(seconds):
        while node.forwarder.figures.sent_sequence < sequence:
            await asyncio.sleep(0.02)
