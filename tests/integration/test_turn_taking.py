"""Spoken answers with thinking pauses through a room's real ears: the bench's own way, one answer a language."""

from pathlib import Path

import pytest
from bench import _ears
from bench._answers import LONGEST_PAUSE_SECONDS, spoken
from bench.turn import measured


def test_a_thinking_candidate_is_not_cut_off_and_the_end_is_found(
    models_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EDGE_NODE_MODELS_DIR", str(models_dir))
    answers = spoken(("en", "ko"), 1, seed=11)
    assert all(answer.pauses for answer in answers)
    longest = max(p.last_sample - p.first_sample for answer in answers for p in answer.pauses) / 16_000
    assert 1.0 < longest <= LONGEST_PAUSE_SECONDS + 0.01, "the pause is all the silence there is"
    figures = measured(_ears.load(), answers, ())
    assert (figures["false_cutoffs"], figures["missed_ends"]) == (0, 0)
    assert figures["end_of_turn_ms"]["n"] == 2

    hasty = measured(_ears.load("0.3,0.3,0.3"), answers, ())
    assert hasty["false_cutoffs"] == 1, "a window shorter than every pause cuts every answer off"
