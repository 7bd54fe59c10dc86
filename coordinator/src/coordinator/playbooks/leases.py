"""Rows of runs as the runner takes them, keeps them and ends them, and the rights at the database that takes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from psycopg import sql
from psycopg.types.json import Jsonb

from coordinator.db.unit_of_work import Connection
from coordinator.playbooks.child import Told
from coordinator.playbooks.repository import TAKEN_WITHIN_SECONDS
from coordinator.playbooks.schemas import Offers, RunMachine

LEASE_SECONDS = 120
"""A runner that is silent for so long has lost its run."""

GRANTS = (
    "SELECT, INSERT, UPDATE ON playbook_runner",
    "SELECT (id, playbook, machines, bundle, reason, failures_most, status, requested_at, runner, cancel_requested_at)"
    " ON playbook_run",
    # Not what is to be done, nor on which machines, nor who asked for it.
    "UPDATE (status, started_at, runner, lease_until, play, events_dropped, note, ended_at) ON playbook_run",
    "INSERT ON playbook_event",
    "SELECT, INSERT, UPDATE ON playbook_machine",
    "SELECT (number, hash), INSERT ON audit_entry",
)
"""What the runner's role may do: take runs, tell of them, and say in the audit trail how they ended."""


@dataclass(frozen=True)
class Taken:
    """A run the runner has."""

    id: UUID
    playbook: str
    machines: tuple[str, ...]
    bundle: str
    reason: str
    failures_most: int


async def announce(connection: Connection, offers: Offers) -> None:
    """Say that the runner is there, and what it offers."""
    await connection.execute(
        """
        INSERT INTO playbook_runner (seen_at, offers) VALUES (now(), %s)
        ON CONFLICT (only_one) DO UPDATE SET seen_at = excluded.seen_at, offers = excluded.offers
        """,
        (Jsonb(offers.model_dump()),),
    )


async def take(connection: Connection, runner: UUID) -> Taken | None:
    """The run that waits, now this runner's; None where none does."""
    cursor = await connection.execute(
        """
        UPDATE playbook_run SET status = 'running', started_at = now(), runner = %s,
               lease_until = now() + make_interval(secs => %s)
        WHERE id = (
            SELECT id FROM playbook_run
            WHERE status = 'waiting' AND requested_at >= now() - make_interval(secs => %s)
            FOR UPDATE SKIP LOCKED LIMIT 1
        )
        RETURNING id, playbook, machines, bundle, reason, failures_most
        """,
        (runner, LEASE_SECONDS, TAKEN_WITHIN_SECONDS),
    )
    row = await cursor.fetchone()
    return Taken(**{**row, "machines": tuple(row["machines"])}) if row else None


async def keep(connection: Connection, run_id: UUID, runner: UUID, play: str, dropped: int) -> bool | None:
    """Renew the lease: True when the run was told to stop, False when not, None when it is no longer this runner's."""
    cursor = await connection.execute(
        """
        UPDATE playbook_run SET play = %s, events_dropped = %s, lease_until = now() + make_interval(secs => %s)
        WHERE id = %s AND runner = %s AND status = 'running' RETURNING cancel_requested_at IS NOT NULL AS told
        """,
        (play, dropped, LEASE_SECONDS, run_id, runner),
    )
    row = await cursor.fetchone()
    return bool(row["told"]) if row else None


async def store(
    connection: Connection, run_id: UUID, events: Sequence[tuple[int, Told]], results: Mapping[str, RunMachine]
) -> None:
    """Keep events by their numbers, and what became of machines so far. May be said again."""
    async with connection.cursor() as cursor:
        await cursor.executemany(
            """
            INSERT INTO playbook_event (run_id, number, machine, task, status, reason)
            VALUES (%s, %s, %s, %s, %s, %s) ON CONFLICT DO NOTHING
            """,
            [
                (run_id, number, told.machine, told.task, told.status or told.kind, told.reason)
                for number, told in events
            ],
        )
        await cursor.executemany(
            """
            INSERT INTO playbook_machine (run_id, machine, status, changed, task, reason)
            VALUES (%s, %s, %s, %s, %s, %s) ON CONFLICT (run_id, machine) DO UPDATE SET status = excluded.status,
                changed = excluded.changed, task = excluded.task, reason = excluded.reason
            """,
            [(run_id, one.machine, one.status, one.changed, one.task, one.reason) for one in results.values()],
        )


async def end(connection: Connection, run_id: UUID, runner: UUID, status: str, note: str) -> bool:
    """Write down how it ended; False when it is not this runner's any more."""
    cursor = await connection.execute(
        """
        UPDATE playbook_run SET status = %s, note = %s, play = '', ended_at = now(), lease_until = NULL
        WHERE id = %s AND runner = %s AND status = 'running'
        """,
        (status, note, run_id, runner),
    )
    return cursor.rowcount == 1


async def give(connection: Connection, role: str) -> None:
    """Let ``role`` do this with the tables and nothing else; by their owner. Raises psycopg.Error for an unknown."""
    name = sql.Identifier(role)
    await connection.execute(sql.SQL("REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {}").format(name))
    await connection.execute(sql.SQL("GRANT USAGE ON SCHEMA public TO {}").format(name))
    for words in GRANTS:
        await connection.execute(sql.SQL("GRANT {} TO {}").format(sql.SQL(words), name))
