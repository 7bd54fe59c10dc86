"""Employments that sentences tell beside others that have heads: "Before that I was Cook at the Ship Inn". Pure."""

from collections.abc import Sequence

from coordinator.candidates.facts.employments.statements import in_sentences
from coordinator.candidates.facts.entries.tabled import Entry
from coordinator.candidates.facts.model import Row
from coordinator.candidates.facts.rows.dated import lasts_over


def with_those_in_sentences(rows: Sequence[Row], found: Sequence[Entry]) -> list[Entry]:
    """``found`` with what sentences tell of other times: within the time of a job they tell of that."""
    if not found:
        return []
    told = [entry for entry in in_sentences(rows) if not any(_holds(one, entry) for one in found)]
    return [*found, *told]


def _holds(outer: Entry, inner: Entry) -> bool:
    if outer.first is None or inner.first is None:
        return False
    begin, end = outer.first.point, (outer.last or outer.first).point
    return lasts_over(begin, end, inner.first.point, (inner.last or inner.first).point)
