"""Whether the node can hold an interview now: its processes are asked, the answer kept for 2 s."""

import asyncio

from interview_proto import subjects

from edge_node.bus.local import Bus
from edge_node.ports.failure import EngineError

NEEDED = ("room", "speech")
"""Without these no interview can be held."""

WISHED = ("language", "vision", "uplink", "review")
"""Without these an interview is poorer or reported later."""

ANSWER_SECONDS = 1.0
KEEP_SECONDS = 2.0


class Readiness:
    """Asks each process of the node for its health."""

    def __init__(self, bus: Bus) -> None:
        self._bus = bus
        self._asking = asyncio.Lock()
        self._problems: list[str] = []
        self._asked_at = -KEEP_SECONDS

    async def problems(self) -> list[str]:
        """Codes ``<process>_down`` of the processes that do not answer."""
        async with self._asking:
            now = asyncio.get_running_loop().time()
            if now - self._asked_at >= KEEP_SECONDS:
                names = (*NEEDED, *WISHED)
                up = await asyncio.gather(*(self._is_up(name) for name in names))
                self._problems = [f"{name}_down" for name, is_up in zip(names, up, strict=True) if not is_up]
                self._asked_at = now
            return self._problems

    async def ready(self) -> bool:
        """Whether everything needed answers."""
        problems = await self.problems()
        return not any(f"{name}_down" in problems for name in NEEDED)

    async def _is_up(self, name: str) -> bool:
        try:
            await self._bus.request(subjects.health(name), b"", timeout_seconds=ANSWER_SECONDS)
        except EngineError:
            return False
        return True
