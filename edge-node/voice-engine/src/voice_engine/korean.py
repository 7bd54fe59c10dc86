# SPDX-License-Identifier: GPL-3.0-or-later
"""Korean by espeak-ng, through its C interface."""

import ctypes
import threading
from collections.abc import Iterator
from typing import Any

import espeakng_loader
import numpy as np

from voice_engine.voices import Samples, Stopped

_SYNCHRONOUS = 2
_DONT_EXIT = 0x8000
_UTF8 = 1
_RATE_PARAMETER = 1
_CALLBACK = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.c_void_p)


class Espeak:
    """The library; its state is global to the process, so one call at a time."""

    def __init__(self, buffer_ms: int = 60, *, seed: int | None = None) -> None:
        self._seed = seed
        self._library = ctypes.CDLL(espeakng_loader.get_library_path())
        self._library.espeak_Synth.argtypes = [
            ctypes.c_char_p,
            ctypes.c_size_t,
            ctypes.c_uint,
            ctypes.c_int,
            ctypes.c_uint,
            ctypes.c_uint,
            ctypes.c_void_p,
            ctypes.c_void_p,
        ]
        data = espeakng_loader.get_data_path().encode()
        self.rate_hz = int(self._library.espeak_Initialize(_SYNCHRONOUS, buffer_ms, data, _DONT_EXIT))
        if self.rate_hz <= 0:
            raise RuntimeError(f"espeak_Initialize: {self.rate_hz}")
        self._lock = threading.Lock()

    def run(self, text: str, *, voice: str, words_a_minute: int, stopped: Stopped) -> list[Samples]:
        """Samples of ``text``, made 500 times faster than they play; raises ValueError for an unknown voice."""
        made: list[Samples] = []

        def on_samples(samples: Any, count: int, _: int | None) -> int:
            if samples and count:
                made.append(np.ctypeslib.as_array(samples, (count,)).astype(np.int16))
            return 1 if stopped() else 0

        callback = _CALLBACK(on_samples)
        data = text.encode() + b"\0"
        with self._lock:
            self._library.espeak_SetSynthCallback(callback)
            if self._seed is not None:
                self._library.espeak_ng_SetRandSeed(ctypes.c_long(self._seed))
            if self._library.espeak_SetVoiceByName(voice.encode()):
                raise ValueError(f"espeak-ng has no voice {voice}")
            self._library.espeak_SetParameter(_RATE_PARAMETER, words_a_minute, 0)
            self._library.espeak_Synth(data, len(data), 0, 1, 0, _UTF8, None, None)
            self._library.espeak_Synchronize()
        return made


class EspeakSpeaker:
    """One of the library's voices at one pace; its pitch is raised by playing faster."""

    def __init__(self, library: Espeak, *, voice: str, pitch: float, words_a_minute: int) -> None:
        self._library = library
        self._voice = voice
        self._words_a_minute = round(words_a_minute / pitch)
        self.rate_hz = round(library.rate_hz * pitch)

    def pieces(self, text: str) -> list[str]:
        """The whole text: sound comes at once anyway, and the engine makes the pauses."""
        return [" ".join(text.split())]

    def speak(self, text: str, stopped: Stopped) -> Iterator[Samples]:
        """Arrays of up to 60 ms."""
        yield from self._library.run(text, voice=self._voice, words_a_minute=self._words_a_minute, stopped=stopped)
