"""What of an entry stands in the column of its dates: places and lengths of time, hardly who employed. Pure."""

from collections.abc import Sequence
from dataclasses import replace

from coordinator.candidates.facts.model import Row
from coordinator.candidates.facts.rows.pieces import Piece
from coordinator.candidates.words.dates import Period, is_mostly_dates

ALIGNED_POINTS = 6.0


def told_beside(parts: Sequence[Piece], rows: Sequence[Row], line: int, period: Period) -> tuple[Piece, ...]:
    """``parts`` of an entry that know whether they stand there; ``rows[line]`` of its rows has the dates ``period``."""
    beside = [part for part in parts if _is_beside(part, rows[part.line], rows[line], period)]
    elsewhere = [part for part in parts if part.line != line]
    if "\t" not in rows[line].text[: period.start]:
        # In a margin nothing stands above the dates.
        beside = [part for part in beside if part.line > line]
    # What stands below dates in a margin is not all that the entry says.
    few = len(parts) - len(beside) < 2
    if beside == elsewhere and (few or len(beside) > 1):
        beside = []
    return tuple(replace(part, beside_dates=part in beside) for part in parts)


def _is_beside(piece: Piece, row: Row, dated: Row, period: Period) -> bool:
    """Whether a piece stands in the column where the entry's dates are alone in theirs, in another line."""
    if row is dated or (piece.print[1] and not dated.cell_at(period.start)[1][1]):
        # Places are not printed bolder than dates.
        return False
    filled = [(start, cell) for start, cell in dated.cells if cell.strip()]
    own = [(start, cell) for start, cell in row.cells if cell.strip()]
    if len(filled) < 2 or not own:
        return False
    begin, x = piece.span.start - row.start, dated.cell_at(period.start)[0]
    for place in (0, -1):
        start, cell = filled[place]
        if not start <= period.start <= start + len(cell) or not is_mostly_dates(cell):
            continue
        there = own[place][0] <= begin <= own[place][0] + len(own[place][1])
        # What is alone in its line stands under the dates only where it begins where they do.
        # Of cells that only blanks divide nobody knows where they begin.
        aligned = abs(piece.x - x) <= ALIGNED_POINTS and (place == 0 or bool(dated.line.cells))
        return there and (aligned if place == 0 or len(own) == 1 else True)
    return False
