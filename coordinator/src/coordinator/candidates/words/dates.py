"""Dates and spans of time as resumes write them, in English and Korean. Pure."""

import re
from dataclasses import dataclass
from functools import lru_cache

from coordinator.candidates.words.date_forms import (
    DURATION,
    MONTHS,
    NOW,
    OPEN,
    RANGE,
    SHORTENED,
    SINGLE,
    YEARS,
)

PRESENT = "present"


@dataclass(frozen=True)
class Point:
    """A date: ``value`` is "2019", "2019-03" or "present"; ``start`` and ``end`` its place in the text."""

    value: str
    start: int
    end: int


@dataclass(frozen=True)
class Period:
    """From one date to another, None where the text names no end; ``start`` and ``end`` the place of the whole."""

    first: Point
    last: Point | None
    start: int
    end: int
    open: bool = False
    """Whether only a dash says that it goes on until now."""


def _value(groups: dict[str, str | None], tag: str) -> str:
    for kind in "abcdefghijk":
        year = groups.get(f"y{tag}{kind}")
        if not year:
            continue
        if len(year) == 2:
            year = _century(year)
        name, month = groups.get(f"n{tag}{kind}"), groups.get(f"m{tag}{kind}")
        if name:
            return f"{year}-{MONTHS.index(name[:3].lower()) + 1:02d}"
        return f"{year}-{int(month):02d}" if month else year
    return f"{_century(str(groups[f's{tag}']))}-{int(str(groups[f't{tag}'])):02d}"


def _century(year: str) -> str:
    return f"{'19' if int(year) > 60 else '20'}{year}"


def _whole(text: str, start: int, end: int) -> tuple[int, int]:
    """A place without white space and closing marks at its ends."""
    while end > start and text[end - 1] in " \t\n.,":
        end -= 1
    while start < end and text[start] in " \t\n":
        start += 1
    return start, end


def periods(text: str) -> list[Period]:
    """Every span of time in ``text``, in order."""
    found = _shortened(text)
    for match in RANGE.finditer(text):
        if any(one.start < match.end() and match.start() < one.end for one in found):
            continue
        groups = match.groupdict()
        for start, end, now, tags in (
            ("start", "end", "now", "12"),
            ("start3", "end3", "now3", "34"),
            ("start5", None, "now5", "5"),
            ("start6", None, "now6", "6"),
        ):
            if groups[start] is None:
                continue
            first = Point(_value(groups, tags[0]), *_whole(text, *match.span(start)))
            last: Point | None = None
            if now and groups[now]:
                last = Point(PRESENT, *_whole(text, *match.span(now)))
            elif end:
                last = Point(_value(groups, tags[1]), *_whole(text, *match.span(end)))
            found.append(Period(first, last, *match.span()))
    found += [
        period
        for period in _short_years(text)
        if not any(one.start < period.end and period.start < one.end for one in found)
    ]
    for match in OPEN.finditer(text):
        if not any(period.start <= match.start() < period.end for period in found):
            first = Point(_value(match.groupdict(), "7"), *_whole(text, *match.span("start")))
            found.append(Period(first, Point(PRESENT, *match.span("open")), *match.span(), open=True))
    return sorted(found, key=lambda period: period.start)


def _shortened(text: str) -> list[Period]:
    """Spans of time that leave out a year, or a century; what is left out is said in the same span."""
    found: list[Period] = []
    for pattern in SHORTENED:
        for match in pattern.finditer(text):
            said = match.groupdict()
            first, year = _month(said, "1"), said["y1"]
            last = None if said.get("now") else _month({**said, "y2": said.get("y2") or year}, "2")
            overlaps = any(one.start < match.end() and match.start() < one.end for one in found)
            if overlaps or (last is not None and last < first):
                continue
            begin, end = _whole(text, *match.span())
            # A date that is said in two places of the span is the whole of it.
            found.append(Period(Point(first, begin, end), Point(last or PRESENT, begin, end), *match.span()))
    return found


def _month(said: dict[str, str | None], tag: str) -> str:
    """The year and month that groups of ``tag`` say."""
    year = str(said[f"y{tag}"])
    name, month = said.get(f"n{tag}"), said.get(f"m{tag}") or said.get("m3")
    number = MONTHS.index(name[:3].lower()) + 1 if name else int(str(month))
    return f"{_century(year) if len(year) == 2 else year}-{number:02d}"


def month_of(said: re.Match[str], tag: str) -> int:
    """The month, 1 to 12, that a match of ``MONTHS_ALONE`` begins ("1") or ends ("2") in."""
    name = said[f"n{tag}"]
    return MONTHS.index(name[:3].lower()) + 1 if name else int(said[f"m{tag}"])


def _short_years(text: str) -> list[Period]:
    """Spans of years, the second one with its last two digits only."""
    found: list[Period] = []
    for match in YEARS.finditer(text):
        first, last = match["first"], match["first"][:2] + match["last"]
        if last > first:
            ends = Point(last, *match.span("last"))
            found.append(Period(Point(first, *match.span("first")), ends, *match.span()))
    return found


def points(text: str) -> list[Point]:
    """Every single date in ``text``, those of spans too."""
    return [Point(_value(m.groupdict(), "8"), *_whole(text, *m.span())) for m in SINGLE.finditer(text)]


def is_present(text: str) -> bool:
    """Whether ``text`` says "until now" and nothing else."""
    return bool(NOW.match(text))


@lru_cache(maxsize=8192)
def is_mostly_dates(text: str) -> bool:
    """Whether little but dates, durations and numbers stands in ``text``."""
    left = text
    for pattern in (*SHORTENED, YEARS, RANGE):
        left = pattern.sub(" ", left)
    left = SINGLE.sub(" ", left)
    left = DURATION.sub(" ", left)
    if is_present(left):
        return True
    letters = sum(character.isalpha() for character in left)
    if left.strip() == text.strip():
        return letters == 0
    return letters <= 2 or letters * 5 <= sum(character.isalnum() for character in text)
