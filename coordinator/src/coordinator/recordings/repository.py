"""Rows of recordings."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from coordinator.consent import Purpose
from coordinator.db.unit_of_work import Connection
from coordinator.recordings.schemas import Name, Span


@dataclass(frozen=True)
class Standing:
    """What is known of an interview and its recording."""

    node_id: str
    over: bool
    declined: bool
    purposes: list[str] | None
    """Of the newest consent; None before the first."""

    wrapped_key: bytes | None
    erased: bool

    @property
    def agreed(self) -> bool:
        """Whether the newest consent has the recording in it."""
        return not self.declined and Purpose.RECORDING in (self.purposes or ())


async def hold(connection: Connection, interview_id: UUID) -> None:
    """Keep everybody else from changing the interview's recording until the transaction ends."""
    await connection.execute("SELECT 1 FROM interview WHERE id = %s FOR NO KEY UPDATE", (interview_id,))


async def standing(connection: Connection, interview_id: UUID) -> Standing | None:
    """Where an interview stands; None when there is none."""
    cursor = await connection.execute(
        """
        SELECT node_id, status IN ('closed', 'reviewed') AS over, close_reason = 'declined' AS declined,
               (SELECT purposes FROM consent WHERE consent.interview_id = interview.id ORDER BY number DESC LIMIT 1)
                   AS purposes,
               wrapped_key, erased_at IS NOT NULL AS erased
        FROM interview LEFT JOIN recording ON recording.interview_id = interview.id
        WHERE interview.id = %s
        """,
        (interview_id,),
    )
    row = await cursor.fetchone()
    return Standing(**row) if row else None


async def names(connection: Connection, interview_id: UUID) -> list[Name]:
    """Segments that are here."""
    cursor = await connection.execute(
        "SELECT track, number FROM recording_segment WHERE interview_id = %s ORDER BY track, number", (interview_id,)
    )
    return [Name(**row) for row in await cursor.fetchall()]


async def keep_key(connection: Connection, interview_id: UUID, wrapped_key: bytes) -> None:
    """Begin an interview's recording."""
    await connection.execute(
        "INSERT INTO recording (interview_id, wrapped_key) VALUES (%s, %s)", (interview_id, wrapped_key)
    )


async def keep_segment(connection: Connection, interview_id: UUID, name: Name, span: Span, sealed: bytes) -> None:
    """Keep a segment; one that is here stays."""
    await connection.execute(
        """
        INSERT INTO recording_segment (interview_id, track, number, start_ms, end_ms, sealed)
        VALUES (%s, %s, %s, %s, %s, %s) ON CONFLICT DO NOTHING
        """,
        (interview_id, name.track, name.number, span.start_ms, span.end_ms, sealed),
    )


async def segments(connection: Connection, interview_id: UUID, span: Span) -> list[tuple[Name, bytes]]:
    """Sealed segments that touch a span, in order."""
    cursor = await connection.execute(
        """
        SELECT track, number, sealed FROM recording_segment
        WHERE interview_id = %s AND start_ms < %s AND end_ms > %s ORDER BY track, number
        """,
        (interview_id, span.end_ms, span.start_ms),
    )
    return [(Name(row["track"], row["number"]), row["sealed"]) for row in await cursor.fetchall()]


async def turn(connection: Connection, interview_id: UUID, turn_id: str) -> dict[str, Any] | None:
    """text, mode, start_ms, end_ms and the fact's envelope of an answer."""
    cursor = await connection.execute(
        """
        SELECT text, mode, start_ms, end_ms, envelope FROM turn JOIN event USING (interview_id, number)
        WHERE interview_id = %s AND turn_id = %s
        """,
        (interview_id, turn_id),
    )
    return await cursor.fetchone()


async def erase(connection: Connection, interview_id: UUID) -> datetime:
    """Remove the key and every segment; nothing of it is taken in again. When it was erased first."""
    await connection.execute("DELETE FROM recording_segment WHERE interview_id = %s", (interview_id,))
    cursor = await connection.execute(
        """
        INSERT INTO recording (interview_id, wrapped_key, erased_at) VALUES (%s, NULL, now())
        ON CONFLICT (interview_id) DO UPDATE SET wrapped_key = NULL,
            erased_at = coalesce(recording.erased_at, excluded.erased_at)
        RETURNING erased_at
        """,
        (interview_id,),
    )
    row = await cursor.fetchone()
    assert row is not None
    erased_at: datetime = row["erased_at"]
    return erased_at
