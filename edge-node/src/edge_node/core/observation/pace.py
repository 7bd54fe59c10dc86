"""How often a camera is looked at: less often while the machine is short, so that sound keeps it."""

from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class PaceRules:
    """How often to look; raises ValueError out of range. Seconds."""

    period_seconds: float = 1.0
    """Between two pictures while all is well, 0.2 at the least."""

    pressed_seconds: float = 2.0
    """The same while the machine is short: vision yields first."""

    slow_seconds: float = 0.2
    """A picture that took longer, or was not watched at all, says that the machine is short."""

    calm_pictures: int = 5
    """Quick pictures in a row after which all is well again."""

    def __post_init__(self) -> None:
        if self.period_seconds < 0.2 or self.pressed_seconds < self.period_seconds:
            raise ValueError("0.2 <= period_seconds <= pressed_seconds is needed: no more than 5 pictures a second")


@dataclass(frozen=True, slots=True)
class Pace:
    """Whether the machine is short, as far as looking tells."""

    pressed: bool = False
    calm: int = 0
    """Quick pictures in a row while pressed."""

    def seconds(self, rules: PaceRules) -> float:
        """Until the next picture."""
        return rules.pressed_seconds if self.pressed else rules.period_seconds


def paced(pace: Pace, rules: PaceRules, took_seconds: float | None) -> Pace:
    """The pace after a picture that took so long; None for one that vision refused or was too late for."""
    if took_seconds is None or took_seconds > rules.slow_seconds:
        return Pace(pressed=True)
    if not pace.pressed:
        return pace
    return Pace() if pace.calm + 1 >= rules.calm_pictures else replace(pace, calm=pace.calm + 1)
