"""Candidates who cost little: what they send is encoded where it is made, their pictures once for all of them.

On the one machine of a bench every candidate takes processor time from the room that is measured.
"""

import fractions
from collections.abc import Callable
from functools import cache
from typing import Any

import av
import numpy as np
from edge_node.media.voice_encoder import VoiceEncoder
from edge_node.rehearsal.sound import Samples
from edge_node.rehearsal.tracks import HEIGHT, PICTURES_PER_SECOND, WIDTH, Camera, Mouth

PICTURES = 50
"""10 s of moving pictures, sent again and again; the first of them stands for itself."""


class CheapMouth(Mouth):
    """Sends Opus packets; silence costs nothing."""

    def __init__(self, on_frame: Callable[[Samples], None]) -> None:
        super().__init__(on_frame)
        self._encoder = VoiceEncoder()

    def outgoing(self, samples: Samples) -> "av.Packet[Any]":
        """20 ms, encoded."""
        return av.Packet(self._encoder.encode(samples.astype("<i2").tobytes() if np.any(samples) else b""))


class CheapCamera(Camera):
    """Sends VP8 pictures that were encoded before."""

    def outgoing(self, number: int) -> "av.Packet[Any]":
        """The next of the 10 s."""
        return av.Packet(_encoded()[number % PICTURES])


@cache
def _encoded() -> tuple[bytes, ...]:
    codec = av.CodecContext.create("libvpx", "w")
    assert isinstance(codec, av.VideoCodecContext)
    codec.width, codec.height, codec.pix_fmt = WIDTH, HEIGHT, "yuv420p"
    codec.bit_rate = 300_000
    codec.framerate, codec.time_base = (
        fractions.Fraction(PICTURES_PER_SECOND),
        fractions.Fraction(1, PICTURES_PER_SECOND),
    )
    codec.options = {"deadline": "realtime", "cpu-used": "8", "lag-in-frames": "0"}
    made: list[bytes] = []
    source = Camera("")
    for number in range(PICTURES):
        frame = Camera.outgoing(source, number)
        assert isinstance(frame, av.VideoFrame)
        frame.pts, frame.time_base = number, codec.time_base
        made += [bytes(packet) for packet in codec.encode(frame.reformat(format="yuv420p"))]
    made += [bytes(packet) for packet in codec.encode(None)]
    assert len(made) == PICTURES
    return tuple(made)
