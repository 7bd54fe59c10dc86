"""Rows of accounts."""

from dataclasses import dataclass
from uuid import UUID

from coordinator.auth.rbac import Role
from coordinator.db.unit_of_work import Connection


@dataclass(frozen=True)
class Account:
    """Someone who can sign in."""

    id: UUID
    email: str
    name: str
    role: Role
    password_hash: str
    disabled: bool


_COLUMNS = "id, email, name, role, password_hash, disabled"


async def by_email(connection: Connection, email: str) -> Account | None:
    """The account with this e-mail (lower case), if any."""
    cursor = await connection.execute(f"SELECT {_COLUMNS} FROM account WHERE email = %s", (email,))  # noqa: S608 - constant
    row = await cursor.fetchone()
    return Account(**{**row, "role": Role(row["role"])}) if row else None


async def by_id(connection: Connection, account_id: UUID) -> Account | None:
    """The account with this id, if any."""
    cursor = await connection.execute(f"SELECT {_COLUMNS} FROM account WHERE id = %s", (account_id,))  # noqa: S608 - constant
    row = await cursor.fetchone()
    return Account(**{**row, "role": Role(row["role"])}) if row else None


async def claim_first_start(connection: Connection) -> bool:
    """Whether there is no account yet; others who ask wait until this transaction ends."""
    await connection.execute("LOCK TABLE account IN SHARE ROW EXCLUSIVE MODE")
    cursor = await connection.execute("SELECT EXISTS (SELECT 1 FROM account) AS taken")
    row = await cursor.fetchone()
    assert row is not None
    return not row["taken"]


async def insert(connection: Connection, *, email: str, name: str, role: Role, password_hash: str) -> UUID:
    """Add an account; raises psycopg.errors.UniqueViolation when the e-mail is taken."""
    cursor = await connection.execute(
        "INSERT INTO account (email, name, role, password_hash) VALUES (%s, %s, %s, %s) RETURNING id",
        (email, name, role.value, password_hash),
    )
    row = await cursor.fetchone()
    assert row is not None
    account_id: UUID = row["id"]
    return account_id
