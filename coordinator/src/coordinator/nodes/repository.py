"""Rows of nodes."""

from coordinator.db.unit_of_work import Connection
from coordinator.nodes.schemas import DeadLetter, Node


async def nodes(connection: Connection, online_seconds: int) -> list[Node]:
    """Every node ever heard of, by name; online when heard within ``online_seconds``."""
    cursor = await connection.execute(
        """
        SELECT node_id, coalesce(nullif(display_name, ''), node_id) AS display_name, version, last_seen,
               last_seen > now() - make_interval(secs => %s) AND version <> '' AS online,
               greatest(rooms_open, running.interviews) AS rooms_open, rooms_max, problems, room_url, clock_skew_ms
        FROM node
        CROSS JOIN LATERAL (
            SELECT count(*)::integer AS interviews FROM interview
            WHERE interview.node_id = node.node_id AND interview.status IN ('open', 'running')
        ) AS running
        ORDER BY node_id
        """,
        (online_seconds,),
    )
    return [Node(**row) for row in await cursor.fetchall()]


async def dead_letters(connection: Connection, limit: int) -> list[DeadLetter]:
    """The newest dead letters."""
    cursor = await connection.execute(
        """
        SELECT id, node_id, journal_epoch, journal_sequence, reason, detail, length(raw) AS bytes, received_at
        FROM dead_letter ORDER BY id DESC LIMIT %s
        """,
        (limit,),
    )
    return [DeadLetter(**row) for row in await cursor.fetchall()]
