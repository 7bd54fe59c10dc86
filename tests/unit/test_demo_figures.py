from typing import Any

import pytest
from provisioning.demo.figures import figures, normalised, percentile, word_error_rate


@pytest.mark.parametrize(
    ("values", "share", "expected"),
    [([], 0.5, None), ([7], 0.95, 7), ([4, 1, 3, 2], 0.5, 2), (list(range(1, 101)), 0.95, 95)],
)
def test_percentile_is_the_nearest_rank(values: list[float], share: float, expected: float | None) -> None:
    assert percentile(values, share) == expected


def test_words_are_compared_without_case_and_punctuation() -> None:
    assert normalised("It’s DONE — really, done.") == "it's done really done"
    assert normalised("네, 맞습니다.") == "네 맞습니다"
    assert word_error_rate(
        [("It is done.", "it is done"), ("one two three four", "one two five four")]
    ) == pytest.approx(1 / 7, abs=1e-4)
    assert word_error_rate([]) is None


def _turn(turn_id: str, text: str) -> dict[str, Any]:
    return {"turn_id": turn_id, "text": text}


def test_figures_count_what_the_coordinator_stored() -> None:
    detail = {
        "interview_id": "iv",
        "transcript": [
            {"question": {"id": "q1", "kind": "planned", "fallback_reason": ""}, "turns": [_turn("t1", "a b")]},
            {"question": {"id": "q2", "kind": "follow_up", "fallback_reason": ""}, "turns": [_turn("t2", "c x")]},
            {"question": {"id": "q3", "kind": "fallback", "fallback_reason": "late"}, "turns": []},
        ],
        "competencies": [
            {"name": "A", "rating": {"evidence": [{}, {}], "evidence_refused": 1}},
            {"name": "B", "abstention": {"reason": "no_evidence", "evidence_refused": 2}},
        ],
        "turn_gaps": [
            {"turn_id": t, "end_of_turn_ms": 700, "stt_ms": 100, "llm_first_sentence_ms": 0, "tts_first_audio_ms": 50}
            for t in ("t1", "t2")
        ],
        "engines": [{"role": "stt", "name": "whisper", "profile": "starter"}],
        "events": 12,
    }
    rehearsal = {
        "turns": [
            {"question_id": "q1", "script_text": "a b", "turn_gap_ms": 900.0, "mode": "spoken", "superseded": False},
            {"question_id": "q2", "script_text": "c d", "turn_gap_ms": 950.0, "mode": "spoken", "superseded": False},
        ]
    }
    result = figures(detail, rehearsal, journal_events=13, seconds=61.234)
    assert (result["questions"], result["follow_ups"], result["turns"], result["candidate_words"]) == (3, 1, 2, 4)
    assert result["fallbacks"] == {"count": 1, "reasons": ["late"]}
    assert result["wer"] == 0.25
    assert (result["ratings"], result["abstentions"], result["competencies"]) == (1, 1, 2)
    assert (result["evidence_quotes"], result["evidence_refused"]) == (2, 3)
    assert result["missing_events"] == 1
    assert result["turn_gap_ms"] == {"p50": 900.0, "p95": 950.0, "n": 2}
    assert result["turn_gap_parts_ms"]["transport"] == 50.0
    assert result["engines"] == {"stt": {"name": "whisper", "profile": "starter"}}
