"""Asks the node's processes how they are: the one place that knows what the node as a whole lacks."""

import asyncio
from dataclasses import dataclass

from interview_proto import subjects

from edge_node.bus.codec import Health, decode_health
from edge_node.bus.local import Bus
from edge_node.ports.failure import EngineError

NEEDED = ("room", "speech", "kiosk")
"""Without these no interview can be held."""

WISHED = ("language", "vision", "uplink", "review")
"""Without these an interview is poorer or reported later."""

ANSWER_SECONDS = 1.0


@dataclass(frozen=True, slots=True)
class NodeHealth:
    """What the processes say, taken together."""

    down: frozenset[str]
    """Processes that do not answer."""

    reported: tuple[str, ...]
    """Codes the others report, each once."""

    rooms_open: int = 0
    candidates_present: int = 0

    @property
    def problems(self) -> tuple[str, ...]:
        """Stable codes: ``<process>_down``, then what the others report."""
        asked = (*NEEDED, *WISHED)
        return (*(f"{name}_down" for name in asked if name in self.down), *self.reported)

    @property
    def ready(self) -> bool:
        """Whether a new interview can be held."""
        return not self.reported and not self.down.intersection(NEEDED)


async def ask(bus: Bus, names: tuple[str, ...] = (*NEEDED, *WISHED)) -> NodeHealth:
    """Ask every process of ``names`` at once; at most 1 s."""
    found = dict(zip(names, await asyncio.gather(*(_health(bus, name) for name in names)), strict=True))
    answers = [health for health in found.values() if health]
    return NodeHealth(
        down=frozenset(name for name, health in found.items() if health is None),
        reported=tuple(dict.fromkeys(code for health in answers for code in health.problems)),
        rooms_open=sum(health.rooms_open for health in answers),
        candidates_present=sum(health.candidates_present for health in answers),
    )


async def _health(bus: Bus, name: str) -> Health | None:
    try:
        return decode_health(await bus.request(subjects.health(name), b"", timeout_seconds=ANSWER_SECONDS))
    except EngineError:
        return None
