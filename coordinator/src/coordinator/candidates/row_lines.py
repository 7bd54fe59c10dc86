"""What stands at one height in one column, as one line with cells. Pure."""

from collections.abc import Sequence
from dataclasses import replace

from coordinator.candidates.columns import IsHeading, level
from coordinator.candidates.labels import is_column_label
from coordinator.candidates.schemas import Line, Print


def rows_across(lines: Sequence[Line], is_heading: IsHeading) -> list[Line]:
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
    prints: list[Print] = []
    for cell in cells:
        text += "\t" if text else ""
        breaks += [len(text) + place for place in cell.breaks]
        prints += list(cell.prints) or [(cell.size, cell.bold, cell.color)] * (cell.text.count("\t") + 1)
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
        tuple(prints),
        ruled=any(cell.ruled for cell in cells),
    )
