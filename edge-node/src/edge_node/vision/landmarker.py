"""One candidate's face tracker, by mediapipe. Landmarks stay inside this module's calls: nothing keeps them."""

from pathlib import Path

import mediapipe as mp
import numpy as np
from mediapipe.tasks.python import BaseOptions, vision

from edge_node.core.observation import Observation
from edge_node.vision.head_pose import angles, luma

SEVERAL_EVERY_MS = 900
"""A tracker follows one face cheaply; the search for more faces costs more and is done this often."""

FACES_MAX = 3
LEAST_SIDE = 32
LARGEST_SIDE = 1920


class FaceTracker:
    """Tracking state of one interview. Blocking, about 5 ms of a core a picture; call it from one thread at a time."""

    def __init__(self, model: Path) -> None:
        if not model.is_file():
            raise FileNotFoundError(model)
        self._one = _landmarker(model, vision.RunningMode.VIDEO, 1)
        self._several = _landmarker(model, vision.RunningMode.IMAGE, FACES_MAX)
        self._last_ms = -1
        self._several_at_ms: int | None = None
        self._faces = 0

    def observe(self, rgb: bytes, *, width: int, height: int, at_ms: int) -> Observation:
        """The observation of one picture (rgb24); raises ValueError for a wrong size or a time that stands still."""
        if not (LEAST_SIDE <= width <= LARGEST_SIDE and LEAST_SIDE <= height <= LARGEST_SIDE):
            raise ValueError(f"a side of {LEAST_SIDE} to {LARGEST_SIDE} pixels")
        if len(rgb) != width * height * 3:
            raise ValueError(f"{width} x {height} rgb24 is {width * height * 3} bytes")
        if at_ms <= self._last_ms:
            raise ValueError("at_ms must increase")
        self._last_ms = at_ms
        picture = np.frombuffer(rgb, np.uint8).reshape(height, width, 3)
        image = mp.Image(image_format=mp.ImageFormat.SRGB, data=np.ascontiguousarray(picture))
        found = self._one.detect_for_video(image, at_ms)
        if not found.face_landmarks or self._several_at_ms is None or at_ms - self._several_at_ms >= SEVERAL_EVERY_MS:
            # A tracker that lost its face says "none" for one picture; a search of the whole picture decides.
            searched = self._several.detect(image)
            self._several_at_ms = at_ms
            self._faces = len(searched.face_landmarks)
            found = found if found.face_landmarks else searched
        if not found.face_landmarks:
            return Observation(at_ms, 0, 0.0, 0.0, 0.0, luma(picture))
        yaw, pitch, roll = angles(found.facial_transformation_matrixes[0])
        return Observation(at_ms, max(1, self._faces), yaw, pitch, roll, luma(picture))

    def close(self) -> None:
        """Free the engines; call it once."""
        self._one.close()
        self._several.close()


def _landmarker(model: Path, mode: vision.RunningMode, faces: int) -> vision.FaceLandmarker:
    return vision.FaceLandmarker.create_from_options(
        vision.FaceLandmarkerOptions(
            base_options=BaseOptions(model_asset_path=str(model)),
            running_mode=mode,
            num_faces=faces,
            output_facial_transformation_matrixes=True,
        )
    )
