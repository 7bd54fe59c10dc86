"""White space from top to bottom that divides a stretch of a page into two columns. Pure."""

from collections import Counter, defaultdict
from collections.abc import Sequence

from coordinator.candidates.headings.hints import hint
from coordinator.candidates.headings.known import known_kind
from coordinator.candidates.printed.columns import (
    COLUMN_LINES_MIN,
    IsHeading,
    are_columns,
    in_rows,
    level,
    parted_dates,
)
from coordinator.candidates.printed.frames import reaches_over
from coordinator.candidates.schemas import Line
from coordinator.candidates.words.dates import periods
from coordinator.candidates.words.labels import head

GUTTER_POINTS = 8.0
IN_ROWS_SHARE = 0.8
"""Of the lines on the right of a grid of cards, how many stand at the height of one on the left."""

Columns = tuple[list[Line], list[Line], list[Line], list[Line]]


def divided(lines: Sequence[Line], is_heading: IsHeading) -> Columns | None:
    """What stands above, left, right and below of the gutter that divides most lines; None without one."""
    best: tuple[int, Columns] | None = None
    starts = Counter(round(line.x0) for line in lines)
    tabled = {round(min(line.x0 for line in lines if line.table == table)) for table in {line.table for line in lines}}
    between = _between_heads(lines, is_heading)
    centred = _centred(lines)
    for x in sorted(starts):
        headed = any(left < x <= right for left, right in between)
        if starts[x] + starts[x - 1] + starts[x + 1] < 2 and x not in tabled and x not in centred and not headed:
            continue
        for found in (band for split in _splits(lines, x - 1.0) for band in _in_bands(split, is_heading)):
            if best is not None and 2 * (len(found[1]) + len(found[2])) <= best[0]:
                continue
            split = _at_headings(found, is_heading)
            if min(len(split[1]), len(split[2])) < (COLUMN_LINES_MIN if not _begin_in_heads(split, is_heading) else 2):
                continue
            if _parts_a_head(split, is_heading):
                continue
            size = len(split[1]) + len(split[2]) - parted_dates(split[1], split[2])
            size = 2 * size - in_rows(split[1], split[2])
            if (best is None or size > best[0]) and are_columns(split[1], split[2], is_heading):
                best = (size, split)
    return best[1] if best else None


def _centred(lines: Sequence[Line]) -> set[int]:
    """Left edges of what is centred on one place, line by line."""
    edges: dict[int, list[float]] = defaultdict(list)
    for line in lines:
        edges[round((line.x0 + line.x1) / 2)].append(line.x0)
    return {round(min(found)) for found in edges.values() if len(found) >= COLUMN_LINES_MIN}


def _between_heads(lines: Sequence[Line], is_heading: IsHeading) -> list[tuple[float, float]]:
    """From where to where white space reaches between headings side by side: centred, their columns begin anywhere."""
    heads = [line for line in lines if is_heading(line) and not line.heads_row]
    return [(one.x1, other.x0) for one in heads for other in heads if one.x1 < other.x0 and _are_beside(one, other)]


def _begin_in_heads(split: Columns, is_heading: IsHeading) -> bool:
    """Whether both columns begin with a heading, side by side."""
    first = [min(side, key=lambda line: line.y0) for side in split[1:3] if side]
    return len(first) == 2 and all(map(is_heading, first)) and _are_beside(*first)


def _parts_a_head(split: Columns, is_heading: IsHeading) -> bool:
    """Whether the first line on the right is a label of a table whose other labels stand at its height on the left."""
    first = min(split[2], key=lambda line: line.y0)
    row = [*sorted((line for line in split[1] if level(line, first)), key=lambda line: line.x0), first]
    return not any(map(is_heading, row)) and head([line.text for line in row]) is not None and len(row) > 2


def _are_beside(one: Line, other: Line) -> bool:
    """Whether two headings stand at one height, and are not one in two languages."""
    return level(one, other) and len({known_kind(line.text) or hint(line.text) for line in (one, other)}) > 1


