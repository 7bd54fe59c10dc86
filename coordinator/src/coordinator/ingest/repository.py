"""Rows of the record: facts, positions, dead letters, nodes."""

import hashlib
from collections.abc import AsyncIterator
from uuid import UUID

from psycopg.types.json import Jsonb

from coordinator.db.unit_of_work import Connection
from coordinator.ingest.codec import Fact, Heartbeat, Incoming


async def meet_node(connection: Connection, node_id: str) -> None:
    """Make sure the node has a row; does not count as a sign of life."""
    await connection.execute("INSERT INTO node (node_id) VALUES (%s) ON CONFLICT DO NOTHING", (node_id,))


async def position(connection: Connection, node_id: str, journal_epoch: str) -> int:
    """Last committed sequence of one journal; 0 before the first."""
    cursor = await connection.execute(
        "SELECT committed_sequence FROM node_position WHERE node_id = %s AND journal_epoch = %s",
        (node_id, journal_epoch),
    )
    row = await cursor.fetchone()
    return int(row["committed_sequence"]) if row else 0


async def locked_position(connection: Connection, node_id: str, journal_epoch: str) -> int:
    """As :func:`position`, held against every other ingest until the transaction ends."""
    await connection.execute(
        "INSERT INTO node_position (node_id, journal_epoch, committed_sequence) VALUES (%s, %s, 0)"
        " ON CONFLICT DO NOTHING",
        (node_id, journal_epoch),
    )
    cursor = await connection.execute(
        "SELECT committed_sequence FROM node_position WHERE node_id = %s AND journal_epoch = %s FOR UPDATE",
        (node_id, journal_epoch),
    )
    row = await cursor.fetchone()
    assert row is not None
    return int(row["committed_sequence"])


async def advance(connection: Connection, node_id: str, journal_epoch: str, sequence: int) -> None:
    """Move the position to ``sequence``."""
    await connection.execute(
        "UPDATE node_position SET committed_sequence = %s, updated_at = now()"
        " WHERE node_id = %s AND journal_epoch = %s",
        (sequence, node_id, journal_epoch),
    )


async def keep_fact(connection: Connection, fact: Fact, interview_id: UUID, incoming: Incoming, waited_ms: int) -> bool:
    """Store a fact; False when it is known. Raises psycopg.IntegrityError when another stands in its place."""
    cursor = await connection.execute(
        """
        INSERT INTO event (event_id, node_id, journal_epoch, journal_sequence, interview_id, number, kind,
                           interview_ms, wall_time, envelope, delay_ms)
        VALUES (%s, %s, %s, %s, %s, %s, %s, %s, to_timestamp(%s / 1000.0), %s, %s)
        ON CONFLICT (event_id) DO NOTHING
        """,
        (
            fact.event_id,
            fact.node_id,
            fact.journal_epoch,
            incoming.sequence,
            interview_id,
            fact.number,
            fact.kind,
            fact.interview_ms,
            fact.wall_time_unix_ms,
            incoming.raw,
            None if incoming.held_ms is None else incoming.held_ms + waited_ms,
        ),
    )
    return cursor.rowcount == 1


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
                          engines, clock_skew_ms, clock_sync, clock_error_max_ms, last_seen)
        VALUES (%(node_id)s, %(display_name)s, %(version)s, %(room_url)s, %(rooms_open)s, %(rooms_max)s,
                %(problems)s, %(kits_ready)s, %(engines)s, %(clock_skew_ms)s, %(clock_sync)s, %(clock_error_max_ms)s,
                now())
        ON CONFLICT (node_id) DO UPDATE SET
            display_name = excluded.display_name, version = excluded.version, room_url = excluded.room_url,
            rooms_open = excluded.rooms_open, rooms_max = excluded.rooms_max, problems = excluded.problems,
            kits_ready = excluded.kits_ready, engines = excluded.engines,
            clock_skew_ms = excluded.clock_skew_ms, clock_sync = excluded.clock_sync,
            clock_error_max_ms = excluded.clock_error_max_ms, last_seen = now()
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
        },
    )
