"""What a model takes a face to express, as spans. A guess about a look, not about a person; off unless switched on.

Kept beside the other observations under words of its own, so that nobody can take one for the other.
"""

from dataclasses import dataclass
from enum import StrEnum

from edge_node.core.observation.sample import Sample


class Emotion(StrEnum):
    """What can be noted. The words are in the record; they are added to, never changed."""

    ANGRY = "emotion_angry"
    CONTEMPT = "emotion_contempt"
    DISGUST = "emotion_disgust"
    FEAR = "emotion_fear"
    HAPPY = "emotion_happy"
    NEUTRAL = "emotion_neutral"
    SAD = "emotion_sad"
    SURPRISE = "emotion_surprise"


def named(label: str) -> Emotion | None:
    """The emotion a model calls ``label``; None for a word that is not known."""
    try:
        return Emotion(f"emotion_{label}")
    except ValueError:
        return None


@dataclass(frozen=True, slots=True)
class EmotionRules:
    """When guesses are noted; raises ValueError out of range."""

    every_seconds: float = 2.0
    """Least time between two pictures a guess is asked for."""

    least_share: float = 0.6
    """Of the model's certainty in the one it takes for the strongest, [0, 1]; less is no guess."""

    begin_pictures: int = 3
    """In a row that must show the same one."""

    covers_seconds: float = 3.0
    """How long one picture stands for."""

    gap_seconds: float = 10.0
    """Two pictures further apart than this belong to no common span."""

    def __post_init__(self) -> None:
        if self.every_seconds < 2.0 or not 0 < self.covers_seconds <= self.gap_seconds:
            raise ValueError("every_seconds >= 2 and 0 < covers_seconds <= gap_seconds are needed")
        if not 0 < self.least_share <= 1 or self.begin_pictures < 1:
            raise ValueError("least_share in (0, 1] and begin_pictures >= 1 are needed")


@dataclass(frozen=True, slots=True)
class Shown:
    """The same guess for a while. Milliseconds since the interview was opened."""

    emotion: Emotion
    start_ms: int
    end_ms: int
    samples: int
    sampled_percent: int
    """Share of the time from start to end that pictures stand for, [0, 100]."""


class EmotionSpans:
    """Takes samples in the order of their times; gives spans when they are over."""

    def __init__(self, rules: EmotionRules | None = None) -> None:
        self.rules = rules or EmotionRules()
        self._emotion: Emotion | None = None
        self._start_ms = self._last_ms = 0
        self._samples = 0
        self._covered_ms = 0

    def take(self, sample: Sample) -> tuple[Shown, ...]:
        """The span that is over by this sample. What shows no face, or several, or nothing clearly, ends one."""
        sure = sample.faces == 1 and sample.emotion_share >= self.rules.least_share
        guessed = named(sample.emotion) if sure else None
        passed_ms = sample.at_ms - self._last_ms
        if self._emotion and guessed is self._emotion and passed_ms <= self.rules.gap_seconds * 1000:
            self._samples += 1
            self._covered_ms += min(passed_ms, round(self.rules.covers_seconds * 1000))
            self._last_ms = sample.at_ms
            return ()
        over = self.end()
        self._emotion, self._start_ms, self._last_ms = guessed, sample.at_ms, sample.at_ms
        self._samples, self._covered_ms = 1, 0
        return over

    def end(self) -> tuple[Shown, ...]:
        """The span still under way; nothing more will be seen."""
        emotion, self._emotion = self._emotion, None
        if emotion is None or self._samples < self.rules.begin_pictures:
            return ()
        lasted_ms = self._last_ms - self._start_ms
        percent = round(100 * self._covered_ms / lasted_ms) if lasted_ms else 100
        return (Shown(emotion, self._start_ms, self._last_ms, self._samples, percent),)