def _in_bands(split: Columns, is_heading: IsHeading) -> list[Columns]:
    """The split; where its sides are cards of a grid and one alone has headings, a split for each of its sections."""
    above, left, right, below = split
    heads = sorted(line.y0 for line in left if is_heading(line))
    cards = heads and not any(map(is_heading, right)) and in_rows(left, right) >= IN_ROWS_SHARE * len(right)
    if not cards or not any(periods(line.text) for line in right):
        return [split]
    found: list[Columns] = []
    edges = [float("-inf"), *heads, float("inf")]
    for top, bottom in zip(edges, edges[1:], strict=False):
        sides = [[line for line in side if top < line.y0 < bottom] for side in (left, right)]
        held = {id(line) for side in sides for line in side}
        rest = [line for line in (*left, *right) if id(line) not in held]
        if min(map(len, sides)) >= COLUMN_LINES_MIN:
            before = [line for line in rest if line.y0 <= top]
            found.append(([*above, *before], sides[0], sides[1], [*(one for one in rest if one.y0 >= bottom), *below]))
    return found


def _at_headings(split: Columns, is_heading: IsHeading) -> Columns:
    """The split where its columns begin and end: at headings side by side, and before a heading of what is below."""
    above, left, right, below = (list(part) for part in split)
    headed = [[line for line in side if is_heading(line)] for side in (left, right)]
    pairs = [line for line in headed[0] if any(level(line, other) for other in headed[1])]
    if pairs:
        top = min(pairs, key=lambda line: line.y0)
        before = [[line for line in side if line.y1 <= top.y0 + 1 and not level(line, top)] for side in (left, right)]
        begun = all(any(map(is_heading, side)) for side in before)
        # What one side alone has before is as wide as both.
        alone = any(before) and not all(before)
        if alone or (all(before) and not begun):
            held = {id(line) for side in before for line in side}
            above = [*above, *before[0], *before[1]]
            left, right = ([line for line in side if id(line) not in held] for side in (left, right))
    for side, other in ((left, right), (right, left)):
        if not side or not other:
            # All of it stands above the headings: no columns here.
            return split
        end = max(line.y1 for line in other)
        later = [line.y0 for line in side if line.y0 >= end and is_heading(line)]
        if later and not any(map(is_heading, other)):
            # Where the side without headings has ended, a section of the other is as wide as both.
            below = [*(line for line in side if line.y0 >= min(later)), *below]
            side[:] = [line for line in side if line.y0 < min(later)]
    for side in (left, right):
        while below and len(side) > 1 and is_heading(last := max(side, key=lambda line: line.y0)):
            side.remove(last)
            below = [last, *below]
    return above, left, right, below


def _go_along(left: Sequence[Line], right: Sequence[Line]) -> bool:
    """Whether the sides stand side by side: a line of each between the top and the bottom of the other."""
    return all(
        any(min(one.y0 for one in other) - line.size < line.y0 < max(one.y1 for one in other) for line in side)
        for side, other in ((left, right), (right, left))
    )


def _splits(lines: Sequence[Line], x: float) -> list[Columns]:
    """For each stretch of the page that no line crosses at ``x``: above, left, right, below."""
    within = len({line.frame for line in lines}) == 1
    crossing = sorted(
        (
            line
            for line in lines
            if (line.x0 < x and line.x1 > x - GUTTER_POINTS) or (not within and reaches_over(line, x))
        ),
        key=lambda line: line.y0,
    )
    crosses = {id(line) for line in crossing}
    edges = [(float("-inf"), float("-inf")), *((line.y0, line.y1) for line in crossing), (float("inf"), float("inf"))]
    found: list[Columns] = []
    for (_, top), (bottom, _) in zip(edges, edges[1:], strict=False):
        inside = [
            line for line in lines if top - 2 <= (line.y0 + line.y1) / 2 <= bottom + 2 and id(line) not in crosses
        ]
        left = [line for line in inside if line.x1 <= x - GUTTER_POINTS]
        right = [line for line in inside if line.x0 >= x]
        if min(len(left), len(right)) < 2:
            continue
        if not _go_along(left, right):
            continue
        start = min(line.y0 for line in inside)
        held = {id(line) for line in inside}
        above = [line for line in lines if id(line) not in held and line.y0 < start]
        below = [line for line in lines if id(line) not in held and line.y0 >= start]
        found.append((above, left, right, below))
    return found
