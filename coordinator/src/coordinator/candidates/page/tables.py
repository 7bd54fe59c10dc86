"""Tables with drawn lines: what stands in one cell is one text, what stands in one row is one line. Pure."""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import pairwise

from coordinator.candidates.page.cells import Box, Cell, fits, frame_of
from coordinator.candidates.printed.strokes import NEAR_POINTS, Rule, unseen_rows, unseen_sides
from coordinator.candidates.schemas import Line
from coordinator.candidates.words.labels import head

LABEL_CHARACTERS_MAX = 8
"""A label may stand in a narrow cell, a syllable or a word a line."""
CELL_LINES_MAX = 5
"""More lines than these are text of their own that happens to stand in a frame."""
_ITEM = re.compile(r"\s*[•∙‣▸▹►▶▷▪■□●○◦◆◇·–—-]\s")


def _are_alike(one: Box, other: Box) -> bool:
    return all(abs(edge - near) <= NEAR_POINTS for edge, near in zip(one, other, strict=True))


def _frames(cell: Cell, is_heading: Callable[[Line], bool]) -> bool:
    """Whether what stands in a frame is a stretch of the page with a heading of its own, and no cell of a table."""
    told = [line for line in cell.lines if not is_heading(line)]
    if not 0 < len(told) < len(cell.lines) or max(len(line.text) for line in told) <= LABEL_CHARACTERS_MAX:
        return False
    # A word at the end of a cell may be a heading elsewhere: these are printed like one.
    plain = {(line.size, line.bold, line.color) for line in told}
    return all((line.size, line.bold, line.color) not in plain for line in cell.lines if is_heading(line))


def _beside(one: Cell, other: Cell) -> bool:
    """Whether the two share an upright edge."""
    overlap = min(one.box[3], other.box[3]) - max(one.box[1], other.box[1])
    return abs(one.box[2] - other.box[0]) <= NEAR_POINTS and overlap > NEAR_POINTS


def _stacked(one: Cell, other: Cell) -> bool:
    """Whether the two share a level edge."""
    overlap = min(one.box[2], other.box[2]) - max(one.box[0], other.box[0])
    return abs(one.box[3] - other.box[1]) <= NEAR_POINTS and overlap > NEAR_POINTS


def _grouped(cells: Sequence[Cell]) -> list[list[Cell]]:
    """Cells that touch, directly or over others."""
    left = list(cells)
    groups: list[list[Cell]] = []
    while left:
        group, waiting = [], [left.pop(0)]
        while waiting:
            cell = waiting.pop()
            group.append(cell)
            touching = [
                other
                for other in left
                if _beside(cell, other) or _beside(other, cell) or _stacked(cell, other) or _stacked(other, cell)
            ]
            left = [other for other in left if not any(other is one for one in touching)]
            waiting += touching
        groups.append(group)
    return groups


def _rows(group: Sequence[Cell]) -> list[list[Cell]]:
    rows: list[list[Cell]] = []
    for cell in sorted(group, key=lambda cell: (cell.box[1], cell.box[0])):
        if rows and abs(rows[-1][0].box[1] - cell.box[1]) <= NEAR_POINTS:
            rows[-1].append(cell)
        else:
            rows.append([cell])
    return rows


def _columns(group: Sequence[Cell]) -> list[float]:
    """Left edges of the columns."""
    edges: list[float] = []
    for edge in sorted(cell.box[0] for cell in group):
        if not edges or edge - edges[-1] > NEAR_POINTS:
            edges.append(edge)
    return edges


def _as_wide(cell: Cell, group: Sequence[Cell]) -> bool:
    """Whether the cell reaches from the table's left edge to its right one."""
    left, right = min(one.box[0] for one in group), max(one.box[2] for one in group)
    return cell.box[0] - left <= NEAR_POINTS and right - cell.box[2] <= NEAR_POINTS


def _is_listed(cell: Cell) -> bool:
    """Whether a cell holds lines of their own: after most of them the next one's first word would have fitted."""
    x0, _, x1, _ = cell.box
    padding = min(line.x0 for line in cell.lines) - x0
    broken = [fits(before, line, x1 - padding) for before, line in pairwise(cell.lines)]
    return len(broken) >= 1 and 2 * sum(broken) > len(broken)


def _hold_entries(rows: Sequence[Sequence[Cell]]) -> bool:
    """Whether most rows of a table whose columns no head names have a cell with lines in several prints or items."""
    wide = [row for row in rows if len(row) > 1]
    if any(head([cell.text() for cell in row]) is not None for row in wide):
        return False
    return len(wide) > 1 and 2 * sum(any(map(_has_lines, row)) for row in wide) > len(wide)


def _has_lines(cell: Cell) -> bool:
    looks = {(line.size, line.bold, line.color) for line in cell.lines}
    return len(looks) > 1 or (len(cell.lines) > 1 and any(_ITEM.match(line.text) for line in cell.lines))


