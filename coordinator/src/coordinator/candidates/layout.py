"""Reading order of a page by its white space: cut at gutters and gaps until nothing divides a part. Pure."""

from collections.abc import Callable, Sequence

from coordinator.candidates.schemas import Line

GUTTER_POINTS = 12.0
COLUMN_LINES_MIN = 3
# One word like a heading may be a label in a table; two are none.
COLUMN_HEADINGS_MIN = 2
ALIGNED_SHARE = 0.8
DEPTH_MAX = 12

Span = Callable[[Line], tuple[float, float]]
IsHeading = Callable[[Line], bool]


def _across(line: Line) -> tuple[float, float]:
    return line.x0, line.x1


def _down(line: Line) -> tuple[float, float]:
    return line.y0, line.y1


def _widest_gap(lines: Sequence[Line], span: Span) -> tuple[float, float]:
    """Width of the widest empty stripe and where its middle is; 0 when there is none."""
    ordered = sorted(span(line) for line in lines)
    reach = ordered[0][1]
    widest, middle = 0.0, 0.0
    for start, end in ordered[1:]:
        if start - reach > widest:
            widest, middle = start - reach, (start + reach) / 2
        reach = max(reach, end)
    return widest, middle


def _split(lines: Sequence[Line], span: Span, middle: float) -> tuple[list[Line], list[Line]]:
    before = [line for line in lines if span(line)[1] <= middle]
    return before, [line for line in lines if span(line)[1] > middle]


def reading_order(lines: Sequence[Line], is_heading: IsHeading, depth: int = 0) -> list[Line]:
    """``lines`` of one page as a person reads them: columns one after the other, tables row by row."""
    if len(lines) < 2 * COLUMN_LINES_MIN or depth >= DEPTH_MAX:
        return _rows(lines, is_heading)
    gutter, middle = _widest_gap(lines, _across)
    if gutter >= GUTTER_POINTS:
        left, right = _split(lines, _across, middle)
        if _are_columns(left, right, is_heading):
            return [*reading_order(left, is_heading, depth + 1), *reading_order(right, is_heading, depth + 1)]
    gap, middle = _widest_gap(lines, _down)
    if gap > 0:
        above, below = _split(lines, _down, middle)
        return [*reading_order(above, is_heading, depth + 1), *reading_order(below, is_heading, depth + 1)]
    return _rows(lines, is_heading)


def _are_columns(left: Sequence[Line], right: Sequence[Line], is_heading: IsHeading) -> bool:
    """Whether the sides read one after the other; else they are a table, or headings beside what they head."""
    if min(len(left), len(right)) < COLUMN_LINES_MIN or not _is_wordy(right):
        return False
    headed_left, headed_right = (sum(map(is_heading, side)) for side in (left, right))
    if headed_left * 2 > len(left) and not headed_right:
        return False
    return (headed_left > 0 and headed_right >= COLUMN_HEADINGS_MIN) or _aligned_share(left, right) < ALIGNED_SHARE


def _aligned_share(left: Sequence[Line], right: Sequence[Line]) -> float:
    """How many lines of the shorter side stand at the height of one of the other."""
    few, many = sorted((left, right), key=len)
    heights = [(line.y0 + line.y1) / 2 for line in many]
    return sum(any(line.y0 <= height <= line.y1 for height in heights) for line in few) / len(few)


def _is_wordy(lines: Sequence[Line]) -> bool:
    """Mostly letters: a margin of dates or numbers belongs to the lines beside it."""
    letters = sum(character.isalpha() for line in lines for character in line.text)
    characters = sum(not character.isspace() for line in lines for character in line.text)
    return letters * 2 > characters


def _rows(lines: Sequence[Line], is_heading: IsHeading) -> list[Line]:
    """Top to bottom; what stands at the same height becomes one line, but for a heading beside what it heads."""
    ordered = sorted(lines, key=lambda line: (line.y0 + line.y1) / 2)
    rows: list[list[Line]] = []
    for line in ordered:
        middle = (line.y0 + line.y1) / 2
        if rows and rows[-1][0].y0 <= middle <= rows[-1][0].y1:
            rows[-1].append(line)
        else:
            rows.append([line])
    read: list[Line] = []
    for row in rows:
        cells = sorted(row, key=lambda line: line.x0)
        if is_heading(cells[0]):
            read.append(cells.pop(0))
        if cells:
            read.append(_joined(cells))
    return read


def _joined(cells: Sequence[Line]) -> Line:
    """One line of a row's cells, printed as its longest one is."""
    main = max(cells, key=lambda cell: len(cell.text))
    return Line(
        " ".join(cell.text for cell in cells),
        cells[0].x0,
        min(cell.y0 for cell in cells),
        max(cell.x1 for cell in cells),
        max(cell.y1 for cell in cells),
        main.size,
        main.bold,
    )
