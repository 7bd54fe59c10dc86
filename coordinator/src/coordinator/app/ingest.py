"""The process that takes the record in: batches, positions, heartbeats."""

from coordinator.app.process import Process, hub_of
from coordinator.db.unit_of_work import Database
from coordinator.dispatch.buckets import Buckets
from coordinator.ingest.consumer import Consumer
from coordinator.ingest.contact import Contact
from coordinator.ingest.intake import Intake
from coordinator.settings import Settings, database_url


async def run(settings: Settings) -> None:
    """Take in until stopped."""
    process = Process("ingest", settings)
    database = Database(database_url(settings), connections_max=settings.database_connections)
    hub = hub_of(settings, "ingest")
    await database.open()
    try:
        await hub.open()
        intake = Intake(database)
        contact = Contact(hub.client, database, intake, Buckets(hub).prepare)
        await contact.start()
        process.own(Consumer(hub.client, intake).run(), "consumer")
        await process.until_stopped()
    finally:
        await process.cancel_owned()
        await hub.close()
        await database.close()
