"""The process that takes the record in: batches, positions, heartbeats.

Several may run: all answer nodes, one at a time reads the stream, so that each node's batches keep their order.
"""

from coordinator.app.process import Process, hub_of
from coordinator.db.lock import AdvisoryLock
from coordinator.db.lock_keys import LockKey
from coordinator.db.unit_of_work import Database
from coordinator.dispatch.buckets import Buckets
from coordinator.ingest.consumer import Consumer
from coordinator.ingest.contact import Contact
from coordinator.ingest.figures import Figures
from coordinator.ingest.intake import Intake
from coordinator.settings import Settings, database_url
from coordinator.telemetry import metrics


async def run(settings: Settings) -> None:
    """Take in until stopped."""
    process = Process("ingest", settings)
    database = Database(database_url(settings), connections_max=settings.database_connections)
    hub = hub_of(settings, "ingest")
    await database.open()
    try:
        await hub.open()
        intake = Intake(database)
        buckets = Buckets(hub, replicas=settings.nats_replicas)
        consumer = Consumer(hub.client, intake, replicas=settings.nats_replicas)
        await consumer.prepare()
        await Contact(hub.client, database, intake, buckets.prepare).start()
        reader = AdvisoryLock(database_url(settings), LockKey.READER, name="ingest")
        process.own(reader.work(consumer.run), "consumer")
        process.own(Figures(hub.client, database).run(), "figures")
        with metrics.served("ingest", settings.metrics_port):
            await process.until_stopped()
    finally:
        await process.cancel_owned()
        await hub.close()
        await database.close()
