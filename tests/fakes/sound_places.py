"""Sound that fits itself in one place only, and where a piece of it comes from."""

import io

import av
import numpy as np
import numpy.typing as npt

RATE = 16_000
Sound = npt.NDArray[np.int16]


def noise(seconds: float, seed: int = 7) -> Sound:
    """int16, mono, 16 kHz: noise whose loudness changes all the time, as of a voice."""
    random = np.random.default_rng(seed)
    made = np.convolve(random.normal(size=int(seconds * RATE)), np.ones(8) / 8, "same")
    loudness = 0.2 + np.abs(np.sin(np.arange(len(made)) / 2_300))
    scaled: Sound = (made * loudness * 12_000).clip(-32_000, 32_000).astype(np.int16)
    return scaled


def decoded(packets: list[bytes]) -> Sound:
    """int16 at 48 kHz of Opus packets, the encoder's delay still in front."""
    codec = av.CodecContext.create("libopus", "r")
    assert isinstance(codec, av.AudioCodecContext)
    codec.sample_rate, codec.layout, codec.format = 48_000, "mono", "s16"
    frames = [frame for packet in packets for frame in codec.decode(av.Packet(packet))]
    return np.concatenate([frame.to_ndarray().reshape(-1) for frame in frames]).astype(np.int16)


def played(file: bytes) -> Sound:
    """int16 at 16 kHz: what a player plays of a whole file, skipping and cutting what the file says."""
    with av.open(io.BytesIO(file)) as container:
        resampler = av.AudioResampler(format="s16", layout="mono", rate=RATE)
        frames = [out for frame in container.decode(audio=0) for out in resampler.resample(frame)]
        frames += resampler.resample(None)
    return np.concatenate([frame.to_ndarray().reshape(-1) for frame in frames]).astype(np.int16)


def place(piece: Sound, whole: Sound) -> tuple[int, float]:
    """The sample of ``whole`` at which ``piece`` fits best, and how well: [-1, 1]."""
    size = 1 << (len(piece) + len(whole)).bit_length()
    one, other = np.fft.rfft(whole.astype(float), size), np.fft.rfft(piece.astype(float), size)
    fits = np.fft.irfft(one * np.conj(other), size)
    best = int(np.argmax(fits))
    at = best if best < len(whole) else best - size
    beneath = whole[max(at, 0) : at + len(piece)].astype(float)
    over = piece[max(-at, 0) :][: len(beneath)].astype(float)
    return at, float(np.dot(over, beneath) / (np.linalg.norm(over) * np.linalg.norm(beneath)))
