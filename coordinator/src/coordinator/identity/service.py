"""Letting a node in, keeping it in, shutting it out."""

import hashlib
import math
import secrets
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

import psycopg

from coordinator.audit.repository import SYSTEM, Actor, append
from coordinator.auth.tokens import Caller, utc_now
from coordinator.db.unit_of_work import Connection, Database
from coordinator.fault import Fault
from coordinator.identity import repository
from coordinator.identity.repository import Token
from coordinator.identity.schemas import EnrolmentRequest, Issued, Revoked, TokenReply, TokenRequest
from coordinator.keys import authorities
from coordinator.keys.authorities import RequestRefused
from coordinator.keys.keyring import Keyring
from coordinator.keys.nkey import KeyUnreadable, Kind, public_bytes
from coordinator.telemetry.rate import RateWindow

TOKEN_BYTES = 32
TRIES = 10
TRIES_WINDOW_SECONDS = 300
RENEWALS = 6
RENEWALS_WINDOW_SECONDS = 60
KEYS_MAX = 10_000


@dataclass(frozen=True)
class Lives:
    """How long what is issued is good."""

    token: timedelta = timedelta(minutes=15)
    credentials: timedelta = timedelta(days=30)
    page_certificate: timedelta = timedelta(days=397)


class IdentityService:
    """Issues and revokes. ``tell_hub`` returns when the hub refuses what the database says is revoked."""

    def __init__(
        self,
        database: Database,
        ring: Keyring,
        lives: Lives,
        tell_hub: Callable[[], Awaitable[None]],
        look_soon: Callable[[], None],
    ) -> None:
        self._database = database
        self._ring = ring
        self._lives = lives
        self._tell_hub = tell_hub
        self._look_soon = look_soon
        self._tries = RateWindow(limit=TRIES, window_seconds=TRIES_WINDOW_SECONDS, keys_max=KEYS_MAX)
        self._renewals = RateWindow(limit=RENEWALS, window_seconds=RENEWALS_WINDOW_SECONDS, keys_max=KEYS_MAX)

    async def make_token(self, request: TokenRequest, caller: Caller) -> TokenReply:
        """A one-time token for one node; earlier unused ones of that node end."""
        return await make_token(self._database, request, self._lives.token, caller)

    async def enrol(self, request: EnrolmentRequest, *, address: str) -> Issued:
        """Let a node in for its token; whoever held its name before is shut out.

        Raises Fault enrolment_unknown, enrolment_used, enrolment_expired (401), enrolment_other_node (403),
        key_refused, request_refused (422), too_many_tries (429).
        """
        keys = (f"address {address}", f"node {request.node_id}")
        self._count(self._tries, keys)
        page_key = _page_key(request.user_key, request.page_request)
        now = utc_now()
        expires = now + self._lives.credentials
        try:
            async with self._database.transaction() as connection:
                await repository.lock(connection)
                token = await repository.token(connection, _hash(request.token))
                names = _checked(token, request.node_id, now)
                if await repository.key_is_refused(connection, request.user_key):
                    raise Fault("key_refused", "the node's key was revoked; it must make a new one", status=422)
                before = await repository.identity(connection, request.node_id)
                if before and before.user_key != request.user_key:
                    await repository.refuse_key(connection, before, now)
                assert token is not None
                await repository.use_token(connection, token.id, now)
                await repository.enrol(
                    connection,
                    node_id=request.node_id,
                    user_key=request.user_key,
                    page_names=token.page_names,
                    now=now,
                    expires=expires,
                )
                detail: dict[str, str | int | bool | None] = {"token": str(token.id), "replaces": before is not None}
                await append(connection, SYSTEM, "node.enrolled", f"node:{request.node_id}", detail)
        except psycopg.errors.UniqueViolation:
            raise Fault("key_refused", "the key is another node's", status=422) from None
        except Fault as fault:
            if fault.status < 500:
                async with self._database.transaction() as connection:
                    subject = f"node:{request.node_id}"
                    await append(connection, SYSTEM, "node.enrolment_refused", subject, {"reason": fault.code})
            raise
        for key in keys:
            self._tries.unmark(key)
        # The key that was replaced is refused as soon as the hub can be told; the new one is good already.
        self._look_soon()
        return self._issued(request.node_id, request.user_key, page_key, names, now, expires)

    async def renew(self, node_id: str, user_key: str, page_request: str) -> Issued:
        """What follows on what a node has, for the key it was let in with. The hub vouches for ``node_id``.

        Raises Fault node_unknown, node_revoked, key_refused (403), request_refused (422), too_many_tries (429).
        """
        self._count(self._renewals, (node_id,))
        page_key = _page_key(user_key, page_request)
        now = utc_now()
        expires = now + self._lives.credentials
        async with self._database.transaction() as connection:
            await repository.lock(connection)
            known = await repository.identity(connection, node_id)
            if known is None:
                raise Fault("node_unknown", "the node was never enrolled", status=403)
            if known.revoked_at is not None:
                raise Fault("node_revoked", "the node was revoked", status=403)
            if known.user_key != user_key:
                raise Fault("key_refused", "not the key the node was enrolled with", status=403)
            await repository.renew(connection, node_id, now=now, expires=expires)
            await append(connection, SYSTEM, "node.renewed", f"node:{node_id}")
        return self._issued(node_id, user_key, page_key, [node_id, *known.page_names], now, expires)

    async def revoke(self, node_id: str, caller: Caller | None) -> Revoked:
        """Shut a node out; returns when the hub has dropped it. ``caller`` None: the machine's operator.

        Raises Fault node_unknown (404), and hub_unavailable or late (503) when the hub could not be told yet: the
        revocation is kept all the same and told when the hub is back.
        """
        now = utc_now()
        async with self._database.transaction() as connection:
            await repository.lock(connection)
            known = await repository.identity(connection, node_id)
            if known is None:
                raise Fault("node_unknown", "no such node was enrolled", status=404)
            if known.revoked_at is None:
                await self._refuse(connection, known, now, caller)
            else:
                now = known.revoked_at
        try:
            await self._tell_hub()
        except Fault:
            self._look_soon()
            raise
        return Revoked(node_id=node_id, revoked_at=now)

    async def _refuse(
        self, connection: Connection, known: repository.Identity, now: datetime, caller: Caller | None
    ) -> None:
        await repository.revoke_node(connection, known.node_id, now)
        await repository.refuse_key(connection, known, now)
        await append(connection, _actor(caller), "node.revoked", f"node:{known.node_id}")

    def _issued(
        self,
        node_id: str,
        user_key: str,
        page_key: authorities.PublicKey,
        names: list[str],
        now: datetime,
        expires: datetime,
    ) -> Issued:
        seconds = int(now.timestamp()), int(expires.timestamp())
        certificate = self._ring.pages.issue(
            page_key, names, now=now, expires=max(expires, now + self._lives.page_certificate)
        )
        return Issued(
            user_jwt=self._ring.node_jwt(node_id, user_key, now=seconds[0], expires=seconds[1]),
            expires_at=expires,
            page_certificate=certificate,
            link_authority=self._ring.link_authority_pem,
            page_authority=self._ring.pages.certificate_pem,
        )

    @staticmethod
    def _count(window: RateWindow, keys: tuple[str, ...]) -> None:
        """Count a try before it is looked at, so that tries made at the same time count too."""
        now_seconds = time.monotonic()
        wait = max(window.wait_seconds(key, now_seconds=now_seconds) for key in keys)
        if wait > 0:
            retry = math.ceil(wait)
            raise Fault("too_many_tries", "too many tries; wait", status=429, retry_after_seconds=retry)
        for key in keys:
            window.mark(key, now_seconds=now_seconds)


