"""The main job: from a resume to ratings with quotes, by the command the README names."""

import json
import subprocess
from pathlib import Path

import pytest
from whole_installation import BIN, environment

KEYS = {
    "interview_id",
    "questions",
    "follow_ups",
    "fallbacks",
    "turns",
    "candidate_words",
    "wer",
    "competencies",
    "ratings",
    "abstentions",
    "evidence_quotes",
    "evidence_refused",
    "journal_events",
    "coordinator_events",
    "missing_events",
    "turn_gap_ms",
    "turn_gap_parts_ms",
    "engines",
    "seconds",
    "recording",
}


@pytest.mark.timeout(900)
def test_a_rehearsed_interview_from_resume_to_ratings(tmp_path: Path) -> None:
    report = tmp_path / "out.json"
    argv = [str(BIN / "provisioning"), "demo", "--exit", "--recording", "--json", str(report)]
    ended = subprocess.run(argv, env=environment(), capture_output=True, text=True, check=False, timeout=850)
    assert ended.returncode == 0, ended.stdout[-3000:] + ended.stderr[-3000:]
    result = json.loads(report.read_text())
    assert set(result) == KEYS
    assert result["questions"] >= 5
    assert result["follow_ups"] >= 2
    assert result["missing_events"] == 0
    assert result["journal_events"] > 0
    assert result["ratings"] + result["abstentions"] == result["competencies"] > 0
    assert result["wer"] is not None
    assert result["wer"] <= 0.15
    assert result["turn_gap_ms"]["n"] >= 5
    assert set(result["turn_gap_parts_ms"]) == {
        "end_of_turn",
        "stt",
        "llm_first_sentence",
        "tts_first_audio",
        "transport",
    }
    assert {"stt", "tts", "language"} <= set(result["engines"])
    assert result["recording"]["seconds"] > 30
    assert result["recording"]["played_bytes"] > 1_000
    assert len(result["recording"]["played"].split()) >= 2
