"""Names that the margin or a narrow cell broke: lines of one print where others stand alone. Pure."""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from coordinator.candidates.headings.known import known_kind
from coordinator.candidates.headings.prints import print_of
from coordinator.candidates.headings.sections import BULLET
from coordinator.candidates.schemas import Line
from coordinator.candidates.words.dates import is_mostly_dates, periods
from coordinator.candidates.words.labels import field_of
from coordinator.candidates.words.letters import is_in_capitals

STEP_EMS = 1.65
ALIGNED_POINTS = 1.5
STACK_MOST = 6
WIDE_EMS = 9.0
"""A line shorter than this was hardly broken by anything."""
TEXT_EMS = 24.0
"""A line of text shorter than this may be an item of a list."""
ALONE_MIN = 2
PERSON_NAMES = 2
COLUMN_POINTS = 20.0
TEXT_LIKE = 1.05
"""Plain print this many times as large as the text's is no name's."""
LINES_MOST = 300
FULL_WORD_MAX = 14
WORD_MIN = 3

_LISTS = re.compile(r"[,;|/].*[,;|/]|:")

_Look = tuple[object, ...]


def with_whole_names(lines: Sequence[Line]) -> list[Line]:
    """``lines`` of a page with those joined, at the height of the first, that are one name broken in two or three.

    Their print is not the text's, the next word would have passed all that is printed so, and wherever in the page such
    lines stand one below the other at once that is so.
    """
    if len(lines) > LINES_MOST:
        return list(lines)
    counted: dict[_Look, int] = defaultdict(int)
    for line in lines:
        counted[_look(line)] += len(line.text)
    body = max(counted, key=lambda look: counted[look], default=None)
    body_size = min((line.size for line in lines if _look(line) == body), default=0.0)
    alike: dict[tuple[_Look, int], list[Line]] = defaultdict(list)
    for line in lines:
        alike[_opens(line), round(line.x0)].append(line)
    after: dict[int, Line] = _broken_person(lines)
    for (look, _), group in alike.items():
        if look != body and not group[0].bold and group[0].size < TEXT_LIKE * body_size:
            # What is as plain and as small as the text names nothing: items of lists do.
            continue
        ordered = sorted(group, key=lambda line: line.y0)
        after |= _broken_text(ordered, lines) if look == body else _broken(ordered, lines)
    taken = {id(line) for line in after.values()}
    return [_whole(line, after) for line in lines if id(line) not in taken]


def _look(line: Line) -> _Look:
    size, bold, _, color = print_of(line)
    return size, bold, color


def _opens(line: Line) -> _Look:
    """How the line's first letters are printed."""
    if line.opening is None:
        return _look(line)
    size, bold, color = line.opening
    return round(size * 2) / 2, bold, color


def _broken_text(group: Sequence[Line], lines: Sequence[Line]) -> dict[int, Line]:
    """As ``_broken`` for lines in the print of the text: both must be in capitals, and break at the column's edge."""
    right = _edge(group, lines)
    return {
        id(one): below
        for one, below in zip(group, group[1:], strict=False)
        if _are_stacked(one, below, lines) and _could_go_on(one, below) and _passes(one, below, right)
        if one.x1 - one.x0 >= TEXT_EMS * one.size and not _LISTS.search(one.text)
        if is_in_capitals(one.text) and below.text[0].isupper() and not below.text.rstrip().endswith(".")
        if not any(_are_stacked(*pair, lines) for pair in _around(group, one, below))
    }


def _broken_person(lines: Sequence[Line]) -> dict[int, Line]:
    """First name and surname, each alone in the largest print, one below the other."""
    largest = max((line.size for line in lines), default=0.0)
    named = sorted((line for line in lines if line.size >= largest), key=lambda line: line.y0)
    both = len(named) == PERSON_NAMES and all(_could_name(line) for line in named)
    if not both or abs(named[0].x0 - named[1].x0) > ALIGNED_POINTS or not _are_stacked(named[0], named[1], lines):
        return {}
    return {id(named[0]): named[1]}


