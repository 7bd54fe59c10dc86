"""Is the candidate done, or thinking? Smart-turn's model on onnxruntime, off the event loop."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np

from edge_node.core.audio import SAMPLE_RATE_HZ
from edge_node.speech.log_mel import log_mel
from edge_node.speech.voice_activity import one_thread_session

HEARD_SECONDS = 8
_SAMPLES = HEARD_SECONDS * SAMPLE_RATE_HZ


class SmartTurn:
    """Judges the sound of a turn's end (falling pitch, closed sentence). One check at a time, about 0.1 s of a core."""

    def __init__(self, model: Path) -> None:
        self._session = one_thread_session(model)
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="end-of-turn")

    async def probability(self, pcm: bytes) -> float:
        """P(complete) in [0, 1] of the turn's last 8 s (s16le, mono, 16 kHz); 0 of no sound at all."""
        return await asyncio.get_running_loop().run_in_executor(self._thread, self.judge, pcm)

    def judge(self, pcm: bytes) -> float:
        """As :meth:`probability`, in the caller's thread."""
        samples = np.frombuffer(pcm[-2 * _SAMPLES :], "<i2").astype(np.float32) / 32768.0
        if not len(samples):
            return 0.0
        # The model was trained on 8 s with the turn at the end, scaled to unit variance.
        heard = np.pad(samples, (_SAMPLES - len(samples), 0))
        heard = (heard - heard.mean()) / np.sqrt(heard.var() + 1e-7)
        (output,) = self._session.run(None, {"input_features": log_mel(heard)[None]})
        return float(output.ravel()[0])

    def close(self) -> None:
        """Stop the thread; a running check ends first."""
        self._thread.shutdown(wait=True, cancel_futures=True)
