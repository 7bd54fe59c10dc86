"""Asks the node's processes how they are: the one place that knows what the node as a whole lacks."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from interview_proto import subjects

from edge_node.bus.codec import Health, decode_health
from edge_node.bus.local import Bus
from edge_node.ports.failure import EngineError

ROOM = subjects.ROOM_PROCESS
NEEDED = (ROOM, "speech", "kiosk")
"""Without these no interview can be held; of several room processes, without all."""

WISHED = ("language", "vision", "uplink", "review")
"""Without these an interview is poorer or reported later."""

FETCHING = ("pull",)
"""Of nodes that fetch releases themselves; without it no interview is poorer, but no release arrives any more."""

ROOMS_FEWER = "rooms_fewer"
"""Some of several room processes do not answer: interviews are held, fewer at a time than the node was set up for."""

ANSWER_SECONDS = 1.0


@dataclass(frozen=True, slots=True)
class NodeHealth:
    """What the processes say, taken together."""

    down: frozenset[str]
    """Processes that do not answer, one of several room processes by its own name."""

    reported: tuple[str, ...]
    """Codes the others report, each once."""

    rooms_open: int = 0
    candidates_present: int = 0
    rooms: Mapping[str, Health] = field(default_factory=dict)
    """What each room process says that answers."""

    @property
    def problems(self) -> tuple[str, ...]:
        """Stable codes: ``<process>_down``, for rooms when none answers, ``rooms_fewer``, then what others report."""
        of_rooms = {name for name in self.down if name == ROOM or name.startswith(f"{ROOM}-")}
        down = self.down - of_rooms | ({ROOM} if of_rooms and not self.rooms else set())
        fewer = (ROOMS_FEWER,) if of_rooms and self.rooms else ()
        every = (*NEEDED, *WISHED, *FETCHING)
        return (*(f"{name}_down" for name in every if name in down), *fewer, *self.reported)

    @property
    def answering(self) -> bool:
        """Whether all that an interview needs answers; of several room processes one is enough."""
        return not {name for name in self.down.intersection(NEEDED) if not (name == ROOM and self.rooms)}

    @property
    def ready(self) -> bool:
        """Whether a new interview can be held; what only some of the room processes lack is no hindrance."""
        lacking = [frozenset(health.problems) for health in self.rooms.values()] or [frozenset[str]()]
        of_some = lacking[0].union(*lacking) - lacking[0].intersection(*lacking)
        return not set(self.reported) - of_some and self.answering

    def rooms_free(self, rooms_max: int) -> int:
        """Interviews that could be opened now, of ``rooms_max`` on this node; 0 while none can be."""
        if not self.ready:
            return 0
        here = sum(max(0, health.rooms_limit - health.rooms_open) for health in self.rooms.values())
        return max(0, min(here, rooms_max - self.rooms_open))


async def ask(bus: Bus, names: tuple[str, ...] = (*NEEDED, *WISHED), *, rooms: Sequence[str] = (ROOM,)) -> NodeHealth:
    """Ask every process of ``names`` at once, for the room every one of ``rooms``; at most 1 s."""
    asked = [process for name in names for process in (rooms if name == ROOM else (name,))]
    found = dict(zip(asked, await asyncio.gather(*(_health(bus, name) for name in asked)), strict=True))
    answers = [health for health in found.values() if health]
    return NodeHealth(
        down=frozenset(name for name, health in found.items() if health is None),
        reported=tuple(dict.fromkeys(code for health in answers for code in health.problems)),
        rooms_open=sum(health.rooms_open for health in answers),
        candidates_present=sum(health.candidates_present for health in answers),
        rooms={name: health for name, health in found.items() if health and name in rooms},
    )


async def _health(bus: Bus, name: str) -> Health | None:
    try:
        return decode_health(await bus.request(subjects.health(name), b"", timeout_seconds=ANSWER_SECONDS))
    except EngineError:
        return None