def _could_name(line: Line) -> bool:
    word = line.text.strip()
    return word.replace("-", "").replace("’", "").isalpha() and word.isascii() and known_kind(word) is None


def _around(group: Sequence[Line], one: Line, below: Line) -> list[tuple[Line, Line]]:
    """``one`` below the line before it, and ``below`` above the one after: text has more lines than two."""
    first, last = (next(place for place, line in enumerate(group) if line is end) for end in (one, below))
    return [*((line, one) for line in group[:first][-1:]), *((below, line) for line in group[last + 1 :][:1])]


def _edge(group: Sequence[Line], lines: Sequence[Line]) -> float:
    """How far the lines of the group's column reach, points."""
    return max(line.x1 for line in lines if abs(line.x0 - group[0].x0) <= COLUMN_POINTS)


def _broken(group: Sequence[Line], lines: Sequence[Line]) -> dict[int, Line]:
    """By id of each line that goes on: the line it goes on in; ``group`` has one print and left edge, downwards."""
    pairs = [(one, below) for one, below in zip(group, group[1:], strict=False) if _are_stacked(one, below, lines)]
    stacked = {id(line) for pair in pairs for line in pair}
    alone = [line for line in group if id(line) not in stacked and not _says_what_it_is(line)]
    if not pairs or _longest_stack(pairs) > STACK_MOST:
        return {}
    right = max(line.x1 for line in group)
    if not all(_could_go_on(one, below) and _passes(one, below, right) for one, below in pairs):
        return {}
    # Without others that stand alone the margin must have broken it.
    edge = _edge(group, lines)
    full = all(_passes(one, below, edge) for one, below in pairs)
    if len(alone) < ALONE_MIN and not full:
        return {}
    return {id(one): below for one, below in pairs}


def _are_stacked(one: Line, below: Line, lines: Sequence[Line]) -> bool:
    """Whether the lower line stands at once below the upper one, and they are no two rows of dated things."""
    near = one.y1 - one.size * 0.5 < below.y0 and below.y0 - one.y0 <= STEP_EMS * one.size
    return (
        near
        and not any(map(_says_what_it_is, (one, below)))
        and not all(_has_beside(line, lines) for line in (one, below))
    )


def _says_what_it_is(line: Line) -> bool:
    text = line.text.strip()
    return known_kind(text) is not None or field_of(text) is not None or is_mostly_dates(text)


def _has_beside(line: Line, lines: Sequence[Line]) -> bool:
    middle = (line.y0 + line.y1) / 2
    return any(one.y0 < middle < one.y1 and one.x0 > line.x1 and is_mostly_dates(one.text) for one in lines)


def _longest_stack(pairs: Sequence[tuple[Line, Line]]) -> int:
    longest, length, last = 1, 1, None
    for one, below in pairs:
        length = length + 1 if last is one else 2
        longest, last = max(longest, length), below
    return longest


def _could_go_on(one: Line, below: Line) -> bool:
    """Whether the upper line may end in the middle of a name, and neither is an item of a list."""
    if (
        one.breaks
        or "\t" in one.text
        or one.x1 - one.x0 < WIDE_EMS * one.size
        or BULLET.match(below.text)
        or BULLET.match(one.text)
    ):
        return False
    return not periods(one.text) and not one.text.rstrip().endswith((".", ":", ";"))


def _passes(one: Line, below: Line, right: float) -> bool:
    """Whether the first word of the lower line would have passed ``right``, points, in the upper one."""
    letter = (below.x1 - below.x0) / max(len(below.text), 1)
    word = max(min(len(below.text.split()[0]), FULL_WORD_MAX), WORD_MIN)
    return one.x1 + (word + 0.8) * letter > right


def _whole(line: Line, after: dict[int, Line]) -> Line:
    """The line with all that it goes on in."""
    below = after.get(id(line))
    while below is not None:
        breaks = (*line.breaks, *(place + len(line.text) + 1 for place in below.breaks))
        line = replace(
            line,
            text=f"{line.text.strip()} {below.text.strip()}",
            x1=max(line.x1, below.x1),
            y1=below.y1,
            breaks=breaks,
            wrapped=True,
        )
        below = after.get(id(below))
    return line
