"""Rows of accounts."""

from dataclasses import dataclass
from datetime import datetime
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
    password_one_time: bool
    """The password was made by the program and is good for one sign-in, at which a new one is chosen."""

    login_series: int
    """Only logins of this series are good."""

    created_at: datetime


_COLUMNS = "id, email, name, role, password_hash, disabled, password_one_time, login_series, created_at"


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


async def every(connection: Connection) -> list[Account]:
    """All accounts, by e-mail."""
    cursor = await connection.execute(f"SELECT {_COLUMNS} FROM account ORDER BY email")  # noqa: S608 - constant
    return [Account(**{**row, "role": Role(row["role"])}) for row in await cursor.fetchall()]


async def lock(connection: Connection) -> None:
    """Have others who change accounts wait until this transaction ends; those who read do not."""
    await connection.execute("LOCK TABLE account IN SHARE ROW EXCLUSIVE MODE")


async def claim_first_start(connection: Connection) -> bool:
    """Whether there is no account yet; others who ask wait until this transaction ends."""
    await lock(connection)
    cursor = await connection.execute("SELECT EXISTS (SELECT 1 FROM account) AS taken")
    row = await cursor.fetchone()
    assert row is not None
    return not row["taken"]


async def insert(
    connection: Connection, *, email: str, name: str, role: Role, password_hash: str, one_time: bool = False
) -> UUID:
    """Add an account; raises psycopg.errors.UniqueViolation when the e-mail is taken."""
    cursor = await connection.execute(
        "INSERT INTO account (email, name, role, password_hash, password_one_time) VALUES (%s, %s, %s, %s, %s)"
        " RETURNING id",
        (email, name, role.value, password_hash, one_time),
    )
    row = await cursor.fetchone()
    assert row is not None
    account_id: UUID = row["id"]
    return account_id


async def set_password(connection: Connection, account_id: UUID, password_hash: str, *, one_time: bool) -> int:
    """Put another password in place and end every login; the series of those made from now on."""
    cursor = await connection.execute(
        "UPDATE account SET password_hash = %s, password_one_time = %s, login_series = login_series + 1"
        " WHERE id = %s RETURNING login_series",
        (password_hash, one_time, account_id),
    )
    row = await cursor.fetchone()
    assert row is not None
    series: int = row["login_series"]
    return series


async def set_disabled(connection: Connection, account_id: UUID, disabled: bool) -> None:
    """Shut an account out, or let it in again; either way every login ends."""
    await connection.execute(
        "UPDATE account SET disabled = %s, login_series = login_series + 1 WHERE id = %s", (disabled, account_id)
    )


async def login_series(connection: Connection, account_id: UUID) -> int | None:
    """Which logins of this account are good; None for none: it is gone or disabled."""
    cursor = await connection.execute("SELECT login_series FROM account WHERE id = %s AND NOT disabled", (account_id,))
    row = await cursor.fetchone()
    return row["login_series"] if row else None
