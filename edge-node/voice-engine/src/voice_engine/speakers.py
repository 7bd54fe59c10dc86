# SPDX-License-Identifier: GPL-3.0-or-later
"""Who can speak: two speakers a language, loaded and warm."""

from voice_engine import english, korean
from voice_engine.sentences import early_pieces, sentences
from voice_engine.voices import Voice

FIRST, SECOND = "first", "second"
ENGINES = {"en": "piper-tts/joe-us", "ko": "espeak-ng/ko"}


def load(seed: int | None = None) -> dict[tuple[str, str], Voice]:
    """Every speaker by (language, voice)."""
    piper = english.load(seed)
    espeak = korean.Espeak(seed=seed)
    return {
        ("en", FIRST): english.PiperSpeaker(piper, pitch=1.0, pace=1.0, cut=early_pieces),
        ("en", SECOND): english.PiperSpeaker(piper, pitch=1.18, pace=0.95, cut=sentences),
        ("ko", FIRST): korean.EspeakSpeaker(espeak, voice="ko+f3", pitch=1.0, words_a_minute=120),
        ("ko", SECOND): korean.EspeakSpeaker(espeak, voice="ko+f3", pitch=1.1, words_a_minute=120),
    }
