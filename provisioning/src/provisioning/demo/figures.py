"""The figures of one rehearsed interview, from what the coordinator stored and what the scripted candidate heard."""

import math
import re
from collections.abc import Mapping, Sequence
from typing import Any

import jiwer

Json = Mapping[str, Any]

_NOT_WORDS = re.compile(r"[^\w\s']", re.UNICODE)


def normalised(text: str) -> str:
    """Lower case, no punctuation, single spaces: what a word error rate is taken over."""
    return " ".join(_NOT_WORDS.sub(" ", text.lower().replace("’", "'")).split())


def percentile(values: Sequence[float], share: float) -> float | None:
    """Nearest-rank percentile; ``share`` in (0, 1]. None of an empty sequence."""
    if not values:
        return None
    ordered = sorted(values)
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)]


def _median(values: Sequence[float]) -> float | None:
    return percentile(values, 0.5)


def word_error_rate(pairs: Sequence[tuple[str, str]]) -> float | None:
    """Word error rate over (script, transcript) pairs, all words together; None without a word."""
    script = [normalised(a) for a, _ in pairs]
    heard = [normalised(b) for _, b in pairs]
    if not any(script):
        return None
    return round(float(jiwer.wer(script, heard)), 4)


def figures(detail: Json, rehearsal: Json, journal_events: int, seconds: float) -> dict[str, Any]:
    """The interface others measure by; keys are fixed by the README."""
    questions = [entry["question"] for entry in detail["transcript"]]
    turns = [turn for entry in detail["transcript"] for turn in entry["turns"]]
    fallbacks = [q["fallback_reason"] for q in questions if q["kind"] == "fallback"]
    rated = [c for c in detail["competencies"] if c.get("rating")]
    abstained = [c for c in detail["competencies"] if c.get("abstention")]
    answered = [t for t in rehearsal["turns"] if not t["superseded"]]
    spoken = {t["question_id"]: t for t in answered if t["mode"] == "spoken"}
    pairs = [
        (spoken[entry["question"]["id"]]["script_text"], " ".join(t["text"] for t in entry["turns"]))
        for entry in detail["transcript"]
        if entry["question"]["id"] in spoken and entry["turns"]
    ]
    gaps = [t["turn_gap_ms"] for t in answered if t["turn_gap_ms"] is not None]
    parts = detail["turn_gaps"]
    names = {
        "end_of_turn": "end_of_turn_ms",
        "stt": "stt_ms",
        "llm_first_sentence": "llm_first_sentence_ms",
        "tts_first_audio": "tts_first_audio_ms",
    }
    medians = {name: _median([float(p[key]) for p in parts]) for name, key in names.items()}
    by_turn = {p["turn_id"]: sum(p[key] for key in names.values()) for p in parts}
    transport = [
        t["turn_gap_ms"] - by_turn[turn["turn_id"]]
        for entry in detail["transcript"]
        for turn in entry["turns"][-1:]
        if (t := spoken.get(entry["question"]["id"]))
        and t.get("turn_gap_ms") is not None
        and turn["turn_id"] in by_turn
    ]
    return {
        "interview_id": detail["interview_id"],
        "questions": len(questions),
        "follow_ups": sum(1 for q in questions if q["kind"] == "follow_up"),
        "fallbacks": {"count": len(fallbacks), "reasons": sorted(set(fallbacks))},
        "turns": len(turns),
        "candidate_words": sum(len(t["text"].split()) for t in turns),
        "wer": word_error_rate(pairs),
        "competencies": len(detail["competencies"]),
        "ratings": len(rated),
        "abstentions": len(abstained),
        "evidence_quotes": sum(len(c["rating"]["evidence"]) for c in rated),
        "evidence_refused": sum(
            int((c.get("rating") or c.get("abstention") or {}).get("evidence_refused", 0))
            for c in detail["competencies"]
        ),
        "journal_events": journal_events,
        "coordinator_events": detail["events"],
        "missing_events": journal_events - detail["events"],
        "turn_gap_ms": {"p50": percentile(gaps, 0.5), "p95": percentile(gaps, 0.95), "n": len(gaps)},
        "turn_gap_parts_ms": {**medians, "transport": _median(transport)},
        "engines": {e["role"]: {"name": e["name"], "profile": e["profile"]} for e in detail["engines"]},
        "seconds": round(seconds, 1),
    }
