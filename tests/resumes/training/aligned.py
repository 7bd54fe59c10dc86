"""Which words of a resume are what a person reads in it: the labels a chain learns from."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from coordinator.candidates.facts.labelling.combined import row_kinds
from coordinator.candidates.facts.labelling.tokens import Token, tokens
from coordinator.candidates.facts.model import Row, rows_of
from coordinator.candidates.headings import Headings
from coordinator.candidates.layout import Page, reading_order
from coordinator.candidates.schemas import Line
from coordinator.candidates.sections import Part, parts


@dataclass
class Read:
    """A resume's rows with their sections and words."""

    looks: Headings
    lines: list[Line]
    found: list[Part]
    rows: list[Row]
    kinds: list[str]
    headings: frozenset[int]
    tokens: list[Token]


def read(pages: Sequence[Page], language: str) -> Read:
    """The resume as the product reads it, up to its sections."""
    looks = Headings.of([line for page in pages for line in page.lines])
    lines = reading_order(pages, looks.opens)
    found = parts(lines, looks, language)
    rows = rows_of(lines)
    kinds, headings = row_kinds(len(rows), found)
    return Read(looks, lines, found, rows, kinds, headings, tokens(rows))


def _plain(text: str) -> str:
    return re.sub(r"\s+", "", text).casefold()


def _occurrences(found: Sequence[Token], text: str) -> list[tuple[int, int]]:
    """First and last (exclusive) token of each place that says ``text``."""
    wanted = _plain(text)
    if not wanted:
        return []
    made = []
    for first in range(len(found)):
        if not wanted.startswith(_plain(found[first].text)[:1] or "\0"):
            continue
        said = ""
        for last in range(first, min(first + 24, len(found))):
            said += _plain(found[last].text)
            if said == wanted:
                made.append((first, last + 1))
                break
            if not wanted.startswith(said):
                break
    return made


def _dates(found: Sequence[Token], start: str, end: str) -> list[tuple[int, ...]]:
    """Tokens that say from when to when: a span, or a date and one near it."""
    made: list[tuple[int, ...]] = []
    for place, token in enumerate(found):
        if token.period is not None:
            last = token.period.last.value if token.period.last else ""
            if token.period.first.value == start and last == end:
                made.append((place,))
        elif token.point is not None and token.point.value == start:
            for other in range(place + 1, min(place + 30, len(found))):
                near = found[other]
                if near.row > token.row + 2:
                    break
                is_now = near.kind == "now" and end == "present"
                if is_now or (near.point is not None and near.point.value == end):
                    made.append((place, other))
                    break
            if not end:
                made.append((place,))
    return made


def labels(found: Sequence[Token], known: dict[str, Any]) -> list[str] | None:
    """A label for each token; None where what is known cannot be found."""
    said = ["O"] * len(found)
    used: set[int] = set()
    for job in known["employments"]:
        titles = _occurrences(found, job.get("title", "")) or [(-1, -1)]
        firms = _occurrences(found, job.get("employer", "")) or [(-1, -1)]
        spans = [span for span in _dates(found, job.get("start", ""), job.get("end", "")) if span[0] not in used]
        if (job.get("employer") and firms[0][0] < 0) or (job.get("start") and not spans):
            return None
        best = None
        for span in spans or [(-1,)]:
            for firm in firms:
                for title in titles:
                    places = [one for one in (span[0], firm[0], title[0]) if one >= 0]
                    rows = [found[one].row for one in places]
                    cost = 20.0 * (max(rows) - min(rows)) + max(places) - min(places)
                    # A title stands nearer to its dates than the firm of several does.
                    cost += abs(span[0] - title[0]) * 0.5 if title[0] >= 0 else 0
                    taken = any(said[one] != "O" for one in range(*title)) if title[0] >= 0 else False
                    cost += 200.0 * taken + (5.0 if firm[0] > span[0] + 12 else 0.0)
                    if best is None or cost < best[0]:
                        best = (cost, span, firm, title)
        assert best is not None
        _, span, firm, title = best
        for (first, last), letter in ((firm, "E"), (title, "T")):
            for place in range(first, last):
                if place >= 0 and (said[place] == "O" or letter == "E"):
                    said[place] = ("B" if place == first else "I") + letter
        for place, letter in zip(span, "P" if len(span) == 1 else "SF", strict=False):
            if place >= 0:
                used.add(place)
                said[place] = letter
    return said
