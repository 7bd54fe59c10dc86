"""What of an interview a competency is rated by."""

from collections.abc import Sequence

from edge_node.core.interview import signals
from edge_node.core.interview.events import TurnTaken
from edge_node.core.interview.phrases import meaningless
from edge_node.core.interview.plan import Anchor, Competency
from edge_node.core.interview.self_rating import no_evidence
from edge_node.core.interview.state import State
from edge_node.core.interview.text import sentences, words

READ_CHARACTERS = {"en": 3000, "ko": 1500}
"""Characters of the transcript a model is given for one competency."""

READ_CHARACTERS_SMALL = {"en": 3000, "ko": 800}
"""The same for a small model, which spells out Hangul."""


def anchor(competency: Competency, level: int) -> Anchor | None:
    """The anchor of that level, or None when the scale has none."""
    return next((a for a in competency.anchors if a.level == level), None)


def turns_about(state: State, competency_id: str, *, small: bool) -> tuple[TurnTaken, ...]:
    """Turns to look for evidence in, in the order they were taken.

    Those of the stages with that competency, however long; others join while a model can read them. A small model
    gets no others: it cannot tell what a sentence shows, so the plan has to.
    """
    stages = {s.stage_id for s in state.kit.stages if s.competency_id == competency_id}
    asked_there = {q.question_id for q in state.questions if q.stage_id in stages}
    meant = [t for t in state.turns if t.question_id in asked_there]
    others = [t for t in state.turns if t.question_id not in asked_there and not small]
    room = READ_CHARACTERS[state.kit.language] - sum(len(t.text) for t in meant)
    kept = {t.turn_id for t in meant}
    for turn in others:
        if len(turn.text) <= room:
            kept.add(turn.turn_id)
            room -= len(turn.text)
    return tuple(t for t in state.turns if t.turn_id in kept and not meaningless(t.text, state.kit.language))


def quotable(turns: Sequence[TurnTaken], language: str) -> tuple[tuple[str, str], ...]:
    """(turn id, sentence) of what in ``turns`` could be evidence, in order; speech about the rating cannot."""
    return tuple(
        (t.turn_id, s) for t in turns for s in sentences(t.text) if not meaningless(s, language) and not no_evidence(s)
    )


def telling(quotes: Sequence[tuple[str, str]], language: str) -> tuple[tuple[str, str], ...]:
    """Those of ``quotes`` in which the candidate speaks of something they or their group did."""
    return tuple((t, s) for t, s in quotes if signals.telling(s, language))


def readable(quotes: Sequence[tuple[str, str]], language: str, *, small: bool) -> tuple[tuple[str, str], ...]:
    """``quotes``, each sentence once, as many as a model can read: of a long answer evenly from beginning to end."""
    distinct: dict[tuple[str, ...], tuple[str, str]] = {}
    for turn_id, sentence in quotes:
        distinct.setdefault(tuple(words(sentence)), (turn_id, sentence))
    every = tuple(distinct.values())
    room = (READ_CHARACTERS_SMALL if small else READ_CHARACTERS)[language]
    length = sum(len(sentence) for _, sentence in every)
    if length <= room:
        return every
    count = max(1, len(every) * room // length)
    chosen = [every[place * len(every) // count] for place in range(count)]
    while len(chosen) > 1 and sum(len(sentence) for _, sentence in chosen) > room:
        chosen.remove(max(chosen, key=lambda item: len(item[1])))
    return tuple(chosen)


def anchor_as_rationale(competency: Competency, level: int, language: str) -> str:
    """What a level means, for a rating whose reasons no model could put into words."""
    found = anchor(competency, level)
    text = found.text if found else ""
    return f"기준 {level}: {text}" if language == "ko" else f"Anchor {level}: {text}"
