"""Schools and degrees. Pure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from coordinator.candidates.facts import words
from coordinator.candidates.facts.dated import Dated
from coordinator.candidates.facts.entries import entries
from coordinator.candidates.facts.model import Row, Span
from coordinator.candidates.facts.pieces import Piece, pieces
from coordinator.candidates.facts.study_dates import ends_at
from coordinator.candidates.facts.tabled import Place
from coordinator.candidates.words.dates import points

_KOREAN_SCHOOL = re.compile(r"^\S*(?:대학교|대학원|고등학교|대학|과학기술원|아카데미)(?:\s(?:일반)?대학원)?(?=\s|$)")


@dataclass(frozen=True)
class Study:
    """One course of study."""

    institution: Piece
    degree: Piece | None
    first: Dated | None
    last: Dated | None
    at: Place | None = None
    """Where its school stands in its entry."""


def told_once(found: Sequence[Study]) -> list[Study]:
    """``found`` without what says a school again and no date: a resume's summary names it, too."""
    dated = {study.institution.text for study in found if study.first or study.last}
    return [study for study in found if study.first or study.last or study.institution.text not in dated]


def studies(rows: Sequence[Row]) -> list[Study]:
    """The schools in the rows of an education section; a school needs no dates."""
    plain = _dated(rows, ends=False) or _undated(rows)
    told = _dated(rows, ends=True)
    # Dates among words may part a section into entries only where no school is lost by that.
    kept = {study.institution.span for study in told} >= {study.institution.span for study in plain}
    return told if kept else plain


def _dated(rows: Sequence[Row], *, ends: bool) -> list[Study]:
    made: list[Study] = []
    for entry in entries(rows, singles=True, ends=ends):
        institution = _first(entry.parts, "institution")
        if institution is None:
            continue
        degree = _first([piece for piece in entry.parts if piece is not institution], "degree")
        first, last = entry.first, entry.last
        if first is not None and last is None and _is_end(first, rows):
            first, last = None, first
        made.append(Study(institution, degree, first, last, entry.place(institution)))
    return made


def _is_end(dated: Dated, rows: Sequence[Row]) -> bool:
    """Whether the words beside a lone date say that the course of study ends there."""
    point = dated.point
    row = next(row for row in reversed(rows) if row.start <= point.start)
    start, end = point.start - row.start, point.end - row.start
    return len(points(row.text)) == 1 and ends_at(row.text, replace(point, start=start, end=end))


def _undated(rows: Sequence[Row]) -> list[Study]:
    made: list[Study] = []
    for place, row in enumerate(rows):
        parts = [*pieces(row, 0), *(pieces(rows[place + 1], 1) if place + 1 < len(rows) else [])]
        institution = _first(pieces(row, 0), "institution")
        if institution is not None:
            degree = _first([piece for piece in parts if piece.span != institution.span], "degree")
            made.append(Study(institution, degree, None, None))
    return made


def _first(parts: Sequence[Piece], field: str) -> Piece | None:
    says = words.is_institution if field == "institution" else words.is_degree
    for piece in parts:
        if piece.field == field:
            return piece
    for piece in parts:
        if field == "institution" and words.is_level_of_study(piece.text):
            continue
        if piece.field is None and says(piece.text):
            return _school_alone(piece) if field == "institution" else piece
    return None


def _school_alone(piece: Piece) -> Piece:
    """The school without the faculty and the degree that Korean writes after it."""
    match = _KOREAN_SCHOOL.match(piece.text)
    if match is None or "\n" in piece.text:
        return piece
    end = piece.span.start + match.end()
    return replace(piece, span=Span(match.group(), piece.span.start, end))
