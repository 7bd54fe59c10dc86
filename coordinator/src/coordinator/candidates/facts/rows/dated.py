"""Dates where they stand in a resume's text, also those that a table keeps in two columns. Pure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from coordinator.candidates.facts.model import Row
from coordinator.candidates.words.dates import PRESENT, Point, is_present
from coordinator.candidates.words.labels import Field

_YEAR = re.compile(r"\s*((?:19|20)\d\d)\s*년?\s*$")
_MONTH = re.compile(r"\s*(1[0-2]|0?[1-9])\s*월?\s*$")


@dataclass(frozen=True)
class Dated:
    """A date and where it stands in the resume's text."""

    point: Point

    @staticmethod
    def at(row: Row, point: Point) -> "Dated":
        """``point`` of the row's text, moved to the resume's."""
        return Dated(replace(point, start=row.start + point.start, end=row.start + point.end))


def in_halves(row: Row, fields: Sequence[Field | None]) -> tuple[Dated | None, Dated | None]:
    """The first and the last date of a row whose years and months have columns of their own."""
    found: list[Point] = []
    cells = row.cells
    for place, ((start, cell), field) in enumerate(zip(cells, fields, strict=True)):
        if field in ("year", "month") and is_present(cell):
            begin = start + len(cell) - len(cell.lstrip())
            found.append(Point(PRESENT, begin, start + len(cell.rstrip())))
        year = _YEAR.match(cell) if field == "year" else None
        if year is None:
            continue
        month = None
        if place + 1 < len(cells) and fields[place + 1] == "month":
            month = _MONTH.match(cells[place + 1][1])
        end = start + year.end() if month is None else cells[place + 1][0] + month.end()
        value = year.group(1) if month is None else f"{year.group(1)}-{int(month.group(1)):02d}"
        found.append(Point(value, start + year.start(1), end))
    ends = [Dated.at(row, point) for point in found[:2]]
    return (ends[0] if ends else None, ends[1] if len(ends) > 1 else None)


def lasts_over(first: Point, last: Point | None, begin: Point, end: Point) -> bool:
    """Whether the time from ``first`` to ``last`` holds that from ``begin`` to ``end``, as far as both say it."""
    if last is None:
        return False
    length = min(len(begin.value), len(first.value))
    if begin.value[:length] < first.value[:length]:
        return False
    if PRESENT in (last.value, end.value):
        return last.value == PRESENT
    length = min(len(end.value), len(last.value))
    return end.value[:length] <= last.value[:length]
