"""Numbers from landmarks and luma."""

from dataclasses import dataclass

import numpy as np
import pytest
from edge_node.vision.features import LEFT_EYE, OUTLINE, RIGHT_EYE, angles, box, gaze, light


@dataclass(frozen=True)
class Point:
    x: float
    y: float


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


def test_light_is_measured_from_black_to_white_of_video() -> None:
    assert light(np.full((64, 64), 16, np.uint8)) == (0.0, 0.0)
    assert light(np.full((64, 64), 235, np.uint8)) == (255.0, 0.0)
    half = np.full((64, 64), 16, np.uint8)
    half[32:] = 235
    assert light(half) == pytest.approx((127.5, 127.5))
    assert light(np.zeros((64, 64), np.uint8))[0] == 0.0


def eyes(along: float, *, tilt: float = 0.0) -> list[Point]:
    """A face whose irises stand ``along`` of the way between the corners."""
    points = [Point(0.5, 0.5)] * 478
    for start, (near, far, iris) in ((0.3, RIGHT_EYE), (0.6, LEFT_EYE)):
        points[near], points[far] = Point(start, 0.4), Point(start + 0.1, 0.4 + tilt)
        points[iris] = Point(start + 0.1 * along, 0.4 + tilt * along)
    return points


@pytest.mark.parametrize("along", [0.2, 0.5, 0.8])
def test_gaze_is_where_the_irises_stand_however_the_head_is_tilted(along: float) -> None:
    assert gaze(eyes(along), width=320, height=240) == pytest.approx(along)
    assert gaze(eyes(along, tilt=0.08), width=320, height=240) == pytest.approx(along)


def test_an_eye_no_wider_than_a_pixel_looks_ahead() -> None:
    assert gaze([Point(0.5, 0.5)] * 478, width=320, height=240) == 0.5


def test_the_box_may_reach_out_of_the_picture() -> None:
    face = [Point(0.1, 0.5)] * 478
    face[OUTLINE[0]], face[OUTLINE[18]], face[OUTLINE[-1]] = Point(0.0, 0.2), Point(0.0, 0.9), Point(-0.1, 0.5)
    assert box(face) == pytest.approx((-0.1, 0.2, 0.2, 0.7))
