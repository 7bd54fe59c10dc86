"""What of an interview a competency is rated by."""

from collections.abc import Mapping, Sequence

from edge_node.core.evaluation.questions import told
from edge_node.core.interview import signals
from edge_node.core.interview.events import TurnTaken
from edge_node.core.interview.off_topic import off_topic
from edge_node.core.interview.phrases import meaningless
from edge_node.core.interview.plan import Anchor, Competency
from edge_node.core.interview.reading import ANSWERS
from edge_node.core.interview.self_rating import no_evidence
from edge_node.core.interview.signals import FACETS, Facet
from edge_node.core.interview.state import State
from edge_node.core.interview.text import sentences, words
from edge_node.core.interview.turn_reading import about, heard_clearly, read_turn

READ_CHARACTERS = {"en": 3000, "ko": 1500}
"""Characters of the transcript a model is given for one competency."""

READ_CHARACTERS_SMALL = {"en": 3000, "ko": 800}
"""The same for a small model, which spells out Hangul."""


def anchor(competency: Competency, level: int) -> Anchor | None:
    """The anchor of that level, or None when the scale has none."""
    return next((a for a in competency.anchors if a.level == level), None)


def turns_about(state: State, competency_id: str, *, small: bool) -> tuple[TurnTaken, ...]:
    """Turns to look for evidence in, in the order they were taken: those read as an answer and heard clearly.

    Those of the stages with that competency, however long; others join while a model can read them. A small model
    gets no others: it cannot tell what a sentence shows, so the plan has to.
    """
    meant = turns_meant(state, competency_id)
    others = [t for t in state.turns if t not in meant and not small]
    room = READ_CHARACTERS[state.kit.language] - sum(len(t.text) for t in meant)
    kept = {t.turn_id for t in meant}
    for turn in others:
        if len(turn.text) <= room:
            kept.add(turn.turn_id)
            room -= len(turn.text)
    asked = {q.question_id: q for q in state.questions}
    return tuple(
        t
        for t in state.turns
        if t.turn_id in kept
        and t.question_id in asked
        and heard_clearly(t)
        and read_turn(state.kit, asked[t.question_id], t) in ANSWERS
    )


def turns_meant(state: State, competency_id: str) -> tuple[TurnTaken, ...]:
    """Every turn under the questions of the stages with that competency, whatever it is read as."""
    stages = {s.stage_id for s in state.kit.stages if s.competency_id == competency_id}
    asked_there = {q.question_id for q in state.questions if q.stage_id in stages}
    return tuple(t for t in state.turns if t.question_id in asked_there)


def matters(state: State) -> dict[str, tuple[str, ...]]:
    """What each turn under a rated competency was to speak of, by turn id: the question first."""
    rated = {s.stage_id for s in state.kit.stages if s.competency_id}
    known = {q.question_id: about(state.kit, q) for q in state.questions if q.stage_id in rated}
    return {t.turn_id: known[t.question_id] for t in state.turns if t.question_id in known}


def quotable(
    turns: Sequence[TurnTaken], language: str, matters: Mapping[str, tuple[str, ...]] | None = None
) -> tuple[tuple[str, str], ...]:
    """(turn id, sentence) of what in ``turns`` could be evidence, in order.

    Speech about the rating cannot, nor can a question; where ``matters`` says what a turn was to speak of, small talk
    beside it cannot either. Of a sentence that ends in a question only what comes before it stays.
    """
    found: list[tuple[str, str]] = []
    for turn in turns:
        matter = (matters or {}).get(turn.turn_id)
        for sentence in sentences(turn.text):
            said = told(sentence)
            if meaningless(said, language) or no_evidence(sentence):
                continue
            if matter is None or not off_topic(said, matter[0], matter):
                found.append((turn.turn_id, said))
    return tuple(found)


def telling(quotes: Sequence[tuple[str, str]], language: str) -> tuple[tuple[str, str], ...]:
    """Those of ``quotes`` in which the candidate speaks of something they or their group did."""
    return tuple((t, s) for t, s in quotes if signals.telling(s, language))


def cover(quotes: Sequence[tuple[str, str]], language: str) -> tuple[tuple[str, str], ...]:
    """Of ``quotes`` the fewest that together hold every action, reason and result there is, those that hold most first.

    A reason or a result need not speak of the candidate where the same answer tells what they did.
    """
    about_deeds = telling(quotes, language)
    acted = {turn_id for turn_id, sentence in about_deeds if Facet.ACTION in signals.facets([sentence], language)}
    beside = tuple(quote for quote in quotes if quote[0] in acted and quote not in about_deeds)
    chosen: list[tuple[str, str]] = []
    held: set[Facet] = set()
    for pool in (about_deeds, beside):
        holds = {quote: signals.facets([quote[1]], language) for quote in pool}
        while best := max(holds, key=lambda q: (len({*holds[q]} - held), len(holds[q])), default=None):
            if not {*holds[best]} - held:
                break
            chosen.append(best)
            held.update(holds[best])
    return tuple(chosen)


def readable(quotes: Sequence[tuple[str, str]], language: str, *, small: bool) -> tuple[tuple[str, str], ...]:
    """``quotes``, each sentence once, as many as a model can read.

    Of a long answer those that hold most of an action, a reason and a result; of what holds as much evenly from
    beginning to end.
    """
    distinct: dict[tuple[str, ...], tuple[str, str]] = {}
    for turn_id, sentence in quotes:
        distinct.setdefault(tuple(words(sentence)), (turn_id, sentence))
    every = tuple(distinct.values())
    room = (READ_CHARACTERS_SMALL if small else READ_CHARACTERS)[language]
    if sum(len(sentence) for _, sentence in every) <= room:
        return every
    kept: list[tuple[str, str]] = []
    for holding in range(len(FACETS), -1, -1):
        alike = [quote for quote in every if len(signals.facets([quote[1]], language)) == holding]
        left = room - sum(len(sentence) for _, sentence in kept)
        taken = _evenly(alike, left)
        kept += taken or ([] if kept else alike[:1])
        if len(taken) < len(alike):
            break
    return tuple(quote for quote in every if quote in kept)


def _evenly(quotes: Sequence[tuple[str, str]], room: int) -> list[tuple[str, str]]:
    """As many of ``quotes`` as ``room`` characters hold, evenly from beginning to end."""
    length = sum(len(sentence) for _, sentence in quotes)
    if length <= room:
        return list(quotes)
    count = len(quotes) * max(0, room) // length
    chosen = [quotes[place * len(quotes) // count] for place in range(count)]
    while sum(len(sentence) for _, sentence in chosen) > room:
        chosen.remove(max(chosen, key=lambda item: len(item[1])))
    return chosen


def anchor_as_rationale(competency: Competency, level: int, language: str) -> str:
    """What a level means, for a rating whose reasons no model could put into words."""
    found = anchor(competency, level)
    text = found.text if found else ""
    return f"기준 {level}: {text}" if language == "ko" else f"Anchor {level}: {text}"
