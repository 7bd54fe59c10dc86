"""Years printed once above the entries of each, which say their months alone: "2024", "April to October". Pure."""

import re
from collections.abc import Sequence

from coordinator.candidates.facts.model import Row
from coordinator.candidates.words.date_forms import MONTHS_ALONE
from coordinator.candidates.words.dates import Period, Point, month_of

GROUPS_MIN = 2
_YEAR = re.compile(r"\s*((?:19|20)\d\d)\s*년?\s*$")


def dated_by_year(rows: Sequence[Row]) -> tuple[list[Row], list[Period | None]]:
    """``rows`` without the years, and for each that says its months alone its period in the year above.

    All of them and no period unless several years stand alone in their rows, and months below each.
    """
    kept: list[Row] = []
    dated: list[Period | None] = []
    counts: list[int] = []
    year = ""
    for row in rows:
        alone = _YEAR.match(row.text)
        if alone:
            year = alone.group(1)
            counts.append(0)
            continue
        beside = _YEAR.match(row.cells[0][1]) if len(row.cells) > 1 else None
        if beside and MONTHS_ALONE.search(row.text):
            # In the margin the year stands beside the first of its entries.
            year = beside.group(1)
            counts.append(0)
        said = MONTHS_ALONE.search(row.text) if year else None
        kept.append(row)
        dated.append(None if said is None else _period(said, year))
        if said is not None:
            counts[-1] += 1
    return (kept, dated) if len(counts) >= GROUPS_MIN and all(counts) else (list(rows), [None] * len(rows))


def _period(said: re.Match[str], year: str) -> Period:
    first, last = month_of(said, "1"), month_of(said, "2")
    # From November to March is over New Year's.
    ends = int(year) + (last < first)
    return Period(
        Point(f"{year}-{first:02d}", *said.span("from")), Point(f"{ends}-{last:02d}", *said.span("to")), *said.span()
    )
