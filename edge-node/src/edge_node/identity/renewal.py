"""Renewing the credentials over the link they keep up, well before they end."""

import asyncio
import random
import time
from collections.abc import Awaitable, Callable

from edge_node.identity.codec import Refused, decode_renewal, encode_renewal
from edge_node.identity.store import IdentityStore, IssuedUnfit, NotEnrolled, Term
from edge_node.ports.failure import EngineError
from edge_node.telemetry.logs import get_logger

LOOK_MOST_SECONDS = 3600.0
RETRY_FIRST_SECONDS = 2.0
RETRY_MOST_SECONDS = 300.0
TIMEOUT_SECONDS = 5.0
CLOCK_SLACK_SECONDS = 300

log = get_logger("identity")

Ask = Callable[[bytes, float], Awaitable[bytes]]
"""Sends a renewal request over the link within so many seconds; raises EngineError."""


def due_in(term: Term, now: float) -> float:
    """Seconds until credentials are renewed: at half their life. At once where this node's clock says nonsense."""
    if now < term.issued - CLOCK_SLACK_SECONDS:
        return 0.0
    return max(0.0, (term.issued + term.expires) / 2 - now)


class Renewer:
    """Keeps one node's credentials good. The server on this node reads the new file when it next connects."""

    def __init__(
        self, store: IdentityStore, node_id: str, ask: Ask, *, wall_clock: Callable[[], float] = time.time
    ) -> None:
        self._store = store
        self._node_id = node_id
        self._ask = ask
        self._wall_clock = wall_clock

    async def run(self) -> None:
        """Renew until cancelled. A node that is not enrolled, or was revoked, goes on without a link."""
        retry_seconds = RETRY_FIRST_SECONDS
        while True:
            try:
                wait = due_in(self._store.term(), self._wall_clock())
                if wait == 0:
                    await self.renew()
                    retry_seconds = RETRY_FIRST_SECONDS
                    continue
                # Looked at now and then: the wall clock may be set, and somebody may enrol the node anew.
                wait = min(wait, LOOK_MOST_SECONDS)
            except NotEnrolled:
                wait = LOOK_MOST_SECONDS
            except (EngineError, Refused, IssuedUnfit, OSError) as error:
                code = error.code if isinstance(error, (EngineError, Refused)) else type(error).__name__
                log.warning("credentials not renewed", code=code)
                wait = retry_seconds * random.uniform(0.5, 1.0)  # noqa: S311 - spreads load, hides nothing
                retry_seconds = min(retry_seconds * 2, RETRY_MOST_SECONDS)
            await asyncio.sleep(wait)

    async def renew(self) -> None:
        """Renew once; raises NotEnrolled, EngineError, Refused, IssuedUnfit, OSError."""
        link, page = self._store.keys()
        request = encode_renewal(self._node_id, link.public, page.request(self._node_id))
        issued = decode_renewal(await self._ask(request, TIMEOUT_SECONDS))
        self._store.keep(self._node_id, link, page, issued)
        log.info("credentials renewed")
