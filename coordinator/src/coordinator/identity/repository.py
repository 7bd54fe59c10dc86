"""Rows of tokens, of what nodes were issued, and of keys the hub must refuse."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from coordinator.db.lock_keys import LockKey
from coordinator.db.unit_of_work import Connection


@dataclass(frozen=True)
class Token:
    """A one-time token's row."""

    id: UUID
    node_id: str
    page_names: list[str]
    expires_at: datetime
    used_at: datetime | None


@dataclass(frozen=True)
class Identity:
    """What a node was last issued."""

    node_id: str
    user_key: str
    page_names: list[str]
    expires_at: datetime
    revoked_at: datetime | None


async def lock(connection: Connection) -> None:
    """Let nobody else change who is known, or tell the hub of it, until this transaction ends."""
    await connection.execute("SELECT pg_advisory_xact_lock(%s)", (LockKey.IDENTITY,))


async def add_token(
    connection: Connection,
    *,
    node_id: str,
    token_hash: bytes,
    page_names: Sequence[str],
    created_by: UUID | None,
    expires_at: datetime,
) -> None:
    """Keep a token's hash; earlier unused tokens of the node end with it."""
    await connection.execute("DELETE FROM enrolment_token WHERE node_id = %s AND used_at IS NULL", (node_id,))
    await connection.execute(
        """
        INSERT INTO enrolment_token (node_id, token_hash, page_names, created_by, expires_at)
        VALUES (%s, %s, %s, %s, %s)
        """,
        (node_id, token_hash, list(page_names), created_by, expires_at),
    )


async def token(connection: Connection, token_hash: bytes) -> Token | None:
    """The token with this hash, held until the transaction ends."""
    cursor = await connection.execute(
        """
        SELECT id, node_id, page_names, expires_at, used_at
        FROM enrolment_token WHERE token_hash = %s FOR UPDATE
        """,
        (token_hash,),
    )
    row = await cursor.fetchone()
    return Token(**row) if row else None


async def use_token(connection: Connection, token_id: UUID, now: datetime) -> None:
    """Mark a token as used."""
    await connection.execute("UPDATE enrolment_token SET used_at = %s WHERE id = %s", (now, token_id))


async def identity(connection: Connection, node_id: str) -> Identity | None:
    """What this node was last issued."""
    cursor = await connection.execute(
        "SELECT node_id, user_key, page_names, expires_at, revoked_at FROM node_identity WHERE node_id = %s",
        (node_id,),
    )
    row = await cursor.fetchone()
    return Identity(**row) if row else None


async def enrol(
    connection: Connection, *, node_id: str, user_key: str, page_names: Sequence[str], now: datetime, expires: datetime
) -> None:
    """Keep what a node is issued at its enrolment. Raises psycopg.errors.UniqueViolation for another node's key."""
    await connection.execute("INSERT INTO node (node_id) VALUES (%s) ON CONFLICT DO NOTHING", (node_id,))
    await connection.execute(
        """
        INSERT INTO node_identity (node_id, user_key, page_names, enrolled_at, issued_at, expires_at)
        VALUES (%(node_id)s, %(user_key)s, %(page_names)s, %(now)s, %(now)s, %(expires)s)
        ON CONFLICT (node_id) DO UPDATE SET
            user_key = excluded.user_key, page_names = excluded.page_names, enrolled_at = excluded.enrolled_at,
            issued_at = excluded.issued_at, expires_at = excluded.expires_at, revoked_at = NULL
        """,
        {
            "node_id": node_id,
            "user_key": user_key,
            "page_names": list(page_names),
            "now": now,
            "expires": expires,
        },
    )


async def renew(connection: Connection, node_id: str, *, now: datetime, expires: datetime) -> None:
    """Keep that a node's key was issued a later JWT."""
    await connection.execute(
        "UPDATE node_identity SET issued_at = %s, expires_at = %s WHERE node_id = %s", (now, expires, node_id)
    )


async def revoke_node(connection: Connection, node_id: str, now: datetime) -> None:
    """Mark a node as shut out."""
    await connection.execute("UPDATE node_identity SET revoked_at = %s WHERE node_id = %s", (now, node_id))


async def refuse_key(connection: Connection, known: Identity, now: datetime) -> None:
    """Have the hub refuse the key a node was issued a JWT for, as long as one of its JWTs could be good."""
    await connection.execute(
        """
        INSERT INTO revoked_key (user_key, node_id, revoked_at, expires_at) VALUES (%s, %s, %s, %s)
        ON CONFLICT (user_key) DO UPDATE SET revoked_at = excluded.revoked_at, expires_at = excluded.expires_at
        """,
        (known.user_key, known.node_id, now, known.expires_at),
    )


async def key_is_refused(connection: Connection, user_key: str) -> bool:
    """Whether this key was ever refused; such a key is never taken again."""
    cursor = await connection.execute(
        "SELECT EXISTS (SELECT 1 FROM revoked_key WHERE user_key = %s) AS found", (user_key,)
    )
    row = await cursor.fetchone()
    return row is not None and bool(row["found"])


async def refused_keys(connection: Connection, now: datetime) -> dict[str, int]:
    """Keys the hub must refuse now, each with the Unix second up to which its JWTs are void."""
    cursor = await connection.execute(
        """
        SELECT user_key, ceil(extract(epoch FROM revoked_at))::bigint AS second
        FROM revoked_key WHERE expires_at > %s
        """,
        (now,),
    )
    return {row["user_key"]: row["second"] for row in await cursor.fetchall()}
