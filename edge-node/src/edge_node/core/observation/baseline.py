"""How this person holds head and eyes when looking at the screen: the measure for looking away.

Cameras stand beside, above or below screens, and people sit and see differently (a squint, one eye, a stiff neck), so
there is no direction that is "ahead" for everybody.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from statistics import median

from edge_node.core.observation.sample import Sample

EYE_DEGREES = 143.0
"""Turn of the eye per share of the eye's width its iris moves: 12 mm of eyeball, 30 mm between the corners."""


class Measured(StrEnum):
    """When a baseline was measured."""

    DEVICE_CHECK = "device_check"
    INTERVIEW = "interview"


@dataclass(frozen=True, slots=True)
class Direction:
    """Where somebody looks, head and eyes together; degrees, positive to the candidate's left and down."""

    across: float
    down: float


@dataclass(frozen=True, slots=True)
class Baseline:
    """Where the candidate's look rests, and how that is known."""

    rest: Direction
    samples: int
    measured: Measured


@dataclass(frozen=True, slots=True)
class BaselineRules:
    """When samples make a baseline; raises ValueError out of range."""

    samples: int = 8
    """Pictures with exactly one face that are needed."""

    widest_degrees: float = 8.0
    """Half of them lie within this of their middle; else the look never rested."""

    def __post_init__(self) -> None:
        if self.samples < 3 or self.widest_degrees <= 0:
            raise ValueError("samples >= 3 and widest_degrees > 0 are needed")


def direction(sample: Sample) -> Direction:
    """Where the candidate looks. A head that turns while the eyes stay on the screen looks nowhere else."""
    return Direction(sample.yaw_degrees + EYE_DEGREES * (sample.gaze - 0.5), sample.pitch_degrees)


def baseline(samples: Sequence[Sample], rules: BaselineRules, measured: Measured) -> Baseline | None:
    """The baseline of the newest samples with one face; None while there are too few or the look wanders."""
    looks = [direction(sample) for sample in samples if sample.faces == 1][-rules.samples :]
    if len(looks) < rules.samples:
        return None
    rest = Direction(median(look.across for look in looks), median(look.down for look in looks))
    spread = max(
        median(abs(look.across - rest.across) for look in looks), median(abs(look.down - rest.down) for look in looks)
    )
    return Baseline(rest, len(looks), measured) if spread <= rules.widest_degrees else None
