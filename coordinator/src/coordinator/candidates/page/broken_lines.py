"""Lines that print broke and a person reads as one: a bullet before its text, a heading in a narrow column. Pure."""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from coordinator.candidates.headings.known import known_kind
from coordinator.candidates.page.label_pairs import with_values_beside
from coordinator.candidates.page.stacked_dates import with_stacks_whole
from coordinator.candidates.page.wrapped_names import with_whole_names
from coordinator.candidates.printed.strokes import Rule
from coordinator.candidates.schemas import Line
from coordinator.candidates.words.dates import is_mostly_dates, periods, points
from coordinator.candidates.words.labels import field_of

WRAPPED_EMS = 1.8
WRAPPED_POINTS = 2.0
MARKED_EMS = 3.0
NUMBERED_EMS = 2.0
BROKEN_WORDS_MAX = 3
CELL_CHARACTERS_MAX = 40
CELL_LINES_MOST = 3
NAME_WORDS_MAX = 4
STEP_POINTS = 20.0
STEPS_MOST = 1000
ORNAMENTED_CHARACTERS_MAX = 60

_MARKER = re.compile(r"^\s*[•∙‣▸▹►▶▷▪■□●○◦◆◇❖✓✔➤➢·–—-]\s*$")
_NUMBER = re.compile(r"^\s*(\d{1,2})[.)]?\s*$")
_ENDS_IN_A_DATE = re.compile(
    r"(?:19|20)\d\d.{0,8}(?:[-–—~～]|\bto|\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?)\s*$"
    r"|(?:19|20)\d\d\s?(?:년|[./])\s*$",
    re.IGNORECASE,
)
_MONTH_ALONE = re.compile(
    r"\s*(?:(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?|(?:spring|summer|autumn|fall|winter)s?)\s*$",
    re.IGNORECASE,
)
_YEAR_FIRST = re.compile(r"\s*(?:19|20)\d\d(?:\s*(?:[-–—~]|to\b)[\w\s.]{0,16})?$")
_ORNAMENTED = re.compile(r"^[\u2500-\u257f\u23af=~*•·–—_-]{2,}\s+(\w.*?)\s+[\u2500-\u257f\u23af=~*•·–—_-]{2,}$")
_ENDS_JOINING = re.compile(r"(?:[/&,+·]|\band|\bof|및)\s*$", re.IGNORECASE)


def whole(lines: Sequence[Line], rules: Sequence[Rule] = ()) -> list[Line]:
    """``lines`` of a page with those the print broke made whole; what ``rules`` divide is not one."""
    plain = with_stacks_whole(with_values_beside([_without_ornaments(line) for line in lines]))
    return _with_whole_headings(with_whole_names(_with_whole_cells(_with_markers(plain), rules)))


def _without_ornaments(line: Line) -> Line:
    """A short line without the strokes and stars that are set before and after it: "--- Experience ---"."""
    framed = _ORNAMENTED.match(line.text) if len(line.text) <= ORNAMENTED_CHARACTERS_MAX else None
    return replace(line, text=framed.group(1), breaks=()) if framed else line


class _Heights:
    """A page's lines by where they stand, so that a crowded page costs no more than its lines."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self._at: dict[int, list[Line]] = defaultdict(list)
        for line in lines:
            for step in range(int(line.y0 // STEP_POINTS), min(int(line.y1 // STEP_POINTS), STEPS_MOST) + 1):
                self._at[step].append(line)

    def at(self, y: float) -> list[Line]:
        """The lines near the height ``y``, points."""
        return self._at[int(y // STEP_POINTS)]


def _with_markers(lines: Sequence[Line]) -> list[Line]:
    """Each bullet or number that is printed as a line of its own goes before the text it marks."""
    markers = [(line, line.text.strip(), MARKED_EMS) for line in lines if _MARKER.match(line.text)]
    numbers = [(line, match.group(1)) for line in lines if (match := _NUMBER.match(line.text))]
    # Numbers count up from 1, one below the other.
    if [number for _, number in numbers[:2]] == ["1", "2"] and numbers[0][0].x0 == numbers[1][0].x0:
        markers += [(line, f"{number}.", NUMBERED_EMS) for line, number in numbers]
    heights = _Heights(lines)
    marked: dict[int, tuple[Line, str]] = {}
    taken: set[int] = set()
    for marker, text, ems in markers:
        beside = heights.at((marker.y0 + marker.y1) / 2)
        right = [line for line in beside if _is_marked(line, marker, ems) and id(line) not in marked]
        if right:
            marked[id(min(right, key=lambda line: line.x0))] = (marker, text)
            taken.add(id(marker))
    return [_after(line, *marked[id(line)]) if id(line) in marked else line for line in lines if id(line) not in taken]


def _is_marked(line: Line, marker: Line, ems: float) -> bool:
    middle = (marker.y0 + marker.y1) / 2
    return line is not marker and line.y0 < middle < line.y1 and -2 <= line.x0 - marker.x1 <= ems * line.size


def _after(line: Line, marker: Line, text: str) -> Line:
    breaks = tuple(place + len(text) + 1 for place in line.breaks)
    return replace(line, text=f"{text} {line.text}", x0=marker.x0, breaks=breaks)


def _same_column(line: Line, below: Line) -> bool:
    """Whether ``below`` is the next line of a narrow column's text: under it, in the same print."""
    near = 0 < below.y0 - line.y0 <= line.size * WRAPPED_EMS
    aligned = min(abs(line.x0 - below.x0), abs(line.x1 - below.x1), abs(line.x0 + line.x1 - below.x0 - below.x1) / 2)
    return (
        near
        and aligned <= WRAPPED_POINTS
        and (line.size, line.bold, line.color) == (below.size, below.bold, below.color)
    )


