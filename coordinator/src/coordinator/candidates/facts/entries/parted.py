"""Dates of an entry that stand apart: one says when it began, another when it ended. Pure."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from coordinator.candidates.facts.model import Row
from coordinator.candidates.facts.rows.dated import Dated
from coordinator.candidates.facts.rows.row_dates import HEAD_CHARACTERS_MAX
from coordinator.candidates.headings.sections import BULLET
from coordinator.candidates.words.dates import PRESENT, Period, Point, is_mostly_dates, is_present, points
from coordinator.candidates.words.labels import field_of

ROWS_APART_MOST = 4
ALIGNED_POINTS = 6.0
_BEGAN = re.compile(
    r"(?:^|[\t,;|·(]\s*)(?:started|joined|began|from|입사|시작)(?: in| on)?\s*[:：]?\s*$", re.IGNORECASE
)
_ENDED = re.compile(
    r"(?:^|[\t,;|·(]\s*)(?:left|ended|finished|until|till|to|퇴사|종료)(?: in| on)?\s*[:：]?\s*$", re.IGNORECASE
)
_STILL = re.compile(
    r"(?:^|[\t,;|·(:：]\s*)(still (?:there|here|working|employed|in post)"
    r"|(?:until |till )?(?:now|today|present)|현재|재직 ?중)"
    r"\s*(?=$|[\t,;|·)])",
    re.IGNORECASE,
)
_LABEL = re.compile(r"(?:^|[\t,;|·])\s*([^:：\t,;|·]{1,24}?)\s*(?:[:：]|\t)\s*$")


@dataclass(frozen=True)
class _Mark:
    """A date that stands alone, and what is said of it; without a word what is said is "bare"."""

    index: int
    says: Literal["start", "end", "bare"]
    dated: Dated
    x: float


@dataclass(frozen=True)
class Parted:
    """An entry's dates, found apart; ``index`` is the row of the upper one, ``below`` that of the other."""

    index: int
    below: int
    first: Dated
    last: Dated

    def period(self, row: Row) -> Period:
        """What dates the upper row, in its own places."""
        upper = min(self.first, self.last, key=lambda dated: abs(dated.point.start - row.start))
        start, end = upper.point.start - row.start, upper.point.end - row.start
        return Period(Point(upper.point.value, start, end), None, start, end)


def parted(rows: Sequence[Row], dated: Sequence[Period | None]) -> list[Parted]:
    """The pairs of dates in rows that have no span of time; bare ones pair only where no row has any."""
    marks = [mark for index, row in enumerate(rows) if dated[index] is None for mark in _marks(index, row)]
    told = [mark for mark in marks if mark.says != "bare"]
    found = [
        Parted(one.index, other.index, one.dated, other.dated)
        for one, other in zip(told, told[1:], strict=False)
        if (one.says, other.says) == ("start", "end") and other.index - one.index <= ROWS_APART_MOST
    ]
    return found or ([] if any(dated) else _bare([mark for mark in marks if mark.says == "bare"]))


def _bare(marks: Sequence[_Mark]) -> list[Parted]:
    """Two and two, one below the other, all in one order: an end above its start or the other way round."""
    pairs = list(zip(marks[::2], marks[1::2], strict=False))
    if not pairs or len(marks) % 2:
        return []
    near = all(
        0 < other.index - one.index <= ROWS_APART_MOST and abs(one.x - other.x) <= ALIGNED_POINTS
        for one, other in pairs
    )
    # "present" comes after all numbers.
    rising = {one.dated.point.value < other.dated.point.value for one, other in pairs}
    if not near or len(rising) > 1:
        return []
    return [
        Parted(one.index, other.index, *((one.dated, other.dated) if rising == {True} else (other.dated, one.dated)))
        for one, other in pairs
    ]


def _marks(index: int, row: Row) -> Iterator[_Mark]:
    """The lone dates of a row in order."""
    text = row.text
    if BULLET.match(text.strip()) or len(text) > HEAD_CHARACTERS_MAX:
        return
    found = points(text)
    for point in found:
        before = text[: point.start]
        label = _LABEL.search(before)
        field = field_of(label.group(1)) if label else None
        says: Literal["start", "end", "bare"] | None = None
        if field == "start" or _BEGAN.search(before):
            says = "start"
        elif field == "end" or _ENDED.search(before):
            says = "end"
        elif len(found) == 1 and any(
            start <= point.start <= start + len(cell) and is_mostly_dates(cell) for start, cell in row.cells
        ):
            says = "bare"
        if says is not None:
            yield _Mark(index, says, Dated.at(row, point), row.cell_at(point.start)[0])
    still = _STILL.search(text)
    if still is not None:
        place = still.start(1)
        alone = any(start <= place <= start + len(cell) and is_present(cell) for start, cell in row.cells)
        at = Point(PRESENT, place, still.end(1))
        label = _LABEL.search(text[:place])
        alone = alone and (label is None or field_of(label.group(1)) != "end")
        yield _Mark(index, "bare" if alone else "end", Dated.at(row, at), row.cell_at(place)[0])
