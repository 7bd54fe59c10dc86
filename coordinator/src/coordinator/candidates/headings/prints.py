"""How the headings of a resume are printed, and which print is theirs alone. Pure."""

from collections import Counter
from collections.abc import Callable, Collection, Sequence

from coordinator.candidates.headings.outranking import is_figure, is_short, outranks
from coordinator.candidates.printed.columns import level
from coordinator.candidates.schemas import Line
from coordinator.candidates.words.dates import is_mostly_dates, periods

ALIKE_MIN = 2
OTHERWISE_COLORED_MIN = 3
FIGURE_EMS = 1.8
"""From the top of a figure to that of what it counts, at most."""
MARGIN_KNOWN_MIN = 2
MARGIN_MOST = 30
MARGIN_POINTS = 2.0
MARGIN_SHARE = 0.8
SURE_SHARE = 0.65
STEP_EMS = 2.0

Print = tuple[float, bool, bool, int]


def print_of(line: Line) -> Print:
    """How a line is printed: size, bold, all capitals, colour."""
    return round(line.size * 2) / 2, line.bold, line.text.isupper(), line.color


def has_a_margin(one: Print, known: int, lines: Sequence[Line], is_known: Callable[[Line], bool]) -> bool:
    """Whether all that is printed so begins at one place where, below the first heading, little else does."""
    alike = [line for line in lines if print_of(line) == one]
    first = next(place for place, line in enumerate(lines) if print_of(line) == one and is_known(line))
    left = min(line.x0 for line in alike)
    if known < MARGIN_KNOWN_MIN or max(line.x0 for line in alike) - left > MARGIN_POINTS:
        return False
    there = [line for line in lines[first:] if abs(line.x0 - left) <= MARGIN_POINTS]
    if len(alike) < MARGIN_SHARE * len(there) or len(alike) > MARGIN_MOST:
        return False
    # What it heads stands beside each; beside an employer stand dates.
    beside = [
        any(level(line, other) and other.x0 >= line.x1 and not is_mostly_dates(other.text) for other in lines)
        for line in alike
    ]
    return sum(beside) >= MARGIN_SHARE * len(alike)


def ranks_first(one: Print, lines: Sequence[Line], is_known: Callable[[Line], bool]) -> bool:
    """Whether the known headings of this print stand above all else on their pages, those in other words too."""
    alike = [line for line in lines if print_of(line) == one]
    known = [line for line in alike if is_known(line)]
    return outranks(known, [line for line in alike if not is_known(line)], lines)


def in_other_colors(usual: Collection[Print], lines: Sequence[Line], least: float) -> set[Print]:
    """Prints only colour tells from headings of ``least`` points or more: on another ground, never dated or mixed."""
    found: set[Print] = set()
    for one in {print_of(line) for line in lines} - set(usual):
        alike = [line for line in lines if print_of(line) == one]
        sizes = {line.size for line in lines if print_of(line) in usual and print_of(line)[:3] == one[:3]}
        like = one[0] >= least and len(alike) <= MARGIN_MOST and {line.size for line in alike} <= sizes
        like = like and not any(line.breaks for line in alike)
        if like and not any(is_dated(line, lines) for line in alike) and not head_entries(alike, usual, lines):
            found.add(one)
    return found


def in_larger_print(usual: Collection[Print], lines: Sequence[Line]) -> set[Print]:
    """Prints larger than headings, in a colour that is not the text's: over cards, or in another column."""
    letters: Counter[int] = Counter()
    for line in lines:
        letters[line.color] += len(line.text)
    text = max(letters, key=lambda color: letters[color])
    found: set[Print] = set()
    for one in {print_of(line) for line in lines} - set(usual):
        size, bold, _, color = one
        alike = [line for line in lines if print_of(line) == one]
        colors = {head[3] for head in usual if bold == head[1] and head[0] < size}
        least = ALIKE_MIN if color in colors else OTHERWISE_COLORED_MIN
        if color == text or not colors or len(alike) < least or not all(map(is_short, alike)):
            continue
        if any(is_right_above(line, other) for line in alike for other in alike):
            # A name in two lines.
            continue
        if not any(is_dated(line, lines) for line in alike) and not head_entries(alike, usual, lines):
            found.add(one)
    return found


def head_entries(alike: Sequence[Line], usual: Collection[Print], lines: Sequence[Line]) -> bool:
    """Whether most of ``alike`` stand above one span of time each, as heads of entries do."""
    single = 0
    for line in alike:
        below = sorted((one for one in lines if one.y0 > line.y0 and one.x0 < line.x1 and one.x1 > line.x0), key=_top)
        dates = 0
        for one in below:
            if print_of(one) == print_of(line) or print_of(one) in usual:
                break
            dates += bool(periods(one.text))
        single += dates == 1
    return len(alike) > 1 and 2 * single > len(alike)


def counts(line: Line, lines: Sequence[Line]) -> bool:
    """Whether ``line`` says what the figure right above it counts: "7년" over "실무 경력"."""
    return any(
        is_figure(one) and one.size > line.size and one.x0 < line.x1 and line.x0 < one.x1
        for one in lines
        if 0 < line.y0 - one.y0 <= FIGURE_EMS * one.size
    )


def _top(line: Line) -> float:
    return line.y0


def is_dated(line: Line, lines: Sequence[Line]) -> bool:
    """Whether dates stand beside ``line`` with nothing between that they could be of."""
    level_with = [one for one in lines if one.x0 >= line.x1 and level(line, one)]
    first = min(level_with, key=lambda one: one.x0, default=None)
    return first is not None and is_mostly_dates(first.text)


def is_right_above(line: Line, other: Line) -> bool:
    """Whether nothing has room between the two: what stands below a heading is no other one."""
    return line.x0 < other.x1 and other.x0 < line.x1 and 0 < other.y0 - line.y0 <= STEP_EMS * line.size
