"""The picture of sound that Whisper's children expect."""

import numpy as np
import pytest
from edge_node.speech.log_mel import BANDS, log_mel, mel_filters


def tone(hertz: float, seconds: float = 1.0) -> np.ndarray:
    return np.sin(2 * np.pi * hertz * np.arange(int(16_000 * seconds)) / 16_000).astype(np.float32)


def test_a_frame_every_ten_milliseconds() -> None:
    assert log_mel(np.zeros(128_000, np.float32)).shape == (BANDS, 800)


def test_filters_are_triangles_of_equal_area_over_the_hearing_range() -> None:
    filters = mel_filters()
    assert filters.shape == (BANDS, 201)
    # Above 1.2 kHz the triangles are wide enough for 40 Hz bins to show their area (1 by Slaney's definition).
    areas = filters[40:].sum(axis=1) * 40
    assert areas == pytest.approx(np.ones(BANDS - 40), abs=0.08)
    # A value of the filter bank Whisper publishes, and the last band's peak: 7.70 kHz by the mel formula, 40 Hz a bin.
    assert filters[0, 1] == pytest.approx(0.02486259, abs=1e-6)
    assert int(filters[79].argmax()) == 192


@pytest.mark.parametrize(("hertz", "low", "high"), [(200, 4, 7), (1000, 25, 28), (4000, 57, 62)])
def test_a_tone_lights_its_band(hertz: float, low: int, high: int) -> None:
    picture = log_mel(tone(hertz))
    assert low <= int(picture.mean(axis=1).argmax()) <= high


def test_values_span_eight_decades_at_the_most() -> None:
    picture = log_mel(np.concatenate([tone(440), np.zeros(16_000, np.float32)]))
    assert picture.max() - picture.min() == pytest.approx(2.0, abs=1e-5)
