"""One interview's score: the weighted mean of its rated competencies, or none when too little was rated.

Each level is mapped onto [0, 100] by its own scale's length, so scales of different lengths weigh alike. An abstention
is never a zero: it takes its weight out of the mean. When less than ``SHARE_LEAST`` of the weight is left, there is no
score, because it would speak of another interview than the one planned.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

SHARE_LEAST = 0.5
"""Least share of the weight, (0, 1], that must carry a rating."""


PLACED_BY_RULE = "by-rule"
"""Part of a rating's prompt version where no model judged (ADR 0012); such a level is shown and never summed."""


def judged(prompt_version: str) -> bool:
    """Whether a model or a person gave the level, rather than a counting rule."""
    return PLACED_BY_RULE not in prompt_version


@dataclass(frozen=True, slots=True)
class Rated:
    """One competency's result. ``level`` in [1, levels], or None for an abstention; ``levels`` at least 2."""

    competency_id: str
    level: int | None
    levels: int

    def __post_init__(self) -> None:
        if self.levels < 2:
            raise ValueError(f"competency {self.competency_id!r}: a scale needs two levels, not {self.levels}")
        if self.level is not None and not 1 <= self.level <= self.levels:
            raise ValueError(f"competency {self.competency_id!r}: level {self.level} of {self.levels}")


def points(rated: Rated) -> float | None:
    """The level on [0, 100]: 0 is the lowest anchor, 100 the highest; None for an abstention."""
    return None if rated.level is None else 100 * (rated.level - 1) / (rated.levels - 1)


def aggregate(results: Iterable[Rated], weights: Mapping[str, float] | None = None) -> float | None:
    """The score on [0, 100], to one decimal; None when nothing or too little is rated.

    ``weights`` by competency id, not negative; a competency that is not in it weighs 1. Raises ValueError.
    """
    weights = weights or {}
    if any(weight < 0 for weight in weights.values()):
        raise ValueError("a weight is negative")
    whole = left = total = 0.0
    for rated in results:
        weight = weights.get(rated.competency_id, 1.0)
        whole += weight
        value = points(rated)
        if value is not None:
            left += weight
            total += weight * value
    if left <= 0 or left < SHARE_LEAST * whole:
        return None
    return round(total / left, 1)
