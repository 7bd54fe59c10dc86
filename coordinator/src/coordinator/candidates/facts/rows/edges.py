"""Where the rows of a section begin and end: what is indented, and where that says nothing. Pure."""

from collections.abc import Sequence
from statistics import median

from coordinator.candidates.facts.model import Row
from coordinator.candidates.facts.rows.groups import parts_of
from coordinator.candidates.headings.sections import BULLET
from coordinator.candidates.schemas import Line
from coordinator.candidates.words.dates import Period, is_mostly_dates

FLUSH_POINTS = 2.0
FLUSH_SHARE = 0.7
FLUSH_ROWS_MIN = 2


def edge_of(row: Row) -> float:
    """Left edge of the row, points: of its cell, where print may stand in the middle of it."""
    return row.line.cells[0] if row.line.ruled and row.line.cells else row.line.x0


def content_edge(row: Row) -> float:
    """Left edge of the row's first cell that is no date, points."""
    line = row.line
    for place, (_, cell) in enumerate(row.cells):
        if cell.strip() and not is_mostly_dates(cell):
            return line.cells[place] if place < len(line.cells) else line.x0
    return line.x0


def _in_columns(rows: Sequence[Row]) -> list[tuple[int, int]]:
    """First and last row (exclusive) of each column that a section goes on in."""
    starts = [
        place
        for place in range(1, len(rows))
        if rows[place].line.y0 < rows[place - 1].line.y0 - 2 * rows[place].line.size
    ]
    return list(zip([0, *starts], [*starts, len(rows)], strict=True))


def margins_of(rows: Sequence[Row], dated: Sequence[Period | None], starts: Sequence[int]) -> list[tuple[float, float]]:
    """For each row the left edges, points, in its column or entry: of what heads say, and of all that is dated."""
    found: list[tuple[float, float]] = []
    for begin, end in parts_of(rows, starts) or _in_columns(rows):
        pairs = list(zip(rows[begin:end], dated[begin:end], strict=True))
        edges = [content_edge(row) for row, period in pairs if period and not is_mostly_dates(row.text)]
        edges = edges or _below_dates(pairs) or [min((row.line.x0 for row, _ in pairs), default=0.0)]
        outer = [edge_of(row) for row, period in pairs if period]
        found += [(min(edges), min(outer, default=min(edges)))] * (end - begin)
    return found


def _below_dates(pairs: Sequence[tuple[Row, Period | None]]) -> list[float]:
    """Left edges, points, of what stands below dates that have their lines for themselves, from the first row on."""
    if not pairs or pairs[0][1] is None:
        return []
    below = (row for (_, dated), (row, period) in zip(pairs, pairs[1:], strict=False) if dated and not period)
    return [content_edge(row) for row in below]


def without_left_edge(rows: Sequence[Row], starts: Sequence[int]) -> set[int]:
    """The rows of entries that are centred or flush with their right edge: how far in they begin says nothing."""
    found: set[int] = set()
    for begin, end in parts_of(rows, starts or [0]):
        # Items of a list begin at the left also where what is above them is centred.
        listed = (place for place in range(begin, end) if BULLET.match(rows[place].text.strip()))
        for until in (end, next(listed, end)):
            found |= {begin + place for place in _flush([row.line for row in rows[begin:until]])}
    return found


def _flush(lines: Sequence[Line]) -> set[int]:
    """Which of ``lines`` are centred or flush with one right edge, where most are and their left edges differ."""
    found: set[int] = set()
    if len(lines) < FLUSH_ROWS_MIN or _share([line.x0 for line in lines]) >= FLUSH_SHARE:
        return found
    for edges in ([line.x0 + line.x1 for line in lines], [line.x1 for line in lines]):
        if _share(edges) >= FLUSH_SHARE:
            usual = median(edges)
            found |= {place for place, edge in enumerate(edges) if abs(edge - usual) <= 2 * FLUSH_POINTS}
    return found


def _share(edges: Sequence[float]) -> float:
    usual = median(edges)
    return sum(abs(edge - usual) <= FLUSH_POINTS for edge in edges) / len(edges)
