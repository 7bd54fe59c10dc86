"""Items of a list that a narrow column broke: their lines are set closer than items are. Pure."""

from collections.abc import Sequence
from dataclasses import replace

from coordinator.candidates.facts.model import Row
from coordinator.candidates.facts.rows.groups import parts_of
from coordinator.candidates.headings.sections import BULLET

CLOSER = 1.2
"""Between items is this many times the step between lines of one."""
ALIGNED_POINTS = 2.0


def with_whole_items(rows: Sequence[Row]) -> list[Row]:
    """``rows`` of one print with those joined that one item goes on in; as they are where each item has as many lines.

    As many lines each say other things: a name, and who issued it.
    """
    looks = {(row.line.size, row.line.bold, row.line.color) for row in rows}
    aligned = rows and max(row.line.x0 for row in rows) - min(row.line.x0 for row in rows) <= ALIGNED_POINTS
    if len(rows) < 3 or len(looks) > 1 or not aligned or any("\t" in row.text for row in rows):
        return list(rows)
    steps = [below.line.y0 - row.line.y0 for row, below in zip(rows, rows[1:], strict=False)]
    starts = [0, *(place for place, step in enumerate(steps, 1) if step > CLOSER * min(steps))]
    items = [rows[begin:end] for begin, end in parts_of(rows, starts)]
    alone = [item[0].line.x1 for item in items if len(item) == 1]
    broken = [row for item in items if len(item) > 1 for row in item[:-1]]
    marked = any(BULLET.match(row.text) or any(map(str.isdigit, row.text)) for item in items for row in item[1:])
    if min(steps) <= 0 or not alone or not broken or marked or min(row.line.x1 for row in broken) < max(alone):
        return list(rows)
    return [_joined(item) for item in items]


def _joined(item: Sequence[Row]) -> Row:
    # The line ends between have the length of spaces.
    text = " ".join(row.text for row in item)
    return item[0] if len(item) == 1 else Row(replace(item[0].line, text=text, wrapped=True), item[0].start)
