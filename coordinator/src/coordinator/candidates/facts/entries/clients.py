"""Clients and projects that an employment lists, each labelled as such: they are no employments. Pure."""

import re
from collections.abc import Sequence

from coordinator.candidates.facts.model import Row
from coordinator.candidates.facts.rows.dated import lasts_over
from coordinator.candidates.words.dates import Period, is_mostly_dates
from coordinator.candidates.words.labels import is_client

LEAD_MOST = 3
_BEFORE = re.compile(r"^\W*([^:：\t–—]{2,30}?)\s*(?:[:：\t]|\s[–—]\s)\s*\S")


def rows_of_clients(rows: Sequence[Row], dated: Sequence[Period | None]) -> set[int]:
    """The rows of labelled clients and projects whose time the employment above holds, to where the next one begins."""
    lead = min(next((place for place, period in enumerate(dated) if period), 0), LEAD_MOST)
    found: set[int] = set()
    outer: Period | None = None
    begin: int | None = None
    for place, period in enumerate(dated):
        if period is None:
            continue
        head = place - (place > 0 and is_mostly_dates(rows[place].text) and _is_labelled(rows[place - 1]))
        if outer is not None and _is_labelled(rows[head]) and _holds(outer, period):
            begin = head if begin is None else begin
            continue
        if begin is not None:
            found |= set(range(begin, place - lead))
            begin = None
        outer = None if _is_labelled(rows[head]) else period
    return found if begin is None else found | set(range(begin, len(rows)))


def _is_labelled(row: Row) -> bool:
    label = _BEFORE.match(row.text)
    return label is not None and is_client(label.group(1))


def _holds(outer: Period, inner: Period) -> bool:
    return lasts_over(outer.first, outer.last, inner.first, inner.last or inner.first)
