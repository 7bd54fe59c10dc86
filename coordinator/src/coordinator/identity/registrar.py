"""Keeps the hub's claims of NODES equal to what the database says is revoked."""

import asyncio
import json
import time
from datetime import UTC, datetime

from coordinator.bus.hub import Hub
from coordinator.db.unit_of_work import Database
from coordinator.fault import Fault
from coordinator.identity import repository
from coordinator.keys import claims
from coordinator.keys.keyring import Keyring
from coordinator.keys.nkey import KeyUnreadable
from coordinator.telemetry.logs import get_logger

UPDATE = "$SYS.REQ.CLAIMS.UPDATE"
HUB_SECONDS = 3.0
LOOK_EVERY_SECONDS = 60.0
RETRY_SECONDS = 1.0

log = get_logger("identity")


class Registrar:
    """Tells the hub. ``hub`` is a connection of the system account."""

    def __init__(self, database: Database, hub: Hub, ring: Keyring) -> None:
        self._database = database
        self._hub = hub
        self._ring = ring
        self._look = asyncio.Event()

    async def run(self) -> None:
        """Compare once a minute, and again soon after the hub could not be told."""
        while True:
            self._look.clear()
            wait_seconds = LOOK_EVERY_SECONDS
            try:
                await self.agree()
            except Fault as fault:
                log.warning("hub not told who is revoked", code=fault.code)
                wait_seconds = RETRY_SECONDS
            try:
                async with asyncio.timeout(wait_seconds):
                    await self._look.wait()
            except TimeoutError:
                continue

    def look_soon(self) -> None:
        """Have :meth:`run` compare now."""
        self._look.set()

    async def agree(self) -> None:
        """Tell the hub what it does not say yet; returns when it has taken it.

        The hub drops revoked links before it answers. Raises Fault hub_unavailable, late, claims_refused,
        database_unavailable (503).
        """
        if not self._hub.connected:
            # What is asked now would be sent when the hub is back, and be old by then.
            raise Fault("hub_unavailable", "the hub is away", status=503)
        async with self._database.transaction() as connection:
            await repository.lock(connection)
            revoked = await repository.refused_keys(connection, datetime.now(UTC))
            wanted = {**claims.nodes_account(self._ring.accounts, revoked), "version": 2}
            told = await self._told()
            if _said(told) == wanted:
                # Another process may have told it: what the hub here would start from must not lag behind.
                self._ring.keep_nodes_jwt(told)
                return
            token = self._ring.nodes_jwt(revoked, now=int(time.time()))
            reply = await self._hub.request(UPDATE, token.encode(), timeout_seconds=HUB_SECONDS)
            if not _accepted(reply):
                raise Fault("claims_refused", "the hub does not take the claims of nodes", status=503)
            self._ring.keep_nodes_jwt(token)
            log.info("hub told who is revoked", keys=len(revoked))

    async def _told(self) -> str:
        lookup = f"$SYS.REQ.ACCOUNT.{self._ring.accounts.nodes}.CLAIMS.LOOKUP"
        return (await self._hub.request(lookup, b"", timeout_seconds=HUB_SECONDS)).decode(errors="replace")


def _said(token: str) -> claims.Claims:
    try:
        found: claims.Claims = claims.decode(token)["nats"]
    except KeyUnreadable:
        return {}
    return found


def _accepted(reply: bytes) -> bool:
    try:
        return bool(json.loads(reply)["data"]["code"] == 200)
    except (ValueError, KeyError, TypeError):
        return False
