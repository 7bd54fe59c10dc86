"""Questions the starter model proposes on the evaluation set, and what the checks make of them."""

import argparse
import asyncio
import json
import time
import unicodedata
from collections import Counter
from collections.abc import Iterator
from itertools import cycle
from typing import Any

from bench._starter_engine import MODEL_SET, Remembering, starter_engine, tell

DEADLINE_SECONDS = 120.0
"""What is measured is what is asked, not how fast: nothing is late on a busy machine."""

QUESTIONS_MOST = 40


def run(options: argparse.Namespace) -> dict[str, Any]:
    """Counts over every made-up answer and over whole interviews by each shipped template, in both languages."""
    return asyncio.run(_measure())


class _Clock:
    def unix_ms(self) -> int:
        return time.time_ns() // 1_000_000

    def monotonic(self) -> float:
        return time.monotonic()


async def _measure() -> dict[str, Any]:
    from edge_node.room.replying.asking import Asker
    from edge_node.room.rules import RoomRules
    from evaluation_set import LANGUAGES, answered, load, template_kits
    from fakes.walked_interview import Walk

    walks: list[Walk] = []
    proposed = 0
    async with starter_engine() as engine:
        model = Remembering(engine)
        asker = Asker(model, _Clock(), RoomRules(follow_up_deadline_seconds=DEADLINE_SECONDS), profile="starter")
        for language in LANGUAGES:
            part = load(language)
            everyone = [*part.answers, *part.protected]
            texts = cycle([a.text for a in everyone if a.kind in ("strong", "middle", "weak", "protected")])
            for answer in everyone:
                walk = answered(part, answer)
                proposed += await _hold(walk, texts, asker)
                walks.append(walk)
            tell(f"{language}: {len(everyone)} answers followed up")
            for plan in template_kits(language):
                walk = Walk(plan)
                walk.enter()
                proposed += await _hold(walk, texts, asker)
                walks.append(walk)
            tell(f"{language}: whole interviews held")
    return _figures(walks, proposed)


async def _hold(walk: Any, texts: Iterator[str], asker: Any) -> int:
    """The rest of an interview as the room holds it; how many follow-ups the model was asked for."""
    from edge_node.core.interview import session
    from evaluation_set import give

    proposed = 0
    for _ in range(QUESTIONS_MOST):
        move = session.next_move(walk.state)
        if isinstance(move, session.AskFollowUp):
            proposed += 1
            made = await asker.propose(move.brief, len(walk.state.questions) + 1)
            walk.keep(session.follow_up(walk.state, made.text, made.reason, made.asked))
        elif isinstance(move, session.AskPlanned | session.Close):
            walk.keep(move.events)
        if walk.state.closed:
            return proposed
        walk.now_ms += 4_000
        give(walk, next(texts))
    raise RuntimeError("an interview does not end")


def _figures(walks: list[Any], proposed: int) -> dict[str, Any]:
    questions = [(walk.state, question) for walk in walks for question in walk.state.questions]
    accepted = [(state, q) for state, q in questions if q.kind.value == "follow_up"]
    refused = Counter(r.reason for _, q in questions for r in q.refused)
    fallbacks = Counter(q.fallback_reason for _, q in questions if q.kind.value == "fallback")
    grounded = sum(_grounded(state, q) for state, q in accepted)
    repeated = sum(_repeated([q.text for q in walk.state.questions]) for walk in walks)
    forbidden = sum(_forbidden(q.spoken) for _, q in questions)
    traced = sum(bool(q.prompt_version and q.model_digest and q.seed and q.sources) for _, q in accepted)
    return {
        "interviews": len(walks),
        "questions": len(questions),
        "proposed": proposed,
        "accepted": len(accepted),
        "refused": dict(refused),
        "fallbacks": sum(fallbacks.values()),
        "fallback_reasons": dict(fallbacks),
        "grounded": grounded,
        "traced": traced,
        "repeated": repeated,
        "forbidden": forbidden,
        "readings": dict(Counter(q.answer_read_as for _, q in questions if q.answer_read_as)),
        "ok": bool(accepted) and grounded == len(accepted) and not repeated and not forbidden,
    }


def _plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).casefold().split())


def _grounded(state: Any, question: Any) -> bool:
    """Whether the question names words that stand in the turn its source names; looked up here, not by the checks."""
    turns = {turn.turn_id: turn.text for turn in state.turns}
    return any(
        source.kind == "turn"
        and _plain(source.text) in _plain(turns.get(source.reference, ""))
        and _plain(source.text) in _plain(question.text)
        for source in question.sources
    )


def _repeated(texts: list[str]) -> int:
    """Questions of one interview whose words, order and small changes forgotten, stood in an earlier one."""
    letters = [sorted("".join(c for c in _plain(text) if c.isalnum() or c == " ").split()) for text in texts]
    return sum(any(_overlap(words, before) >= 0.9 for before in letters[:n]) for n, words in enumerate(letters))


def _overlap(one: list[str], other: list[str]) -> float:
    shared = sum((Counter(one) & Counter(other)).values())
    return 2 * shared / (len(one) + len(other)) if one or other else 1.0


def _forbidden(text: str) -> bool:
    """Whether a word of the set's own list of forbidden ones stands in the text."""
    words = json.loads((MODEL_SET / "forbidden_words.json").read_text(encoding="utf-8"))
    plain = f" {_plain(text)} "
    english = "".join(c if c.isalnum() else " " for c in plain)
    return any(f" {word} " in english for word in words["en"]) or any(word in plain for word in words["ko"])
