"""Asks head office which release to run, brings it, and tells how far that is.

Nothing here installs: what was brought and checked is handed to the machine's installer, which checks it again.
"""

import asyncio
import dataclasses
from collections.abc import Awaitable, Callable
from pathlib import Path

from edge_node.ports.failure import EngineError
from edge_node.releases.checking import Unfit
from edge_node.releases.codec import Announcement, Status, Unreadable, decode_reply, encode_request
from edge_node.releases.shelf import Shelf
from edge_node.tasks import cancel
from edge_node.telemetry.logs import get_logger

EVERY_SECONDS = 30.0
LOOK_SECONDS = 2.0
ANSWER_SECONDS = 5.0

log = get_logger("releases")

Ask = Callable[[bytes, float], Awaitable[bytes]]
"""Sends a request to head office within so many seconds; raises EngineError."""

Fetch = Callable[[Announcement, Path], Awaitable[None]]
"""Brings a bundle to a path, going on where it stopped, however long the link is away; raises Unfit, OSError."""

Check = Callable[[Path, Announcement], Awaitable[None]]
"""Raises Unfit or OSError for a bundle that is not the announced one, or not signed."""


class Puller:
    """One node's releases. ``installed``: whether a release of that bundle runs here and has proved itself."""

    def __init__(
        self,
        shelf: Shelf,
        ask: Ask,
        fetch: Fetch,
        check: Check,
        installed: Callable[[str], bool],
        *,
        node_id: str,
        group: str,
        bytes_most: int,
        every_seconds: float = EVERY_SECONDS,
    ) -> None:
        self._shelf = shelf
        self._ask = ask
        self._fetch = fetch
        self._check = check
        self._installed = installed
        self._node_id = node_id
        self._group = group
        self._bytes_most = bytes_most
        self._every_seconds = every_seconds
        self._wanted: Announcement | None = None
        self._status = Status()
        self._work: asyncio.Task[None] | None = None
        self.heard = False
        """Whether head office has answered since the start."""

    @property
    def status(self) -> Status:
        """How far it is."""
        fetching = self._status.state == "fetching"
        received = self._shelf.received_bytes() if fetching else self._status.received_bytes
        return dataclasses.replace(self._status, received_bytes=received)

    async def run(self) -> None:
        """Ask until cancelled. Without an answer what was begun goes on."""
        try:
            while True:
                await self._look()
                # A release that was just taken into use proves itself by an answer, too.
                await asyncio.sleep(self._every_seconds if self.heard else min(LOOK_SECONDS, self._every_seconds))
        finally:
            await self._stop()

    async def _look(self) -> None:
        if self._work is not None and self._work.done():
            self._work.result()
        try:
            request = encode_request(self._node_id, self._group, self.status)
            wanted = decode_reply(await self._ask(request, ANSWER_SECONDS), self._node_id)
        except (EngineError, Unreadable) as error:
            log.info("head office was not asked about releases", reason=str(error))
            return
        self.heard = True
        if wanted == self._wanted:
            return
        await self._stop()
        self._wanted, self._status = wanted, Status()
        if wanted is not None:
            log.info("a release was announced", version=wanted.version, release=wanted.bundle_id)
            self._work = asyncio.create_task(self._bring(wanted), name="release")

    async def _stop(self) -> None:
        if self._work is not None:
            await cancel(self._work)
            self._work = None

    async def _bring(self, wanted: Announcement) -> None:
        announced = wanted.announcement_id
        if self._shelf.outcome(announced) is None:
            if self._installed(wanted.bundle_id):
                self._tell(wanted, "active")
                return
            try:
                await self._brought(wanted)
            except (Unfit, OSError) as error:
                reason = str(error) if isinstance(error, Unfit) else f"disk: {error.strerror or error}"
                log.warning("the release is not taken", release=wanted.bundle_id, reason=reason)
                self._shelf.refuse(wanted, reason)
                self._tell(wanted, "failed", reason)
                return
        while (outcome := self._shelf.outcome(announced)) is None or outcome.state == "installing":
            self._tell(wanted, outcome.state if outcome else "ready")
            await asyncio.sleep(LOOK_SECONDS)
        self._tell(wanted, outcome.state, outcome.reason)
        log.info("the release was tried", release=wanted.bundle_id, state=outcome.state)

    async def _brought(self, wanted: Announcement) -> None:
        """Bring it, check it, hand it over. Raises Unfit, OSError."""
        shelf = self._shelf
        while shelf.installing():
            self._tell(wanted, "fetching", "waits for the release that is being installed")
            await asyncio.sleep(LOOK_SECONDS)
        if wanted.size > self._bytes_most:
            raise Unfit(f"the bundle has {wanted.size / 1e6:.0f} MB; this node takes {self._bytes_most / 1e6:.0f} MB")
        self._tell(wanted, "fetching")
        if lacking := shelf.lacking(wanted):
            raise Unfit(f"the disk lacks {lacking / 1e6:.0f} MB to fetch and install it")
        if not shelf.bundle.exists() or shelf.bundle.stat().st_size != wanted.size:
            shelf.bundle.unlink(missing_ok=True)
            await self._fetch(wanted, shelf.part)
            shelf.arrived()
        self._tell(wanted, "checking")
        await self._check(shelf.bundle, wanted)
        shelf.hand_over(wanted)

    def _tell(self, wanted: Announcement, state: str, reason: str = "") -> None:
        self._status = Status(wanted.announcement_id, state, reason, wanted.size)
