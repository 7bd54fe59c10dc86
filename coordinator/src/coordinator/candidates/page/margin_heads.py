"""Headings in a margin that stand in the middle of what they head: read before the first line of that. Pure."""

from collections.abc import Sequence
from dataclasses import replace

from coordinator.candidates.printed.columns import IsHeading
from coordinator.candidates.schemas import Line

HEADS_MIN = 2
COLUMN_POINTS = 3.0
NEAR_EMS = 1.3
"""White space between lines of one stretch, at most; a heading level with a line that has another so near above
it stands in the middle of that stretch."""
LINES_MOST = 300


def at_first_lines(lines: Sequence[Line], is_heading: IsHeading) -> list[Line]:
    """``lines`` of a page with the headings of such a margin at the height of the first line they stand beside."""
    heads = [line for line in lines if is_heading(line) and not line.table]
    if len(heads) < HEADS_MIN or len(lines) > LINES_MOST:
        return list(lines)
    for edge in ("x0", "x1"):
        for first in heads:
            column = [one for one in heads if abs(getattr(one, edge) - getattr(first, edge)) <= COLUMN_POINTS]
            moved = _moved(sorted(column, key=lambda one: one.y0), lines)
            if len(column) == len(heads) and moved:
                return [moved.get(id(line), line) for line in lines]
    return list(lines)


def _moved(column: Sequence[Line], lines: Sequence[Line]) -> dict[int, Line]:
    """The headings at new heights, by their ids; empty where one stands beside nothing or above what it heads."""
    held = {id(one) for one in column}
    left, right = min(one.x0 for one in column), max(one.x1 for one in column)
    others = sorted((line for line in lines if id(line) not in held), key=lambda line: line.y0)
    body = [line for line in others if line.x1 <= left or line.x0 >= right]
    inside = [line for line in others if column[0].y0 < line.y1 and line.y0 < column[-1].y1]
    if any(line not in body for line in inside):
        return {}
    found: dict[int, Line] = {}
    middle = 0
    for head in column:
        beside = min(range(len(body)), key=lambda place: _distance(body[place], head), default=None)
        if beside is None or _distance(body[beside], head) > head.size:
            return {}
        first = beside
        while first and _is_near(body, first):
            first -= 1
        middle += first < beside
        top = body[first]
        found[id(head)] = replace(head, y0=top.y0, y1=top.y1, heads_row=True)
    tops = [one.y0 for one in found.values()]
    return found if 2 * middle > len(column) and len(set(tops)) == len(tops) else {}


def _is_near(body: Sequence[Line], place: int) -> bool:
    above, line = body[place - 1], body[place]
    return line.y0 - above.y1 <= NEAR_EMS * line.size


def _distance(line: Line, head: Line) -> float:
    """From the middle of a heading to a line above or below it, points; 0 for what is level with it."""
    middle = (head.y0 + head.y1) / 2
    return max(line.y0 - middle, middle - line.y1, 0.0)
