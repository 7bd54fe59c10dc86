"""Rows of runs as administrators see and change them."""

from typing import Any
from uuid import UUID

from psycopg.rows import DictRow

from coordinator.db.unit_of_work import Connection
from coordinator.playbooks.schemas import NewRun, Offers, Run, RunEvent, RunMachine, RunSummary

EVENTS_SHOWN = 200
RUNS_SHOWN = 20
RUNS_KEPT = 100
RUNNER_SILENT_SECONDS = 30
"""Three times the runner's own word."""

TAKEN_WITHIN_SECONDS = 60
"""A run nobody took by then is not carried out later, when nobody expects it any more."""

_SUMMARY = """
    SELECT run.id, playbook, machines, bundle_version, reason, status, note, account.name AS requested_by,
           requested_at, started_at, ended_at, play, events_dropped,
           cancel_requested_at IS NOT NULL AND status IN ('waiting', 'running') AS cancelling
    FROM playbook_run AS run JOIN account ON account.id = run.requested_by
"""


async def settle_overdue(connection: Connection) -> list[tuple[UUID, str]]:
    """End runs nobody took in time and those whose runner went silent; each with how it ended."""
    cursor = await connection.execute(
        """
        UPDATE playbook_run SET ended_at = now(), status = CASE status WHEN 'waiting' THEN 'not_taken' ELSE 'lost' END
        WHERE status = 'waiting' AND requested_at < now() - make_interval(secs => %s)
           OR status = 'running' AND lease_until < now()
        RETURNING id, status
        """,
        (TAKEN_WITHIN_SECONDS,),
    )
    return [(row["id"], row["status"]) for row in await cursor.fetchall()]


async def runner(connection: Connection) -> tuple[bool, Any, Offers]:
    """Whether the runner was heard of lately, when last (None: never), what it offers."""
    cursor = await connection.execute(
        "SELECT seen_at, seen_at > now() - make_interval(secs => %s) AS online, offers FROM playbook_runner",
        (RUNNER_SILENT_SECONDS,),
    )
    row = await cursor.fetchone()
    return (row["online"], row["seen_at"], Offers(**row["offers"])) if row else (False, None, Offers())


async def runs(connection: Connection) -> list[RunSummary]:
    """The newest runs."""
    cursor = await connection.execute(f"{_SUMMARY} ORDER BY requested_at DESC LIMIT %s".encode(), (RUNS_SHOWN,))
    return [_summary(row) for row in await cursor.fetchall()]


async def run(connection: Connection, run_id: UUID) -> Run | None:
    """One run with its machines and newest events; None for an unknown one."""
    cursor = await connection.execute(f"{_SUMMARY} WHERE run.id = %s".encode(), (run_id,))
    row = await cursor.fetchone()
    if row is None:
        return None
    cursor = await connection.execute(
        "SELECT machine, status, changed, task, reason FROM playbook_machine WHERE run_id = %s ORDER BY machine",
        (run_id,),
    )
    results = [RunMachine(**result) for result in await cursor.fetchall()]
    cursor = await connection.execute(
        """
        SELECT number, at, machine, task, status, reason FROM playbook_event WHERE run_id = %s
        ORDER BY number DESC LIMIT %s
        """,
        (run_id, EVENTS_SHOWN),
    )
    events = [RunEvent(**event) for event in reversed(await cursor.fetchall())]
    return Run(**row, results=results, events=events)


async def start(connection: Connection, new: NewRun, bundle_version: str, account_id: UUID) -> UUID | None:
    """Put a run down for the runner; None while another is open. The oldest beyond 100 go."""
    cursor = await connection.execute(
        """
        INSERT INTO playbook_run (playbook, machines, bundle, bundle_version, reason, failures_most, requested_by)
        VALUES (%s, %s, %s, %s, %s, %s, %s) ON CONFLICT DO NOTHING RETURNING id
        """,
        (new.playbook, new.machines, new.bundle, bundle_version, new.reason, new.failures_most, account_id),
    )
    row = await cursor.fetchone()
    if row is None:
        return None
    await connection.execute(
        """
        DELETE FROM playbook_run WHERE id IN (
            SELECT id FROM playbook_run WHERE ended_at IS NOT NULL ORDER BY requested_at DESC OFFSET %s
        )
        """,
        (RUNS_KEPT,),
    )
    found: UUID = row["id"]
    return found


async def cancel(connection: Connection, run_id: UUID) -> bool:
    """Ask for an open run's end; one nobody took yet ends here. False when it is not open."""
    cursor = await connection.execute(
        """
        UPDATE playbook_run SET cancel_requested_at = coalesce(cancel_requested_at, now()),
            ended_at = CASE status WHEN 'waiting' THEN now() END,
            status = CASE status WHEN 'waiting' THEN 'cancelled' ELSE status END
        WHERE id = %s AND status IN ('waiting', 'running')
        """,
        (run_id,),
    )
    return cursor.rowcount == 1


def _summary(row: DictRow) -> RunSummary:
    return RunSummary(**{name: row[name] for name in RunSummary.model_fields})
