"""Firms in one print, and below each the positions held there in another: the print says which is which. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from coordinator.candidates.facts import words
from coordinator.candidates.facts.entries.tabled import Entry, blocks
from coordinator.candidates.facts.model import Row
from coordinator.candidates.facts.rows.dated import Dated, lasts_over
from coordinator.candidates.facts.rows.groups import parts_of, print_of, rows_printed_alike
from coordinator.candidates.facts.rows.name_parts import without_town
from coordinator.candidates.facts.rows.pieces import Piece, korean_parts, pieces
from coordinator.candidates.facts.rows.row_dates import ends_sentence, only_period
from coordinator.candidates.headings.sections import BULLET
from coordinator.candidates.words.dates import Period

Look = tuple[tuple[float, bool, int], int]
"""How a line begins: its print, and where, points."""
TITLES_MIN = 2
TITLED_SHARE = 0.6
"""This share of the lines below firms names titles; of the firms' own lines fewer do."""
TITLE_CHARACTERS_MAX = 60


@dataclass(frozen=True)
class _Held:
    """A position's line and the dates that stand with it."""

    title: Piece
    dates: tuple[Row, Period] | None


def in_two_prints(rows: Sequence[Row]) -> list[Entry]:
    """The positions of a section whose parts each begin with a firm in one print and go on with titles in another.

    Each has its own dates or, where it is the only one there, those of its firm. Empty where that does not hold.
    """
    plain = _without_projects(rows)
    starts = rows_printed_alike(plain)
    parts = parts_of(plain, starts)
    look = _titles_look(plain, parts)
    if look is None:
        return []
    found: list[Entry] = []
    for begin, end in parts:
        made = _positions(plain[begin:end], look)
        if not made:
            return []
        found += made
    return found if len(found) >= TITLES_MIN else []


def _without_projects(rows: Sequence[Row]) -> list[Row]:
    """``rows`` without tables of projects; none where a table names employers itself."""
    kept: list[Row] = []
    for block in blocks(rows):
        if block.names_employers and not block.is_of_projects:
            return []
        if block.header is None:
            kept += block.rows
    return kept


def _look(row: Row) -> Look:
    return print_of(row), round(row.line.x0)


def _names(row: Row) -> list[Piece]:
    """What a short line that is no item and no sentence names beside dates."""
    text = row.text.strip()
    if BULLET.match(text) or ends_sentence(text):
        return []
    said = pieces(row, 0)
    return said if sum(len(piece.text) for piece in said) <= TITLE_CHARACTERS_MAX else []


def _is_title(piece: Piece) -> bool:
    return words.names_a_title(piece.text) or words.could_be_title(piece.text)


def _titles_look(rows: Sequence[Row], parts: Sequence[tuple[int, int]]) -> Look | None:
    """The look of the lines of titles: each part has one, and more of these than of the first lines name titles."""
    below = [{_look(row) for row in rows[begin + 1 : end] if _names(row)} for begin, end in parts]
    firms = [_names(rows[begin]) for begin, _ in parts]
    if not parts or not all(firms):
        return None
    firm_share = sum(_is_title(said[0]) for said in firms) / len(firms)
    if firm_share >= TITLED_SHARE:
        return None
    for look in sorted(set.intersection(*below)):
        said = [named for row in rows if _look(row) == look and (named := _names(row))]
        share = sum(any(map(_is_title, named)) for named in said) / len(said)
        if share >= TITLED_SHARE and share > firm_share:
            return look
    return None


def _positions(rows: Sequence[Row], look: Look) -> list[Entry]:
    """The positions at the firm in the first row; empty where some have no dates or other times than that says."""
    firm = _firm(rows[0])
    places = [place for place, row in enumerate(rows) if place and _look(row) == look and _names(row)]
    held = _held(rows, places)
    dated = [(row, period) for row in rows if (period := only_period(row, bulleted=False))]
    whole = next((one for one in dated if one[0].start < rows[places[0]].start), None)
    whole = None if whole in [one.dates for one in held] else whole
    if len(held) == 1 and held[0].dates is None:
        held, whole = [replace(held[0], dates=whole)], None
    if firm is None or len(dated) != sum(one.dates is not None for one in held) + (whole is not None):
        # A date that is neither the firm's nor a position's tells of something else.
        return []
    made = [_entry(firm, one) for one in held]
    outer = None if whole is None else _entry(firm, replace(held[0], dates=whole))
    found = [entry for entry in made if entry is not None and (outer is None or _holds(outer, entry))]
    return found if len(found) == len(held) else []


def _holds(outer: Entry, inner: Entry) -> bool:
    if outer.first is None or inner.first is None:
        return False
    last = inner.last or inner.first
    return lasts_over(outer.first.point, (outer.last or outer.first).point, inner.first.point, last.point)


def _firm(row: Row) -> Piece | None:
    """The firm that a line names first, without its town and the team there; None where that is a place."""
    named = _names(row)[0]
    if words.is_place(named.text):
        return None
    text = words.without_team(without_town(named.text))
    span = replace(named.span, text=text, end=named.span.start + len(text)) if text != named.text else named.span
    return replace(named, span=span, field="employer")


def _held(rows: Sequence[Row], places: Sequence[int]) -> list[_Held]:
    """The positions in ``rows`` at ``places`` with their dates: beside, below, or above where none stand elsewhere."""
    for offsets in ((0, 1), (-1,)):
        found = [_Held(_title(rows[place]), _beside(rows, places, place, offsets)) for place in places]
        if any(one.dates for one in found):
            break
    return found


def _beside(
    rows: Sequence[Row], places: Sequence[int], place: int, offsets: Sequence[int]
) -> tuple[Row, Period] | None:
    for other in (place + offset for offset in offsets):
        if 0 < other < len(rows) and (other == place or other not in places):
            period = only_period(rows[other], bulleted=False)
            if period is not None:
                return rows[other], period
    return None


def _title(row: Row) -> Piece:
    """The title that a line names, else what it names first."""
    said = [part for piece in _names(row) for part in korean_parts(piece, alone=False)]
    return replace(next(filter(_is_title, said), said[0]), field="title", line=1)


def _entry(firm: Piece, held: _Held) -> Entry | None:
    if held.dates is None:
        return None
    row, period = held.dates
    return Entry((firm, held.title), Dated.at(row, period.first), Dated.at(row, period.last) if period.last else None)
