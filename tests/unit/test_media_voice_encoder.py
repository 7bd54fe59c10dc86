"""The interviewer's voice as Opus."""

import av
import numpy as np
from edge_node.media.voice_encoder import FADING_FRAMES, FRAME_SAMPLES, VoiceEncoder

DELAY_FRAMES = 1
"""What comes out is 6.5 ms behind what goes in."""


def tone(frames: int, *, hertz: float = 440.0, level: int = 8000) -> list[bytes]:
    samples = level * np.sin(2 * np.pi * hertz * np.arange(frames * FRAME_SAMPLES) / 48_000)
    pcm = samples.astype("<i2").tobytes()
    return [pcm[at : at + 2 * FRAME_SAMPLES] for at in range(0, len(pcm), 2 * FRAME_SAMPLES)]


class Ear:
    """A page's decoder."""

    def __init__(self) -> None:
        self._codec = av.CodecContext.create("libopus", "r")

    def hears(self, packet: bytes) -> np.ndarray:
        """Samples in [-1, 1] of one packet: float32 [samples]."""
        (frame,) = self._codec.decode(av.Packet(packet))
        samples = frame.to_ndarray()
        samples = samples.reshape(-1, len(frame.layout.channels)) if frame.format.is_packed else samples.T
        return samples.mean(axis=1) / (32768 if samples.dtype == np.int16 else 1)


def loudness(samples: np.ndarray) -> float:
    return float(np.sqrt(np.mean(np.square(samples))))


def test_what_is_said_is_heard_at_its_level_and_pitch() -> None:
    encoder, ear = VoiceEncoder(), Ear()
    heard = np.concatenate([ear.hears(encoder.encode(piece)) for piece in tone(25)])[2 * FRAME_SAMPLES :]
    assert abs(loudness(heard) - 8000 / 32768 / np.sqrt(2)) < 0.01
    spectrum = np.abs(np.fft.rfft(heard * np.hanning(len(heard))))
    assert abs(np.argmax(spectrum) * 48_000 / len(heard) - 440) < 5


def test_silence_is_encoded_a_few_times_and_then_sent_again() -> None:
    encoder, ear = VoiceEncoder(), Ear()
    for piece in tone(10):
        ear.hears(encoder.encode(piece))
    silent = [encoder.encode(b"") for _ in range(100)]
    assert len(set(silent[FADING_FRAMES - 1 :])) == 1
    heard = [loudness(ear.hears(packet)) for packet in silent]
    assert max(heard[DELAY_FRAMES + 1 :]) < 0.001


def test_a_sound_after_a_long_silence_begins_at_once_and_clean() -> None:
    encoder, ear = VoiceEncoder(), Ear()
    for _ in range(200):
        ear.hears(encoder.encode(b""))
    heard = [loudness(ear.hears(encoder.encode(piece))) for piece in tone(10)]
    assert heard[DELAY_FRAMES] > 0.1
    assert all(abs(level - 0.1726) < 0.03 for level in heard[2:])


def test_the_rest_of_a_short_piece_is_silence() -> None:
    encoder, ear = VoiceEncoder(), Ear()
    (piece,) = tone(1)
    parts = [encoder.encode(piece[:960]), *(encoder.encode(b"") for _ in range(3))]
    heard = np.concatenate([ear.hears(packet) for packet in parts])
    assert loudness(heard[:1200]) > 0.05
    assert loudness(heard[2 * FRAME_SAMPLES :]) < 0.01


def test_every_frame_is_one_packet_and_silence_costs_few_bytes() -> None:
    encoder = VoiceEncoder()
    spoken = [len(encoder.encode(piece)) for piece in tone(50)]
    silent = [len(encoder.encode(b"")) for _ in range(50)]
    assert max(spoken) < 400
    assert silent[-1] < min(spoken)
