"""Rows of the record: facts, dead letters, what nodes say of themselves."""

import hashlib
from collections.abc import AsyncIterator, Iterable, Sequence
from typing import Any
from uuid import UUID

from psycopg.types.json import Jsonb

from coordinator.db.unit_of_work import Connection
from coordinator.ingest.codec import Batch, Heartbeat
from coordinator.ingest.sorting import Placed

PLACE_TAKEN = "event_interview_id_number_key"
"""The constraint that keeps two facts from standing in one place of an interview."""

ID_TAKEN = "event_pkey"


_COLUMNS = {
    "event_id": "text",
    "journal_sequence": "bigint",
    "interview_id": "uuid",
    "number": "bigint",
    "kind": "text",
    "interview_ms": "bigint",
    "wall_time": "timestamptz",
    "delay_ms": "bigint",
    "envelope": "bytea",
}
_NAMES = ", ".join(_COLUMNS)
_KEEP = (
    f"INSERT INTO event (node_id, journal_epoch, {_NAMES}) SELECT %s, %s, r.*"  # noqa: S608 - constants only
    f" FROM unnest({', '.join(f'%b::{kind}[]' for kind in _COLUMNS.values())}) AS r"
).encode()
"""The columns travel as binary arrays: one statement for a batch, and nothing of an envelope is written out as text."""


async def keep_facts(connection: Connection, batch: Batch, facts: Iterable[Placed], waited_ms: int) -> None:
    """Store facts nobody knows yet, all or none; the batch lay at the hub for ``waited_ms``.

    Raises psycopg.IntegrityError, DataError, in a pipeline later on.
    """
    rows = [_row(placed, waited_ms) for placed in facts]
    if rows:
        columns = [list(column) for column in zip(*rows, strict=True)]
        await connection.execute(_KEEP, (batch.node_id, batch.journal_epoch, *columns))


def _row(placed: Placed, waited_ms: int) -> tuple[Any, ...]:
    """In the order of ``_COLUMNS``."""
    incoming, fact = placed.incoming, placed.fact
    return (
        fact.event_id,
        incoming.sequence,
        placed.interview_id,
        fact.number,
        fact.kind,
        fact.interview_ms,
        placed.wall_time,
        None if incoming.held_ms is None else incoming.held_ms + waited_ms,
        incoming.raw,
    )


async def envelopes_of(connection: Connection, event_ids: Sequence[str]) -> dict[str, bytes]:
    """The stored envelopes among these facts."""
    cursor = await connection.execute(
        "SELECT event_id, envelope FROM event WHERE event_id = ANY(%s)", (list(event_ids),)
    )
    return {row["event_id"]: bytes(row["envelope"]) for row in await cursor.fetchall()}


async def envelopes_at(
    connection: Connection, node_id: str, journal_epoch: str, first: int, last: int
) -> dict[int, bytes]:
    """The stored envelopes of a stretch of one journal, by sequence."""
    cursor = await connection.execute(
        "SELECT journal_sequence, envelope FROM event"
        " WHERE node_id = %s AND journal_epoch = %s AND journal_sequence BETWEEN %s AND %s",
        (node_id, journal_epoch, first, last),
    )
    return {int(row["journal_sequence"]): bytes(row["envelope"]) for row in await cursor.fetchall()}


async def stored_facts(connection: Connection) -> AsyncIterator[tuple[UUID, bytes]]:
    """Every stored fact's interview and envelope, interview by interview, in order."""
    async with connection.cursor(name="stored_facts") as cursor:
        await cursor.execute("SELECT interview_id, envelope FROM event ORDER BY interview_id, number")
        async for row in cursor:
            yield row["interview_id"], bytes(row["envelope"])


async def bury(
    connection: Connection,
    *,
    node_id: str,
    journal_epoch: str,
    sequence: int,
    reason: str,
    detail: str,
    raw: bytes,
) -> None:
    """File bytes that could not be taken in; the same bytes of the same place only once."""
    await connection.execute(
        """
        INSERT INTO dead_letter (node_id, journal_epoch, journal_sequence, reason, detail, raw, sha256)
        VALUES (%s, %s, %s, %s, %s, %s, %s) ON CONFLICT DO NOTHING
        """,
        (node_id, journal_epoch, sequence, reason, detail, raw, hashlib.sha256(raw).hexdigest()),
    )