async def make_token(
    database: Database, request: TokenRequest, life: timedelta, caller: Caller | None = None
) -> TokenReply:
    """A one-time token for one node; earlier unused ones of that node end. ``caller`` None: the machine's operator."""
    token = secrets.token_urlsafe(TOKEN_BYTES)
    expires = utc_now() + life
    async with database.transaction() as connection:
        await repository.add_token(
            connection,
            node_id=request.node_id,
            token_hash=_hash(token),
            page_names=request.page_names,
            created_by=caller.account_id if caller else None,
            expires_at=expires,
        )
        await append(connection, _actor(caller), "node.enrolment_token", f"node:{request.node_id}")
    return TokenReply(node_id=request.node_id, token=token, expires_at=expires)


def _hash(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()


def _actor(caller: Caller | None) -> Actor:
    return Actor(str(caller.account_id), caller.role.value) if caller else SYSTEM


def _checked(token: Token | None, node_id: str, now: datetime) -> list[str]:
    """The names a certificate of the token's node may hold; raises Fault."""
    if token is None:
        raise Fault("enrolment_unknown", "there is no such token", status=401)
    if token.node_id != node_id:
        raise Fault("enrolment_other_node", "the token is for another node", status=403)
    if token.used_at is not None:
        raise Fault("enrolment_used", "the token was used", status=401)
    if token.expires_at <= now:
        raise Fault("enrolment_expired", "the token has ended; ask for a new one", status=401)
    return [node_id, *token.page_names]


def _page_key(user_key: str, page_request: str) -> authorities.PublicKey:
    try:
        public_bytes(user_key, Kind.USER)
        return authorities.requested_key(page_request)
    except (KeyUnreadable, RequestRefused) as error:
        raise Fault("request_refused", str(error), status=422) from None
