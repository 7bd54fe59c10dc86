"""A span of time printed as a stack: its ends one above the other with an arrow or a stroke between. Pure."""

import re
from collections.abc import Sequence
from dataclasses import replace

from coordinator.candidates.schemas import Line
from coordinator.candidates.words.dates import is_mostly_dates, is_present, periods, points

ALIGNED_POINTS = 3.0
STEP_EMS = 2.2
STACKS_MOST = 100
_BETWEEN = re.compile(r"\s*(?:[↓⬇⇩▼|~～–—-]|to)\s*$", re.IGNORECASE)


def with_stacks_whole(lines: Sequence[Line]) -> list[Line]:
    """``lines`` of a page with each stack of two dates and a mark between them as one line at the upper's height."""
    between = [line for line in lines if _BETWEEN.match(line.text)][:STACKS_MOST]
    dates = [line for line in lines if _is_date(line)] if between else []
    whole: dict[int, Line] = {}
    gone: set[int] = set()
    for mark in between:
        above = next((one for one in dates if _is_above(one, mark)), None)
        below = next((one for one in dates if _is_above(mark, one)), None)
        if above is None or below is None or id(above) in whole:
            continue
        text = f"{above.text.strip()} – {below.text.strip()}"
        if len(periods(text)) == 1:
            x0, x1 = min(above.x0, below.x0), max(above.x1, below.x1)
            whole[id(above)] = replace(above, text=text, x0=x0, x1=x1, breaks=())
            gone |= {id(mark), id(below)}
    return [whole.get(id(line), line) for line in lines if id(line) not in gone]


def _is_date(line: Line) -> bool:
    text = line.text.strip()
    return is_present(text) or (is_mostly_dates(text) and len(points(text)) == 1)


def _is_above(one: Line, other: Line) -> bool:
    edges = (one.x0 - other.x0, one.x1 - other.x1, (one.x0 + one.x1 - other.x0 - other.x1) / 2)
    near = 0 < other.y0 - one.y0 <= STEP_EMS * max(one.size, other.size)
    return near and min(map(abs, edges)) <= ALIGNED_POINTS
