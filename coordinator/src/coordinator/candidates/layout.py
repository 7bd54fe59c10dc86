"""Reading order of pages by their white space: cut at gutters and gaps until nothing divides a part. Pure."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from coordinator.candidates.columns import COLUMN_LINES_MIN, IsHeading, are_columns, level, parted_dates
from coordinator.candidates.labels import is_column_label
from coordinator.candidates.schemas import Line
from coordinator.candidates.tables import Rule, with_tables

GUTTER_POINTS = 8.0
DEPTH_MAX = 12
MARGIN_SHARE = 0.1
"""Running heads and page numbers stand in this share of the page's height at its top and bottom."""
PAGE_GAP_POINTS = 14.0

_PAGE_NUMBER = re.compile(
    r"^(?:page|쪽|페이지)?\s*[-–(]?\s*\d{1,2}\s*(?:(?:/|of|[-–)])\s*\d{0,2}\s*)?(?:쪽|페이지)?$", re.I
)


@dataclass(frozen=True)
class Page:
    """A page as it was read; ``height`` in points."""

    height: float
    lines: list[Line]
    rules: list[Rule]


def reading_order(pages: Sequence[Page], is_heading: IsHeading) -> list[Line]:
    """The lines as a person reads them: columns one after the other, also over pages; tables row by row."""
    kept = _without_running_lines(pages)
    below: list[Line] = []
    bottom = 0.0
    for page, lines in zip(pages, kept, strict=True):
        tabled = with_tables(lines, page.rules)
        if not tabled:
            continue
        shift = bottom + (PAGE_GAP_POINTS if below else 0.0) - (min(line.y0 for line in tabled) if below else 0.0)
        below += [replace(line, y0=line.y0 + shift, y1=line.y1 + shift) for line in tabled]
        bottom = max(line.y1 for line in below)
    return _order(below, _asked_once(is_heading), 0)


def _asked_once(is_heading: IsHeading) -> IsHeading:
    """``is_heading`` that remembers: the same lines are asked about for every gutter that might divide them."""
    known: dict[Line, bool] = {}

    def answer(line: Line) -> bool:
        if line not in known:
            known[line] = is_heading(line)
        return known[line]

    return answer


def _running(line: Line) -> tuple[str, int]:
    """What is the same about a running line on every page: its words and its height there."""
    return re.sub(r"\d+", "#", line.text), round(line.y0 / 4)


def _without_running_lines(pages: Sequence[Page]) -> list[list[Line]]:
    """Each page's lines without page numbers and what is printed at the edge of every page."""
    edges = [
        [line for line in page.lines if not page.height * MARGIN_SHARE < line.y0 < page.height * (1 - MARGIN_SHARE)]
        for page in pages
    ]
    counted = Counter(running for lines in edges for running in {_running(line) for line in lines})
    largest = max((line.size for page in pages for line in page.lines), default=0.0)
    kept = []
    for page, edge in zip(pages, edges, strict=True):
        dropped = {
            id(line)
            for line in edge
            if (counted[_running(line)] > 1 and line.size < largest)
            or (line.y0 > page.height / 2 and _PAGE_NUMBER.match(line.text.strip()))
        }
        kept.append([line for line in page.lines if id(line) not in dropped])
    return kept


def _order(lines: Sequence[Line], is_heading: IsHeading, depth: int) -> list[Line]:
    if len(lines) < 2 * COLUMN_LINES_MIN or depth >= DEPTH_MAX:
        return _rows(lines, is_heading)
    columns = _columns(lines, is_heading)
    if columns is not None:
        above, left, right, below = columns
        return [
            *_order(above, is_heading, depth + 1),
            *_both(left, right, below, is_heading, depth + 1),
            *_order(below, is_heading, depth + 1),
        ]
    gap, middle = _widest_gap(lines)
    if gap > 0:
        above = [line for line in lines if line.y1 <= middle]
        below = [line for line in lines if line.y1 > middle]
        return [*_order(above, is_heading, depth + 1), *_order(below, is_heading, depth + 1)]
    return _rows(lines, is_heading)


def _both(left: list[Line], right: list[Line], below: list[Line], is_heading: IsHeading, depth: int) -> list[Line]:
    """Two columns; a side bar goes first where the wide one goes on below, and neither goes on in the other."""
    read = [_order(side, is_heading, depth) for side in (left, right)]
    widths = [max(line.x1 for line in side) - min(line.x0 for line in side) for side in (left, right)]
    headed = all(any(map(is_heading, side)) for side in (left, right))
    alike = max(widths) < min(widths) * 1.35
    if headed and not alike:
        read = [[replace(side[0], opens_column=True), *side[1:]] for side in read]
        if widths[0] > widths[1] and below and not is_heading(min(below, key=lambda line: line.y0)):
            read.reverse()
    return [*read[0], *read[1]]


def _widest_gap(lines: Sequence[Line]) -> tuple[float, float]:
    """Height of the widest empty stripe and where its middle is; 0 when there is none."""
    ordered = sorted((line.y0, line.y1) for line in lines)
    reach = ordered[0][1]
    widest, middle = 0.0, 0.0
    for start, end in ordered[1:]:
        if start - reach > widest:
            widest, middle = start - reach, (start + reach) / 2
        reach = max(reach, end)
    return widest, middle


_Columns = tuple[list[Line], list[Line], list[Line], list[Line]]


