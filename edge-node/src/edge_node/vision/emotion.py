"""What a face expresses, as a small ONNX classifier guesses. Made only where a node's switch is on."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Literal

import cv2
import numpy as np
import numpy.typing as npt
import onnxruntime as ort

from edge_node.core.observation.emotion import named
from edge_node.core.observation.sample import Sample
from edge_node.vision.features import BLACK, WHITE

SIDE = 64
"""Pixels of the square the models look at."""

MARGIN = 0.15
"""Of the face's box, on each side: landmarks end at the brow and the chin, the models were shown whole heads."""

LEAST_PIXELS = 24
"""A smaller face has no features left."""

Provider = Literal["cpu", "cuda"]
PROVIDERS: Mapping[Provider, tuple[str, ...]] = {
    "cpu": ("CPUExecutionProvider",),
    "cuda": ("CUDAExecutionProvider", "CPUExecutionProvider"),
}


class ProviderMissing(RuntimeError):
    """What was asked for is not in this build of onnxruntime; the message says so."""


def session(model: Path, provider: Provider) -> ort.InferenceSession:
    """One thread, so that sound keeps the others. Raises ProviderMissing rather than work on something else."""
    wanted, available = PROVIDERS[provider], ort.get_available_providers()
    if wanted[0] not in available:
        raise ProviderMissing(f"onnxruntime has no {wanted[0]} here, only {', '.join(available)}")
    options = ort.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    made = ort.InferenceSession(str(model), options, providers=list(wanted))
    if wanted[0] not in made.get_providers():
        raise ProviderMissing(f"onnxruntime could not start {wanted[0]}")
    return made


class EmotionReader:
    """Reads one face. ``options`` are the manifest's: ``labels`` in the order of the output, and ``input``."""

    def __init__(self, engine: ort.InferenceSession, options: Mapping[str, str]) -> None:
        self._engine = engine
        self._input = engine.get_inputs()[0].name
        self._labels = tuple(options["labels"].split(","))
        self._signed = options["input"].endswith("[-1, 1]")
        unknown = [label for label in self._labels if named(label) is None]
        if unknown:
            raise ValueError(f"emotions nobody has words for: {', '.join(unknown)}")

    def read(self, i420: bytes | memoryview, width: int, height: int, sample: Sample) -> tuple[str, float]:
        """The strongest label and its share [0, 1] of the one face of ``sample``; ("", 0) where there is not one."""
        luma = np.frombuffer(i420, np.uint8, width * height).reshape(height, width)
        face = crop(luma, sample) if sample.faces == 1 else None
        if face is None:
            return "", 0.0
        grey = np.clip((face.astype(np.float32) - BLACK) * (255 / (WHITE - BLACK)), 0, 255)
        wanted = grey / 127.5 - 1 if self._signed else grey
        (scores,) = self._engine.run(None, {self._input: wanted[None, None].astype(np.float32)})
        shares = distribution(scores[0])
        strongest = int(np.argmax(shares))
        return self._labels[strongest], float(shares[strongest])


def crop(luma: npt.NDArray[np.uint8], sample: Sample) -> npt.NDArray[np.uint8] | None:
    """The face as uint8 [64, 64]; ``luma`` is uint8 [height, width]. None for one too small or mostly outside."""
    height, width = luma.shape
    side = max(sample.width * width, sample.height * height) * (1 + 2 * MARGIN)
    middle = ((sample.left + sample.width / 2) * width, (sample.top + sample.height / 2) * height)
    left, right = (round(np.clip(middle[0] + way * side / 2, 0, width)) for way in (-1, 1))
    top, bottom = (round(np.clip(middle[1] + way * side / 2, 0, height)) for way in (-1, 1))
    if min(right - left, bottom - top) < max(LEAST_PIXELS, side / 2):
        return None
    return np.asarray(cv2.resize(luma[top:bottom, left:right], (SIDE, SIDE), interpolation=cv2.INTER_AREA), np.uint8)


def distribution(scores: Sequence[float] | npt.NDArray[np.float32]) -> npt.NDArray[np.float64]:
    """Shares that sum to 1, of shares or of logits: float [labels] to float64 [labels]."""
    values = np.asarray(scores, np.float64)
    if values.min() >= 0 and abs(values.sum() - 1) < 1e-3:
        return values
    risen = np.exp(values - values.max())
    return np.asarray(risen / risen.sum(), np.float64)
