"""The schema, the first accounts, and the audit trail in a real Postgres."""

import asyncio
import secrets
from collections.abc import AsyncIterator
from pathlib import Path

import psycopg
import pytest
from coordinator.audit.repository import SYSTEM, ChainBroken, append, verify
from coordinator.db.migrate import Migration, MigrationChanged, migrate, shipped
from coordinator.db.unit_of_work import Database
from coordinator_api import coordinator, migrated_accounts
from provisioning.postgres import EmbeddedPostgres


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    made = Database(database_url, connections_max=2)
    await made.open()
    yield made
    await made.close()


@pytest.fixture
def bare_url(postgres_server: EmbeddedPostgres) -> str:
    name = f"bare_{secrets.token_hex(6)}"
    with psycopg.connect(postgres_server.url(), autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}".encode())
    return postgres_server.url(name)


async def test_two_processes_migrating_at_once_apply_each_file_once(bare_url: str) -> None:
    first, second = await asyncio.gather(migrate(bare_url), migrate(bare_url))
    assert sorted([*first, *second]) == [migration.name for migration in shipped()]
    assert await migrate(bare_url) == []


async def test_a_changed_migration_is_refused(bare_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    await migrate(bare_url)
    changed = [Migration(one.name, one.sql + b"-- later") for one in shipped()]
    monkeypatch.setattr("coordinator.db.migrate.shipped", lambda: changed)
    with pytest.raises(MigrationChanged, match="0001"):
        await migrate(bare_url)


async def test_a_failing_migration_leaves_nothing(bare_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    broken = [Migration("0001_broken.sql", b"CREATE TABLE half (id int); SELECT 1 / 0;")]
    monkeypatch.setattr("coordinator.db.migrate.shipped", lambda: broken)
    with pytest.raises(psycopg.errors.DivisionByZero):
        await migrate(bare_url)
    async with await psycopg.AsyncConnection.connect(bare_url) as connection:
        row = await (await connection.execute("SELECT to_regclass('half'), count(*) FROM schema_migration")).fetchone()
    assert row == (None, 0)


def test_first_accounts_have_generated_passwords_and_come_once(bare_url: str, tmp_path: Path) -> None:
    accounts = migrated_accounts(bare_url, tmp_path)
    assert set(accounts) == {"admin", "recruiter"}, "a candidate joins by a code and has nothing to sign in for"
    passwords = {account["password"] for account in accounts.values()}
    assert len(passwords) == 2
    assert all(len(password) >= 20 for password in passwords)
    with psycopg.connect(bare_url) as connection:
        dump = str(connection.execute("SELECT * FROM account").fetchall())
    assert not any(password in dump for password in passwords)
    assert migrated_accounts(bare_url, tmp_path) == {}


def test_a_missing_database_setting_is_said_plainly() -> None:
    done = coordinator("migrate", COORDINATOR_DATABASE_URL="")
    assert done.returncode != 0
    assert "COORDINATOR_DATABASE_URL_FILE" in done.stderr


async def test_the_audit_trail_cannot_be_changed_and_tampering_shows(database: Database) -> None:
    for number in range(3):
        async with database.transaction() as connection:
            await append(connection, SYSTEM, "job.create", f"job:{number}", {"stages": number})
    async with database.transaction() as connection:
        assert await verify(connection) == 3
    with pytest.raises(psycopg.errors.RestrictViolation):
        async with database.transaction() as connection:
            await connection.execute("UPDATE audit_entry SET subject = 'job:9'")
    # Somebody who owns the database can switch the guard off; the chain still tells.
    async with database.transaction() as connection:
        await connection.execute("ALTER TABLE audit_entry DISABLE TRIGGER ALL")
        await connection.execute("UPDATE audit_entry SET detail = '{\"stages\": 7}' WHERE number = 2")
    with pytest.raises(ChainBroken, match="entry 2"):
        async with database.transaction() as connection:
            await verify(connection)


async def test_entries_appended_at_once_stay_one_chain(database: Database) -> None:
    async def one(number: int) -> None:
        async with database.transaction() as connection:
            await append(connection, SYSTEM, "job.create", f"job:{number}")

    await asyncio.gather(*(one(number) for number in range(12)))
    async with database.transaction() as connection:
        assert await verify(connection) == 12
