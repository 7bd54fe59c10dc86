"""The audit trail's rows: appended under a lock, in the transaction of what they speak of."""

from dataclasses import dataclass

from psycopg.types.json import Jsonb

from coordinator.audit.chain import FIRST_PREVIOUS, Detail, Entry, entry_hash
from coordinator.db.lock_keys import LockKey
from coordinator.db.unit_of_work import Connection


class ChainBroken(Exception):
    """An entry was changed, removed or put in; the message names the first number that does not fit."""


@dataclass(frozen=True)
class Actor:
    """Who did it; without an account it was the program itself."""

    account_id: str | None
    role: str


SYSTEM = Actor(None, "system")


async def append(connection: Connection, actor: Actor, action: str, subject: str, detail: Detail | None = None) -> None:
    """Write down that ``actor`` did ``action`` to ``subject``; stays only if the transaction does."""
    await connection.execute("SELECT pg_advisory_xact_lock(%s)", (LockKey.AUDIT,))
    cursor = await connection.execute("SELECT number, hash FROM audit_entry ORDER BY number DESC LIMIT 1")
    last = await cursor.fetchone()
    clock = await connection.execute("SELECT clock_timestamp() AS now")
    now = await clock.fetchone()
    assert now is not None
    previous = last["hash"] if last else FIRST_PREVIOUS
    number = (last["number"] if last else 0) + 1
    entry = Entry(number, now["now"], actor.account_id, actor.role, action, subject, dict(detail or {}))
    await connection.execute(
        """
        INSERT INTO audit_entry (number, at, actor_id, actor_role, action, subject, detail, previous_hash, hash)
        VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s)
        """,
        (
            entry.number,
            entry.at,
            entry.actor_id,
            entry.actor_role,
            entry.action,
            entry.subject,
            Jsonb(dict(entry.detail)),
            previous,
            entry_hash(entry, previous),
        ),
    )


async def verify(connection: Connection) -> int:
    """How many entries there are, all of them fitting; raises ChainBroken at the first that does not."""
    previous = FIRST_PREVIOUS
    count = 0
    async with connection.cursor(name="audit_verify") as cursor:
        await cursor.execute("SELECT * FROM audit_entry ORDER BY number")
        async for row in cursor:
            count += 1
            actor_id = str(row["actor_id"]) if row["actor_id"] else None
            entry = Entry(
                row["number"], row["at"], actor_id, row["actor_role"], row["action"], row["subject"], row["detail"]
            )
            fits = row["number"] == count and row["previous_hash"] == previous
            if not fits or row["hash"] != entry_hash(entry, previous):
                raise ChainBroken(f"audit entry {row['number']} does not fit")
            previous = row["hash"]
    return count
