"""One picture, reduced to numbers. Nothing in it tells who somebody is."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Sample:
    """One sampled picture. Shares are of the picture's width or height; left and right are the picture's."""

    at_ms: int
    """Milliseconds since the interview was opened."""

    faces: int
    """Faces found, 0 upwards. What follows of a face is 0 when none was found."""

    yaw_degrees: float = 0.0
    """Head turn, positive to the candidate's left."""

    pitch_degrees: float = 0.0
    roll_degrees: float = 0.0
    brightness: float = 0.0
    """Mean luma of the whole picture, [0, 255]."""

    contrast: float = 0.0
    """Standard deviation of the luma, [0, 128]."""

    gaze: float = 0.0
    """Where the irises stand between the corners of the eyes: 0 the candidate's right, 1 the left, 0.5 ahead."""

    left: float = 0.0
    """The face's box; parts of it may lie outside of [0, 1]."""

    top: float = 0.0
    width: float = 0.0
    height: float = 0.0
    emotion: str = ""
    """What a model takes the face to express most; empty where it was not asked for, or there is not one face."""

    emotion_share: float = 0.0
    """How sure it is, [0, 1]."""

    @property
    def outside(self) -> float:
        """Share of the face's box that lies outside of the picture, [0, 1]."""
        area = self.width * self.height
        if area <= 0:
            return 0.0
        across = max(0.0, min(1.0, self.left + self.width) - max(0.0, self.left))
        down = max(0.0, min(1.0, self.top + self.height) - max(0.0, self.top))
        return 1 - across * down / area
