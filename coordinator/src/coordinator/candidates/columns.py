"""Whether what stands side by side reads one after the other, or row by row. Pure."""

from collections.abc import Callable, Sequence

from coordinator.candidates.dates import is_mostly_dates, periods
from coordinator.candidates.schemas import Line

COLUMN_LINES_MIN = 3
ALIGNED_SHARE = 0.75
BESIDE_EMS = 0.3
DATED_SHARE = 0.4
LEVEL_SHARE = 0.35

IsHeading = Callable[[Line], bool]


def level(line: Line, other: Line) -> bool:
    """Whether the two stand at the same height, as a person sees it."""
    shared = min(line.y1, other.y1) - max(line.y0, other.y0)
    return shared >= LEVEL_SHARE * min(line.y1 - line.y0, other.y1 - other.y0)


def are_columns(left: Sequence[Line], right: Sequence[Line], is_heading: IsHeading) -> bool:
    """Whether the sides read one after the other; else they are a table, or headings beside what they head."""
    tables = [{line.table for line in side} for side in (left, right)]
    if all(0 not in side for side in tables) and not tables[0] & tables[1]:
        # Each side is a table of its own.
        return True
    if any(periods(line.text) and any(level(line, one) and periods(one.text) for one in right) for line in left):
        # One row of a table has one span of time: these are entries side by side.
        return True
    if any(_dated_share(side) >= DATED_SHARE for side in (left, right)):
        return False
    first = [min(side, key=lambda line: line.y0) for side in (left, right)]
    heads = [[line for line in side if is_heading(line)] for side in (left, right)]
    beside = sum(any(level(line, other) for other in heads[1]) for line in heads[0])
    if all(map(is_heading, first)) and level(*first) and beside == 1:
        # More than one pair at one height are headings in two languages.
        return True
    headed_left, headed_right = (
        sum(is_heading(line) and not _labels(line, side) for line in side) for side in (left, right)
    )
    if headed_left * 2 > len(left) and headed_right <= 1:
        return False
    if headed_left and headed_right and headed_left + headed_right >= 3:
        return True
    # Headings stand alone in a table too.
    cells = [[line for line in side if not is_heading(line)] for side in (left, right)]
    return all(cells) and _aligned_share(*cells) < ALIGNED_SHARE


def parted_dates(left: Sequence[Line], right: Sequence[Line]) -> int:
    """How many dates on the right stand beside a line on the left and none on their own side: they are that line's."""
    own = [line for line in left if not is_mostly_dates(line.text)]
    return sum(
        is_mostly_dates(line.text) and any(level(line, other) for other in own) and not _labels(line, right)
        for line in right
    )


def in_rows(left: Sequence[Line], right: Sequence[Line]) -> int:
    """How many lines on the right stand at the very height of one on the left, as cells of a row do."""
    middles = [(line.y0 + line.y1) / 2 for line in left]
    return sum(
        any(abs((line.y0 + line.y1) / 2 - middle) <= BESIDE_EMS / 3 * line.size for middle in middles) for line in right
    )


def _labels(line: Line, side: Sequence[Line]) -> bool:
    """Whether ``line`` stands before something at its height: a label, not a heading; a date of what it says."""
    return any(level(line, other) and other.x0 >= line.x1 for other in side)


def _dated_share(lines: Sequence[Line]) -> float:
    """How many are dates or numbers: a margin of these belongs to the lines beside it."""
    return sum(is_mostly_dates(line.text) for line in lines) / len(lines)


def _aligned_share(left: Sequence[Line], right: Sequence[Line]) -> float:
    """How many lines of one side stand beside one of the other, of the side where more do."""
    return max(_beside_share(left, right), _beside_share(right, left))


def _beside_share(lines: Sequence[Line], others: Sequence[Line]) -> float:
    """How many of ``lines`` have one of ``others`` at their very height, where there are any of these."""
    top, bottom = min(line.y0 for line in others), max(line.y1 for line in others)
    near = [line for line in lines if line.y1 > top and line.y0 < bottom]
    middles = [(line.y0 + line.y1) / 2 for line in others]
    beside = (
        any(abs((line.y0 + line.y1) / 2 - middle) <= BESIDE_EMS * line.size for middle in middles) for line in near
    )
    return sum(beside) / len(near) if len(near) >= COLUMN_LINES_MIN - 1 else 0.0
