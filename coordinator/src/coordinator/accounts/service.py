"""Signing in, and the accounts of a first start."""

import asyncio
import math
import secrets
import time
from dataclasses import dataclass
from uuid import UUID

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from coordinator.accounts import repository
from coordinator.accounts.repository import Account
from coordinator.audit.repository import SYSTEM, Actor, append
from coordinator.auth.rbac import Role
from coordinator.auth.tokens import Caller, Tokens, utc_now
from coordinator.db.unit_of_work import Database
from coordinator.fault import Fault
from coordinator.telemetry.rate import RateWindow

HASHES_AT_ONCE = 2
TRIES_KEYS_MAX = 10_000
PASSWORD_BYTES = 15
FIRST_ACCOUNTS = (
    (Role.ADMIN, "admin@interview.internal", "Administrator"),
    (Role.RECRUITER, "recruiter@interview.internal", "Recruiter"),
    (Role.CANDIDATE, "candidate@interview.internal", "Candidate"),
)

# Memory for one hash: 46 MiB, argon2-cffi's RFC 9106 low-memory profile rounded down to what small machines bear.
_hasher = PasswordHasher(time_cost=2, memory_cost=47104, parallelism=1)


@dataclass(frozen=True)
class Credential:
    """A first account and its generated password; shown once, kept nowhere."""

    role: Role
    email: str
    password: str


@dataclass(frozen=True)
class Login:
    """A token and whose it is."""

    token: str
    seconds: int
    caller: Caller


class AccountService:
    """Signs people in. Failed tries are counted per e-mail and per address, whether or not the account exists."""

    def __init__(self, database: Database, tokens: Tokens, *, tries: int = 10, window_seconds: int = 300) -> None:
        self._database = database
        self._tokens = tokens
        self._window = RateWindow(limit=tries, window_seconds=window_seconds, keys_max=TRIES_KEYS_MAX)
        self._hashing = asyncio.Semaphore(HASHES_AT_ONCE)
        # Verified when an e-mail is unknown, so that the answer takes as long as for a known one.
        self._nobody = _hasher.hash(secrets.token_urlsafe(PASSWORD_BYTES))

    async def login(self, email: str, password: str, *, address: str) -> Login:
        """Sign in; raises Fault bad_credentials (401) or too_many_tries (429, Retry-After)."""
        email = email.strip().lower()
        keys = (f"email {email}", f"address {address}")
        now_seconds = time.monotonic()
        wait = max(self._window.wait_seconds(key, now_seconds=now_seconds) for key in keys)
        if wait > 0:
            retry = math.ceil(wait)
            raise Fault("too_many_tries", "too many failed logins; wait", status=429, retry_after_seconds=retry)
        # Counted before the password is looked at, so that tries made at the same time count too.
        for key in keys:
            self._window.mark(key, now_seconds=now_seconds)
        async with self._database.transaction() as connection:
            account = await repository.by_email(connection, email)
        if not await self._verified(account, password) or account is None or account.disabled:
            raise Fault("bad_credentials", "e-mail or password is wrong", status=401)
        self._window.forget(keys[0])
        self._window.unmark(keys[1])
        caller = Caller(account.id, account.role, account.name)
        async with self._database.transaction() as connection:
            actor = Actor(str(account.id), account.role.value)
            await append(connection, actor, "account.login", f"account:{account.id}")
        return Login(self._tokens.issue(caller, now=utc_now()), int(self._tokens.life.total_seconds()), caller)

    async def account(self, account_id: UUID) -> Account:
        """The account; raises Fault token_invalid (401) when it is gone or disabled."""
        async with self._database.transaction() as connection:
            account = await repository.by_id(connection, account_id)
        if account is None or account.disabled:
            raise Fault("token_invalid", "the account is gone", status=401)
        return account

    async def _verified(self, account: Account | None, password: str) -> bool:
        known = account.password_hash if account else self._nobody
        async with self._hashing:
            return await asyncio.to_thread(_matches, known, password) and account is not None


def _matches(password_hash: str, password: str) -> bool:
    try:
        return _hasher.verify(password_hash, password)
    except (VerificationError, InvalidHashError):
        return False


async def create_first_accounts(database: Database) -> list[Credential]:
    """One account of each role with a generated password, if there is no account at all; else none."""
    made: list[Credential] = []
    async with database.transaction() as connection:
        if not await repository.claim_first_start(connection):
            return []
        for role, email, name in FIRST_ACCOUNTS:
            password = secrets.token_urlsafe(PASSWORD_BYTES)
            password_hash = await asyncio.to_thread(_hasher.hash, password)
            account_id = await repository.insert(
                connection, email=email, name=name, role=role, password_hash=password_hash
            )
            await append(connection, SYSTEM, "account.create", f"account:{account_id}", {"role": role.value})
            made.append(Credential(role, email, password))
    return made