def _columns(lines: Sequence[Line], is_heading: IsHeading) -> _Columns | None:
    """What stands above, left, right and below of the gutter that divides most lines; None without one."""
    best: tuple[int, _Columns] | None = None
    starts = Counter(round(line.x0) for line in lines)
    tabled = {round(min(line.x0 for line in lines if line.table == table)) for table in {line.table for line in lines}}
    for x in sorted(starts):
        if starts[x] + starts[x - 1] + starts[x + 1] < 2 and x not in tabled:
            continue
        for found in _splits(lines, x - 1.0):
            if best is not None and len(found[1]) + len(found[2]) <= best[0]:
                continue
            split = _at_headings(found, is_heading)
            if min(len(split[1]), len(split[2])) < COLUMN_LINES_MIN:
                continue
            size = len(split[1]) + len(split[2]) - parted_dates(split[1], split[2])
            if (best is None or size > best[0]) and are_columns(split[1], split[2], is_heading):
                best = (size, split)
    return best[1] if best else None


def _at_headings(split: _Columns, is_heading: IsHeading) -> _Columns:
    """The split where its columns begin and end: at headings side by side, and before a heading of what is below."""
    above, left, right, below = split
    headed = [[line for line in side if is_heading(line)] for side in (left, right)]
    pairs = [line for line in headed[0] if any(level(line, other) for other in headed[1])]
    if pairs:
        top = min(pairs, key=lambda line: line.y0)
        before = [[line for line in side if line.y1 <= top.y0 + 1 and not level(line, top)] for side in (left, right)]
        if all(before) and not are_columns(before[0], before[1], is_heading):
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


def _splits(lines: Sequence[Line], x: float) -> list[_Columns]:
    """For each stretch of the page that no line crosses at ``x``: above, left, right, below."""
    crossing = sorted((line for line in lines if line.x0 < x and line.x1 > x - GUTTER_POINTS), key=lambda line: line.y0)
    crosses = {id(line) for line in crossing}
    edges = [(float("-inf"), float("-inf")), *((line.y0, line.y1) for line in crossing), (float("inf"), float("inf"))]
    found: list[_Columns] = []
    for (_, top), (bottom, _) in zip(edges, edges[1:], strict=False):
        inside = [
            line for line in lines if top - 2 <= (line.y0 + line.y1) / 2 <= bottom + 2 and id(line) not in crosses
        ]
        left = [line for line in inside if line.x1 <= x - GUTTER_POINTS]
        right = [line for line in inside if line.x0 >= x]
        if min(len(left), len(right)) < COLUMN_LINES_MIN:
            continue
        start = min(line.y0 for line in inside)
        held = {id(line) for line in inside}
        above = [line for line in lines if id(line) not in held and line.y0 < start]
        below = [line for line in lines if id(line) not in held and line.y0 >= start]
        found.append((above, left, right, below))
    return found


def _rows(lines: Sequence[Line], is_heading: IsHeading) -> list[Line]:
    """Top to bottom; what stands at the same height becomes one line, but for a heading beside what it heads."""
    ordered = sorted(lines, key=lambda line: (line.y0 + line.y1) / 2)
    rows: list[list[Line]] = []
    for line in ordered:
        if rows and any(level(line, cell) for cell in rows[-1]) and not _overlaps(line, rows[-1]):
            rows[-1].append(line)
        else:
            rows.append([line])
    read: list[Line] = []
    for row in rows:
        cells = sorted(row, key=lambda line: line.x0)
        if len(cells) > 1 and is_heading(cells[0]):
            read.append(replace(cells.pop(0), heads_row=True))
        read.append(_joined(cells) if len(cells) > 1 else _headed(cells[0], is_heading, read))
    return read


def _overlaps(line: Line, row: Sequence[Line]) -> bool:
    return any(min(line.x1, cell.x1) - max(line.x0, cell.x0) > min(line.size, 6.0) for cell in row)


def _headed(line: Line, is_heading: IsHeading, read: list[Line]) -> Line:
    """A ruled row whose first cell is a heading gives it up, to a line before it."""
    label, tab, rest = line.text.partition("\t")
    if not tab or not line.cells or not label.strip() or not rest.strip():
        return line
    heading = replace(line, text=label, cells=(), heads_row=True)
    # Beside other labels it is one of a table's head, not a heading beside its text.
    if not is_heading(heading) or any(is_column_label(cell) for cell in rest.split("\t") if cell.strip()):
        return line
    read.append(replace(heading, ruled=False))
    return replace(line, text=rest, cells=line.cells[1:])


def _joined(cells: Sequence[Line]) -> Line:
    """One line of a row's cells, printed as its longest one is, as large as its largest."""
    main = max(cells, key=lambda cell: len(cell.text))
    if len(cells) > 2 and all(len(cell.text) == 1 for cell in cells):
        text = "".join(cell.text for cell in cells)
        return replace(main, text=text, x0=cells[0].x0, x1=cells[-1].x1, breaks=())
    text, breaks, edges = "", [], []
    for cell in cells:
        text += "\t" if text else ""
        breaks += [len(text) + place for place in cell.breaks]
        edges += list(cell.cells) or [cell.x0] * (cell.text.count("\t") + 1)
        text += cell.text
    return Line(
        text,
        cells[0].x0,
        min(cell.y0 for cell in cells),
        max(cell.x1 for cell in cells),
        max(cell.y1 for cell in cells),
        max(cell.size for cell in cells),
        main.bold,
        main.color,
        tuple(breaks),
        tuple(edges),
        ruled=any(cell.ruled for cell in cells),
    )
