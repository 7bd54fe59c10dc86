"""Turn-taking and its times: thinking pauses and noises through the room's own ears, and interviews over UDP.

Parts (``--parts``): ``answers``, ``speakers`` and ``barge`` run offline, faster than real time, see ``_listened`` for
what is stood in for; ``en`` and ``ko`` hold interviews of the demo in a whole installation. Each fits 12 minutes;
``--with FILE`` takes over the parts of earlier runs. Shares are over whole answers, lags are ms {p50, p95, n}.

false_cutoffs
    Answers whose turn was ended, and kept, in a pause of the script inside a sentence (0.6 to 3 s; at a clause's end,
    in mid-sentence, behind a filler). One pause of an answer is enough.
false_cutoffs_after_sentences
    The same over other answers, half of whose sentences are followed by such a pause: only time tells it from the end.
missed_ends
    Answers whose turn was not kept within the long window and ``MARGIN_SECONDS`` of their last word.
end_of_turn_ms
    From the last word to the turn being kept, of the answers neither cut off nor missed.
known_speakers
    The same of speakers who give ``SERIES`` answers each, without their first ``UNKNOWN``: ``thinking`` pauses 0.6 to
    3 s as above, ``calm`` 0.3 to 1.2 s and one pause of twenty as above.
false_barge_ins
    Noises (cough, throat, "mm-hm", keyboard, door) over the interviewer that made it stop.
missed_barge_ins, barge_in_ms
    Sentences begun over the interviewer that did not stop it; from their first sample to the decision to stop, which
    the room carries out at once (``clear_ms``: what that call takes with 1 s of sound queued).
turn_gap_ms, turn_gap_parts_ms
    The candidate's last spoken sample leaving to the interviewer's first audible one arriving; medians of the parts,
    ``transport`` being what the journal does not know.
overhead_ratio
    Median gap to (median silence that ended the turn, and the medians of recogniser, model and voice alone in the same
    installation). Below 1 where they work inside the silence; ``behind_silence_ms`` is the gap without the silence.
caption_lag_ms
    From a caption's last word (where the recogniser hears it in the sound alone) to the caption at the candidate.
final_transcript_lag_ms
    From the decision that the turn is over to its transcript.
wer, cer
    Script against stored transcript: words in English, letters in Korean, whose only voice in a package is synthetic
    to a degree that no recogniser hears it well.
"""

import argparse
import json
from collections import Counter
from math import ceil
from pathlib import Path
from statistics import median
from typing import Any

