"""Whether a print is that of headings because it outranks what stands below: the largest, short, undated. Pure."""

import re
from collections import Counter
from collections.abc import Collection, Sequence

from coordinator.candidates.schemas import Line
from coordinator.candidates.words.dates import is_mostly_dates, periods

LARGER_MOST = 3
"""This many lines may be larger: the person's name and the document's."""
LARGER_SHARE = 1.05
WORDS_MAX = 5
CHARACTERS_MAX = 40
SPOKEN_WORDS_MAX = 9
SPOKEN_CHARACTERS_MAX = 48
"""Headings in words of somebody's own are longer: "Which languages will I swear in?"."""
_NUMBER = re.compile(r"^\W*\d{1,2}[.)]\s+")
_FIGURE = re.compile(r"\W*\d[\d.,]*\s?[^\W\d]{0,4}\W*")
"""A number with its unit, shown off in large print: "13", "27%", "47억", "£2.4m"."""


def outranks(known: Sequence[Line], others: Sequence[Line], lines: Sequence[Line]) -> bool:
    """Whether ``others``, printed as the headings ``known`` are, are headings too; ``lines`` are all of the resume's.

    The size of print says it: nothing but a name and figures is larger, none of them is a sentence or says a date, and
    they do not stand above one date each as heads of entries do.
    """
    if not others or (0 < len(known) < 2 and len(known) < len(others) < LARGER_MOST):
        return False
    size = others[0].size
    larger = [line for line in lines if line.size > size * LARGER_SHARE and not is_figure(line)]
    plain = [line for line in lines if line.size * LARGER_SHARE < size]
    if len(larger) > LARGER_MOST or 2 * len(plain) < len(lines):
        return False
    if not all(map(is_short if known else could_head, others)):
        return False
    headed = {id(line) for line in (*known, *others)}
    dates = [_dates_below(line, lines, headed) for line in others]
    # The head of an entry stands above one span of time, a section of entries above several.
    return dates.count(1) <= sum(count > 1 for count in dates)


def largest(lines: Sequence[Line]) -> list[Line]:
    """Where no heading has usual words: the lines in the largest print that more than a name has; else empty."""
    sizes = Counter(round(line.size * 2) / 2 for line in lines)
    for size in sorted(sizes, reverse=True):
        alike = [line for line in lines if round(line.size * 2) / 2 == size]
        if len(alike) > LARGER_MOST:
            same = len({(line.bold, line.color) for line in alike}) == 1
            return alike if same and outranks((), alike, lines) else []
    return []


def is_figure(line: Line) -> bool:
    """Whether a line is a number with its unit and nothing else."""
    return _FIGURE.fullmatch(line.text.strip()) is not None


def is_short(line: Line) -> bool:
    """Whether a line is short enough for a heading, without dates, and no part of a sentence."""
    text = line.text.strip()
    wordy = len(text) <= CHARACTERS_MAX and len(text.split()) <= WORDS_MAX and "\t" not in text
    return wordy and not text.endswith((".", ",", ":", ";")) and not is_mostly_dates(text) and not periods(text)


def could_head(line: Line) -> bool:
    """Whether a line in a print of headings' own is short enough for one, has no date and ends no sentence."""
    text = _NUMBER.sub("", line.text.strip())
    short = len(text) <= SPOKEN_CHARACTERS_MAX and len(text.split()) <= SPOKEN_WORDS_MAX and "\t" not in text
    return short and any(map(str.isalpha, text)) and not text.endswith((".", ",", ";")) and not periods(text)


def _dates_below(line: Line, lines: Sequence[Line], headed: Collection[int]) -> int:
    """How many lines say a span of time between ``line`` and the next that is printed like it."""
    begin = next(place for place, one in enumerate(lines) if one is line) + 1
    count = 0
    for one in lines[begin:]:
        if id(one) in headed:
            break
        count += bool(periods(one.text))
    return count
