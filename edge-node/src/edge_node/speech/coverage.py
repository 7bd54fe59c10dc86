"""Was all of it heard? Speech that no word stands for is lost, however good the words read."""

from collections.abc import Sequence

from edge_node.core.audio import SAMPLE_RATE_HZ
from edge_node.ports.speech import TranscribedWord, VoiceActivity
from edge_node.speech.voice_activity import WINDOW_SAMPLES, WINDOW_SECONDS

LONGEST_WORD_MS = 1000
"""A recogniser that dropped a sentence often stretches the words beside it over the hole."""

EDGE_MS = 200
"""How far a word's times may be off."""

LEAST_GAP_MS = 400
_LEAD_WINDOWS = 8
"""Windows in front of a gap that the detector hears first, to know the voice."""


def gaps(words: Sequence[TranscribedWord], total_ms: int) -> list[tuple[int, int]]:
    """(start, end) in milliseconds of every stretch of at least 0.4 s that no word stands for."""
    found: list[tuple[int, int]] = []
    heard_ms = 0
    for word in sorted(words, key=lambda word: word.start_ms):
        found.append((heard_ms, word.start_ms - EDGE_MS))
        heard_ms = max(heard_ms, min(word.end_ms, word.start_ms + LONGEST_WORD_MS) + EDGE_MS)
    found.append((heard_ms, total_ms))
    return [(start, end) for start, end in found if end - start >= LEAST_GAP_MS]


def unheard_seconds(
    detector: VoiceActivity, pcm: bytes, words: Sequence[TranscribedWord], *, threshold: float = 0.5
) -> float:
    """Seconds of speech in ``pcm`` (s16le, mono, 16 kHz) outside of ``words``; only the gaps are listened to."""
    size = WINDOW_SAMPLES * 2
    windows = 0
    for start_ms, end_ms in gaps(words, len(pcm) // 2 * 1000 // SAMPLE_RATE_HZ):
        detector.reset()
        first = start_ms * SAMPLE_RATE_HZ // 1000 // WINDOW_SAMPLES
        last = end_ms * SAMPLE_RATE_HZ // 1000 // WINDOW_SAMPLES
        for index in range(max(0, first - _LEAD_WINDOWS), last):
            voiced = detector.probability(pcm[index * size : (index + 1) * size].ljust(size, b"\0")) >= threshold
            windows += voiced and index >= first
    return windows * WINDOW_SECONDS
