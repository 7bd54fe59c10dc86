"""Rows of nodes."""

from uuid import UUID

from coordinator.db.unit_of_work import Connection
from coordinator.nodes.schemas import DeadLetter, Node


async def nodes(connection: Connection, online_seconds: int, clock_error_ms: int) -> list[Node]:
    """Every node ever heard of, by name; online when heard within ``online_seconds``."""
    cursor = await connection.execute(
        """
        SELECT node.node_id, coalesce(nullif(display_name, ''), node.node_id) AS display_name, node.version, last_seen,
               last_seen > now() - make_interval(secs => %s) AND node.version <> '' AS online,
               greatest(rooms_open, running.interviews) AS rooms_open, rooms_max, problems, room_url, clock_skew_ms,
               clock_sync, clock_error_max_ms, release, abs(clock_skew_ms) > %s AS clock_wrong,
               coalesce(noticed.incidents, '[]'::jsonb) AS incidents,
               CASE WHEN known.node_id IS NULL THEN 'none'
                    WHEN known.revoked_at IS NOT NULL THEN 'revoked'
                    WHEN known.expires_at <= now() THEN 'expired'
                    ELSE 'enrolled' END AS identity,
               known.expires_at AS enrolled_until, known.revoked_at,
               CASE WHEN node_pull.node_id IS NOT NULL THEN jsonb_build_object(
                   'group', node_pull.rollout_group, 'version', coalesce(wanted.version, ''),
                   'state', CASE WHEN wanted.id IS NULL THEN '' WHEN told THEN node_pull.state ELSE 'waiting' END,
                   'received_percent', CASE WHEN told THEN least(100, received_bytes * 100 / wanted.bytes) ELSE 0 END,
                   'reason', CASE WHEN told THEN node_pull.reason ELSE '' END
               ) END AS pull
        FROM node
        LEFT JOIN node_pull ON node_pull.node_id = node.node_id
        LEFT JOIN LATERAL (
            SELECT rollout.id, version, bytes,
                   rollout.id::text = node_pull.announcement AND node_pull.state <> '' AS told
            FROM rollout LEFT JOIN rollout_node ON rollout_id = rollout.id AND rollout_node.node_id = node.node_id
            WHERE rollout.id = (SELECT id FROM rollout ORDER BY announced_at DESC LIMIT 1)
              AND (rollout.status = 'done' OR rollout_node.opened_at IS NOT NULL)
        ) AS wanted ON node_pull.node_id IS NOT NULL
        LEFT JOIN node_identity AS known ON known.node_id = node.node_id
        CROSS JOIN LATERAL (
            SELECT count(*)::integer AS interviews FROM interview
            WHERE interview.node_id = node.node_id AND interview.status IN ('open', 'running')
        ) AS running
        LEFT JOIN LATERAL (
            SELECT jsonb_agg(jsonb_build_object('code', code, 'noticed_at', noticed_at) ORDER BY id DESC) AS incidents
            FROM node_incident WHERE node_incident.node_id = node.node_id
        ) AS noticed ON true
        ORDER BY node.node_id
        """,
        (online_seconds, clock_error_ms),
    )
    return [Node(**row) for row in await cursor.fetchall()]


async def may_speak(connection: Connection, node_id: str) -> bool:
    """Whether a node is enrolled and not revoked."""
    cursor = await connection.execute(
        "SELECT revoked_at IS NULL AS may FROM node_identity WHERE node_id = %s", (node_id,)
    )
    row = await cursor.fetchone()
    return bool(row and row["may"])


async def dead_letters(connection: Connection, limit: int) -> list[DeadLetter]:
    """The newest dead letters, those nobody has seen to first."""
    cursor = await connection.execute(
        """
        SELECT id, node_id, journal_epoch, journal_sequence, reason, left(detail, 500) AS detail,
               length(raw) AS bytes, received_at,
               settled_at
        FROM dead_letter ORDER BY settled_at IS NULL DESC, id DESC LIMIT %s
        """,
        (limit,),
    )
    return [DeadLetter(**row) for row in await cursor.fetchall()]


async def count_open(connection: Connection) -> int:
    """Dead letters nobody has seen to."""
    cursor = await connection.execute("SELECT count(*) AS n FROM dead_letter WHERE settled_at IS NULL")
    row = await cursor.fetchone()
    return int(row["n"]) if row else 0


async def raw(connection: Connection, letter_id: int) -> bytes | None:
    """The bytes of a dead letter; None for an unknown one."""
    cursor = await connection.execute("SELECT raw FROM dead_letter WHERE id = %s", (letter_id,))
    row = await cursor.fetchone()
    return bytes(row["raw"]) if row else None


async def settle(connection: Connection, letter_id: int, account_id: UUID) -> bool:
    """Note that somebody has seen to a dead letter; False for an unknown one. The first keeps its time."""
    cursor = await connection.execute(
        """
        UPDATE dead_letter SET settled_at = coalesce(settled_at, now()), settled_by = coalesce(settled_by, %s)
        WHERE id = %s
        """,
        (account_id, letter_id),
    )
    return cursor.rowcount == 1
