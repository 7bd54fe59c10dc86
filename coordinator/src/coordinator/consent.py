"""What a candidate may agree to."""

from enum import StrEnum


class Purpose(StrEnum):
    """One thing that is agreed to for itself, as the wire and the database spell it."""

    INTERVIEW = "interview"
    """Without this one there is no interview."""

    OBSERVATION = "observation"
    """A program looks at the camera's pictures."""

    RECORDING = "recording"
    """The voice is kept."""

    EMOTION = "emotion"
    """A program guesses what the face expresses; only beside ``OBSERVATION``."""
