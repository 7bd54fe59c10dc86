"""From landmarks to a few numbers; the landmarks end here."""

import math
from collections.abc import Sequence
from typing import Protocol

import cv2
import numpy as np
import numpy.typing as npt

RIGHT_EYE = (33, 133, 468)
LEFT_EYE = (362, 263, 473)
"""Indices of the corner nearer to the candidate's right, the other corner, and the iris's middle."""

OUTLINE = (
    *(10, 338, 297, 332, 284, 251, 389, 356, 454, 323, 361, 288, 397, 365, 379, 378, 400, 377),
    *(152, 148, 176, 149, 150, 136, 172, 58, 132, 93, 234, 127, 162, 21, 54, 103, 67, 109),
    *(4,),
)
"""Indices of the oval of the face, and the tip of the nose, which stands out of it when the head is turned."""

EVERY_PIXEL = 4
BLACK, WHITE = 16.0, 235.0
"""Luma of video as browsers send it; BT.601, limited range."""


class Landmark(Protocol):
    """A point of a face as shares of the picture's width and height."""

    @property
    def x(self) -> float | None: ...  # noqa: D102 - a share, told above
    @property
    def y(self) -> float | None: ...  # noqa: D102 - a share, told above


def angles(matrix: npt.ArrayLike) -> tuple[float, float, float]:
    """(yaw, pitch, roll) in degrees of a 4x4 or 3x3 transformation that puts the model's face before the camera.

    Yaw is positive to the candidate's left, pitch downwards.
    """
    turn = np.asarray(matrix, np.float64)
    yaw = math.degrees(math.atan2(-turn[2, 0], math.hypot(turn[0, 0], turn[1, 0])))
    pitch = math.degrees(math.atan2(turn[2, 1], turn[2, 2]))
    roll = math.degrees(math.atan2(turn[1, 0], turn[0, 0]))
    return yaw, pitch, roll


def light(luma: npt.NDArray[np.uint8]) -> tuple[float, float]:
    """Mean [0, 255] and standard deviation of a luma plane uint8 [height, width]; every fourth pixel is looked at."""
    mean, deviation = cv2.meanStdDev(np.ascontiguousarray(luma[::EVERY_PIXEL, ::EVERY_PIXEL]))
    scale = 255 / (WHITE - BLACK)
    return min(max((float(mean[0, 0]) - BLACK) * scale, 0.0), 255.0), float(deviation[0, 0]) * scale


def gaze(landmarks: Sequence[Landmark], *, width: int, height: int) -> float:
    """Mean of both eyes: how far the iris stands from the candidate's right corner of the eye [0] to the left one [1].

    0.5 where an eye is no wider than a pixel.
    """
    return sum(_along(landmarks, eye, width, height) for eye in (RIGHT_EYE, LEFT_EYE)) / 2


def _along(landmarks: Sequence[Landmark], eye: tuple[int, int, int], width: int, height: int) -> float:
    (ax, ay), (bx, by), (ix, iy) = (_point(landmarks[index], width, height) for index in eye)
    length2 = (bx - ax) ** 2 + (by - ay) ** 2
    return ((ix - ax) * (bx - ax) + (iy - ay) * (by - ay)) / length2 if length2 > 1 else 0.5


def _point(landmark: Landmark, width: int, height: int) -> tuple[float, float]:
    return (landmark.x or 0.0) * width, (landmark.y or 0.0) * height


def box(landmarks: Sequence[Landmark]) -> tuple[float, float, float, float]:
    """(left, top, width, height) of the face as shares of the picture; parts may lie outside of [0, 1]."""
    outline = [landmarks[index] for index in OUTLINE]
    xs, ys = [point.x or 0.0 for point in outline], [point.y or 0.0 for point in outline]
    return min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys)
