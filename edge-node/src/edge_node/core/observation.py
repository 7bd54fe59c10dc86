"""What a camera saw. A flag for a person to look at; import rules keep it out of every rating."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Observation:
    """One sampled picture, reduced to what the integrity view needs."""

    at_ms: int
    """Milliseconds since the interview was opened."""

    faces: int
    """Faces found, 0 upwards."""

    yaw_degrees: float
    """Head turn, positive to the candidate's left; 0 when no face was found."""

    pitch_degrees: float
    roll_degrees: float

    brightness: float
    """Mean luma, [0, 255]."""
