"""Opus: its encoder, and recordings of what a candidate says, at the rate it is heard with."""

import struct

import av
import numpy as np
from av.audio.codeccontext import AudioCodecContext

from edge_node.core.audio import FRAME_SAMPLES, SAMPLE_RATE_HZ

BITS_PER_SECOND = 24_000
PRE_SKIP_AT = 10
"""Where an Opus header holds the encoder's delay."""


def opened(rate_hz: int, bits_per_second: int) -> AudioCodecContext:
    """An encoder for a voice: mono, s16, a packet for each 20 ms."""
    codec = av.CodecContext.create("libopus", "w")
    assert isinstance(codec, AudioCodecContext)
    codec.sample_rate = rate_hz
    codec.layout = "mono"
    codec.format = "s16"
    codec.bit_rate = bits_per_second
    codec.options = {"application": "voip", "frame_duration": "20", "compression_level": "5"}
    codec.open()
    return codec


class OpusEncoder:
    """Implements ``ports.recording.SoundEncoder``."""

    def __init__(self) -> None:
        self._codec = opened(SAMPLE_RATE_HZ, BITS_PER_SECOND)
        self._samples = 0

    @property
    def pre_skip(self) -> int:
        """Samples at 48 kHz by which what comes out is behind what goes in."""
        (delay,) = struct.unpack_from("<H", self._codec.extradata or bytes(19), PRE_SKIP_AT)
        return int(delay)

    def encode(self, pcm: bytes) -> list[bytes]:
        """Packets of 320 samples (s16le, mono, 16 kHz)."""
        samples = np.frombuffer(pcm, dtype=np.int16).reshape(1, -1)
        frame = av.AudioFrame.from_ndarray(samples, format="s16", layout="mono")
        frame.sample_rate = SAMPLE_RATE_HZ
        frame.pts = self._samples
        self._samples += FRAME_SAMPLES
        return [bytes(packet) for packet in self._codec.encode(frame)]

    def finish(self) -> list[bytes]:
        """What is still inside: the last few samples."""
        return [bytes(packet) for packet in self._codec.encode(None)]
