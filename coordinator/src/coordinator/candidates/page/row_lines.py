"""What stands at one height in one column, as one line with cells. Pure."""

import re
from collections.abc import Sequence
from dataclasses import replace

from coordinator.candidates.printed.columns import IsHeading, level
from coordinator.candidates.schemas import Line, Print
from coordinator.candidates.words.dates import is_mostly_dates
from coordinator.candidates.words.labels import field_of, head, is_column_label

ALIGNED_POINTS = 2.0
GOES_ON_EMS = 2.2
_OF_ENTRIES = ("employer", "title", "period", "start", "end", "institution", "degree")
"""Labels of what jobs and courses of study have."""
_MARKED = re.compile(r"^\s*[•∙‣▸▹►▶▷▪■□●○◦◆◇❖✓✔➤➢·–—-]\s+\S")


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
    before: list[Line] = []
    for row in rows:
        for part in _without_neighbours(row, before, is_heading):
            _read_row(part, is_heading, read)
    return read


def _read_row(row: Sequence[Line], is_heading: IsHeading, read: list[Line]) -> None:
    """Add to ``read`` what stands in a row."""
    cells = sorted(row, key=lambda line: line.x0)
    if len(cells) > 1 and is_heading(cells[0]):
        # Beside itself in another language a heading heads what is below.
        read.append(replace(cells.pop(0), heads_row=not all(map(is_heading, cells))))
    elif len(cells) > 1 and is_heading(cells[-1]) and not is_mostly_dates(cells[0].text):
        # A heading in the right margin.
        read.append(replace(cells.pop(), heads_row=True))
    read.append(_joined(cells) if len(cells) > 1 else _headed(cells[0], is_heading, read))


def _without_neighbours(row: list[Line], before: list[Line], is_heading: IsHeading) -> list[list[Line]]:
    """The row; or its first cell and the others, where that goes on below another and beside it stand items of a list.

    ``before`` is the row above, made this one.
    """
    cells = sorted(row, key=lambda line: line.x0)
    first, rest = cells[0], cells[1:]
    above = [one for one in before[:1] if not is_heading(one) and abs(one.x0 - first.x0) <= ALIGNED_POINTS]
    near = any(0 < first.y0 - one.y0 <= first.size * GOES_ON_EMS for one in above)
    listed = bool(rest) and _MARKED.match(rest[0].text) is not None and _MARKED.match(first.text) is None
    beside = near and listed and not any(_MARKED.match(one.text) for one in before[1:])
    before[:] = [first] if beside else cells
    return [[first], rest] if beside else [row]


def _overlaps(line: Line, row: Sequence[Line]) -> bool:
    return any(min(line.x1, cell.x1) - max(line.x0, cell.x0) > min(line.size, 6.0) for cell in row)


def _headed(line: Line, is_heading: IsHeading, read: list[Line]) -> Line:
    """A ruled row whose first cell is a heading gives it up, to a line before it."""
    label, tab, rest = line.text.partition("\t")
    if not tab or not line.cells or not label.strip() or not rest.strip():
        return line
    above = field_of(read[-1].text.split("\t")[0].strip()) if read and read[-1].table == line.table else None
    if _stands_in_columns(line, read):
        return line
    if above in _OF_ENTRIES and (field_of(label.strip()) in _OF_ENTRIES or above == "institution"):
        # In a column of labels it is one, too.
        return line
    shift = len(label) + 1
    heading = replace(line, text=label, cells=(), heads_row=True, breaks=_from(line.breaks, 0, len(label)))
    beside = [is_column_label(cell) for cell in rest.split("\t") if cell.strip()]
    # Among labels it is one of a table's head; before labels and their values, or in bold alone, it heads these.
    bold = [printed[1] for printed in line.prints]
    apart = bold[:1] == [True] and not any(bold[1:])
    if not is_heading(heading) or (3 * sum(beside) >= len(beside) and not apart):
        return line
    read.append(replace(heading, ruled=False))
    return replace(line, text=rest, cells=line.cells[1:], breaks=_from(line.breaks, shift, len(line.text)))


def _from(breaks: Sequence[int], begin: int, end: int) -> tuple[int, ...]:
    """Those of ``breaks`` within a part of the line, counted from its beginning."""
    return tuple(place - begin for place in breaks if begin < place < end)


def _stands_in_columns(line: Line, read: Sequence[Line]) -> bool:
    """Whether a head names the columns of the table above a row that has a cell in each."""
    first = next((one for one in read if one.table and one.table == line.table), None)
    if first is None or len(first.cells) != len(line.cells):
        return False
    return head(first.text.split("\t")) is not None


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
        opening=cells[0].opening,
        wrapped=any(cell.wrapped for cell in cells),
        # What stands beside a row of a table does not take it out of that.
        table=cells[0].table if len({cell.table for cell in cells}) == 1 else 0,
    )
