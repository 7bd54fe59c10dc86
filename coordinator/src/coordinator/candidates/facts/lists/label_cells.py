"""Whether the first of two cells only says what the second lists. Pure."""

import re
from collections.abc import Sequence

from coordinator.candidates.facts.lists.items import is_level
from coordinator.candidates.facts.model import Row

ALIGNED_POINTS = 2.0
FLUSH_POINTS = 8.0


def labels_its_row(row: Row, rows: Sequence[Row]) -> bool:
    """The first of two cells beside a list of items, as in most rows of the section, or left of where items stand."""
    if len(row.cells) == 2 == len(row.line.cells):
        below = [one for one in rows if len(one.cells) == 1]
        if any(abs(one.line.x0 - row.line.cells[1]) <= ALIGNED_POINTS for one in below):
            return True
    if _have_label_column(rows):
        return len(row.cells) == 2
    lists = [one for one in rows if len(one.cells) == 2 and re.search(r"[,，·]", one.cells[1][1])]
    return len(row.cells) == 2 and len(lists) * 2 >= len(rows) and len(lists) > 0


def _have_label_column(rows: Sequence[Row]) -> bool:
    """Whether rows of two cells each have their first flush with the second's edge, or in a print of its own."""
    lines = [row.line for row in rows if len(row.cells) == 2 == len(row.line.cells)]
    if len(lines) < 2 or len(lines) < len(rows) or any(is_level(row.cells[1][1]) for row in rows):
        return False
    first, second = ([line.cells[place] for line in lines] for place in (0, 1))
    if max(second) - min(second) > ALIGNED_POINTS:
        return False
    prints = [line.prints for line in lines if len(line.prints) == 2]
    apart = len(prints) == len(lines) and len({one[0] for one in prints}) == 1 and all(a != b for a, b in prints)
    return apart or (len(lines) > 2 and max(first) - min(first) > FLUSH_POINTS)
