"""The facts a camera adds to an interview. They are for a person to look at: no question and no rating reads them."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PresenceObserved:
    """What the camera saw over a span: counts of samples."""

    start_ms: int
    end_ms: int
    samples: int
    samples_without_face: int
    samples_with_several_faces: int
    sampled_ms: int = 0
    """Of the span, the time in which the camera was looked at."""


@dataclass(frozen=True, slots=True)
class ObservationNoted:
    """Something the camera showed for a while; a flag for a person, in no rating and no question."""

    kind: str
    """face_absent, several_faces, looking_away, too_close, too_far, out_of_picture, too_dark, too_bright or
    camera_covered."""

    start_ms: int
    end_ms: int
    samples: int
    """Pictures that showed it."""

    sampled_percent: int
    """Share of the span in which the camera was looked at, [0, 100]."""

    baseline: str = ""
    """When the look at the screen was measured that looking away is held against: device_check or interview."""
