"""A recording of a rehearsal: 48 kHz stereo, the candidate left, the interviewer right."""

import wave
from collections import deque
from pathlib import Path

import numpy as np

from edge_node.rehearsal.sound import FRAME_SAMPLES, RATE_HZ, Samples

LONGEST_BACKLOG_FRAMES = 50


class Tape:
    """Writes while the candidate's clock ticks; records nothing without a path."""

    def __init__(self, path: Path | None) -> None:
        self._heard: deque[Samples] = deque(maxlen=LONGEST_BACKLOG_FRAMES)
        self._file: wave.Wave_write | None = None
        if path is not None:
            self._file = wave.open(str(path), "wb")  # noqa: SIM115 - rejection: closed by close(), open while it runs
            self._file.setparams((2, 2, RATE_HZ, 0, "NONE", "not compressed"))

    def heard(self, samples: Samples) -> None:
        """Keep 20 ms of the interviewer until the next tick."""
        self._heard.append(samples)

    def said(self, samples: Samples) -> None:
        """Write 20 ms of the candidate beside what was heard."""
        if self._file is None:
            return
        both = np.zeros((FRAME_SAMPLES, 2), np.int16)
        both[:, 0] = samples
        if self._heard:
            heard = self._heard.popleft()[:FRAME_SAMPLES]
            both[: len(heard), 1] = heard
        self._file.writeframes(both.astype("<i2").tobytes())

    def close(self) -> None:
        """Complete the file."""
        if self._file is not None:
            self._file.close()
            self._file = None
