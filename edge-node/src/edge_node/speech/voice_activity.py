"""Is this speech? Silero's model on onnxruntime; one session for the process, one small state per stream."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import onnxruntime as ort

from edge_node.core.audio import SAMPLE_RATE_HZ
from edge_node.ports.speech import VoiceActivity

WINDOW_SAMPLES = 512
WINDOW_SECONDS = WINDOW_SAMPLES / SAMPLE_RATE_HZ
_CONTEXT_SAMPLES = 64
_FULL_SCALE = 32768.0


def one_thread_session(model: Path) -> ort.InferenceSession:
    """An onnxruntime session that uses one thread and never spins; raises OSError for a missing file."""
    if not model.is_file():
        raise FileNotFoundError(model)
    options = ort.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    return ort.InferenceSession(str(model), options, providers=["CPUExecutionProvider"])


class SileroVoiceActivity:
    """One stream's detector. Sessions may be shared between streams; a detector may not."""

    def __init__(self, session: ort.InferenceSession) -> None:
        self._session = session
        self._rate = np.array(SAMPLE_RATE_HZ, np.int64)
        self.reset()

    def reset(self) -> None:
        """Forget the stream so far."""
        self._state: npt.NDArray[np.float32] = np.zeros((2, 1, 128), np.float32)
        self._context: npt.NDArray[np.float32] = np.zeros((1, _CONTEXT_SAMPLES), np.float32)

    def probability(self, pcm: bytes) -> float:
        """P(speech) in [0, 1] of the next 512 samples (s16le, mono, 16 kHz, 1024 bytes); raises ValueError."""
        samples = np.frombuffer(pcm, "<i2")
        if len(samples) != WINDOW_SAMPLES:
            raise ValueError(f"a window is {WINDOW_SAMPLES} samples, not {len(samples)}")
        window = (samples.astype(np.float32) / _FULL_SCALE)[None, :]
        padded = np.concatenate([self._context, window], axis=1)
        output, self._state = self._session.run(None, {"input": padded, "state": self._state, "sr": self._rate})
        self._context = padded[:, -_CONTEXT_SAMPLES:]
        return float(output[0, 0])


def load(model: Path) -> SileroVoiceActivity:
    """A detector with a session of its own."""
    return SileroVoiceActivity(one_thread_session(model))


@dataclass(frozen=True, slots=True)
class Voiced:
    """Speech found in a clip."""

    first_sample: int
    """Where it begins, at 16 kHz; the clip's length when there is none."""

    seconds: float
    """How much was found before the search stopped."""


def find_voice(detector: VoiceActivity, pcm: bytes, *, enough_seconds: float, threshold: float = 0.5) -> Voiced:
    """Speech in ``pcm`` (s16le, mono, 16 kHz); the search stops at ``enough_seconds``."""
    detector.reset()
    size = WINDOW_SAMPLES * 2
    first = len(pcm) // 2
    windows = 0
    for at in range(0, len(pcm), size):
        if detector.probability(pcm[at : at + size].ljust(size, b"\0")) >= threshold:
            first = min(first, at // 2)
            windows += 1
            if windows * WINDOW_SECONDS >= enough_seconds:
                break
    return Voiced(first, windows * WINDOW_SECONDS)
