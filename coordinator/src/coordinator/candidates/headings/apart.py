"""Lines that white space sets apart as it does known headings: they open sections, whatever they say. Pure."""

from collections import Counter
from collections.abc import Callable, Hashable, Sequence
from statistics import median

from coordinator.candidates.schemas import Line
from coordinator.candidates.words.dates import is_mostly_dates

AS_FAR = 0.85
"""Share of the least white space above a known heading that a line needs above it."""
FARTHER = 1.3
"""White space above headings is this many times that above most lines."""
KNOWN_MIN = 2
ALIGNED_POINTS = 2.0
LINES_MOST = 300

Key = tuple[str, int, int]


def key(line: Line) -> Key:
    """What tells a line from others, wherever its page was moved to."""
    return line.text, round(line.x0), round(line.x1)


def set_apart(
    pages: Sequence[Sequence[Line]],
    is_known: Callable[[Line], bool],
    print_of: Callable[[Line], Hashable],
    large: float,
) -> frozenset[Key]:
    """The lines printed as known headings are, with as much white space above, that stand where one of these does.

    One known heading is enough where it is ``large``, points.
    """
    found: set[Key] = set()
    above_of = {id(line): (above, gap) for page in pages for line, above, gap in _gaps(page)}
    gaps = {place: gap for place, (_, gap) in above_of.items()}
    lines = [line for page in pages for line in page if id(line) in gaps]
    for look in {print_of(line) for line in lines if is_known(line)}:
        alike = [line for line in lines if print_of(line) == look]
        known = [line for line in alike if is_known(line)]
        above = [gaps[id(line)] for line in known if gaps[id(line)] < float("inf")]
        others = [gaps[id(line)] for line in lines if print_of(line) != look]
        is_large = known[0].size >= large
        if len(above) < (1 if is_large else KNOWN_MIN):
            continue
        if not is_large and (not others or min(above) < FARTHER * median(others) + 1):
            continue
        told = [
            line
            for line in alike
            if not is_known(line)
            and gaps[id(line)] >= AS_FAR * min(above)
            and any(_are_aligned(line, one) for one in known)
        ]
        # Below a heading stands what it heads, not another.
        nested = {id(line) for line in alike} & {id(above_of[id(line)][0]) for line in told}
        found |= set() if nested else set(map(key, told))
    return frozenset(found)


def gaps_above(page: Sequence[Line]) -> list[tuple[Line, float]]:
    """The white space above each line that has nothing dated beside it, points; endless where nothing is above."""
    return [(line, gap) for line, _, gap in _gaps(page)]


def said_again(pages: Sequence[Sequence[Line]], is_known: Callable[[Line], bool]) -> frozenset[tuple[str, float]]:
    """The known headings that one page has several times in one size, with that."""
    counted = (Counter(sized(line) for line in page if is_known(line)) for page in pages)
    return frozenset(said for page in counted for said, count in page.items() if count > 1)


def sized(line: Line) -> tuple[str, float]:
    """What a line says, and the size of its print."""
    return line.text.strip(), round(line.size * 2) / 2


def _are_aligned(one: Line, other: Line) -> bool:
    edges = (one.x0 - other.x0, one.x1 - other.x1, (one.x0 + one.x1 - other.x0 - other.x1) / 2)
    return min(map(abs, edges)) <= ALIGNED_POINTS


def _middle(line: Line) -> float:
    return (line.y0 + line.y1) / 2


def _gaps(page: Sequence[Line]) -> list[tuple[Line, Line | None, float]]:
    """Each line with nothing dated beside it, what it follows at once, and the white space above it, points."""
    if len(page) > LINES_MOST:
        return []
    ordered = sorted(page, key=lambda line: line.y0)
    found: list[tuple[Line, Line | None, float]] = []
    for place, line in enumerate(ordered):
        above: Line | None = None
        for one in reversed(ordered[:place]):
            if one.y1 <= line.y0 + line.size * 0.5 and min(one.x1, line.x1) > max(one.x0, line.x0):
                above = one
                break
        beside = (one for one in ordered if one is not line and one.y0 < _middle(line) < one.y1)
        if not any(is_mostly_dates(one.text) for one in beside):
            # A heading in the margin has what it heads beside it, and the next one below.
            headed = above and any(one is not above and above.y0 <= _middle(one) < line.y0 for one in ordered)
            found.append((line, None if headed else above, line.y0 - above.y1 if above else float("inf")))
    return found