def _with_whole_cells(lines: Sequence[Line], rules: Sequence[Rule]) -> list[Line]:
    """``lines`` of a page with dates and labels that a narrow column broke as one line, at the height of its first."""
    heights = _Heights(lines)
    made: list[Line] = []
    taken: set[int] = set()
    for line in lines:
        if id(line) in taken:
            continue
        whole_line, last = line, line
        for _ in range(CELL_LINES_MOST):
            below = _rest_of_cell(whole_line, last, heights, taken)
            if below is None or any(_divides(rule, last, below) for rule in rules):
                break
            taken.add(id(below))
            text = f"{whole_line.text.strip()} {below.text.strip()}"
            x0, x1 = min(whole_line.x0, below.x0), max(whole_line.x1, below.x1)
            whole_line, last = replace(whole_line, text=text, x0=x0, x1=x1), below
        made.append(whole_line)
    return [line for line in made if id(line) not in taken]


def _rest_of_cell(line: Line, last: Line, heights: _Heights, taken: set[int]) -> Line | None:
    """The line below ``last`` that goes on in the date, label or name of ``line``, whose last printed one that is."""
    ends_open = _ENDS_IN_A_DATE.search(line.text) is not None
    if "\t" in line.text or (len(line.text) > CELL_CHARACTERS_MAX and not ends_open):
        return None
    for y in _heights_below(last):
        below = next((one for one in heights.at(y) if id(one) not in taken and _same_column(last, one)), None)
        if below is not None and (
            (ends_open and _goes_on_as_a_date(line.text, below.text))
            or _is_one_cell(line.text, below.text)
            or (line is last and _is_one_name(line, below, heights))
        ):
            return below
    return None


def _divides(rule: Rule, line: Line, below: Line) -> bool:
    """Whether a level stroke as wide as ``line`` stands between the two."""
    x0, y0, x1, y1 = rule
    return (
        y1 - y0 < 1.0
        and x0 <= line.x0
        and x1 >= line.x1
        and line.y0 < y0 < below.y1
        and line.y1 - 2 < y0 < below.y0 + 2
    )


def _goes_on_as_a_date(text: str, below: str) -> bool:
    """Whether a span of time begins in one line and ends in the next."""
    if periods(below):
        return False
    return any(
        period.start < len(text) < period.end and period.last is not None and period.first.value <= period.last.value
        for period in periods(f"{text.strip()} {below.strip()}")
    )


def _is_one_name(line: Line, below: Line, heights: _Heights) -> bool:
    """Whether two bold lines are one name that its cell was too narrow for: the next word would not have fitted."""
    if not line.bold or max(len(line.text.split()), len(below.text.split())) > NAME_WORDS_MAX:
        return False
    right = [one.x0 for one in heights.at((line.y0 + line.y1) / 2) if one.x0 > line.x1 and _is_level(one, line)]
    if not right or any(one.x0 > below.x1 and _is_level(one, below) for one in heights.at((below.y0 + below.y1) / 2)):
        return False
    letter = (below.x1 - below.x0) / max(len(below.text), 1)
    return line.x1 + (len(below.text.split()[0]) + 1) * letter > min(right)


def _is_level(one: Line, other: Line) -> bool:
    return one.y0 < (other.y0 + other.y1) / 2 < one.y1


def _heights_below(line: Line) -> list[float]:
    return [line.y0 + STEP_POINTS * step for step in range(int(line.size * WRAPPED_EMS // STEP_POINTS) + 2)]


def _is_one_cell(text: str, below: str) -> bool:
    """Whether two lines are one span of time or one label, and the first is none by itself."""
    if len(below) > CELL_CHARACTERS_MAX:
        return False
    joined = f"{text.strip()} {below.strip()}"
    if field_of(joined) and not field_of(text.strip()):
        return True
    if _MONTH_ALONE.match(text) and _YEAR_FIRST.match(below):
        return True
    if not is_mostly_dates(joined) or not (points(joined) or periods(joined)) or periods(below):
        return False
    whole_ones = [period for period in periods(joined) if period.last is not None and not period.open]
    already = [period for period in periods(text) if period.last is not None and not period.open]
    return len(whole_ones) == 1 and not already


def _with_whole_headings(lines: Sequence[Line]) -> list[Line]:
    """``lines`` of a page with a heading that a narrow column broke as one line, at the height of its first."""
    heights = _Heights(lines)
    made: list[Line] = []
    taken: set[int] = set()
    for line in lines:
        if id(line) in taken:
            continue
        below = _below(line, heights)
        if below is not None and _breaks_off(line.text, below.text):
            taken.add(id(below))
            text = f"{line.text.strip()} {below.text.strip()}"
            made.append(replace(line, text=text, x0=min(line.x0, below.x0), x1=max(line.x1, below.x1), breaks=()))
            continue
        made.append(line)
    return [line for line in made if id(line) not in taken]


def _below(line: Line, heights: _Heights) -> Line | None:
    """The line that a heading in a narrow column goes on in; None for what is too long for one."""
    if "\t" in line.text or len(line.text.split()) > BROKEN_WORDS_MAX:
        return None
    return next((one for y in _heights_below(line) for one in heights.at(y) if _same_column(line, one)), None)


def _breaks_off(text: str, below: str) -> bool:
    """Whether two lines are one heading: known only together, or the first ends in a word that joins."""
    if len(text.split()) > BROKEN_WORDS_MAX or len(below.split()) > BROKEN_WORDS_MAX:
        return False
    if _ENDS_JOINING.search(text):
        return known_kind(below) is not None and text.strip().lower() not in ("and", "&")
    # "Work" above "Experience" is one heading, whatever each would be alone.
    return known_kind(f"{text} {below}") is not None
