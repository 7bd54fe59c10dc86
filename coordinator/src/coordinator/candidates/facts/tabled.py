"""Entries of a table whose head names its columns: one row is one job or one course of study. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from coordinator.candidates.dates import Point, is_present, periods, points
from coordinator.candidates.facts import words
from coordinator.candidates.facts.model import Row
from coordinator.candidates.facts.pieces import Piece, pieces
from coordinator.candidates.labels import Field, fields_of, head


@dataclass(frozen=True)
class Dated:
    """A date and where it stands in the resume's text."""

    point: Point

    @staticmethod
    def at(row: Row, point: Point) -> "Dated":
        """``point`` of the row's text, moved to the resume's."""
        return Dated(replace(point, start=row.start + point.start, end=row.start + point.end))


@dataclass(frozen=True)
class Entry:
    """One job or course of study: what its head says, and from when to when."""

    parts: tuple[Piece, ...]
    first: Dated | None
    last: Dated | None
    row: int
    """Index of the row that is dated."""
    dated_line: int = 0
    """Which line of the entry is dated, 0 the first."""


def table(rows: Sequence[Row]) -> list[Entry] | None:
    """Entries of a table that has a head naming its columns; None for other sections."""
    for place, row in enumerate(rows[:3]):
        columns = head([cell for _, cell in row.cells])
        if columns is None:
            continue
        found = [_table_entry(below, index, row, columns) for index, below in enumerate(rows) if index > place]
        return [entry for entry in found if entry is not None]
    return None


def column_of(row: Row, place: int, header: Row, columns: Sequence[Field | None]) -> Field | None:
    """What the ``place``-th cell of ``row`` holds, by the table's head."""
    index = _index_of(row, place, header, columns)
    return columns[index] if index < len(columns) else None


def _index_of(row: Row, place: int, header: Row, columns: Sequence[Field | None]) -> int:
    """Which cell of the table's head stands above the ``place``-th cell of ``row``."""
    edges, head_edges = row.line.cells, header.line.cells
    if len(row.cells) == len(columns) or not edges or not head_edges or place >= len(edges):
        return place
    return min(range(len(head_edges)), key=lambda index: abs(head_edges[index] - edges[place]))


def _table_entry(row: Row, index: int, header: Row, columns: Sequence[Field | None]) -> Entry | None:
    first: Dated | None = None
    last: Dated | None = None
    parts: list[Piece] = []
    for place, (start, cell) in enumerate(row.cells):
        field = column_of(row, place, header, columns)
        if not cell.strip() or field is None:
            continue
        inside = Row(replace(row.line, text=cell, breaks=(), cells=()), row.start + start)
        spans, dates = periods(cell), points(cell)
        if field in ("period", "date") and spans:
            first = Dated.at(inside, spans[0].first)
            last = Dated.at(inside, spans[0].last) if spans[0].last else None
        elif field in ("period", "date", "start", "end") and dates:
            if field == "end":
                last = Dated.at(inside, dates[0])
            else:
                first = first or Dated.at(inside, dates[0])
        elif field == "end" and is_present(cell):
            last = Dated.at(inside, Point("present", 0, len(cell)))
        elif field not in ("period", "start", "end", "date", "duties", "other"):
            both = fields_of(header.cells[_index_of(row, place, header, columns)][1].strip())
            shared = pieces(inside, 0)
            if len(both) == 2 == len(shared):
                parts += [replace(one, order=place, field=of) for one, of in zip(shared, both, strict=True)]
                continue
            trimmed = len(cell) - len(cell.lstrip())
            span = inside.span(trimmed, len(cell.rstrip()))
            parts.append(Piece(span, 0, place, row.line.bold, field))
            if field == "department":
                parts += _title_after_department(inside, place)
    return Entry(tuple(parts), first, last, index) if parts else None


def _title_after_department(cell: Row, place: int) -> list[Piece]:
    """The title in a cell that names the department before it: "생산관리팀 / 과장"."""
    parts = pieces(cell, 0)
    if len(parts) < 2 or not words.is_title(parts[-1].text):
        return []
    return [replace(parts[-1], line=0, order=place, field="title")]
