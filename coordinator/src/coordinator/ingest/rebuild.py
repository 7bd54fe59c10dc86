"""Everything read from the facts, thrown away and read again: after a correction of a handler."""

from coordinator.db.unit_of_work import Database
from coordinator.ingest import projection_repository
from coordinator.ingest.codec import decode_fact
from coordinator.ingest.handlers import HANDLERS
from coordinator.ingest.repository import stored_facts
from coordinator.ingest.writes import Write

AT_ONCE = 2000
"""Writes carried out together."""


async def rebuild(database: Database) -> int:
    """Make every projection again from the stored facts, in one transaction; the number of facts read.

    Ingest waits meanwhile. Raises Fault, psycopg.Error, ingest.codec.Unreadable: then nothing has changed.
    """
    count = 0
    waiting: list[Write] = []
    async with database.transaction() as connection:
        await projection_repository.clear(connection)
        async for interview_id, raw in stored_facts(connection):
            fact = decode_fact(raw)
            waiting += HANDLERS[fact.kind](str(interview_id), fact)
            count += 1
            if len(waiting) >= AT_ONCE:
                await projection_repository.write(connection, waiting)
                waiting = []
        await projection_repository.write(connection, waiting)
    return count
