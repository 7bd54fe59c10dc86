"""Opus of a recording: what comes out again lies where it went in, also from the middle on."""

import av
import numpy as np
from edge_node.media.opus import OpusEncoder

RATE = 16_000
PACKET = 320
PRE_ROLL = 4


def chirps(seconds: int) -> np.ndarray:
    """Noise whose loudness and colour change all the time: it fits itself in one place only."""
    random = np.random.default_rng(7)
    noise = np.convolve(random.normal(size=seconds * RATE), np.ones(8) / 8, "same")
    loudness = 0.2 + np.abs(np.sin(np.arange(len(noise)) / 2_300))
    return (noise * loudness * 12_000).clip(-32_000, 32_000).astype(np.int16)


def decoded(packets: list[bytes]) -> np.ndarray:
    """int16 at 48 kHz, the encoder's delay still in front."""
    codec = av.CodecContext.create("libopus", "r")
    codec.sample_rate, codec.layout, codec.format = 48_000, "mono", "s16"
    frames = [frame for packet in packets for frame in codec.decode(av.Packet(packet))]
    return np.concatenate([frame.to_ndarray().reshape(-1) for frame in frames])


def lag(heard: np.ndarray, said: np.ndarray) -> int:
    """By how many samples at 16 kHz ``heard`` is behind ``said``, where they fit best."""
    size = 1 << (len(heard) + len(said)).bit_length()
    fit = np.fft.irfft(np.fft.rfft(heard.astype(float), size) * np.conj(np.fft.rfft(said.astype(float), size)), size)
    best = int(np.argmax(fit))
    return best if best < size // 2 else best - size


def test_samples_keep_their_places_from_the_first_and_from_the_middle() -> None:
    said = chirps(6)
    encoder = OpusEncoder()
    packets: list[bytes] = []
    for at in range(0, len(said), PACKET):
        made = encoder.encode(said[at : at + PACKET].tobytes())
        assert len(made) == 1, "a packet a frame: its place tells its samples"
        packets += made
    packets += encoder.finish()
    whole = decoded(packets)[encoder.pre_skip :][::3]
    assert abs(lag(whole[: len(said)], said)) <= 1
    from_packet = 150
    part = decoded(packets[from_packet - PRE_ROLL :])[encoder.pre_skip + PRE_ROLL * 960 :][::3]
    assert abs(lag(part[: 2 * RATE], said[from_packet * PACKET :][: 2 * RATE])) <= 1


def test_a_second_takes_about_three_kilobytes() -> None:
    said = chirps(4)
    encoder = OpusEncoder()
    packets = [
        packet for at in range(0, len(said), PACKET) for packet in encoder.encode(said[at : at + PACKET].tobytes())
    ]
    assert 1_500 < sum(map(len, packets)) / 4 < 4_500
