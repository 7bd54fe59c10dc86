"""In which order nodes hear of a release, and when a rollout goes on, ends or stops. No clock, no database."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil

from coordinator.rollouts.schemas import GROUPS, Member

SHARES: Mapping[str, Sequence[float]] = {"first": (0.25, 1.0), "rest": (0.1, 0.5, 1.0)}
"""Parts of a group that have been told after each of its waves, as in the playbook; canaries go one by one."""


@dataclass(frozen=True, slots=True)
class Open:
    """The next wave's turn has come."""

    wave: int


@dataclass(frozen=True, slots=True)
class Stop:
    """Nobody else is told."""

    reason: str


@dataclass(frozen=True, slots=True)
class Done:
    """All have it but for failures within what was allowed."""


def waves(groups: Mapping[str, str]) -> dict[str, int]:
    """The wave of each node, from 1, by its group; in a group by name."""
    found: dict[str, int] = {}
    number = 0
    for group in GROUPS:
        members = sorted(node for node, of in groups.items() if of == group)
        told = 0
        while told < len(members):
            number += 1
            upto = told + 1 if group == "canary" else _next(len(members), told, SHARES[group])
            found |= dict.fromkeys(members[told:upto], number)
            told = upto
    return found


def decide(members: Sequence[Member], failures_most: int) -> Open | Stop | Done | None:
    """What is next; None while a wave is under way. ``failures_most``: per cent of a group beyond the canaries."""
    for group in GROUPS:
        of_group = [member for member in members if member.group == group]
        lost = [member for member in of_group if member.state in ("failed", "silent")]
        allowed = 0 if group == "canary" else failures_most
        if len(lost) * 100 > allowed * len(of_group):
            worst = lost[0]
            said = "was silent for too long" if worst.state == "silent" else worst.reason or "failed"
            return Stop(f"{worst.node_id}: {said}")
    if any(member.opened and member.state == "waiting" for member in members):
        return None
    later = [member.wave for member in members if not member.opened]
    return Open(min(later)) if later else Done()


def _next(size: int, told: int, shares: Sequence[float]) -> int:
    """How many of a group have been told after its next wave; at least one more than before."""
    return next((count for share in shares if (count := min(size, ceil(size * share))) > told), size)
