"""Grounds and frames that hold lines: what stands in one is read together. Pure."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from coordinator.candidates.schemas import Line

Box = tuple[float, float, float, float]

FRAME_LINES_MIN = 2
BOXES_MOST = 200
SLACK_POINTS = 1.5
TALL = 1.8
"""A box this many times as high as the heading in it stands beside more than one line."""


def framed(lines: Sequence[Line], boxes: Sequence[Box]) -> list[Line]:
    """``lines`` of a page that know the smallest box around them that holds others, too; rows of tables know none."""
    holding = [
        (box, held)
        for box in sorted(boxes, key=_size)[:BOXES_MOST]
        if len(held := {id(line) for line in lines if _holds(box, line)}) >= FRAME_LINES_MIN
    ]
    found: list[Line] = []
    for line in lines:
        box = next((box for box, held in holding if id(line) in held), None)
        found.append(line if box is None or line.table else replace(line, frame=box))
    # What is left of a frame's print is its padding: columns begin after that.
    starts = {one: min(line.x0 for line in found if line.frame == one) for one in {line.frame for line in found} if one}
    return [
        line if line.frame is None else replace(line, frame=(starts[line.frame], *line.frame[1:])) for line in found
    ]


def raised(lines: Sequence[Line], boxes: Sequence[Box], is_heading: Callable[[Line], bool]) -> list[Line]:
    """``lines`` of a page with headings in tall boxes at the height of the first line that they stand beside."""
    found: list[Line] = []
    smallest = sorted(boxes, key=_size)[:BOXES_MOST]
    for line in lines:
        box = next((box for box in smallest if _holds(box, line)), None)
        if box is None or box[3] - box[1] < TALL * (line.y1 - line.y0) or not is_heading(line):
            found.append(line)
            continue
        inside = [one for one in lines if box[1] <= (one.y0 + one.y1) / 2 <= box[3]]
        beside = [one for one in inside if one.x1 <= box[0] or one.x0 >= box[2]]
        if not beside or len(beside) + 1 < len(inside) or any(map(is_heading, beside)):
            found.append(line)
            continue
        top = min(one.y0 for one in beside)
        first = min(beside, key=lambda one: one.y0)
        found.append(replace(line, y0=top, y1=first.y1, heads_row=True))
    return found


def _size(box: Box) -> float:
    return (box[2] - box[0]) * (box[3] - box[1])


def _holds(box: Box, line: Line) -> bool:
    middle = (line.y0 + line.y1) / 2
    return box[0] - SLACK_POINTS <= line.x0 and line.x1 <= box[2] + SLACK_POINTS and box[1] <= middle <= box[3]


def reaches_over(line: Line, x: float) -> bool:
    """Whether the frame that holds ``line`` reaches over the place ``x``, points from the left."""
    return line.frame is not None and line.frame[0] < x < line.frame[2] - SLACK_POINTS
