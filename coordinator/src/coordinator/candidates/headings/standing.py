"""The print of headings where none has usual words: by how its lines stand on the pages. Pure."""

from collections.abc import Callable, Collection, Sequence
from statistics import median

from coordinator.candidates.headings.apart import FARTHER, gaps_above
from coordinator.candidates.headings.outranking import LARGER_MOST, LARGER_SHARE, could_head, is_figure
from coordinator.candidates.headings.prints import Print, head_entries, is_dated, print_of
from coordinator.candidates.schemas import Line

LINES_MIN = 3
LINES_MOST = 16
APART_SHARE = 0.7
TITLES_SHARE = 0.3
CONTACT = "@"


def standing(pages: Sequence[Sequence[Line]], body: Print, is_title: Callable[[str], bool]) -> set[Print]:
    """The print whose lines are short, all different, far below what is before them, and above several dates or none.

    The largest such print; empty where there is none. Above heads of entries stands one date each, and no titles of
    jobs open sections.
    """
    above = {id(line): gap for page in pages for line, gap in gaps_above(page)}
    lines = [line for page in pages for line in page]
    found = [
        one
        for one in {print_of(line) for line in lines} - {body}
        if one[0] >= body[0] - 0.5 and _stands_so(one, lines, above, is_title)
    ]
    return {max(found, key=lambda one: (one[0], one[1], one[2]))} if found else set()


def _stands_so(one: Print, lines: Sequence[Line], above: dict[int, float], is_title: Callable[[str], bool]) -> bool:
    alike = [line for line in lines if print_of(line) == one]
    said = {line.text.strip() for line in alike}
    if not LINES_MIN <= len(alike) <= LINES_MOST or len(said) < len(alike):
        return False
    if not all(could_head(line) and CONTACT not in line.text for line in alike):
        return False
    if sum(line.size > one[0] * LARGER_SHARE and not is_figure(line) for line in lines) > LARGER_MOST:
        return False
    if TITLES_SHARE * len(alike) <= sum(is_title(line.text) for line in alike):
        return False
    if any(is_dated(line, lines) for line in alike) or head_entries(alike, (), lines):
        return False
    others = [above[id(line)] for line in lines if id(line) in above and print_of(line) != one]
    least = FARTHER * median(others) + 1 if others else 0.0
    far = sum(above.get(id(line), 0.0) >= least for line in alike)
    return far >= APART_SHARE * len(alike) and not _follow_at_once(alike, lines)


def _follow_at_once(alike: Collection[Line], lines: Sequence[Line]) -> bool:
    """Whether several of ``alike`` have one more of them as the next line below."""
    held = {id(line) for line in alike}
    count = 0
    for line in alike:
        below = [one for one in lines if one.y0 > line.y0 + 1 and one.x0 < line.x1 and line.x0 < one.x1]
        after = min(below, key=lambda one: one.y0, default=None)
        count += after is not None and id(after) in held
    return count > 1
