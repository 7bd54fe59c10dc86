"""Where a head points."""

import numpy as np
import pytest
from edge_node.vision.head_pose import angles, luma


def turned(yaw: float, pitch: float, roll: float) -> np.ndarray:
    a, b, c = np.radians([yaw, pitch, roll])
    about_y = np.array([[np.cos(a), 0, np.sin(a)], [0, 1, 0], [-np.sin(a), 0, np.cos(a)]])
    about_x = np.array([[1, 0, 0], [0, np.cos(b), -np.sin(b)], [0, np.sin(b), np.cos(b)]])
    about_z = np.array([[np.cos(c), -np.sin(c), 0], [np.sin(c), np.cos(c), 0], [0, 0, 1]])
    matrix = np.eye(4)
    matrix[:3, :3] = about_z @ about_y @ about_x
    return matrix


@pytest.mark.parametrize("pose", [(0, 0, 0), (30, 0, 0), (0, -20, 0), (0, 0, 15), (-25, 10, -5)])
def test_angles_are_those_the_head_was_turned_by(pose: tuple[float, float, float]) -> None:
    assert angles(turned(*pose)) == pytest.approx(pose, abs=1e-9)


def test_luma_weighs_green_most() -> None:
    picture = np.zeros((64, 64, 3), np.uint8)
    assert luma(picture) == 0.0
    picture[..., 1] = 255
    assert luma(picture) == pytest.approx(149.7, abs=0.1)
    picture[:] = 255
    assert luma(picture) == pytest.approx(255.0)
