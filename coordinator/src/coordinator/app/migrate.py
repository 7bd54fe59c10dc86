"""Bring the database to the present schema, load the shipped questions, make the first accounts."""

import json
import sys

from coordinator.accounts.keeping import create_first_accounts
from coordinator.corpora.service import load_shipped_questions
from coordinator.db.migrate import migrate
from coordinator.db.unit_of_work import Database
from coordinator.playbooks import leases
from coordinator.settings import Settings, database_url
from coordinator.telemetry import logs


async def run(settings: Settings) -> None:
    """Do it, and print one JSON object: ``migrations`` applied now, ``questions`` new, ``accounts`` made now.

    The passwords in ``accounts`` are shown this once and kept nowhere. The runner's role, where one is named, is given
    what it needs. A second run changes nothing.
    """
    logs.configure("migrate", level=settings.log_level, personal=settings.log_personal_data)
    url = database_url(settings)
    applied = await migrate(url)
    database = Database(url, connections_max=1)
    await database.open()
    try:
        questions = await load_shipped_questions(database)
        credentials = await create_first_accounts(database)
        if settings.playbooks.database_role:
            async with database.transaction() as connection:
                await leases.give(connection, settings.playbooks.database_role)
    finally:
        await database.close()
    accounts = [{"role": made.role.value, "email": made.email, "password": made.password} for made in credentials]
    json.dump({"migrations": applied, "questions": questions, "accounts": accounts}, sys.stdout, ensure_ascii=False)
    sys.stdout.write("\n")
    sys.stdout.flush()
