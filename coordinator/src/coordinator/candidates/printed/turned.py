"""Print on its side: what heads the lines beside it goes before these, all else is read last. Pure."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from coordinator.candidates.schemas import Line
from coordinator.candidates.words.dates import is_mostly_dates

COLUMN_POINTS = 3.0
HEADS_MIN = 2
LAST_POINTS = 20.0
LINE_POINTS = 10.0
WITHIN = 1.2
"""Lines of one stretch stand at most this much further apart than its others."""


def placed(turned: Sequence[Line], upright: Sequence[Line], is_known: Callable[[str], bool]) -> list[Line]:
    """``turned`` as lines of a page whose other lines are ``upright``; what ``is_known`` as a heading has no dates."""
    heads = _margin(turned, upright)
    found: list[Line] = []
    if heads:
        beside = sorted((line for line in upright if line.x0 >= max(one.x1 for one in heads)), key=lambda line: line.y0)
        if all(is_mostly_dates(one.text) for one in heads):
            beside = [line for line in beside if not is_known(line.text)]
        tops = _tops(heads, beside)
        found = [replace(one, y0=top.y0, y1=top.y0 + LINE_POINTS) for one, top in zip(heads, tops, strict=True) if top]
    held = {id(one) for one in heads} if found else set()
    bottom = max((line.y1 for line in upright), default=0.0)
    # It stands beside the page's text, not in it.
    for place, one in enumerate(one for one in turned if id(one) not in held):
        top = bottom + LAST_POINTS * (place + 1)
        found.append(replace(one, y0=top, y1=top + LINE_POINTS))
    return found


def _margin(turned: Sequence[Line], upright: Sequence[Line]) -> list[Line]:
    """Those of ``turned``, top to bottom, that stand one below the other left of all that stands at their heights."""
    for first in turned:
        column = [one for one in turned if abs(one.x0 - first.x0) <= COLUMN_POINTS and one.size == first.size]
        if len(column) < HEADS_MIN:
            continue
        left, top, bottom = first.x1, min(one.y0 for one in column), max(one.y1 for one in column)
        level = [line for line in upright if line.y1 > top and line.y0 < bottom]
        if level and all(line.x0 >= left for line in level):
            return sorted(column, key=lambda one: one.y0)
    return []


def _tops(heads: Sequence[Line], beside: Sequence[Line]) -> list[Line | None]:
    """For each head the first line of what it heads: from the widest white space between it and the head before."""
    found: list[Line | None] = []
    for before, head in zip(heads, heads[1:], strict=False):
        until = [line for line in beside if line.y0 < _middle(head)]
        between = until[max(0, sum(line.y0 <= _middle(before) for line in until) - 1) :]
        steps = [(after.y0 - line.y0, after) for line, after in zip(between, between[1:], strict=False)]
        found.append(max(steps, key=lambda step: step[0])[1] if steps else None)
    return [_first(heads[0], beside, found[0]), *found]


def _first(head: Line, beside: Sequence[Line], until: Line | None) -> Line | None:
    """The first line of what the topmost head stands beside: what is level with it, and what that goes on from."""
    own = [line for line in beside if line.y1 > head.y0 and (until is None or line.y0 < until.y0)]
    if not own:
        return None
    steps = [after.y0 - line.y0 for line, after in zip(own, own[1:], strict=False)]
    widest = WITHIN * max([own[0].y1 - own[0].y0, *steps])
    first = own[0]
    for line in reversed(beside[: next(place for place, line in enumerate(beside) if line is first)]):
        if first.y0 - line.y0 > widest:
            break
        first = line
    return first


def _middle(line: Line) -> float:
    return (line.y0 + line.y1) / 2
