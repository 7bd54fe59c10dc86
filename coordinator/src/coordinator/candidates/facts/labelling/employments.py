"""From the labels of words to employments: which employer, title and dates belong together. Pure."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import permutations
from typing import Literal

from coordinator.candidates.dates import PRESENT, Point
from coordinator.candidates.facts.employment import Job
from coordinator.candidates.facts.labelling.tokens import Token
from coordinator.candidates.facts.model import Row, Span
from coordinator.candidates.facts.pieces import Piece
from coordinator.candidates.facts.tabled import Dated

Said = Literal["E", "T", "D"]
ENTRY_MOST = 4
DATED_CHANCE = 0.15
"""Beside a firm and a title a date is likely theirs, though it does not look like it by itself."""
NAMED_SURE = 0.8
_NEVER = 1e6
_ABBREVIATED = re.compile(r"^(?:inc|ltd|co|corp|bros|jr|sr|\w)$|^\w\.\w", re.IGNORECASE)


@dataclass(frozen=True)
class Named:
    """Words that name an employer or a title, or the dates of a job; tokens ``first`` to ``last`` (exclusive)."""

    says: Said
    first: int
    last: int
    row: int
    sure: float
    """How likely, from 0 to 1."""
    ends: int | None = None
    """The token of the last date where it stands apart from the first."""


@dataclass(frozen=True)
class Entry:
    """What belongs to one job."""

    employer: Named | None
    title: Named | None
    dates: Named | None

    @property
    def sure(self) -> float:
        """How likely all of it is."""
        return min((one.sure for one in (self.employer, self.title, self.dates) if one), default=0.0)

    @property
    def plain(self) -> bool:
        """Whether firm and title leave no doubt, whatever the dates."""
        return all(one is not None and one.sure >= NAMED_SURE for one in (self.employer, self.title))


def named(found: Sequence[Token], best: Sequence[str], likely: Sequence[Mapping[str, float]]) -> list[Named]:
    """What the labels of the words name, in order; a date that may be a job's is one of them."""
    made: list[Named] = []
    below: set[int] = set()
    place = 0
    while place < len(best):
        label, token = best[place], found[place]
        last = place + 1
        dated = sum(likely[place].get(one, 0.0) for one in "PSF")
        if label[0] in "BI":
            says: Said = "E" if label[1] == "E" else "T"
            while last < len(best) and best[last] == "I" + says:
                last += 1
            sure = sum(likely[one]["B" + says] + likely[one]["I" + says] for one in range(place, last)) / (last - place)
            made.append(Named(says, place, last, token.row, sure))
        elif place in below:
            pass
        elif token.open and (ends := _below(found, place)) is not None:
            below.add(ends)
            dated = max(dated, sum(likely[ends].get(one, 0.0) for one in "PSF"))
            if dated >= DATED_CHANCE:
                made.append(Named("D", place, last, token.row, dated, ends=ends))
        elif label in ("P", "S") or (token.kind == "period" and dated >= DATED_CHANCE):
            made.append(Named("D", place, last, token.row, dated))
        elif label == "F":
            made = _ended(made, best, place, likely[place]["F"])
        place = last
    return made


def _below(found: Sequence[Token], place: int) -> int | None:
    """The date in the row below that ends the period that the token begins."""
    for other in range(place + 1, len(found)):
        token = found[other]
        if token.row > found[place].row + 1:
            return None
        if token.row == found[place].row + 1 and token.kind != "mark":
            return other if token.kind in ("point", "now") else None
    return None


def _ended(made: list[Named], best: Sequence[str], place: int, sure: float) -> list[Named]:
    """The end of a job whose first date stands some words before."""
    for index in range(len(made) - 1, max(len(made) - 4, -1), -1):
        one = made[index]
        if one.says == "D" and best[one.first] == "S" and one.ends is None:
            dated = Named("D", one.first, one.last, one.row, min(one.sure, sure), ends=place)
            return [*made[:index], dated, *made[index + 1 :]]
    return made


def entries(said: Sequence[Named], barriers: frozenset[int], told: frozenset[int]) -> list[Entry]:
    """What belongs together; nothing does over a row of ``barriers``, and little over one that is ``told``."""
    best: tuple[float, list[Entry]] = (_NEVER, [])
    for order in permutations("ETD"):
        cost, found = _divided(said, "".join(order), barriers, told)
        if cost < best[0]:
            best = (cost, found)
    return best[1]


