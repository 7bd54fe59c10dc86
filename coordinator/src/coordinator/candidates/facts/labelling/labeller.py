"""What the learned labeller says of a resume's employments, and how far the rules are to be believed. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib import resources
from typing import Literal

from coordinator.candidates.facts.employment import Job
from coordinator.candidates.facts.labelling.chain import Chain
from coordinator.candidates.facts.labelling.employments import Entry, Named, entries, job, named
from coordinator.candidates.facts.labelling.features import attributes
from coordinator.candidates.facts.labelling.marks import row_marks, sense, simple
from coordinator.candidates.facts.labelling.tokens import Stretch, Token, stretches, tokens
from coordinator.candidates.facts.model import Row

WEIGHTS = "employments.weights.gz"
DIGEST = "f93d22bbf0258c5ff32ab7ad6009d21ae36bf56adc52bc8d306066d3400a725f"
WORDS_MOST = 6000
"""Of a longer text only the first words are labelled."""
NAME_CHARACTERS_MOST = 60
FILLED_SURE = 0.5
FILLED_CHANCE = 0.03
"""Words in the usual place of an employer or a title are one when they look that much like one."""


@lru_cache(maxsize=1)
def chain() -> Chain:
    """The trained chain; raises WeightsDamaged for any other file."""
    file = resources.files("coordinator.candidates.facts.labelling") / WEIGHTS
    return Chain.from_bytes(file.read_bytes(), DIGEST)


@dataclass(frozen=True)
class Labelled:
    """A job and how likely it is one as said, from 0 to 1."""

    job: Job
    sure: float
    plain: bool
    """Whether it names a firm and a title beyond doubt."""


@dataclass(frozen=True)
class Opinion:
    """Employments by the labels, and of each date how likely it is one of an employment."""

    jobs: list[Labelled]
    dates: dict[int, float]
    """By the place of the date in the resume's text."""


def opinion(rows: Sequence[Row], kinds: Sequence[str], headings: frozenset[int], by: Chain | None = None) -> Opinion:
    """What the labels say; ``kinds`` are the rows' sections, ``headings`` the rows that open one."""
    found = tokens(rows)[:WORDS_MOST]
    if not found:
        return Opinion([], {})
    learned = by or chain()
    said_of = attributes(rows, found, kinds, headings)
    likely = learned.likely(said_of)
    said = named(found, learned.best(said_of), likely)
    parts = stretches(found, rows)
    marks = row_marks(rows, found, parts, headings, sense)
    told = frozenset(row for row, mark in enumerate(marks) if (mark.long or mark.bullet) and not mark.dated)
    made = [entry for entry in entries(said, headings, told) if entry.dates and (entry.employer or entry.title)]
    for says in ("E", "T"):
        made = _filled(made, says, parts, likely, told | headings)
    return Opinion(_inherited(made, rows, found), _dates(found, rows, likely))


def _dates(found: Sequence[Token], rows: Sequence[Row], likely: Sequence[dict[str, float]]) -> dict[int, float]:
    chances: dict[int, float] = {}
    for token, chance in zip(found, likely, strict=True):
        if token.period is not None:
            chances[rows[token.row].start + token.period.first.start] = chance["P"]
        elif token.point is not None:
            chances[rows[token.row].start + token.point.start] = chance["S"] + chance["F"] + chance["P"]
    return chances


Slot = tuple[int, int]


def _slot(row: int, order: int, entry: Entry) -> Slot:
    assert entry.dates is not None
    return row - entry.dates.row, min(order, 4)


def _filled(
    made: list[Entry],
    says: Literal["E", "T"],
    parts: Sequence[Stretch],
    likely: Sequence[dict[str, float]],
    closed: frozenset[int],
) -> list[Entry]:
    """Entries without an employer (or title) that have words where most others have theirs: these are it."""
    at = {place: part for part in parts for place in range(part.first, part.last)}
    own = [one.employer if says == "E" else one.title for one in made]
    slots = [
        _slot(name.row, at[name.first].order, one)
        for one, name in zip(made, own, strict=True)
        if name is not None and name.first in at
    ]
    usual = max(sorted(set(slots)), key=slots.count, default=None)
    if usual is None or slots.count(usual) * 2 < len(slots):
        return made
    taken = {
        place for one in made for name in (one.employer, one.title) if name for place in range(name.first, name.last)
    }
    kept: list[Entry] = []
    for one, name in zip(made, own, strict=True):
        assert one.dates is not None
        row = one.dates.row + usual[0]
        fits = [part for part in parts if part.row == row and min(part.order, 4) == usual[1] and row not in closed]
        if name is None and len(fits) == 1 and taken.isdisjoint(range(fits[0].first, fits[0].last)):
            part = fits[0]
            chance = max(
                likely[place]["B" + says] + likely[place]["I" + says] for place in range(part.first, part.last)
            )
            if chance >= FILLED_CHANCE and _could_name(part):
                put = Named(says, part.first, part.last, row, max(FILLED_SURE, chance))
                kept.append(replace(one, employer=put) if says == "E" else replace(one, title=put))
                continue
        kept.append(one)
    return kept


def _could_name(part: Stretch) -> bool:
    """Whether the words could be a name at all: no place, no way of being employed, no middle of a sentence."""
    text = part.text
    small = text[:1].islower() and text.isascii()
    return simple(sense(text)) not in "PK" and not small and len(text) <= NAME_CHARACTERS_MOST


def _inherited(made: Sequence[Entry], rows: Sequence[Row], found: Sequence[Token]) -> list[Labelled]:
    """Several titles at one employer: those without an employer of their own have the one above."""
    jobs: list[Labelled] = []
    above: Entry | None = None
    for place, one in enumerate(made):
        following = made[place + 1] if place + 1 < len(made) else None
        whole = (
            one.title is None
            and following is not None
            and following.employer is None
            and _within(following, one, found)
        )
        if whole:
            above = one
            continue
        if one.employer is None and above is not None and above.employer is not None:
            with_it = job(replace(one, employer=above.employer), rows, found)
            jobs.append(Labelled(with_it, min(one.sure, above.employer.sure), False))
            continue
        jobs.append(Labelled(job(one, rows, found), one.sure, one.plain))
        above = one if one.employer is not None else None
    return jobs


def _within(inner: Entry, outer: Entry, found: Sequence[Token]) -> bool:
    """Whether one period begins no earlier than the other: the whole time at a firm stands above its titles."""
    assert inner.dates is not None and outer.dates is not None
    first, last = _begins(found[inner.dates.first]), _begins(found[outer.dates.first])
    return first is not None and last is not None and first >= last


def _begins(token: Token) -> str | None:
    point = token.period.first if token.period else token.point
    return point.value[:4] if point else None
