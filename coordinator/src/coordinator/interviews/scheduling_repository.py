"""Rows of an interview that is made and sent."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from psycopg.types.json import Jsonb

from coordinator.db.unit_of_work import Connection


@dataclass(frozen=True)
class NewRow:
    """A new interview's row."""

    id: UUID
    job_id: UUID
    candidate_id: UUID
    resume_id: UUID | None
    node_id: str
    language: str
    kit_id: str
    kit: dict[str, Any]
    rubric_version: str
    created_by: UUID


async def node_room_url(connection: Connection, node_id: str) -> str | None:
    """Where the node serves its room page, "" when it did not say; None for an unknown node."""
    cursor = await connection.execute("SELECT room_url FROM node WHERE node_id = %s", (node_id,))
    row = await cursor.fetchone()
    return str(row["room_url"]) if row else None


async def node_is_revoked(connection: Connection, node_id: str) -> bool:
    """Whether the hub refuses this node."""
    cursor = await connection.execute(
        "SELECT 1 FROM node_identity WHERE node_id = %s AND revoked_at IS NOT NULL", (node_id,)
    )
    return await cursor.fetchone() is not None


async def insert(connection: Connection, new: NewRow) -> None:
    """Add an interview whose join code is not made yet."""
    await connection.execute(
        """
        INSERT INTO interview (id, job_id, candidate_id, resume_id, node_id, language, kit_id, kit, rubric_version,
                               join_code_expires_at, created_by)
        VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, now(), %s)
        """,
        (
            new.id,
            new.job_id,
            new.candidate_id,
            new.resume_id,
            new.node_id,
            new.language,
            new.kit_id,
            Jsonb(new.kit),
            new.rubric_version,
            new.created_by,
        ),
    )


async def set_kit(connection: Connection, interview_id: UUID, kit_id: str, kit: dict[str, Any]) -> None:
    """The kit as it was sent last."""
    await connection.execute(
        "UPDATE interview SET kit_id = %s, kit = %s WHERE id = %s", (kit_id, Jsonb(kit), interview_id)
    )


async def set_code_expiry(connection: Connection, interview_id: UUID, unix_ms: int) -> None:
    """When the newest join code ends."""
    await connection.execute(
        "UPDATE interview SET join_code_expires_at = to_timestamp(%s / 1000.0) WHERE id = %s",
        (unix_ms, interview_id),
    )


async def locked(connection: Connection, interview_id: UUID) -> dict[str, Any] | None:
    """status, node_id, room_url and kit of an interview, held until the transaction ends."""
    cursor = await connection.execute(
        """
        SELECT interview.status, interview.node_id, interview.kit, node.room_url
        FROM interview JOIN node USING (node_id) WHERE interview.id = %s FOR UPDATE OF interview
        """,
        (interview_id,),
    )
    return await cursor.fetchone()
