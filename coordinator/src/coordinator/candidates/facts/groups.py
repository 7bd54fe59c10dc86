"""Which rows of a section are one entry: by the print that each begins in, or by the white space between them. Pure."""

from collections.abc import Sequence

from coordinator.candidates.dates import is_mostly_dates
from coordinator.candidates.facts.model import Row
from coordinator.candidates.schemas import Print
from coordinator.candidates.sections import BULLET

NAME_CHARACTERS_MAX = 64
WIDER = 1.2
"""White space between entries is this many times the widest within them."""


def first_rows(rows: Sequence[Row], dated: Sequence[bool]) -> list[int]:
    """Where each entry begins, if print or space divides the rows into parts of one date each; else empty."""
    wanted = sum(dated)
    if wanted < 2:
        return _by_ends(rows, dated) if wanted else []
    for starts in (_by_print(rows), _by_space(rows, wanted), _by_ends(rows, dated)):
        one_each = all(sum(dated[begin:end]) == 1 for begin, end in parts_of(rows, starts))
        if len(starts) == wanted and one_each:
            return starts
    return []


def _by_print(rows: Sequence[Row]) -> list[int]:
    """The rows printed as the section's first is; none where that is an item of a list."""
    if BULLET.match(rows[0].text.strip()):
        return []
    looks = _print(rows[0])
    return [place for place, row in enumerate(rows) if _print(row) == looks and not BULLET.match(row.text.strip())]


def _print(row: Row) -> Print:
    """How the row's first cell that is no date is printed."""
    place = next((start for start, cell in row.cells if cell.strip() and not is_mostly_dates(cell)), 0)
    size, bold, color = row.cell_at(place)[1]
    return round(size * 2) / 2, bold, color


def _by_space(rows: Sequence[Row], wanted: int) -> list[int]:
    """The rows below the ``wanted`` - 1 widest stretches of white space, where these are wider than all others."""
    steps = [after.line.y0 - before.line.y0 for before, after in zip(rows, rows[1:], strict=False)]
    if len(steps) < wanted or min(steps) < 0:
        return []
    widest = sorted(steps, reverse=True)
    if widest[wanted - 2] < WIDER * widest[wanted - 1]:
        return []
    return [0, *(place for place, step in enumerate(steps, 1) if step >= widest[wanted - 2])]


def _by_ends(rows: Sequence[Row], dated: Sequence[bool]) -> list[int]:
    """The rows below those that are dated, where the last one is and the first is not: each entry ends in its date."""
    starts = [0, *(place + 1 for place, date in enumerate(dated[:-1]) if date)]
    named = all(not BULLET.match(rows[place].text.strip()) and not dated[place] for place in starts)
    return (
        starts if dated[-1] and named and all(len(rows[place].text) <= NAME_CHARACTERS_MAX for place in starts) else []
    )


def parts_of(rows: Sequence[Row], starts: Sequence[int]) -> list[tuple[int, int]]:
    """First and last row (exclusive) of each part that begins at ``starts``."""
    return [] if not starts else list(zip(starts, [*starts[1:], len(rows)], strict=True))
