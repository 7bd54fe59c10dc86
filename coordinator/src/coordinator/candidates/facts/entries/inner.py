"""Dates of what was done within a job, a project or a site: they make no entries of their own. Pure."""

import re
from collections.abc import Sequence
from dataclasses import replace

from coordinator.candidates.facts import words
from coordinator.candidates.facts.model import Row
from coordinator.candidates.facts.rows.dated import lasts_over
from coordinator.candidates.facts.rows.groups import parts_of, rows_printed_alike
from coordinator.candidates.facts.rows.pieces import pieces
from coordinator.candidates.headings.sections import BULLET
from coordinator.candidates.words.dates import Period, is_mostly_dates, periods

DATES_WITHIN = 3
"""A numbered head has its dates in its own row or in one of this many below."""
TITLE_CHARACTERS_MAX = 64
_NUMBER = re.compile(
    r"^\s*(?:[(（]?(\d{1,2}|[가나다라마바사아자차]|[IVX]{1,4}|[A-J])[.)）](?!\d)|([①-⑩❶-❿Ⅰ-Ⅹ])[.)]?)\s*(?=\S)"
)
_ORDERS = ("가나다라마바사아자차", "ABCDEFGHIJ", "①②③④⑤⑥⑦⑧⑨⑩", "❶❷❸❹❺❻❼❽❾❿", "ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ")
_ARABIC = tuple(map(str, range(1, 31)))
_ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")


def with_plain_heads(rows: Sequence[Row]) -> list[Row]:
    """``rows`` without the marks of those that head entries, dates with each: numbers, or the mark of the first row."""
    heads = _numbered(rows) or _marked(rows)
    if not all(
        any(periods(row.text) for row in rows[begin : min(end, begin + 1 + DATES_WITHIN)])
        for begin, end in parts_of(rows, list(heads))
    ):
        return list(rows)
    return [
        Row(replace(row.line, text=" " * heads[place] + row.text[heads[place] :]), row.start) if place in heads else row
        for place, row in enumerate(rows)
    ]


def _numbered(rows: Sequence[Row]) -> dict[int, int]:
    """Where the rows that are numbered through the section stand, and how long their numbers are."""
    numbers = {place: number for place, row in enumerate(rows) if (number := _NUMBER.match(row.text))}
    said = [number.group(1) or number.group(2) for number in numbers.values()]
    through = said[:1] != [] and said in [list(order[: len(said)]) for order in (_ARABIC, _ROMAN, *_ORDERS)]
    return {place: number.end() for place, number in numbers.items()} if through and len(numbers) > 1 else {}


def _marked(rows: Sequence[Row]) -> dict[int, int]:
    """The rows with the first row's mark, where that is printed alike and other rows have another mark."""
    marks = {place: mark for place, row in enumerate(rows) if (mark := BULLET.match(row.text))}
    said = {place: mark.group().strip() for place, mark in marks.items()}
    heads = [place for place, mark in said.items() if mark == said.get(0)]
    looks = {rows[place].cell_at(marks[place].end())[1] for place in heads}
    # Items below a first one in their own mark are no heads.
    if len(heads) < 2 or len(heads) == len(marks) or len(looks) > 1 or said[0].isalnum():
        return {}
    return {place: marks[place].end() for place in heads}


def inner_rows(rows: Sequence[Row], dated: Sequence[Period | None]) -> set[int]:
    """The rows of what was done within jobs, from the first that is dated within its job's time to where that ends.

    One print begins each job, or dates in a column of their own; its first date holds all others, and a title stands
    with that one and with none of these.
    """
    return _inner(rows, dated, rows_printed_alike(rows)) or _inner(rows, dated, _dated_in_column(rows, dated))


def _dated_in_column(rows: Sequence[Row], dated: Sequence[Period | None]) -> list[int]:
    """The rows whose dates have a cell for themselves."""
    return [
        place
        for place, (row, period) in enumerate(zip(rows, dated, strict=True))
        if period and len(row.cells) > 1 and any(is_mostly_dates(cell) for _, cell in row.cells if cell.strip())
    ]


def _inner(rows: Sequence[Row], dated: Sequence[Period | None], starts: Sequence[int]) -> set[int]:
    found: set[int] = set()
    if not starts or starts[0] != 0:
        return found
    for begin, end in parts_of(rows, starts):
        places = [place for place in range(begin, end) if dated[place]]
        if not places:
            return set()
        outer, *inner = places
        if not inner:
            continue
        below = outer > begin and is_mostly_dates(rows[outer].text)
        heads = [place - (below or _is_below_title(rows, place)) * is_mostly_dates(rows[place].text) for place in inner]
        first = heads[0]
        within = all(_holds(dated[outer], dated[place]) for place in inner)
        if not within or first <= outer or not any(map(_is_titled, rows[begin:first])):
            return set()
        named = [rows[one] for head, place in zip(heads, inner, strict=True) for one in range(head, place + 1)]
        if any(map(_is_titled, named)):
            return set()
        found |= set(range(first, end))
    return found


def _is_below_title(rows: Sequence[Row], place: int) -> bool:
    """Whether the row above is a title and no item of a list."""
    above = rows[place - 1]
    short = len(above.text) <= TITLE_CHARACTERS_MAX and not BULLET.match(above.text.strip())
    return short and not above.text.strip().endswith(".") and _is_titled(above)


def _holds(outer: Period | None, inner: Period | None) -> bool:
    if outer is None or inner is None:
        return False
    return lasts_over(outer.first, outer.last, inner.first, inner.last or inner.first)


def _is_titled(row: Row) -> bool:
    return any(words.names_a_title(piece.text) or words.could_be_title(piece.text) for piece in pieces(row, 0))
