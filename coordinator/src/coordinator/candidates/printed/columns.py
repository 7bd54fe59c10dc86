"""Whether what stands side by side reads one after the other, or row by row. Pure."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence

from coordinator.candidates.schemas import Line
from coordinator.candidates.words.dates import is_mostly_dates, periods
from coordinator.candidates.words.labels import is_column_label

COLUMN_LINES_MIN = 3
ALIGNED_SHARE = 0.75
BESIDE_EMS = 0.3
DATED_SHARE = 0.4
LEVEL_SHARE = 0.35
ACROSS_MIN = 2
ACROSS_MOST = 60
BETWEEN_MIN = 3
BETWEEN_POINTS = 12.0
STEP_EMS = 0.6
EXACT_EMS = 0.12
EXACT_SHARE = 0.8

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
    if _dates_across(left, right) or _dates_between(left, right) or _dates_between(right, left):
        return False
    if any(all(is_heading(line) or is_mostly_dates(line.text) for line in side) for side in (left, right)):
        # Headings, in the middle or at the margin of the page, stand beside nothing of their own.
        return False
    if any(periods(line.text) and any(level(line, one) and periods(one.text) for one in right) for line in left):
        # One row of a table has one span of time: these are entries side by side.
        return True
    if _are_rows(left, right, is_heading) or _begin_beside(left, right, is_heading):
        return False
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


def _dates_across(left: Sequence[Line], right: Sequence[Line]) -> bool:
    """Whether both sides of a time line have dates, each alone on its side beside something of the other."""
    across = [[line for line in side if periods(line.text) and is_mostly_dates(line.text)] for side in (left, right)]
    if not all(across) or not ACROSS_MIN <= sum(map(len, across)) <= ACROSS_MOST:
        return False
    for dates, own, other in ((across[0], left, right), (across[1], right, left)):
        for date in dates:
            if any(one is not date and level(date, one) for one in own) or not any(
                level(date, one) and not is_mostly_dates(one.text) and _begins(one, other) for one in other
            ):
                return False
    return True


def _dates_between(dated: Sequence[Line], other: Sequence[Line]) -> bool:
    """Whether all dates stand in one column between the sides, each beside something of one side alone, now of each."""
    dates = [line for line in dated if is_mostly_dates(line.text) and periods(line.text)]
    said = [line for line in dated if not is_mostly_dates(line.text)]
    if len(dates) < BETWEEN_MIN or not said or any(is_mostly_dates(line.text) for line in other):
        return False
    middles = [(line.x0 + line.x1) / 2 for line in dates]
    before = max(line.x1 for line in said) <= min(line.x0 for line in dates)
    after = min(line.x0 for line in said) >= max(line.x1 for line in dates)
    if max(middles) - min(middles) > BETWEEN_POINTS or not (before or after):
        return False
    beside = [(any(level(one, date) for one in said), any(level(one, date) for one in other)) for date in dates]
    return all(own is not across for own, across in beside) and {own for own, _ in beside} == {True, False}


def _begins(line: Line, side: Sequence[Line]) -> bool:
    """Whether nothing of its side but a date stands right above a line."""
    top = line.y0 - STEP_EMS * line.size
    return not any(
        top < one.y1 <= line.y0 + line.size * STEP_EMS / 2 and one.y0 < line.y0
        for one in side
        if one is not line and not is_mostly_dates(one.text)
    )


def _are_rows(left: Sequence[Line], right: Sequence[Line], is_heading: IsHeading) -> bool:
    """Whether the dates and labels that stand alone on their side all belong to a line of the other."""
    sides = (left, right)
    alone = [_alone(side, is_heading) for side in sides]
    beside = [_exactly_beside(lines, other) for lines, other in zip(alone, reversed(sides), strict=True)]
    if any(map(is_heading, left)) and any(map(is_heading, right)):
        # Dates of both may stand at one height by chance, those of one side hardly.
        most, least = (0, 1) if len(alone[0]) > len(alone[1]) else (1, 0)
        return len(alone[most]) >= max(2, len(alone[least]) + 1) and beside[most] >= EXACT_SHARE * len(alone[most])
    return sum(map(len, alone)) >= 2 and sum(beside) >= EXACT_SHARE * sum(map(len, alone))


def _begin_beside(headed: Sequence[Line], other: Sequence[Line], is_heading: IsHeading) -> bool:
    """Whether in the sections of the side that has headings the other, which has none, begins beside a line."""
    edges = sorted(line.y0 for line in headed if is_heading(line))
    if not edges or any(map(is_heading, other)):
        return False
    said = [line for line in headed if not is_heading(line)]
    firsts = []
    for top, bottom in zip(edges, [*edges[1:], float("inf")], strict=True):
        within = [line for line in other if top - line.size <= line.y0 < bottom - line.size]
        if within:
            firsts.append(min(within, key=lambda line: line.y0))
    if not firsts:
        return False
    heads = [line for line in headed if is_heading(line)]
    most = max(_exactly_beside(firsts, said), _exactly_beside(firsts, heads) if len(firsts) > 1 else 0)
    return most >= EXACT_SHARE * len(firsts)


def _middle(line: Line) -> float:
    return (line.y0 + line.y1) / 2


def _exactly_beside(lines: Sequence[Line], others: Sequence[Line]) -> int:
    """How many of ``lines`` stand at the very height of one of ``others``."""
    middles = sorted(map(_middle, others))
    count = 0
    for line in lines:
        place = bisect_left(middles, _middle(line) - EXACT_EMS * line.size)
        count += place < len(middles) and middles[place] <= _middle(line) + EXACT_EMS * line.size
    return count


def _alone(side: Sequence[Line], is_heading: IsHeading) -> list[Line]:
    """The dates and labels of a side at whose height nothing else of it stands; headings are none."""
    ordered = sorted(side, key=_middle)
    middles = [_middle(line) for line in ordered]
    tallest = max((line.y1 - line.y0 for line in side), default=0.0)
    found: list[Line] = []
    for line in side:
        if not _says_of_another(line) or is_heading(line):
            continue
        reach = (line.y1 - line.y0 + tallest) / 2
        near = ordered[bisect_left(middles, _middle(line) - reach) : bisect_right(middles, _middle(line) + reach)]
        if not any(other is not line and level(line, other) for other in near):
            found.append(line)
    return found


def _says_of_another(line: Line) -> bool:
    return is_mostly_dates(line.text) or is_column_label(line.text.strip())


def parted_dates(left: Sequence[Line], right: Sequence[Line]) -> int:
    """How many dates on the right stand beside a line on the left and none on their own side: they are that line's."""
    own = [line for line in left if not is_mostly_dates(line.text)]
    return sum(
        is_mostly_dates(line.text) and any(level(line, other) for other in own) and not _labels(line, right)
        for line in right
    )


def in_rows(left: Sequence[Line], right: Sequence[Line]) -> int:
    """How many lines on the right stand at the very height of one on the left, as cells of a row do."""
    return _exactly_beside(right, left)


def _labels(line: Line, side: Sequence[Line]) -> bool:
    """Whether ``line`` stands before something at its height: a label, not a heading; a date of what it says."""
    return any(level(line, other) and other.x0 >= line.x1 for other in side)


def _dated_share(lines: Sequence[Line]) -> float:
    """How many are dates or numbers: a margin of these belongs to the lines beside it; rows of gauges do not."""
    said = [line for line in lines if is_mostly_dates(line.text) and any(map(str.isdigit, line.text))]
    return sum(not any(other is not line and level(line, other) for other in said) for line in said) / len(lines)


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