def _divided(
    said: Sequence[Named], order: str, barriers: frozenset[int], told: frozenset[int]
) -> tuple[float, list[Entry]]:
    costs = [0.0] + [_NEVER * len(said)] * len(said)
    came = [0] * (len(said) + 1)
    for end in range(1, len(said) + 1):
        for begin in range(max(0, end - ENTRY_MOST), end):
            cost = costs[begin] + _cost(said[begin:end], order, barriers, told)
            if cost < costs[end]:
                costs[end], came[end] = cost, begin
    found: list[Entry] = []
    end = len(said)
    while end > 0:
        found.append(_entry(said[came[end] : end]))
        end = came[end]
    return costs[-1], found[::-1]


def _cost(group: Sequence[Named], order: str, barriers: frozenset[int], told: frozenset[int]) -> float:
    """How unlike one job the group is."""
    kinds = "".join(one.says for one in group)
    cost = {"E": 1.2, "T": 0.8, "D": 2.2}
    total = sum(cost[letter] for letter in "ETD" if letter not in kinds)
    total += sum(2.5 * (kinds.count(letter) - 1) for letter in "ETD" if kinds.count(letter) > 1)
    places = [order.index(letter) for letter in kinds]
    total += 0.8 * sum(one > other for one, other in zip(places, places[1:], strict=False))
    for one, other in zip(group, group[1:], strict=False):
        between = range(one.row + 1, other.row + 1)
        if any(row in barriers for row in between):
            return _NEVER
        total += 0.15 * len(between) + 1.5 * any(row in told for row in between)
    return total


def _entry(group: Sequence[Named]) -> Entry:
    most: dict[str, Named] = {}
    for one in group:
        if one.says not in most or one.sure > most[one.says].sure:
            most[one.says] = one
    return Entry(most.get("E"), most.get("T"), most.get("D"))


def job(entry: Entry, rows: Sequence[Row], found: Sequence[Token]) -> Job:
    """The entry as spans of the text."""
    first = last = None
    if entry.dates is not None:
        token = found[entry.dates.first]
        row = rows[token.row]
        if token.period is not None:
            first = Dated.at(row, token.period.first)
            last = Dated.at(row, token.period.last) if token.period.last else None
        elif token.point is not None:
            first = Dated.at(row, token.point)
        if entry.dates.ends is not None:
            last = _ends(found[entry.dates.ends], rows)
    return Job(_piece(entry.employer, rows, found), _piece(entry.title, rows, found), first, last)


def _ends(token: Token, rows: Sequence[Row]) -> Dated | None:
    if token.point is not None:
        return Dated.at(rows[token.row], token.point)
    if token.kind == "now":
        return Dated.at(rows[token.row], Point(PRESENT, token.start, token.end))
    return None


def trimmed(one: Named, found: Sequence[Token]) -> Named | None:
    """Without marks at its ends that belong to no name; None where no word is left."""
    first, last = one.first, one.last
    while first < last and found[first].kind != "word" and not _opens(found[first:last]):
        first += 1
    while last > first and found[last - 1].kind != "word" and not _closes(found[first:last], found[last : last + 1]):
        last -= 1
    if last < len(found) and _is_unclosed(found[first:last]) and found[last].text == ")":
        last += 1
    letters = sum(len(token.text) for token in found[first:last] if token.kind == "word")
    return replace(one, first=first, last=last) if letters > 1 else None


def _opens(named: Sequence[Token]) -> bool:
    """Whether the mark is the first part of a name: "(주)한빛", "㈜한빛"."""
    return named[0].text in "㈜㈔㈐" or (named[0].text == "(" and any(token.text == ")" for token in named[1:4]))


def _closes(named: Sequence[Token], after: Sequence[Token]) -> bool:
    """Whether the mark is the last part of a name: "한빛(주)", "Acme Inc."."""
    mark, before = named[-1], named[-2:-1]
    if mark.text in "㈜+#":
        return True
    if mark.text == ")":
        return any(token.text == "(" for token in named)
    return mark.text == "." and bool(before) and _ABBREVIATED.match(before[0].text) is not None


def _is_unclosed(named: Sequence[Token]) -> bool:
    return sum(token.text == "(" for token in named) > sum(token.text == ")" for token in named)


def _piece(one: Named | None, rows: Sequence[Row], found: Sequence[Token]) -> Piece | None:
    one = trimmed(one, found) if one is not None else None
    if one is None:
        return None
    begin, end = found[one.first], found[one.last - 1]
    row, last = rows[begin.row], rows[end.row]
    if begin.row == end.row:
        return Piece(row.span(begin.start, end.end), 0, 0, row.line.bold)
    words = " ".join(
        part
        for index in range(begin.row, end.row + 1)
        for part in rows[index]
        .text[begin.start if index == begin.row else 0 : end.end if index == end.row else None]
        .split()
    )
    return Piece(Span(words, row.start + begin.start, last.start + end.end), 0, 0, row.line.bold)
