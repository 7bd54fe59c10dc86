"""Entries that stand side by side in a table whose first column says what each row holds. Pure."""

from collections.abc import Sequence
from dataclasses import replace

from coordinator.candidates.facts.entries.tabled import Block, Entry
from coordinator.candidates.facts.model import Row
from coordinator.candidates.facts.rows.dated import Dated
from coordinator.candidates.facts.rows.pieces import Piece
from coordinator.candidates.words.dates import Point, is_present, periods, points
from coordinator.candidates.words.labels import Field, field_of

LABELS_MIN = 3
LABELS_OF_SCHOOLS_MIN = 2
CELLS_MIN = 3
_NAMES: tuple[Field, ...] = ("employer", "title", "institution", "degree", "department")


def transposed(block: Block) -> list[Entry]:
    """An entry for each column but the first; empty where that holds no labels of employments and their dates."""
    rows = block.rows if block.header is None else ()
    wide = [(row, field_of(row.cells[0][1].strip())) for row in rows if len(row.cells) >= CELLS_MIN]
    known = [field for _, field in wide if field is not None]
    named = {"employer", "title", "institution"} & set(known) and {"period", "start"} & set(known)
    least = LABELS_OF_SCHOOLS_MIN if "institution" in known else LABELS_MIN
    if 3 * len(known) < 2 * len(wide) or not named or len(set(known)) < least:
        return []
    columns = max(len(row.cells) for row, _ in wide)
    made = [_entry([one for one in wide if len(one[0].cells) > column], column) for column in range(1, columns)]
    return [entry for entry in made if entry.parts]


def _entry(said: Sequence[tuple[Row, Field | None]], column: int) -> Entry:
    parts: list[Piece] = []
    first: Dated | None = None
    last: Dated | None = None
    for line, (row, field) in enumerate(said):
        start, cell = row.cells[column]
        inside = Row(replace(row.line, text=cell, breaks=(), cells=(), prints=()), row.start + start)
        spans, dates = periods(cell), points(cell)
        if field == "period" and spans:
            first = Dated.at(inside, spans[0].first)
            last = Dated.at(inside, spans[0].last) if spans[0].last else None
        elif field == "start" and dates:
            first = Dated.at(inside, dates[0])
        elif field == "end" and (dates or is_present(cell)):
            last = Dated.at(inside, dates[0] if dates else Point("present", 0, len(cell)))
        elif field in _NAMES and cell.strip():
            begin = len(cell) - len(cell.lstrip())
            parts.append(Piece(inside.span(begin, len(cell.rstrip())), line, 0, row.line.bold, field))
    return Entry(tuple(parts), first, last)
