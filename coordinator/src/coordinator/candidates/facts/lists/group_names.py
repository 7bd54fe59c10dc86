"""Names of groups of items, told from these by their larger print. Pure."""

from collections.abc import Sequence

from coordinator.candidates.facts.lists.items import DIVIDER, is_level
from coordinator.candidates.facts.model import Row
from coordinator.candidates.headings.sections import BULLET

LARGER = 1.08
LISTED_CHARACTERS_MAX = 28
"""Longer ones tell of what stands above them."""


def without_larger_names(rows: Sequence[Row]) -> Sequence[Row]:
    """``rows`` without those in larger print that each stand above a list of short items and name none themselves."""
    small = min((row.line.size for row in rows), default=0.0) * LARGER
    names = [place for place, row in enumerate(rows) if row.line.size > small]
    if not names or names[0] != 0 or any(DIVIDER.search(rows[place].text) for place in names):
        return rows
    for begin, end in zip(names, [*names[1:], len(rows)], strict=True):
        listed = [cell.strip() for row in rows[begin + 1 : end] for cell in DIVIDER.split(row.text)]
        if len(listed) < 2 or max(map(len, listed)) > LISTED_CHARACTERS_MAX or is_level(listed[-1]):
            return rows
    return [row for row in rows if row.line.size <= small]


def stands_above(row: Row, below: Row) -> bool:
    """Whether each cell of a row names the list of items in the cell below it."""
    if "\t" not in row.text or row.line.bold is below.line.bold or BULLET.match(row.text):
        return False
    return row.line.cells == below.line.cells and all(BULLET.match(cell) for _, cell in below.cells)
