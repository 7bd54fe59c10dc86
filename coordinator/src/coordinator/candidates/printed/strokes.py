"""Sides of tables that no stroke shows: columns from the white space between them, rows from where others end. Pure."""

from collections import defaultdict
from collections.abc import Callable, Sequence

from coordinator.candidates.schemas import Line

Rule = tuple[float, float, float, float]

NEAR_POINTS = 3.0
GAP_POINTS = 6.0
BANDS_MIN = 2
BAND_LINES_MAX = 16
TABLE_LINES_MAX = 400
ENDING_MIN = 3
"""This many upright strokes end where a row does: two are those of one cell alone."""


def _spans_of_level(level: Sequence[Rule]) -> list[Rule]:
    """Level rules with those at one height, one beside the other, as one; top to bottom."""
    made: list[Rule] = []
    for x0, y0, x1, _ in sorted(level, key=lambda rule: (round(rule[1]), rule[0])):
        last = made[-1] if made else None
        if last is not None and abs(last[1] - y0) <= 1.0 and x0 - last[2] <= NEAR_POINTS:
            made[-1] = (last[0], last[1], max(last[2], x1), last[3])
        else:
            made.append((x0, y0, x1, y0))
    return made


def unseen_sides(lines: Sequence[Line], level: Sequence[Rule], is_heading: Callable[[Line], bool]) -> list[Rule]:
    """Upright rules where white space divides the columns of tables that have level strokes only."""
    found: list[Rule] = []
    spans = _spans_of_level(level)
    while spans:
        first = spans.pop(0)
        run = [first]
        for rule in list(spans):
            alike = abs(rule[0] - first[0]) <= NEAR_POINTS and abs(rule[2] - first[2]) <= NEAR_POINTS
            if not alike:
                continue
            within = [line for line in lines if run[-1][1] < (line.y0 + line.y1) / 2 < rule[1]]
            if len(within) < 2 or len(within) > BAND_LINES_MAX or any(map(is_heading, within)):
                break
            if _underlines(first, rule, lines, is_heading):
                break
            run.append(rule)
            spans.remove(rule)
        if len(run) < BANDS_MIN + 1:
            continue
        top, bottom = run[0][1], run[-1][1]
        inside = [line for line in lines if top < (line.y0 + line.y1) / 2 < bottom]
        found += [(x, top, x, bottom) for x in _divides(inside, first[0], first[2])]
    return found


def _underlines(first: Rule, rule: Rule, lines: Sequence[Line], is_heading: Callable[[Line], bool]) -> bool:
    """Whether ``first`` underlines a heading and ``rule`` another line printed like it, alone at its height."""
    upper, lower = ([line for line in lines if 0 <= one[1] - line.y1 <= line.size] for one in (first, rule))
    if len(upper) != 1 or len(lower) != 1 or not is_heading(upper[0]):
        return False
    head, line = upper[0], lower[0]
    return (head.size, head.bold, head.color) == (line.size, line.bold, line.color)


def _divides(lines: Sequence[Line], left: float, right: float) -> list[float]:
    """Where white space from top to bottom divides ``lines``, and both edges; nothing where they are one column."""
    if len(lines) > TABLE_LINES_MAX:
        return []
    middles: list[float] = []
    reach = left
    for line in sorted(lines, key=lambda line: line.x0):
        if line.x0 - reach >= GAP_POINTS and reach > left:
            middles.append((reach + line.x0) / 2)
        reach = max(reach, line.x1)
    # More in one row than there are columns: a cell over two of them hides what divides these.
    most = max((sum(one.y0 < (line.y0 + line.y1) / 2 < one.y1 for one in lines) for line in lines), default=0)
    left = min((line.x0 for line in lines), default=left) - 1
    return [left, *middles, right] if middles and most <= len(middles) + 1 and reach <= right + NEAR_POINTS else []


def unseen_rows(level: Sequence[Rule], upright: Sequence[Rule]) -> list[Rule]:
    """Level rules where upright strokes side by side end and go on at once: each row of the table drew its own.

    None where a level stroke stands there too: what that does not divide is one cell over several rows.
    """
    ending: dict[int, set[int]] = defaultdict(set)
    beginning: dict[int, set[int]] = defaultdict(set)
    for x, y0, _, y1 in upright:
        beginning[round(y0)].add(round(x))
        ending[round(y1)].add(round(x))
    both = [(y, ending[y] & beginning[y]) for y in sorted(ending.keys() & beginning.keys())]
    found = [(float(min(at)), float(y), float(max(at)), float(y)) for y, at in both if len(at) >= ENDING_MIN]
    return [row for row in found if not any(_at_one_height(row, stroke) for stroke in level)]


def _at_one_height(one: Rule, other: Rule) -> bool:
    return abs(one[1] - other[1]) <= NEAR_POINTS and min(one[2], other[2]) > max(one[0], other[0])
