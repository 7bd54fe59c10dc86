"""How far each incarnation of a node's journal is committed, and what happened to journals."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from psycopg.types.json import Jsonb

from coordinator.db.unit_of_work import Connection
from coordinator.ingest.codec import Batch

JOURNAL_RECREATED = "journal_recreated"
JOURNAL_ROLLED_BACK = "journal_rolled_back"
JOURNAL_REUSED = "journal_reused"


@dataclass(frozen=True, slots=True)
class Position:
    """How far one incarnation of a journal is committed; ``digest`` is the sha256 of the fact there, if it is known."""

    sequence: int = 0
    digest: bytes = b""


@dataclass(frozen=True, slots=True)
class Found:
    """What the database says before a batch is taken in."""

    position: Position
    first: bool
    """This incarnation of the journal was unknown until now."""

    interviews: dict[UUID, bool]
    """Those of the interviews asked about that exist, and whether each is this node's."""


async def locked(connection: Connection, node_id: str, journal_epoch: str, interviews: Collection[UUID] = ()) -> Found:
    """A journal's position, held against every other ingest until the transaction ends."""
    key = (node_id, journal_epoch)
    await connection.execute("INSERT INTO node (node_id) VALUES (%s) ON CONFLICT DO NOTHING", (node_id,))
    made = await connection.execute(
        "INSERT INTO node_position (node_id, journal_epoch, committed_sequence) VALUES (%s, %s, 0)"
        " ON CONFLICT DO NOTHING",
        key,
    )
    held = await connection.execute(
        "SELECT committed_sequence, committed_digest FROM node_position"
        " WHERE node_id = %s AND journal_epoch = %s FOR UPDATE",
        key,
    )
    owned = await connection.execute(
        "SELECT id, node_id = %s AS own FROM interview WHERE id = ANY(%s)", (node_id, list(interviews))
    )
    own = {each["id"]: each["own"] for each in await owned.fetchall()}
    row = await held.fetchone()
    assert row is not None
    position = Position(int(row["committed_sequence"]), bytes(row["committed_digest"]))
    return Found(position, made.rowcount == 1, own)


async def advance(connection: Connection, batch: Batch) -> None:
    """Move the position of a batch's journal to the batch's end."""
    await connection.execute(
        "UPDATE node_position SET committed_sequence = %s, committed_digest = %s, updated_at = now()"
        " WHERE node_id = %s AND journal_epoch = %s",
        (batch.last_sequence, batch.last_digest, batch.node_id, batch.journal_epoch),
    )


async def position(connection: Connection, node_id: str, journal_epoch: str) -> Position | None:
    """How far one incarnation of a journal is committed; None before it was met."""
    cursor = await connection.execute(
        "SELECT committed_sequence, committed_digest FROM node_position WHERE node_id = %s AND journal_epoch = %s",
        (node_id, journal_epoch),
    )
    row = await cursor.fetchone()
    return Position(int(row["committed_sequence"]), bytes(row["committed_digest"])) if row else None


async def earlier_journals(connection: Connection, node_id: str, journal_epoch: str) -> list[dict[str, Any]]:
    """The node's other incarnations of its journal and how far each is committed, oldest first."""
    cursor = await connection.execute(
        "SELECT journal_epoch AS epoch, committed_sequence FROM node_position"
        " WHERE node_id = %s AND journal_epoch <> %s ORDER BY updated_at, journal_epoch",
        (node_id, journal_epoch),
    )
    return await cursor.fetchall()


async def note_incident(
    connection: Connection, node_id: str, journal_epoch: str, code: str, earlier: Sequence[dict[str, Any]] = ()
) -> None:
    """Note what happened to a journal; the same of the same incarnation only once."""
    await connection.execute(
        "INSERT INTO node_incident (node_id, journal_epoch, code, earlier) VALUES (%s, %s, %s, %s)"
        " ON CONFLICT DO NOTHING",
        (node_id, journal_epoch, code, Jsonb(list(earlier))),
    )
