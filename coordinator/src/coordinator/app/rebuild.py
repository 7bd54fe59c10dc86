"""``coordinator rebuild``: read every stored fact again."""

import sys

from coordinator.db.unit_of_work import Database
from coordinator.ingest.rebuild import rebuild
from coordinator.settings import Settings, database_url
from coordinator.telemetry import logs


async def run(settings: Settings) -> None:
    """Make what is read from the facts again; prints how many there were."""
    logs.configure("rebuild", level=settings.log_level, personal=settings.log_personal_data)
    database = Database(database_url(settings), connections_max=2)
    await database.open()
    try:
        sys.stdout.write(f"{await rebuild(database)}\n")
    finally:
        await database.close()
