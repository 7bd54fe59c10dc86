"""Turn-taking: answers with thinking pauses, and noises over the interviewer, through the room's own ears.

Offline, faster than real time; the parts are the product's: voice activity, end-of-turn model, core, room. See
``_listened`` for what is stood in for. Every share is over whole answers:

false_cutoffs
    Answers whose turn was ended, and kept, in a pause of the script inside a sentence (0.6 to 3 s; at a clause's end,
    in mid-sentence, behind a filler). One pause of an answer is enough.
false_cutoffs_after_sentences
    The same over other answers, half of whose sentences are followed by such a pause: only time tells it from the end.
missed_ends
    Answers whose turn was not kept within the long window and ``MARGIN_SECONDS`` of their last word.
end_of_turn_ms
    From the last word to the turn being kept, of the answers neither cut off nor missed.
false_barge_ins
    Noises (cough, throat, "mm-hm", keyboard, door) over the interviewer that made it stop.
missed_barge_ins, barge_in_ms
    Sentences begun over the interviewer that did not stop it; from their first sample to the decision to stop, which
    the room carries out at once (``clear_ms``: what that call takes with 2 s of sound queued).
"""

import argparse
from collections import Counter
from math import ceil
from statistics import median
from typing import Any

MARGIN_SECONDS = 1.0
TARGETS = {"false_cutoffs": 0.03, "missed_ends": 0.02, "false_barge_ins": 0.05, "clear_ms": 100.0}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Options of this bench."""
    parser.add_argument("--answers", type=int, default=60, help="answers a language (default 60)")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument(
        "--windows",
        metavar="SHORT,LIKELY,LONG",
        help="other silences than the settings', in seconds, e.g. 0.7,0.7,2.0: what a trade would cost",
    )


def run(options: argparse.Namespace) -> dict[str, Any]:
    """The figures; ``ok`` when every target holds. Needs the voice program and the starter weights."""
    from bench import _barge, _ears
    from bench._answers import spoken

    ears = _ears.load(options.windows)
    answers = spoken(("en", "ko"), options.answers, options.seed)
    others = spoken(("en", "ko"), max(1, options.answers // 3), options.seed, after_sentences=True)
    figures = {**measured(ears, answers, others), **_barge.measured(ears, options.seed)}
    return {**figures, "ok": all(figures[name] <= most for name, most in TARGETS.items())}


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
        "end_of_turn_ms": _spread(delays),
        **{f"end_of_turn_ms_{code}": _spread([v.delay_ms for v in inside if v.language == code and v.delay_ms])
           for code in ("en", "ko")},
    }  # fmt: skip


def _share(count: int, of: int) -> float:
    return round(count / of, 4) if of else 0.0


def _spread(values: list[int]) -> dict[str, Any]:
    ordered = sorted(values)
    if not ordered:
        return {"p50": None, "p95": None, "n": 0}
    return {"p50": round(median(ordered)), "p95": ordered[ceil(0.95 * len(ordered)) - 1], "n": len(ordered)}
