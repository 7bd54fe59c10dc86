"""Signing in, and whether a login is still good."""

import asyncio
import math
import time
from dataclasses import dataclass, replace
from uuid import UUID

from coordinator.accounts import passwords, repository
from coordinator.accounts.repository import Account
from coordinator.audit.repository import Actor, append
from coordinator.auth.tokens import Caller, Tokens, utc_now
from coordinator.db.unit_of_work import Database
from coordinator.fault import Fault
from coordinator.telemetry.rate import RateWindow

HASHES_AT_ONCE = 2
TRIES_KEYS_MAX = 10_000


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
        self._nobody = passwords.hashed(passwords.generated())

    async def login(self, email: str, password: str, *, address: str, new_password: str | None = None) -> Login:
        """Sign in, with ``new_password`` as the account's from now on.

        Raises Fault bad_credentials (401), too_many_tries (429, Retry-After), password_change_needed (403) for a
        one-time password alone, password_unfit (422) for a new one that will not do.
        """
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
        if new_password is not None:
            account = await self._changed(account, password, new_password)
        elif account.password_one_time:
            raise Fault("password_change_needed", "choose a password of your own: new_password", status=403)
        caller = Caller(account.id, account.role, account.name, account.login_series)
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

    async def login_series(self, account_id: UUID) -> int | None:
        """Which logins of an account are good; None: none is."""
        async with self._database.transaction() as connection:
            return await repository.login_series(connection, account_id)

    async def _changed(self, account: Account, old: str, new: str) -> Account:
        """The account with the new password in place; whoever was quicker to change it has won."""
        passwords.check_chosen(new, old=old, email=account.email)
        async with self._hashing:
            password_hash = await asyncio.to_thread(passwords.hashed, new)
        async with self._database.transaction() as connection:
            await repository.lock(connection)
            now = await repository.by_id(connection, account.id)
            if now is None or now.disabled or now.password_hash != account.password_hash:
                raise Fault("bad_credentials", "e-mail or password is wrong", status=401)
            series = await repository.set_password(connection, account.id, password_hash, one_time=False)
            actor = Actor(str(account.id), account.role.value)
            await append(connection, actor, "account.password_chosen", f"account:{account.id}")
        return replace(account, password_one_time=False, login_series=series)

    async def _verified(self, account: Account | None, password: str) -> bool:
        known = account.password_hash if account else self._nobody
        async with self._hashing:
            return await asyncio.to_thread(passwords.matches, known, password) and account is not None