def _row_lines(row: Sequence[Cell], columns: Sequence[float], is_heading: Callable[[Line], bool]) -> list[Line]:
    if len(row) == 2 and len(row[0].lines) == 1 and is_heading(row[0].lines[0]) and _is_listed(row[1]):
        # A form with its headings beside: below each other stand things of their own.
        return [replace(row[0].lines[0], heads_row=True, y0=row[0].box[1] + 1), *row[1].lines]
    if any(len(cell.lines) > CELL_LINES_MAX for cell in row):
        short = [cell for cell in row if len(cell.lines) <= CELL_LINES_MAX]
        long = [line for cell in row if len(cell.lines) > CELL_LINES_MAX for line in cell.lines]
        made = _row_lines(short, columns, is_heading) if short else []
        # The row stands above what its long cells tell.
        top = min(line.y0 for line in long)
        return [*(replace(line, y0=min(line.y0, top - 1), y1=min(line.y1, top)) for line in made), *long]
    if len(row) == 1:
        only = row[0]
        return [replace(only.lines[0], text=only.text(), y1=only.lines[-1].y1, ruled=True)]
    label, *rest = row
    if label.box[3] > max(cell.box[3] for cell in rest) + NEAR_POINTS:
        # A label beside several rows stands for itself, at the height of the first.
        first = label.lines[0]
        y0 = min(line.y0 for cell in rest for line in cell.lines)
        named = replace(
            first,
            text=label.text(),
            y0=y0,
            y1=y0 + first.y1 - first.y0,
            heads_row=True,
            heads_table=head([cell.text() for cell in rest]) is not None,
        )
        return [named, *_row_lines(rest, [edge for edge in columns if edge > label.box[0] + NEAR_POINTS], is_heading)]
    texts = ["" for _ in columns] or [""]
    ends = list[tuple[int, int]]()
    for cell in row:
        place = max((index for index, edge in enumerate(columns) if edge <= cell.box[0] + NEAR_POINTS), default=0)
        if not texts[place]:
            ends += [(place, end) for end in cell.ends()]
        texts[place] = f"{texts[place]} {cell.text()}".strip()
    lines = [line for cell in row for line in cell.lines]
    return [
        Line(
            "\t".join(texts),
            min(line.x0 for line in lines),
            # A label that spans rows stands in the middle of them; the row is where its other cells are.
            row[0].box[1] + 1,
            max(line.x1 for line in lines),
            min(cell.box[3] for cell in row) - 1,
            max(line.size for line in lines),
            all(line.bold for line in lines),
            lines[0].color,
            tuple(sum(len(text) + 1 for text in texts[:place]) + end for place, end in ends),
            cells=tuple(columns),
            ruled=True,
        )
    ]


def _is_headed(rows: Sequence[Sequence[Cell]], is_heading: Callable[[Line], bool]) -> bool:
    """Whether two cells are a heading, letters below each other among them, and, beside it, what that heads."""
    if len(rows) != 1 or len(rows[0]) < 2:
        return False
    label = rows[0][0]
    stacked = all(len(line.text) <= LABEL_CHARACTERS_MAX for line in label.lines)
    one = len(label.lines) == 1 or stacked
    return one and is_heading(replace(label.lines[0], text=label.text(), heads_row=True))


def with_tables(
    lines: Sequence[Line], rules: Sequence[Rule], is_heading: Callable[[Line], bool] = lambda _: False
) -> list[Line]:
    """``lines`` of one page with each row of a ruled table made one line; all others as they are."""
    level = [rule for rule in rules if rule[3] - rule[1] < 1.0]
    upright = [rule for rule in rules if rule[2] - rule[0] < 1.0]
    if not upright:
        upright = unseen_sides(lines, level, is_heading)
    level += unseen_rows(level, upright)
    if not level or not upright:
        return list(lines)
    boxes: dict[Box, Cell] = {}
    plain: list[Line] = []
    for line in sorted(lines, key=lambda line: (line.y0, line.x0)):
        box = frame_of(line, level, upright)
        if box is None:
            plain.append(line)
        else:
            # Two strokes drawn as one edge divide no cell.
            drawn = next((one for one in boxes if _are_alike(one, box)), box)
            boxes.setdefault(drawn, Cell(drawn, [])).lines.append(line)
    for box in [box for box, cell in boxes.items() if _frames(cell, is_heading)]:
        plain += boxes.pop(box).lines
    for number, group in enumerate(_grouped(list(boxes.values())), 1):
        rows = _rows(group)
        if _hold_entries(rows):
            plain += [line for cell in group for line in cell.lines]
        elif sum(len(row) >= 2 for row in rows) >= 1 and (len(group) >= 3 or _is_headed(rows, is_heading)):
            columns = _columns(group)
            for place, row in enumerate(rows):
                spans = len(row) == 1 and _as_wide(row[0], group) and any(len(one) > 1 for one in rows[place + 1 :])
                plain += [replace(made, table=number, spans=spans) for made in _row_lines(row, columns, is_heading)]
        else:
            plain += [line for cell in group for line in cell.lines]
    return plain
