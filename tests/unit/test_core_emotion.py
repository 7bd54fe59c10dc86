"""Guesses of what a face expresses, as spans: pure, time comes with the samples."""

import pytest
from edge_node.core.observation.emotion import Emotion, EmotionRules, EmotionSpans, Shown, named
from edge_node.core.observation.sample import Sample


def face(at_s: float, emotion: str = "happy", share: float = 0.9, faces: int = 1) -> Sample:
    return Sample(round(at_s * 1000), faces, emotion=emotion, emotion_share=share)


def shown(*samples: Sample) -> list[Shown]:
    spans = EmotionSpans()
    over = [one for sample in samples for one in spans.take(sample)]
    return [*over, *spans.end()]


def test_a_guess_that_stays_is_one_span_and_a_passing_one_none() -> None:
    steady = [face(second) for second in (0, 2, 4, 6)]
    assert shown(*steady) == [Shown(Emotion.HAPPY, 0, 6_000, 4, 100)]
    assert shown(face(0), face(2)) == [], "two pictures are too few"
    assert shown(*steady, face(8, "sad"), face(10)) == [Shown(Emotion.HAPPY, 0, 6_000, 4, 100)]


@pytest.mark.parametrize(
    "other", [face(8, share=0.5), face(8, faces=2), face(8, faces=0, emotion=""), face(8, "bored")]
)
def test_what_is_unsure_unseen_or_unknown_ends_it_and_begins_nothing(other: Sample) -> None:
    after = [face(second) for second in (10, 12)]
    assert shown(face(2), face(4), face(6), other, *after) == [Shown(Emotion.HAPPY, 2_000, 6_000, 3, 100)]


def test_no_span_reaches_over_time_that_was_not_seen() -> None:
    assert shown(face(0), face(2), face(4), face(15), face(17), face(19)) == [
        Shown(Emotion.HAPPY, 0, 4_000, 3, 100),
        Shown(Emotion.HAPPY, 15_000, 19_000, 3, 100),
    ]
    (slow,) = shown(face(0), face(6), face(12))
    assert slow.sampled_percent == 50, "each picture stands for 3 s"


def test_words_of_models_are_known_and_others_are_not() -> None:
    assert named("neutral") is Emotion.NEUTRAL
    assert named("bored") is None
    assert all(emotion.startswith("emotion_") for emotion in Emotion)


@pytest.mark.parametrize(
    "wrong", [{"every_seconds": 1.0}, {"least_share": 0.0}, {"begin_pictures": 0}, {"covers_seconds": 20.0}]
)
def test_rules_out_of_range_are_refused(wrong: dict[str, float]) -> None:
    with pytest.raises(ValueError, match="needed"):
        EmotionRules(**wrong)  # type: ignore[arg-type]
