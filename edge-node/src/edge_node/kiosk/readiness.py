"""Whether the node can hold an interview now: its processes are asked, the answer kept for 2 s."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace

from edge_node.bus import health
from edge_node.bus.health import NodeHealth
from edge_node.bus.local import Bus

KEEP_SECONDS = 2.0
SELF = "kiosk"
VOICE_MISSING = "voice_missing"


class Readiness:
    """Asks each process of the node for its health; ``page_built`` says whether there is a page to serve.

    ``rooms`` names the room processes; ``rooms_max`` is how many interviews the node may hold.
    """

    def __init__(
        self, bus: Bus, *, page_built: bool = True, rooms: Sequence[str] = (health.ROOM,), rooms_max: int = 1
    ) -> None:
        self._bus = bus
        self._rooms = tuple(rooms)
        self._rooms_max = rooms_max
        self._own = () if page_built else ("page_missing",)
        self._asking = asyncio.Lock()
        self._found = NodeHealth(frozenset(), ())
        self._asked_at = -KEEP_SECONDS

    async def look(self) -> NodeHealth:
        """What the node's processes say now, or said less than 2 s ago."""
        async with self._asking:
            now = asyncio.get_running_loop().time()
            if now - self._asked_at >= KEEP_SECONDS:
                others = tuple(name for name in (*health.NEEDED, *health.WISHED) if name != SELF)
                found = await health.ask(self._bus, others, rooms=self._rooms)
                self._found = replace(found, reported=(*self._own, *found.reported))
                self._asked_at = now
            return self._found

    async def problems(self) -> list[str]:
        """Codes ``<process>_down`` of the processes that do not answer, and what the others report."""
        return list((await self.look()).problems)

    async def ready(self) -> bool:
        """Whether a new interview can be held."""
        return (await self.look()).ready

    async def rooms_free(self) -> int:
        """Interviews that could be opened now."""
        return (await self.look()).rooms_free(self._rooms_max)

    async def answering(self) -> bool:
        """Whether everything needed answers and can speak; the desk knows whether it may open the interview."""
        found = await self.look()
        return found.answering and VOICE_MISSING not in found.reported
