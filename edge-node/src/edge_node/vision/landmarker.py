"""One candidate's face tracker, by mediapipe. Landmarks stay inside this module's calls: nothing keeps them."""

from pathlib import Path

import cv2
import mediapipe as mp
import numpy as np
from mediapipe.tasks.python import BaseOptions, vision

from edge_node.core.observation.sample import Sample
from edge_node.vision.features import angles, box, gaze, light

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

    def look(self, i420: bytes | memoryview, *, width: int, height: int, at_ms: int) -> Sample:
        """The sample of one picture (I420); raises ValueError for a wrong size or a time that stands still."""
        if not (LEAST_SIDE <= width <= LARGEST_SIDE and LEAST_SIDE <= height <= LARGEST_SIDE):
            raise ValueError(f"a side of {LEAST_SIDE} to {LARGEST_SIDE} pixels")
        if width % 2 or height % 2 or len(i420) != width * height * 3 // 2:
            raise ValueError(f"even sides, and {width * height * 3 // 2} bytes of {width} x {height} I420")
        if at_ms <= self._last_ms:
            raise ValueError("at_ms must increase")
        self._last_ms = at_ms
        planes = np.frombuffer(i420, np.uint8).reshape(height * 3 // 2, width)
        brightness, contrast = light(planes[:height])
        image = mp.Image(image_format=mp.ImageFormat.SRGB, data=cv2.cvtColor(planes, cv2.COLOR_YUV2RGB_I420))
        found = self._one.detect_for_video(image, at_ms)
        if not found.face_landmarks or self._several_at_ms is None or at_ms - self._several_at_ms >= SEVERAL_EVERY_MS:
            # A tracker that lost its face says "none" for one picture; a search of the whole picture decides.
            searched = self._several.detect(image)
            self._several_at_ms = at_ms
            self._faces = len(searched.face_landmarks)
            found = found if found.face_landmarks else searched
        if not found.face_landmarks:
            return Sample(at_ms, 0, brightness=brightness, contrast=contrast)
        landmarks = found.face_landmarks[0]
        yaw, pitch, roll = angles(found.facial_transformation_matrixes[0])
        left, top, face_width, face_height = box(landmarks)
        return Sample(
            at_ms,
            max(1, self._faces),
            yaw_degrees=yaw,
            pitch_degrees=pitch,
            roll_degrees=roll,
            brightness=brightness,
            contrast=contrast,
            gaze=gaze(landmarks, width=width, height=height),
            left=left,
            top=top,
            width=face_width,
            height=face_height,
        )

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
