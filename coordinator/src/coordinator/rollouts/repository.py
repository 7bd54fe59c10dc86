"""Rows of rollouts."""

from collections.abc import Mapping
from uuid import UUID

from psycopg.rows import DictRow

from coordinator.db.unit_of_work import Connection
from coordinator.rollouts.schemas import Member, Release, Rollout, Told

ROLLOUTS_KEPT = 50
SILENT_REASON = "not heard to have taken it in time"
LEFT_REASON = "fetches no releases itself any more"


async def keep_told(connection: Connection, told: Told) -> None:
    """Store what a node says of itself; a node nobody enrolled has no row and leaves none."""
    await connection.execute(
        """
        INSERT INTO node_pull (node_id, rollout_group, announcement, state, reason, received_bytes, seen_at)
        SELECT node_id, %(group)s, %(announcement)s, %(state)s, %(reason)s, %(received)s, now()
        FROM node WHERE node_id = %(node_id)s
        ON CONFLICT (node_id) DO UPDATE SET rollout_group = excluded.rollout_group,
            announcement = excluded.announcement, state = excluded.state, reason = excluded.reason,
            received_bytes = excluded.received_bytes, seen_at = excluded.seen_at
        """,
        {
            "node_id": told.node_id,
            "group": told.group,
            "announcement": told.announcement,
            "state": told.state,
            "reason": told.reason,
            "received": told.received_bytes,
        },
    )


async def pulling(connection: Connection) -> dict[str, str]:
    """Every node that fetches releases itself, with its group; those that were shut out are left out."""
    cursor = await connection.execute(
        """
        SELECT node_pull.node_id, rollout_group FROM node_pull JOIN node_identity USING (node_id)
        WHERE node_identity.revoked_at IS NULL
        """
    )
    return {row["node_id"]: row["rollout_group"] for row in await cursor.fetchall()}


async def leave(connection: Connection, node_id: str) -> bool:
    """A node fetches no releases itself any more, nor takes one on its way; returns whether it did until now."""
    await connection.execute(
        """
        UPDATE rollout_node SET state = 'failed', reason = %s, ended_at = now()
        FROM rollout
        WHERE rollout.id = rollout_id AND status = 'going' AND node_id = %s AND rollout_node.state = 'waiting'
        """,
        (LEFT_REASON, node_id),
    )
    cursor = await connection.execute("DELETE FROM node_pull WHERE node_id = %s", (node_id,))
    return cursor.rowcount > 0


async def announce(
    connection: Connection,
    release: Release,
    *,
    failures_most: int,
    node_minutes: float,
    groups: Mapping[str, str],
    waves: Mapping[str, int],
) -> UUID | None:
    """Put a rollout down; None while another is under way. The oldest beyond 50 go."""
    cursor = await connection.execute(
        """
        INSERT INTO rollout (bundle, version, bytes, sha256, failures_most, node_minutes)
        VALUES (%s, %s, %s, %s, %s, %s) ON CONFLICT DO NOTHING RETURNING id
        """,
        (release.bundle, release.version, release.size, release.sha256, failures_most, node_minutes),
    )
    row = await cursor.fetchone()
    if row is None:
        return None
    rollout_id: UUID = row["id"]
    for node_id, group in groups.items():
        await connection.execute(
            "INSERT INTO rollout_node (rollout_id, node_id, rollout_group, wave) VALUES (%s, %s, %s, %s)",
            (rollout_id, node_id, group, waves[node_id]),
        )
    await connection.execute(
        """
        DELETE FROM rollout WHERE id IN (
            SELECT id FROM rollout WHERE status <> 'going' ORDER BY announced_at DESC OFFSET %s
        )
        """,
        (ROLLOUTS_KEPT,),
    )
    return rollout_id


async def newest(connection: Connection, most: int = 1) -> list[Rollout]:
    """The newest rollouts, newest first."""
    cursor = await connection.execute("SELECT * FROM rollout ORDER BY announced_at DESC LIMIT %s", (most,))
    return [_rollout(row) for row in await cursor.fetchall()]


async def going(connection: Connection) -> Rollout | None:
    """The rollout that is under way, held for this transaction."""
    cursor = await connection.execute("SELECT * FROM rollout WHERE status = 'going' FOR UPDATE")
    row = await cursor.fetchone()
    return _rollout(row) if row else None


async def members(connection: Connection, rollout_id: UUID) -> list[Member]:
    """The nodes it goes to, in their order."""
    cursor = await connection.execute(
        """
        SELECT node_id, rollout_group, wave, opened_at IS NOT NULL AS opened, state, reason
        FROM rollout_node WHERE rollout_id = %s ORDER BY wave, node_id
        """,
        (rollout_id,),
    )
    return [
        Member(row["node_id"], row["rollout_group"], row["wave"], row["opened"], row["state"], row["reason"])
        for row in await cursor.fetchall()
    ]


async def settle_members(connection: Connection, rollout_id: UUID) -> None:
    """Take in what nodes whose turn has come said of it; who said nothing in time was silent."""
    await connection.execute(
        """
        UPDATE rollout_node SET state = node_pull.state, reason = node_pull.reason, ended_at = now()
        FROM node_pull
        WHERE rollout_id = %s AND node_pull.node_id = rollout_node.node_id AND opened_at IS NOT NULL
          AND rollout_node.state = 'waiting' AND node_pull.announcement = rollout_node.rollout_id::text
          AND node_pull.state IN ('active', 'failed')
        """,
        (rollout_id,),
    )
    await connection.execute(
        """
        UPDATE rollout_node SET state = 'silent', reason = %s, ended_at = now()
        FROM rollout
        WHERE rollout.id = rollout_id AND rollout_id = %s AND rollout_node.state = 'waiting'
          AND opened_at < now() - make_interval(secs => node_minutes * 60)
        """,
        (SILENT_REASON, rollout_id),
    )


async def open_wave(connection: Connection, rollout_id: UUID, wave: int) -> None:
    """A wave's turn has come."""
    await connection.execute(
        "UPDATE rollout_node SET opened_at = now() WHERE rollout_id = %s AND wave = %s", (rollout_id, wave)
    )


async def end(connection: Connection, rollout_id: UUID, status: str, note: str) -> None:
    """Note how it ended."""
    await connection.execute(
        "UPDATE rollout SET status = %s, note = %s, ended_at = now() WHERE id = %s", (status, note, rollout_id)
    )


async def wanted(connection: Connection, node_id: str) -> Rollout | None:
    """The release a node is to fetch: the newest rollout, if it is under way and the node's turn has come, or has
    reached everybody; a node that was not there when it began takes it then.
    """
    cursor = await connection.execute(
        """
        SELECT rollout.* FROM rollout
        LEFT JOIN rollout_node ON rollout_id = rollout.id AND rollout_node.node_id = %s
        WHERE rollout.id = (SELECT id FROM rollout ORDER BY announced_at DESC LIMIT 1)
          AND (status = 'done' OR status = 'going' AND opened_at IS NOT NULL)
        """,
        (node_id,),
    )
    row = await cursor.fetchone()
    return _rollout(row) if row else None


def _rollout(row: DictRow) -> Rollout:
    release = Release(row["bundle"], row["version"], row["bytes"], row["sha256"])
    return Rollout(row["id"], release, row["failures_most"], row["status"], row["note"], row["announced_at"])
