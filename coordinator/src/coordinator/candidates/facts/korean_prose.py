"""Employments told in Korean sentences, whose lines may break in the middle of any word. Pure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from coordinator.candidates.facts import words
from coordinator.candidates.facts.dated import Dated
from coordinator.candidates.facts.model import Row, Span
from coordinator.candidates.facts.pieces import Piece
from coordinator.candidates.facts.tabled import Entry
from coordinator.candidates.words.dates import Point, periods
from coordinator.candidates.words.labels import Field

SENTENCES_MIN = 2
FULL_SHARE = 0.6
COLUMN_POINTS = 20.0
_ENDS = re.compile(r"(?:[니한었했였]다|요)\.")
_NAME = r"[가-힣A-Za-z0-9()㈜&·]{2,20}?"
_AS = r"(?P<title>[가-힣A-Za-z]{2,12}?)(?:으로|로)"
_THERE = re.compile(rf"(?:까지|동안)?는?,?(?P<employer>{_NAME})에서{_AS}")
_ROLE = re.compile(rf"(?:까지|동안)?는?,?{_AS}")
_WORKPLACE = re.compile(rf"(?:직장|회사|근무처)[은는](?P<employer>{_NAME})(?:이었|였|입니|이며)")


def is_prose(rows: Sequence[Row]) -> bool:
    """Whether the rows are lines of Korean sentences that fill their column: no line of them is a head."""
    if len(_ENDS.findall("".join(row.text for row in rows))) < SENTENCES_MIN:
        return False
    full = 0
    for row in rows:
        near = (one.line.x1 for one in rows if abs(one.line.x0 - row.line.x0) <= COLUMN_POINTS)
        full += row.line.x1 >= max(near) - row.line.size
    return full >= FULL_SHARE * len(rows) and not any("\t" in row.text for row in rows)


@dataclass(frozen=True)
class _Tight:
    """Rows as one text without white space, and where each character stands in the resume's."""

    text: str
    places: Sequence[int]
    rows: Sequence[Row]

    def span(self, start: int, end: int) -> Span:
        """The stretch of the resume's text from ``start`` to ``end`` of this one."""
        first, last = self.places[start], self.places[end - 1] + 1
        said = "\n".join(row.text for row in self.rows)
        begin = self.rows[0].start
        return Span(" ".join(said[first - begin : last - begin].split()), first, last)

    def dated(self, point: Point) -> Dated:
        """A date of this text at its place in the resume's."""
        return Dated(replace(point, start=self.places[point.start], end=self.places[point.end - 1] + 1))


def in_korean_prose(rows: Sequence[Row]) -> list[Entry]:
    """The entries of sentences that say from when to when somebody was what at whose; the rows are prose."""
    kept = [(one, row.start + place) for row in rows for place, one in enumerate(row.text) if not one.isspace()]
    tight = _Tight("".join(one for one, _ in kept), [place for _, place in kept], rows)
    said = periods(tight.text)
    found: list[Entry] = []
    begin, place = 0, None
    for ended in _ENDS.finditer(tight.text):
        within = [period for period in said if begin <= period.start < ended.end()]
        named = _WORKPLACE.search(tight.text, begin, ended.end())
        told = None
        if len(within) == 1:
            told = _THERE.match(tight.text, within[0].end, ended.end())
            alone = _ROLE.match(tight.text, within[0].end, ended.end())
            employer = told.span("employer") if told else place if alone else None
            role = told or alone
            if role is not None and employer is not None and _is_title(role["title"]):
                parts = (_piece(tight, employer, "employer"), _piece(tight, role.span("title"), "title"))
                last = within[0].last
                found.append(Entry(parts, tight.dated(within[0].first), tight.dated(last) if last else None))
        place = named.span("employer") if named and not within else None
        begin = ended.end()
    return found


def _is_title(text: str) -> bool:
    return words.is_title(text) or words.could_be_korean_title(text)


def _piece(tight: _Tight, place: tuple[int, int], field: Field) -> Piece:
    return Piece(tight.span(*place), 0, field == "title", bold=False, field=field)
