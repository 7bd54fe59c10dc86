"""Entries of a table whose head names its columns: one row is one job or one course of study. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from coordinator.candidates.facts import words
from coordinator.candidates.facts.entries.columns import with_employers
from coordinator.candidates.facts.model import Row
from coordinator.candidates.facts.rows.dated import Dated, in_halves
from coordinator.candidates.facts.rows.name_parts import without_town
from coordinator.candidates.facts.rows.pieces import Piece, pieces
from coordinator.candidates.words.dates import Point, is_present, periods, points
from coordinator.candidates.words.labels import Field, fields_of, head

Place = tuple[int, int, int]
"""Line, and which part of it by marks and by commas."""
SEGMENTS_MOST = 3
PARTS_MOST = 2
_FIRMS = {"employer", "institution"}
HEAD_WITHIN = 3
"""The head of a table without drawn lines is one of a section's first rows."""


@dataclass(frozen=True)
class Entry:
    """One job or course of study: what its head says, and from when to when."""

    parts: tuple[Piece, ...]
    first: Dated | None
    last: Dated | None
    dated_line: int = 0
    """Which line of the entry is dated, 0 the first."""

    def place(self, piece: Piece) -> Place:
        """Where a piece stands, from the line that is dated: a second title at one employer has no line for it."""
        segment, within = piece.segment
        return piece.line - self.dated_line, min(segment, SEGMENTS_MOST), min(within, PARTS_MOST)


@dataclass(frozen=True)
class Block:
    """Rows of a section that one head names the columns of; without a head those between."""

    rows: Sequence[Row]
    header: Row | None = None
    columns: Sequence[Field | None] = ()

    @property
    def names_employers(self) -> bool:
        """Whether its rows are entries by themselves; those of projects are in none."""
        return any(field in ("employer", "title", "institution", "degree") for field in self.columns)

    @property
    def is_of_projects(self) -> bool:
        """Whether its rows tell what was done at an employer named elsewhere."""
        return "project" in self.columns and "employer" not in self.columns


def blocks(rows: Sequence[Row]) -> list[Block]:
    """The section's tables that have heads, and what stands between."""
    found: list[Block] = []
    plain: list[Row] = []
    place = 0
    while place < len(rows):
        row = rows[place]
        again = any(block.header is not None and block.header.text == row.text for block in found)
        columns = head([cell for _, cell in row.cells]) if place < HEAD_WITHIN or row.line.table or again else None
        if columns is None:
            plain.append(row)
            place += 1
            continue
        until = place + 1
        while until < len(rows) and _goes_on(row, rows[until]):
            until += 1
        if plain:
            found.append(Block(plain))
            plain = []
        found.append(Block(rows[place + 1 : until], row, columns))
        place = until
    return [*found, Block(plain)] if plain else found


def _goes_on(header: Row, row: Row) -> bool:
    """Whether ``row`` belongs to the table of ``header``; it may go on over pages."""
    if head([cell for _, cell in row.cells]) is not None:
        return False
    if not header.line.table:
        return True
    return row.line.table == header.line.table or (row.line.table > 0 and row.line.cells == header.line.cells)


def head_above(rows: Sequence[Row], first: int) -> list[Row]:
    """The head of the table that ``rows[first]`` goes on in, where it stands above all of the table's headings."""
    if first >= len(rows) or not rows[first].line.table:
        return []
    found: list[Row] = []
    for row in reversed(rows[:first]):
        if row.line.table != rows[first].line.table:
            break
        if row.line.spans or row.line.heads_row:
            found = []
        elif head([cell for _, cell in row.cells]) is not None:
            found = [row]
    return found


def table_entries(block: Block) -> list[Entry]:
    """The rows of a table with a head, each as one entry."""
    assert block.header is not None
    columns = with_employers([cell for _, cell in block.header.cells], block.columns)
    made = [_table_entry(row, block.header, columns) for row in block.rows]
    return [entry for entry in made if entry is not None]


def without_remarks(block: Block) -> list[Row]:
    """The rows of a table that names no column of employers, without what its last columns remark."""
    if block.header is None:
        return list(block.rows)
    told = [place for place, field in enumerate(block.columns) if field in ("duties", "other")]
    if None not in block.columns:
        # The first that is no date says what the row is about.
        told = told[1:]
    kept: list[Row] = []
    for row in block.rows:
        text = row.text
        for place, (start, cell) in enumerate(row.cells):
            if _index_of(row, place, block.header, block.columns) in told:
                text = text[:start] + " " * len(cell) + text[start + len(cell) :]
        kept.append(Row(replace(row.line, text=text), row.start))
    return kept


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


def _table_entry(row: Row, header: Row, columns: Sequence[Field | None]) -> Entry | None:
    if len(columns) > 2 and len(row.cells) == 1 and not header.line.ruled:
        # What stands below the row, told in its whole width.
        return None
    halves = [column_of(row, place, header, columns) for place in range(len(row.cells))]
    first, last = in_halves(row, halves)
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
        elif field == "end" and (is_present(cell) or cell.strip().lower() == "date"):
            # In a column "To" it is one word of "to date".
            last = Dated.at(inside, Point("present", 0, len(cell)))
        elif field not in ("period", "start", "end", "date", "duties", "other", "year", "month"):
            both = fields_of(header.cells[_index_of(row, place, header, columns)][1].strip())
            shared = _parted_where_lines_end(inside, row, start) or pieces(inside, 0)
            if len(both) == 2 == len(shared) and not set(both) <= _FIRMS:
                parts += [replace(one, order=place, field=of) for one, of in zip(shared, both, strict=True)]
                continue
            trimmed = len(cell) - len(cell.lstrip())
            span = inside.span(trimmed, len(cell.rstrip()))
            if field == "employer" and (firm := words.without_team(without_town(span.text))) != span.text:
                span = replace(span, text=firm, end=span.start + len(firm))
            parts.append(Piece(span, 0, place, row.line.bold, field))
            if field == "department":
                parts += _title_after_department(inside, place)
    return Entry(tuple(parts), first, last) if parts else None


def _parted_where_lines_end(cell: Row, row: Row, start: int) -> list[Piece]:
    """The two things that stand below each other in a cell of ``row``; empty where it holds one."""
    ends = [place - start for place in row.line.breaks if start < place < start + len(cell.text)]
    if not ends:
        return []
    spans = (cell.span(0, ends[0]), cell.span(ends[0], len(cell.text)))
    return [Piece(span, 0, 0, row.line.bold) for span in spans]


def _title_after_department(cell: Row, place: int) -> list[Piece]:
    """The title in a cell that names the department before it: "생산관리팀 / 과장"."""
    parts = pieces(cell, 0)
    if len(parts) < 2 or not words.is_title(parts[-1].text):
        return []
    return [replace(parts[-1], line=0, order=place, field="title")]