async def keep_heartbeat(connection: Connection, heartbeat: Heartbeat, now_unix_ms: int) -> None:
    """Store what a node says of itself, and that it lives."""
    clock = heartbeat.clock
    await connection.execute(
        """
        INSERT INTO node (node_id, display_name, version, room_url, rooms_open, rooms_max, problems, kits_ready,
                          engines, clock_skew_ms, clock_sync, clock_error_max_ms, release, last_seen)
        VALUES (%(node_id)s, %(display_name)s, %(version)s, %(room_url)s, %(rooms_open)s, %(rooms_max)s,
                %(problems)s, %(kits_ready)s, %(engines)s, %(clock_skew_ms)s, %(clock_sync)s, %(clock_error_max_ms)s,
                %(release)s, now())
        ON CONFLICT (node_id) DO UPDATE SET
            display_name = excluded.display_name, version = excluded.version, room_url = excluded.room_url,
            rooms_open = excluded.rooms_open, rooms_max = excluded.rooms_max, problems = excluded.problems,
            kits_ready = excluded.kits_ready, engines = excluded.engines,
            clock_skew_ms = excluded.clock_skew_ms, clock_sync = excluded.clock_sync,
            clock_error_max_ms = excluded.clock_error_max_ms, release = excluded.release, last_seen = now()
        """,
        {
            "node_id": heartbeat.node_id,
            "display_name": heartbeat.display_name,
            "version": heartbeat.version,
            "room_url": heartbeat.room_url,
            "rooms_open": heartbeat.rooms_open,
            "rooms_max": heartbeat.rooms_max,
            "problems": heartbeat.problems,
            "kits_ready": heartbeat.kits_ready,
            "engines": Jsonb(heartbeat.engines),
            "clock_skew_ms": heartbeat.wall_time_unix_ms - now_unix_ms,
            "clock_sync": clock.sync if clock else "unknown",
            "clock_error_max_ms": clock.error_max_ms if clock else 0,
            "release": Jsonb(heartbeat.release) if heartbeat.release else None,
        },
    )


async def node_figures(connection: Connection) -> list[dict[str, Any]]:
    """What each node said last, and its newest journal's position; what has no journal or credentials has null there.

    Revoked nodes are left out: nobody waits for them.
    """
    cursor = await connection.execute(
        """
        SELECT node.node_id, extract(epoch FROM now() - node.last_seen) AS silent_seconds, node.clock_skew_ms,
               node.problems, node.version, node.rooms_open, node.rooms_max,
               extract(epoch FROM node_identity.expires_at) AS credentials_end,
               newest.committed_sequence, extract(epoch FROM now() - newest.updated_at) AS position_age_seconds,
               extract(epoch FROM now() - behind.opened_at) AS release_behind_seconds
        FROM node LEFT JOIN node_identity USING (node_id) LEFT JOIN LATERAL (
            SELECT committed_sequence, updated_at FROM node_position
            WHERE node_position.node_id = node.node_id ORDER BY updated_at DESC LIMIT 1
        ) AS newest ON true LEFT JOIN LATERAL (
            SELECT opened_at FROM rollout_node
            WHERE rollout_node.node_id = node.node_id AND state <> 'active'
              AND rollout_id = (SELECT id FROM rollout ORDER BY announced_at DESC LIMIT 1)
        ) AS behind ON true
        WHERE node_identity.revoked_at IS NULL
        ORDER BY node.node_id
        """
    )
    return await cursor.fetchall()


async def rollout_stopped(connection: Connection) -> bool:
    """Whether the newest rollout of a release to nodes that fetch theirs themselves was stopped."""
    cursor = await connection.execute("SELECT status FROM rollout ORDER BY announced_at DESC LIMIT 1")
    row = await cursor.fetchone()
    return bool(row and row["status"] == "stopped")


async def interview_figures(connection: Connection) -> tuple[dict[str, int], float]:
    """Interviews by status, and the longest wait for a review in seconds, 0 when none waits.

    A node that was shut out sends no review any more: nobody waits for it, but the interview stays counted.
    """
    cursor = await connection.execute(
        """
        SELECT status, count(*) AS n,
               max(extract(epoch FROM now() - closed_at)) FILTER (WHERE node_identity.revoked_at IS NULL) AS waits
        FROM interview LEFT JOIN node_identity USING (node_id) GROUP BY status
        """
    )
    rows = await cursor.fetchall()
    waits = next((float(row["waits"] or 0) for row in rows if row["status"] == "closed"), 0.0)
    return {row["status"]: int(row["n"]) for row in rows}, max(waits, 0.0)


async def open_dead_letters(connection: Connection) -> int:
    """Dead letters nobody has seen to."""
    cursor = await connection.execute("SELECT count(*) AS n FROM dead_letter WHERE settled_at IS NULL")
    row = await cursor.fetchone()
    return int(row["n"]) if row else 0
