"""The figures of spoken turns, from raw ones: the keys others measure by, and what the ratio is of."""

import argparse
import json
from pathlib import Path

from bench import turn

RAW = {
    "turns": [
        {"turn_gap_ms": gap, "end_of_turn_ms": 3400, "stt_ms": 5, "llm_first_sentence_ms": 10, "tts_first_audio_ms": 1}
        for gap in (3500, 3550, 3700)
    ],
    "caption_lags": [700, 900],
    "pairs": [["I moved the store.", "i moved the store"], ["Two years.", "Two ears."]],
    "yielded": [800],
    "alone": {"stt": [600], "llm": [500], "tts": [150]},
}


def test_the_gap_is_held_against_the_silence_and_the_engines_alone() -> None:
    figures = turn.spoken_figures([RAW])
    assert figures["turn_gap_ms"] == {"p50": 3550, "p95": 3700, "n": 3}
    assert figures["overhead_ratio"] == round(3550 / (3400 + 600 + 500 + 150), 3)
    assert figures["turn_gap_parts_ms"]["transport"] == 3550 - 3416
    assert figures["behind_silence_ms"]["p50"] == 150
    assert figures["caption_lag_ms"]["n"] == 2
    assert figures["final_transcript_lag_ms"]["p95"] == 5


def test_slices_make_one_whole(tmp_path: Path) -> None:
    answers = {"false_cutoffs": 0.0, "missed_ends": 0.01}
    for name, part in (("a", {"answers": answers}), ("b", {"en": RAW})):
        (tmp_path / name).write_text(json.dumps({"parts": part}))
    options = argparse.Namespace(parts="", earlier=[tmp_path / "a", tmp_path / "b"])
    figures = turn.run(options)
    assert figures["ok"]
    assert figures["missed_ends"] == 0.01
    assert figures["wer"] == round(1 / 6, 4)
    assert figures["cer"] is None
    assert set(figures["parts"]) == {"answers", "en"}

    late = {**RAW, "caption_lags": [3000]}
    (tmp_path / "b").write_text(json.dumps({"parts": {"en": late}}))
    assert not turn.run(options)["ok"]
