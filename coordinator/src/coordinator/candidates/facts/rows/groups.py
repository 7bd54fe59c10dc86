"""Which rows of a section are one entry: by columns, by the print that each begins in, by white space. Pure."""

from collections import Counter
from collections.abc import Sequence, Set

from coordinator.candidates.facts.model import Row
from coordinator.candidates.headings.sections import BULLET
from coordinator.candidates.schemas import Print
from coordinator.candidates.words.dates import is_mostly_dates

NAME_CHARACTERS_MAX = 64
ALIGNED_POINTS = 2.0
CLOSED_MIN = 3
CLOSED_SHARE = 0.8
WIDER = 1.2
"""White space between entries is this many times the widest within them."""


def first_rows(rows: Sequence[Row], dated: Sequence[bool]) -> list[int]:
    """Where each entry begins, if one of these divides the rows into parts of one date each; else empty."""
    wanted = sum(dated)
    if wanted < 2:
        return _by_ends(rows, dated) if wanted else []
    for starts in (_by_columns(rows), rows_printed_alike(rows), _by_space(rows, wanted), _by_ends(rows, dated)):
        one_each = all(sum(dated[begin:end]) == 1 for begin, end in parts_of(rows, starts))
        if len(starts) == wanted and one_each:
            return starts
    return []


def _by_columns(rows: Sequence[Row]) -> list[int]:
    """The rows that a column begins with, further up than what was read before."""
    pairs = enumerate(zip(rows, rows[1:], strict=False), 1)
    return [0, *(place for place, (above, row) in pairs if row.line.y0 < above.line.y0 - row.line.size)]


def rows_printed_alike(rows: Sequence[Row]) -> list[int]:
    """The rows printed as the section's first is; none where that is an item of a list."""
    if not rows or BULLET.match(rows[0].text.strip()):
        return []
    looks = print_of(rows[0])
    return [place for place, row in enumerate(rows) if print_of(row) == looks and not BULLET.match(row.text.strip())]


def print_of(row: Row) -> Print:
    """How the row's first cell that is no date is printed."""
    place = next((start for start, cell in row.cells if cell.strip() and not is_mostly_dates(cell)), 0)
    size, bold, color = row.print_at(place)
    return round(size * 2) / 2, bold, color


def _by_space(rows: Sequence[Row], wanted: int) -> list[int]:
    """The rows below the ``wanted`` - 1 widest stretches of white space, where these are wider than all others."""
    steps = [after.line.y0 - before.line.y0 for before, after in zip(rows, rows[1:], strict=False)]
    if len(steps) < wanted or min(steps) < 0:
        return []
    widest = sorted(steps, reverse=True)
    if widest[wanted - 2] < WIDER * widest[wanted - 1]:
        return []
    return [0, *(place for place, step in enumerate(steps, 1) if step >= widest[wanted - 2])]


def _by_ends(rows: Sequence[Row], dated: Sequence[bool]) -> list[int]:
    """The rows below those that are dated, where the last one is and the first is not: each entry ends in its date."""
    starts = [0, *(place + 1 for place, date in enumerate(dated[:-1]) if date)]
    if not dated[-1] or any(dated[place] or not _could_begin(rows[place], rows[0]) for place in starts):
        return []
    told = [any(map(_tells, rows[begin:end])) for begin, end in parts_of(rows, starts)]
    # What is told below a date belongs to that: then the first entry has nothing told above its own.
    return starts if told[0] or not any(told) else []


def _tells(row: Row) -> bool:
    """Whether a row is an item of a list or a sentence."""
    text = row.text.strip()
    return BULLET.match(text) is not None or len(text) > NAME_CHARACTERS_MAX or text.endswith(".")


def _could_begin(row: Row, first: Row) -> bool:
    """Whether ``row`` stands where the section's first one does, and names something."""
    line, other = row.line, first.line
    edges = (line.x0 - other.x0, line.x1 - other.x1, (line.x0 + line.x1 - other.x0 - other.x1) / 2)
    return not _tells(row) and min(map(abs, edges)) <= ALIGNED_POINTS


def parts_of(rows: Sequence[Row], starts: Sequence[int]) -> list[tuple[int, int]]:
    """First and last row (exclusive) of each part that begins at ``starts``."""
    return [] if not starts else list(zip(starts, [*starts[1:], len(rows)], strict=True))


def closing_rows(rows: Sequence[Row], starts: Sequence[int], dated: Set[int]) -> tuple[set[int], set[int]]:
    """The rows below what entries tell that each has one of in one print, and the rows of what is told above those.

    Who employed may stand at an entry's end: all that is told has one print, and that line another.
    """
    parts = parts_of(rows, starts)
    counts = [Counter(print_of(row) for row in rows[begin:end]) for begin, end in parts]
    closing: set[int] = set()
    between: set[int] = set()
    for look in {print_of(row) for row in rows}:
        having = [number for number, count in enumerate(counts) if count[look] == 1]
        if len(parts) < CLOSED_MIN or len(having) < CLOSED_SHARE * len(parts):
            continue
        for number in having:
            begin, end = parts[number]
            place = next(place for place in range(begin, end) if print_of(rows[place]) == look)
            above = [one for one in range(begin + 1, place) if _is_told(print_of(rows[one]), counts)]
            if (
                above
                and above[-1] == place - 1
                and end - place <= 2
                and not _tells(rows[place])
                and dated.isdisjoint((place, *above))
            ):
                closing.add(place)
                between |= set(above)
        if len(closing) >= CLOSED_SHARE * len(parts):
            return closing, between
        closing, between = set(), set()
    return closing, between


def _is_told(look: Print, counts: Sequence[Counter[Print]]) -> bool:
    """Whether entries have as many lines of a print as they like."""
    return any(count[look] > 1 for count in counts)
