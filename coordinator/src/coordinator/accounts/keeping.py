"""Making accounts, resetting their passwords, shutting them out: for who runs the machine, and at a first start."""

import asyncio
import re
from dataclasses import dataclass

from coordinator.accounts import passwords, repository
from coordinator.accounts.repository import Account
from coordinator.audit.repository import SYSTEM, append
from coordinator.auth.rbac import Role
from coordinator.db.unit_of_work import Connection, Database
from coordinator.fault import Fault

FIRST_ACCOUNTS = (
    (Role.ADMIN, "admin@interview.internal", "Administrator"),
    (Role.RECRUITER, "recruiter@interview.internal", "Recruiter"),
)
GIVEN_ROLES = (Role.ADMIN, Role.RECRUITER)
"""Roles somebody can be given: a candidate joins by a code and has no page to sign in at."""

_EMAIL = re.compile(r"[^@\s]+@[^@\s]+")
_EMAIL_MOST = 254
_NAME_MOST = 200


@dataclass(frozen=True)
class Credential:
    """An account and its generated password; shown once, kept nowhere."""

    role: Role
    email: str
    password: str


async def create_first_accounts(database: Database) -> list[Credential]:
    """One account of each role people are given, with a generated password, if there is no account at all."""
    made: list[Credential] = []
    async with database.transaction() as connection:
        if not await repository.claim_first_start(connection):
            return []
        for role, email, name in FIRST_ACCOUNTS:
            made.append(await _insert(connection, email=email, name=name, role=role, one_time=False))
    return made


async def add(database: Database, *, email: str, name: str, role: Role) -> Credential:
    """A new account with a one-time password. Raises Fault email_invalid, name_invalid, role_invalid, email_taken."""
    email = _checked_email(email)
    name = name.strip()
    if not name or len(name) > _NAME_MOST or not name.isprintable():
        raise Fault("name_invalid", f"a name has 1 to {_NAME_MOST} characters, on one line", status=422)
    if role not in GIVEN_ROLES:
        raise Fault("role_invalid", f"the role {role.value} has nothing to sign in for", status=422)
    async with database.transaction() as connection:
        await repository.lock(connection)
        if await repository.by_email(connection, email):
            raise Fault("email_taken", f"{email} has an account already", status=409)
        return await _insert(connection, email=email, name=name, role=role, one_time=True)


async def reset_password(database: Database, email: str) -> Credential:
    """Another one-time password; every login of the account ends. Raises Fault account_unknown, account_disabled."""
    password = passwords.generated()
    password_hash = await asyncio.to_thread(passwords.hashed, password)
    async with database.transaction() as connection:
        account = await _known(connection, email)
        if account.disabled:
            raise Fault("account_disabled", f"{account.email} is shut out; let it in again first", status=409)
        await repository.set_password(connection, account.id, password_hash, one_time=True)
        await append(connection, SYSTEM, "account.password_reset", f"account:{account.id}")
    return Credential(account.role, account.email, password)


async def disable(database: Database, email: str) -> Account:
    """Shut an account out at once. Raises Fault account_unknown, last_administrator."""
    async with database.transaction() as connection:
        account = await _known(connection, email)
        others = [one for one in await repository.every(connection) if one.id != account.id and not one.disabled]
        if account.role is Role.ADMIN and not any(one.role is Role.ADMIN for one in others):
            raise Fault("last_administrator", f"{account.email} is the last administrator; add one first", status=409)
        if not account.disabled:
            await repository.set_disabled(connection, account.id, True)
            await append(connection, SYSTEM, "account.disable", f"account:{account.id}")
        return account


async def enable(database: Database, email: str) -> Account:
    """Let an account in again, with the password it had. Raises Fault account_unknown."""
    async with database.transaction() as connection:
        account = await _known(connection, email)
        if account.disabled:
            await repository.set_disabled(connection, account.id, False)
            await append(connection, SYSTEM, "account.enable", f"account:{account.id}")
        return account


async def accounts(database: Database) -> list[Account]:
    """All of them, by e-mail."""
    async with database.transaction() as connection:
        return await repository.every(connection)


async def _known(connection: Connection, email: str) -> Account:
    """The account, which nobody else changes until the transaction ends."""
    await repository.lock(connection)
    account = await repository.by_email(connection, _checked_email(email))
    if account is None:
        raise Fault("account_unknown", f"{email.strip()} has no account; `account list` shows who has", status=404)
    return account


async def _insert(connection: Connection, *, email: str, name: str, role: Role, one_time: bool) -> Credential:
    password = passwords.generated()
    password_hash = await asyncio.to_thread(passwords.hashed, password)
    account_id = await repository.insert(
        connection, email=email, name=name, role=role, password_hash=password_hash, one_time=one_time
    )
    await append(connection, SYSTEM, "account.create", f"account:{account_id}", {"role": role.value})
    return Credential(role, email, password)


def _checked_email(email: str) -> str:
    email = email.strip().lower()
    if not _EMAIL.fullmatch(email) or len(email) > _EMAIL_MOST or not email.isprintable():
        raise Fault("email_invalid", "that is no e-mail address", status=422)
    return email
