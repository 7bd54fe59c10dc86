"""Schools and degrees. Pure."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from coordinator.candidates.facts import words
from coordinator.candidates.facts.entries.finding import entries
from coordinator.candidates.facts.entries.study_dates import ends_at
from coordinator.candidates.facts.entries.tabled import Entry, Place
from coordinator.candidates.facts.model import Row, Span
from coordinator.candidates.facts.rows.dated import Dated
from coordinator.candidates.facts.rows.pieces import Piece, pieces
from coordinator.candidates.schemas import Print
from coordinator.candidates.words.dates import points

_KOREAN_SCHOOL = re.compile(
    r"^\S*(?:대학교|대학원|고등학교|대학|과학기술원|아카데미)(?:\s[가-힣]{0,8}대학원)?(?=\s|$|[가-힣]{1,8}(?:계열|학과|학부|전공|과정|졸업))"
)
_CAMPUS = re.compile(r"(?<=[가-힣])\([가-힣A-Z]{2,8}(?:캠퍼스)?\)")
_LEVEL_OF_STUDY = re.compile(
    r"(?:senior |junior )?(?:high|secondary|middle|trade|vocational) school"
    r"(?: (?:diploma|certificate|graduate|education|equivalent))?$"
    r"|.*\b(?:diploma|certificate|degree)$"
    r"|(?:최종 ?학력 ?)?(?:전문)?(?:대학교?|대학원|고등학교|고교|중학교|초등학교|전문대|초대졸)"
    r"(?:\s?(?:졸업|재학|중퇴|수료|예정))*$",
    re.IGNORECASE,
)


def is_level_of_study(text: str) -> bool:
    """Whether ``text`` says what somebody finished and not where: "High school diploma", "대학(2,3년) 졸업"."""
    return bool(_LEVEL_OF_STUDY.match(text.strip()))


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
    found = entries(rows, singles=True, ends=ends)
    named = [_first(entry.parts, "institution") for entry in found]
    places = {entry.place(piece) for entry, piece in zip(found, named, strict=True) if piece}
    prints = {piece.print for piece in named if piece}
    for entry, said in zip(found, named, strict=True):
        institution = said or _where_others_stand(entry, places, prints)
        if institution is None:
            continue
        institution = _with_campus(institution, rows)
        degree = _first([piece for piece in entry.parts if piece is not institution], "degree")
        first, last = entry.first, entry.last
        if first is not None and last is None and _is_end(first, rows):
            first, last = None, first
        made.append(Study(institution, degree, first, last, entry.place(institution)))
    return made


def _where_others_stand(entry: Entry, places: Collection[Place], prints: Collection[Print]) -> Piece | None:
    """The school of an entry that has a degree beside it, by where and how the section's other schools are printed."""
    alike = [
        piece
        for piece in entry.parts
        if piece.field is None and entry.place(piece) in places and piece.print in prints and not _says_else(piece.text)
    ]
    degree = any(words.is_degree(piece.text) for piece in entry.parts if piece not in alike)
    return alike[0] if len(alike) == 1 and degree else None


def _says_else(text: str) -> bool:
    return words.is_degree(text) or words.is_place(text) or is_level_of_study(text) or not text[:1].isalpha()


def _with_campus(school: Piece, rows: Sequence[Row]) -> Piece:
    """The school with the bracket right behind it that says which it is: "동국대학교(서울)"."""
    row = next((row for row in rows if row.start <= school.span.start < row.start + len(row.text)), None)
    campus = _CAMPUS.match(row.text, school.span.end - row.start) if row else None
    if row is None or campus is None:
        return school
    return replace(school, span=row.span(school.span.start - row.start, campus.end()))


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
            return _school_alone(piece) if field == "institution" else piece
    for piece in parts:
        if field == "institution" and (is_level_of_study(piece.text) or _is_part(piece, parts)):
            continue
        if piece.field is None and says(piece.text):
            return _school_alone(piece) if field == "institution" else piece
    return None


def _is_part(piece: Piece, parts: Sequence[Piece]) -> bool:
    """Whether a piece names a part of the university that another names: "School of Law, University of Ghent"."""
    others = (one.text for one in parts if one is not piece and not words.is_part_of_school(one.text))
    return words.is_part_of_school(piece.text) and any(map(words.is_institution, others))


def _school_alone(piece: Piece) -> Piece:
    """The school without the faculty and the degree that Korean writes after it."""
    match = _KOREAN_SCHOOL.match(piece.text)
    if match is None or "\n" in piece.text:
        return piece
    end = piece.span.start + match.end()
    return replace(piece, span=Span(match.group(), piece.span.start, end))
