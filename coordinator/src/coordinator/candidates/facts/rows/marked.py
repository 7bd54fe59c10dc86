"""Lines of a head that a small picture marks each: they are no items of what was done. Pure."""

from collections.abc import Sequence

from coordinator.candidates.facts.model import Row
from coordinator.candidates.headings.sections import BULLET
from coordinator.candidates.words.dates import Period

ALIGNED_POINTS = 2.0
ENTRIES_MIN = 2
MARKED_MOST = 4
CHARACTERS_MAX = 40
WORDS_MAX = 5


def marked_with_dates(rows: Sequence[Row], dated: Sequence[Period | None]) -> set[int]:
    """The rows marked as their entry's dates are, where each entry has as many, short ones, below a line without mark.

    Items of what was done vary in number from entry to entry, and stand below dates instead of around them.
    """
    runs = [_run(rows, dated, index) for index, period in enumerate(dated) if period is not None]
    if len(runs) < ENTRIES_MIN or len({len(run) for run in runs}) > 1 or not 1 < len(runs[0]) <= MARKED_MOST:
        return set()
    return {index for run in runs for index in run}


def _run(rows: Sequence[Row], dated: Sequence[Period | None], index: int) -> list[int]:
    """The rows around a dated one with marks at its mark's place; empty unless they are lines of a head."""
    if not BULLET.match(rows[index].text):
        return []
    begin = end = index
    while begin > 0 and _is_alike(rows[begin - 1], rows[index]):
        begin -= 1
    while end + 1 < len(rows) and _is_alike(rows[end + 1], rows[index]):
        end += 1
    run = list(range(begin, end + 1))
    alone = sum(dated[place] is not None for place in run) == 1
    headed = begin > 0 and not BULLET.match(rows[begin - 1].text)
    return run if alone and headed and all(_is_short(rows[place].text) for place in run) else []


def _is_alike(row: Row, other: Row) -> bool:
    marked = BULLET.match(row.text) is not None
    return marked and abs(row.line.x0 - other.line.x0) <= ALIGNED_POINTS and row.line.size == other.line.size


def _is_short(text: str) -> bool:
    return len(text) <= CHARACTERS_MAX and len(BULLET.sub("", text).split()) <= WORDS_MAX