MARGIN_SECONDS = 1.0
SERIES, UNKNOWN = 8, 3
PARTS = ("answers", "speakers", "barge", "en", "ko")
TARGETS = {
    "false_cutoffs": 0.03,
    "false_cutoffs_known": 0.03,
    "missed_ends": 0.02,
    "false_barge_ins": 0.05,
    "clear_ms": 100.0,
    "overhead_ratio": 1.15,
}
LAG_TARGETS_P95 = {"final_transcript_lag_ms": 2000, "caption_lag_ms": 1500}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Options of this bench."""
    parser.add_argument("--parts", default=",".join(PARTS), help=f"some of {','.join(PARTS)} (default: all)")
    parser.add_argument("--with", dest="earlier", type=Path, action="append", default=[], metavar="FILE")
    parser.add_argument("--answers", type=int, default=60, help="answers a language (default 60)")
    parser.add_argument("--speakers", type=int, default=3, help="known speakers a language and manner (default 3)")
    parser.add_argument("--interviews", type=int, default=2, help="interviews a language (default 2)")
    parser.add_argument("--short", action="store_true", help="interviews of four answers (English): a first look")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument(
        "--windows",
        metavar="SHORT,LIKELY,LONG",
        help="other silences than the settings', in seconds, e.g. 0.7,0.7,2.0: what a trade would cost",
    )


def run(options: argparse.Namespace) -> dict[str, Any]:
    """The figures; ``ok`` when every target of the parts there are holds. Needs the voices and the starter weights."""
    parts: dict[str, Any] = {}
    for file in options.earlier:
        parts.update(json.loads(file.read_text())["parts"])
    for name in filter(None, options.parts.split(",")):
        parts[name] = _part(name, options)
    figures = {**parts.get("answers", {}), **parts.get("speakers", {}), **parts.get("barge", {})}
    live = [parts[name] for name in ("en", "ko") if name in parts]
    if live:
        figures |= spoken_figures(live)
    figures |= {"wer": _rate(parts, "en"), "cer": _rate(parts, "ko")}
    for manner in figures.get("known_speakers", {}).values():
        figures["false_cutoffs_known"] = max(figures.get("false_cutoffs_known", 0.0), manner["false_cutoffs"])
    held = all(figures[name] <= most for name, most in TARGETS.items() if name in figures)
    in_time = all(
        figures[name]["n"] > 0 and figures[name]["p95"] <= most
        for name, most in LAG_TARGETS_P95.items()
        if name in figures
    )
    return {**figures, "ok": held and in_time, "parts": parts}


def _part(name: str, options: argparse.Namespace) -> dict[str, Any]:
    import asyncio
    from dataclasses import asdict

    if name in ("en", "ko"):
        from bench import _live

        return asdict(asyncio.run(_live.measured(name, options.interviews, short=options.short)))
    from bench import _barge, _ears

    ears = _ears.load(options.windows)
    if name == "barge":
        return _barge.measured(ears, options.seed)
    if name == "speakers":
        return {"known_speakers": known_speakers(ears, options.speakers, options.seed)}
    if name != "answers":
        raise SystemExit(f"no part {name!r}; there are {', '.join(PARTS)}")
    from bench._answers import spoken

    answers = spoken(("en", "ko"), options.answers, options.seed)
    others = spoken(("en", "ko"), max(1, options.answers // 3), options.seed, after_sentences=True)
    return measured(ears, answers, others)


def measured(ears: Any, answers: Any, others: Any) -> dict[str, Any]:
    """What came of the answers."""
    from bench._ears import judged

    inside = [judged(answer, ears, MARGIN_SECONDS) for answer in answers]
    behind = [judged(answer, ears, MARGIN_SECONDS) for answer in others]
    pauses = sum(len(answer.pauses) for answer in answers)
    cut = Counter(place for verdict in inside for place in verdict.cut_in)
    delays = [verdict.delay_ms for verdict in inside if verdict.delay_ms is not None]
    return {
        "answers": len(answers),
        "pauses": pauses,
        "false_cutoffs": _share(sum(bool(verdict.cut_in) for verdict in inside), len(inside)),
        "false_cutoffs_a_pause": _share(sum(cut.values()), pauses),
        "cut_in": dict(cut),
        "false_cutoffs_after_sentences": _share(sum(bool(verdict.cut_in) for verdict in behind), len(behind)),
        "missed_ends": _share(sum(verdict.missed for verdict in inside), len(inside)),
        "end_of_turn_ms": spread(delays),
        **{f"end_of_turn_ms_{code}": spread([v.delay_ms for v in inside if v.language == code and v.delay_ms])
           for code in ("en", "ko")},
    }  # fmt: skip


def known_speakers(ears: Any, speakers: int, seed: int) -> dict[str, Any]:
    """By manner of pausing, what came of the answers behind the first ones of each speaker."""
    from bench import _answers
    from bench._ears import judged_series

    found: dict[str, Any] = {}
    for manner in (_answers.thinking, _answers.calm):
        verdicts = []
        for language in ("en", "ko"):
            for number in range(speakers):
                told = _answers.spoken((language,), SERIES, seed + 100 * number, pausing=manner)
                verdicts += judged_series(_answers.series(told), ears)[UNKNOWN:]
        found[manner.__name__] = {
            "answers": len(verdicts),
            "false_cutoffs": _share(sum(bool(verdict.cut_in) for verdict in verdicts), len(verdicts)),
            "end_of_turn_ms": spread([verdict.delay_ms for verdict in verdicts if verdict.delay_ms is not None]),
        }
    return found


def spoken_figures(live: list[dict[str, Any]]) -> dict[str, Any]:
    """Of what :class:`bench._live.Raw` holds, one for each language."""
    turns = [turn for raw in live for turn in raw["turns"]]
    gaps = [turn["turn_gap_ms"] for turn in turns]
    names = ("end_of_turn_ms", "stt_ms", "llm_first_sentence_ms", "tts_first_audio_ms")
    parts = {name.removesuffix("_ms"): median(turn[name] for turn in turns) for name in names}
    transport = median(turn["turn_gap_ms"] - sum(turn[name] for name in names) for turn in turns)
    alone = {name: median(ms for raw in live for ms in raw["alone"][name]) for name in ("stt", "llm", "tts")}
    least = parts["end_of_turn"] + sum(alone.values())
    return {
        "turn_gap_ms": spread(gaps),
        "turn_gap_parts_ms": {**parts, "transport": transport},
        "behind_silence_ms": spread([turn["turn_gap_ms"] - turn["end_of_turn_ms"] for turn in turns]),
        "alone_ms": alone,
        "overhead_ratio": round(median(gaps) / least, 3),
        "caption_lag_ms": spread([lag for raw in live for lag in raw["caption_lags"]]),
        "final_transcript_lag_ms": spread([turn["stt_ms"] for turn in turns]),
        "yielded_ms": spread([ms for raw in live for ms in raw["yielded"]]),
    }


def _rate(parts: dict[str, Any], language: str) -> float | None:
    import jiwer
    from edge_node.speech.transcript_filter import plain

    pairs = [[plain(text) for text in pair] for pair in parts.get(language, {}).get("pairs", [])]
    if not pairs:
        return None
    scripts, heard = [script for script, _ in pairs], [told for _, told in pairs]
    return round(float((jiwer.wer if language == "en" else jiwer.cer)(scripts, heard)), 4)


def _share(count: int, of: int) -> float:
    return round(count / of, 4) if of else 0.0


def spread(values: list[int]) -> dict[str, Any]:
    """Median, 95th percentile and number of ``values``."""
    ordered = sorted(values)
    if not ordered:
        return {"p50": None, "p95": None, "n": 0}
    return {"p50": round(median(ordered)), "p95": ordered[ceil(0.95 * len(ordered)) - 1], "n": len(ordered)}
