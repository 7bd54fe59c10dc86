"""Rows as one text without white space: lines of Korean may break in the middle of any word. Pure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from coordinator.candidates.facts.model import Row, Span
from coordinator.candidates.facts.rows.dated import Dated
from coordinator.candidates.words.dates import Point


@dataclass(frozen=True)
class Tight:
    """The text, and where each of its characters stands in the resume's."""

    text: str
    places: Sequence[int]
    rows: Sequence[Row]

    @staticmethod
    def of(rows: Sequence[Row]) -> "Tight":
        """``rows`` without their white space."""
        kept = [(one, row.start + place) for row in rows for place, one in enumerate(row.text) if not one.isspace()]
        return Tight("".join(one for one, _ in kept), [place for _, place in kept], rows)

    def span(self, start: int, end: int) -> Span:
        """The stretch of the resume's text from ``start`` to ``end`` of this one."""
        first, last = self.places[start], self.places[end - 1] + 1
        said = "\n".join(row.text for row in self.rows)
        begin = self.rows[0].start
        return Span(" ".join(said[first - begin : last - begin].split()), first, last)

    def dated(self, point: Point) -> Dated:
        """A date of this text at its place in the resume's."""
        return Dated(replace(point, start=self.places[point.start], end=self.places[point.end - 1] + 1))

    def ended(self, pattern: re.Pattern[str], start: int, end: int) -> re.Match[str] | None:
        """The first match that a word ends in, where white space follows."""
        found = pattern.finditer(self.text, start, end)
        return next((one for one in found if one.start() > start and self._is_apart(one.end())), None)

    def words(self, start: int, end: int) -> list[tuple[int, int]]:
        """Where each word from ``start`` to ``end`` begins and ends."""
        cuts = [place for place in range(start + 1, end) if self._is_apart(place)]
        return list(zip([start, *cuts], [*cuts, end], strict=True)) if end > start else []

    def _is_apart(self, place: int) -> bool:
        return place >= len(self.places) or self.places[place] > self.places[place - 1] + 1
