"""Reading order of pages by their white space: cut at gutters and gaps until nothing divides a part. Pure."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from coordinator.candidates.page.gutters import divided
from coordinator.candidates.page.margin_heads import at_first_lines
from coordinator.candidates.page.row_lines import rows_across
from coordinator.candidates.page.tables import with_tables
from coordinator.candidates.printed.columns import COLUMN_LINES_MIN, IsHeading, level
from coordinator.candidates.printed.frames import Box, framed, raised
from coordinator.candidates.printed.strokes import Rule
from coordinator.candidates.schemas import Line

DEPTH_MAX = 12
MARGIN_SHARE = 0.1
"""Running heads and page numbers stand in this share of the page's height at its top and bottom."""
PAGE_GAP_POINTS = 14.0

_PAGE_NUMBER = re.compile(
    r"^(?:page|쪽|페이지)?\s*[-–(]?\s*\d{1,2}\s*(?:(?:/|of|[-–)])\s*\d{0,2}\s*)?(?:쪽|페이지)?$", re.I
)


_AGAIN = re.compile(
    r"page|continued|cont\.?|resume|résumé|cv|curriculum|vitae|[가-힣]{0,2}(?:이력서|경력기술서|자기소개서)"
)
"""Words of a running head that say which document goes on."""


@dataclass(frozen=True)
class Page:
    """A page as it was read; ``height`` in points."""

    height: float
    lines: list[Line]
    rules: list[Rule]
    boxes: Sequence[Box] = ()
    """Grounds and frames that may hold a stretch of the page."""


def reading_order(pages: Sequence[Page], is_heading: IsHeading) -> list[Line]:
    """The lines as a person reads them: columns one after the other, also over pages; tables row by row."""
    kept = _without_running_lines(pages)
    below: list[Line] = []
    bottom = 0.0
    for page, lines in zip(pages, kept, strict=True):
        tabled = raised(with_tables(lines, page.rules, is_heading), page.boxes, is_heading)
        tabled = framed(at_first_lines(tabled, is_heading), page.boxes)
        if not tabled:
            continue
        shift = bottom + (PAGE_GAP_POINTS if below else 0.0) - (min(line.y0 for line in tabled) if below else 0.0)
        below += [replace(line, y0=line.y0 + shift, y1=line.y1 + shift) for line in tabled]
        bottom = max(line.y1 for line in below)
    return _order(below, _asked_once(is_heading), 0)


def _asked_once(is_heading: IsHeading) -> IsHeading:
    """``is_heading`` that remembers: the same lines are asked about for every gutter that might divide them."""
    # By the line itself: to compare two lines costs more than to ask.
    known: dict[int, tuple[Line, bool]] = {}

    def answer(line: Line) -> bool:
        found = known.get(id(line))
        if found is None:
            found = known[id(line)] = (line, is_heading(line))
        return found[1]

    return answer


def _running(line: Line) -> tuple[str, int]:
    """What is the same about a running line on every page: its words and its height there."""
    return re.sub(r"\d+", "#", line.text), round(line.y0 / 4)


def _words(line: Line) -> list[str]:
    """The line's words, without those that say that it goes on."""
    return [word for word in re.findall(r"[\w@.-]{2,}", line.text.casefold()) if not _AGAIN.fullmatch(word)]


def _numbers(line: Line, number: int) -> bool:
    """Whether the line gives the page its ``number``, alone or beside a few words."""
    said = rf"(?:^|\bpage\s?|\bp\.\s?|\t|[|·•/–—-]\s?){number}(?:\s?(?:/|of)\s?\d+)?$"
    return re.search(said, line.text.strip(), re.IGNORECASE) is not None


def _without_running_lines(pages: Sequence[Page]) -> list[list[Line]]:
    """Each page's lines without page numbers and what is printed at the edge of every page."""
    edges = [
        [line for line in page.lines if not page.height * MARGIN_SHARE < line.y0 < page.height * (1 - MARGIN_SHARE)]
        for page in pages
    ]
    counted = Counter(running for lines in edges for running in {_running(line) for line in lines})
    largest = max((line.size for page in pages for line in page.lines), default=0.0)
    first = {word for page in pages[:1] for line in page.lines if line.y0 < page.height / 4 for word in _words(line)}
    kept = []
    for number, (page, edge) in enumerate(zip(pages, edges, strict=True), 1):
        numbered = [line for line in edge if number > 1 and _numbers(line, number)]
        dropped = {
            id(line)
            for line in edge
            if (counted[_running(line)] > 1 and line.size < largest)
            or (line.y0 > page.height / 2 and _PAGE_NUMBER.match(line.text.strip()))
            or any(level(line, one) for one in numbered)
            # The name or the address again, wherever the first page has it.
            or (number > 1 and line.y0 < page.height / 2 and _words(line) and first.issuperset(_words(line)))
        }
        kept.append([line for line in page.lines if id(line) not in dropped])
    return kept


def _order(lines: Sequence[Line], is_heading: IsHeading, depth: int) -> list[Line]:
    if len(lines) < 2 * COLUMN_LINES_MIN or depth >= DEPTH_MAX:
        return rows_across(lines, is_heading)
    columns = divided(lines, is_heading)
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
    return rows_across(lines, is_heading)


def _both(left: list[Line], right: list[Line], below: list[Line], is_heading: IsHeading, depth: int) -> list[Line]:
    """Two columns; a side bar goes first where the wide one goes on below, and neither goes on in the other."""
    read = [_order(side, is_heading, depth) for side in (left, right)]
    widths = [max(line.x1 for line in side) - min(line.x0 for line in side) for side in (left, right)]
    headed = all(any(map(is_heading, side)) for side in (left, right))
    alike = max(widths) < min(widths) * 1.35
    if headed and not alike and _goes_on(read[0], read[1][0], is_heading):
        return [*read[0], *read[1]]
    if headed and not alike:
        read = [[replace(side[0], opens_column=True), *side[1:]] for side in read]
        if widths[0] > widths[1] and below and not is_heading(min(below, key=lambda line: line.y0)):
            read.reverse()
    return [*read[0], *read[1]]


def _goes_on(column: Sequence[Line], first: Line, is_heading: IsHeading) -> bool:
    """Whether the sentence that a column breaks off in goes on in the next one's ``first`` line."""
    last = column[-1]
    near = [line.x1 for line in column if abs(line.x0 - last.x0) <= PAGE_GAP_POINTS]
    full = len(near) > COLUMN_LINES_MIN and last.x1 >= max(near) - last.size
    ended = last.text.rstrip().endswith((".", "!", "?", ":"))
    return full and not ended and not is_heading(first) and (last.size, last.color) == (first.size, first.color)


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
