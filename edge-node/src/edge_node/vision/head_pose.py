"""Where a head points, from the matrix that puts the model's face in front of the camera."""

import math
from typing import Any

import numpy as np
import numpy.typing as npt


def angles(matrix: npt.NDArray[Any]) -> tuple[float, float, float]:
    """(yaw, pitch, roll) in degrees of a 4x4 or 3x3 transformation; yaw positive to the candidate's left."""
    turn = np.asarray(matrix, np.float64)[:3, :3]
    yaw = math.degrees(math.atan2(-turn[2, 0], math.hypot(turn[0, 0], turn[1, 0])))
    pitch = math.degrees(math.atan2(turn[2, 1], turn[2, 2]))
    roll = math.degrees(math.atan2(turn[1, 0], turn[0, 0]))
    return yaw, pitch, roll


def luma(rgb: npt.NDArray[np.uint8]) -> float:
    """Mean brightness, [0, 255], of a picture uint8 [height, width, 3]; every fourth pixel is looked at."""
    red, green, blue = rgb[::4, ::4].reshape(-1, 3).mean(axis=0)
    return float(0.299 * red + 0.587 * green + 0.114 * blue)
