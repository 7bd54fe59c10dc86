"""Bring a database to this program's schema: plain SQL files, each once, in order, under an advisory lock."""

import hashlib
from dataclasses import dataclass
from importlib import resources

import psycopg

from coordinator.db.lock_keys import LockKey

LOCK_TIMEOUT_MS = 60_000

_TABLE = """
CREATE TABLE IF NOT EXISTS schema_migration (
    name text PRIMARY KEY,
    sha256 text NOT NULL,
    applied_at timestamptz NOT NULL DEFAULT now()
)
"""


class MigrationChanged(Exception):
    """A file that was applied before now reads differently, or is gone."""


@dataclass(frozen=True)
class Migration:
    """One SQL file."""

    name: str
    sql: bytes

    @property
    def sha256(self) -> str:
        """Hexadecimal digest of the file."""
        return hashlib.sha256(self.sql).hexdigest()


def shipped() -> list[Migration]:
    """The migrations of this program, in order of their names."""
    folder = resources.files("coordinator.db") / "migrations"
    files = [entry for entry in folder.iterdir() if entry.name.endswith(".sql")]
    return [Migration(entry.name, entry.read_bytes()) for entry in sorted(files, key=lambda entry: entry.name)]


async def migrate(url: str) -> list[str]:
    """Apply what is missing, each file in its own transaction; returns the names applied now.

    Two processes may call it at once: the second waits up to a minute for the first. Raises MigrationChanged when
    the database was made by other files than these, psycopg.Error when a file fails (nothing of it stays).
    """
    async with await psycopg.AsyncConnection.connect(url, autocommit=True, connect_timeout=10) as connection:
        await connection.execute(f"SET lock_timeout = {LOCK_TIMEOUT_MS}".encode())
        await connection.execute("SELECT pg_advisory_lock(%s)", (LockKey.MIGRATION,))
        try:
            await connection.execute(_TABLE)
            cursor = await connection.execute("SELECT name, sha256 FROM schema_migration")
            applied = {str(name): str(digest) for name, digest in await cursor.fetchall()}
            return await _apply(connection, shipped(), applied)
        finally:
            await connection.execute("SELECT pg_advisory_unlock(%s)", (LockKey.MIGRATION,))


async def _apply(
    connection: psycopg.AsyncConnection[tuple[object, ...]], migrations: list[Migration], applied: dict[str, str]
) -> list[str]:
    gone = sorted(set(applied) - {migration.name for migration in migrations})
    if gone:
        raise MigrationChanged(f"the database has migrations this program does not know: {', '.join(gone)}")
    done: list[str] = []
    for migration in migrations:
        if migration.name in applied:
            if applied[migration.name] != migration.sha256:
                raise MigrationChanged(f"{migration.name} was changed after it was applied")
            continue
        async with connection.transaction():
            await connection.execute(migration.sql)
            await connection.execute(
                "INSERT INTO schema_migration (name, sha256) VALUES (%s, %s)", (migration.name, migration.sha256)
            )
        done.append(migration.name)
    return done
