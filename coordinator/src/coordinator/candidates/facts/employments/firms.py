"""Korean firms whose departments stand beside them in one print: "모아핏 브랜드팀". Pure."""

from collections.abc import Sequence
from dataclasses import replace

from coordinator.candidates.facts import words
from coordinator.candidates.facts.entries.tabled import Entry
from coordinator.candidates.facts.model import Span
from coordinator.candidates.facts.rows.pieces import Piece

ENTRIES_MIN = 2


def without_departments(found: Sequence[Entry]) -> list[Entry]:
    """``found`` with firm and department apart where the firm says its legal form.

    Without that, too, where most entries have one part of both and nothing else in these names a firm.
    """
    both = [[piece for piece in entry.parts if _firm_of(piece)] for entry in found]
    having = [(entry, pieces) for entry, pieces in zip(found, both, strict=True) if pieces]
    alone = all(
        len(pieces) == 1 and all(_says_no_firm(piece) for piece in entry.parts if piece is not pieces[0])
        for entry, pieces in having
    )
    habit = alone and len(having) >= ENTRIES_MIN and 2 * len(having) >= len(found)
    return [
        replace(
            entry, parts=tuple(part for piece in entry.parts for part in _apart(piece, habit or _says_its_form(piece)))
        )
        for entry in found
    ]


def _says_its_form(piece: Piece) -> bool:
    firm = _firm_of(piece)
    return words.is_surely_employer(firm) and not words.is_legal_form(firm)


def _firm_of(piece: Piece) -> str:
    """What stands before the department, or before several; empty where no firm can be it."""
    named = piece.text.split()
    department = next((place for place, word in enumerate(named) if words.is_department(word)), None)
    if piece.field is not None or not department or not all(map(words.is_kind_of_work, named[department:])):
        return ""
    if words.is_title(piece.text):
        return ""
    firm = " ".join(named[:department])
    return firm if words.could_be_korean_firm(named[:department]) or words.is_surely_employer(firm) else ""


def _says_no_firm(piece: Piece) -> bool:
    text = piece.text
    return (
        words.is_title(text) or words.is_place(text) or words.is_employment_kind(text) or words.could_be_title(text)
    ) and not words.is_surely_employer(text)


def _apart(piece: Piece, joined: bool) -> list[Piece]:
    firm = _firm_of(piece) if joined else ""
    if not firm:
        return [piece]
    begin, (segment, within) = piece.span.start, piece.segment
    cut = len(firm) + 1
    return [
        replace(piece, span=Span(firm, begin, begin + len(firm))),
        replace(
            piece,
            span=Span(piece.text[cut:], begin + cut, piece.span.end),
            order=piece.order + 1,
            segment=(segment, within + 1),
        ),
    ]
