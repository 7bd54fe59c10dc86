"""Opus for the interviewer's voice, 20 ms at a time."""

import av
import numpy as np

from edge_node.core.audio import PLAYOUT_RATE_HZ
from edge_node.media.opus import opened

FRAME_SAMPLES = 960
FRAME_BYTES = FRAME_SAMPLES * 2
BITS_PER_SECOND = 48_000
FADING_FRAMES = 10
"""Frames of silence that are encoded behind a sound; from then on the last of them is sent again."""


class VoiceEncoder:
    """One stream's encoder: mono, 48 kHz. About 0.1 ms of a core a frame of sound, nothing for one of silence.

    It works where it is called: a hand-over to another thread costs more than the encoding (and takes that long 50
    times a second in each room).
    """

    def __init__(self) -> None:
        self._codec = opened(PLAYOUT_RATE_HZ, BITS_PER_SECOND)
        self._samples = 0
        self._silent_frames = 0
        self._silence = b""

    def encode(self, pcm: bytes) -> bytes:
        """The packet of up to 20 ms (s16le), what is missing being silence; ``b""`` is a frame of silence."""
        if pcm:
            self._silent_frames = 0
            return self._encoded(pcm)
        if self._silent_frames < FADING_FRAMES:
            self._silent_frames += 1
            self._silence = self._encoded(b"")
        return self._silence

    def _encoded(self, pcm: bytes) -> bytes:
        samples = np.frombuffer(pcm.ljust(FRAME_BYTES, b"\0"), dtype=np.int16).reshape(1, FRAME_SAMPLES)
        frame = av.AudioFrame.from_ndarray(samples, format="s16", layout="mono")
        frame.sample_rate = PLAYOUT_RATE_HZ
        frame.pts = self._samples
        self._samples += FRAME_SAMPLES
        (packet,) = self._codec.encode(frame)
        return bytes(packet)
