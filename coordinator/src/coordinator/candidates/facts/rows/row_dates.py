"""What a row of a section is dated with. Pure."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from coordinator.candidates.facts import words
from coordinator.candidates.facts.model import Row
from coordinator.candidates.facts.rows.dated import Dated
from coordinator.candidates.headings.sections import BULLET
from coordinator.candidates.words.dates import Period, Point, is_mostly_dates, is_present, periods, points

HEAD_CHARACTERS_MAX = 110
SMALL_WORDS = 2
NAME_WORDS_MAX = 4
PROSE_WORDS_MIN = 4
PROSE_SHARE = 0.6
_SENTENCE_END = re.compile(
    r"(?:(?<![.\s]\w)[A-Za-z)”\"](?<!\bInc)(?<!\bLtd)(?<!\bCorp)(?<!\bCo)\.|다\.|요\.|음\.?|함\.?|[했됐]음|었음|였음)$"
)
_IN_A_SENTENCE = re.compile(r"(?:\S+\s+){3,}(?:from|between|during|in|since|until|for|of)\s*$", re.IGNORECASE)
_AFTER_A_WORD = re.compile(r"\S\s+(?:from|between|during|since|until)\s*$", re.IGNORECASE)
_BRACKETS = re.compile(r"\S\s*[(\[（]\t[)\]）]\s*$")
_LASTED = re.compile(r"[(（]\s?\d{1,2}\s?(?:weeks?|months?|days?|주|개월|일)")
_MARKS = "|,·("
SPANS_MIN = 2
_OPENS = re.compile(r"\W*(?:from\s+)?$", re.IGNORECASE)
_CLOSES = re.compile(r"까지\s*\.\s|\s?[.;]\s+(?=[^\W\d_])")
"""What stands around a date that opens a line which tells the rest: "From May 2019 to July 2023. Maths lead."."""
_ENDS = re.compile(r"\s*\.\s*$")


def ends_sentence(text: str) -> bool:
    """Whether ``text`` ends as sentences do; the point of "Lda." or "B.V." ends none."""
    return _SENTENCE_END.search(text) is not None and not words.ends_in_legal_form(text)


def is_prose(row: Row) -> bool:
    """Whether a plain row is Latin words of a sentence: most of many begin small, names of firms and titles do not."""
    text = next((cell.strip() for _, cell in row.cells if cell.strip()), "")
    named = [word for word in re.findall(r"[^\W\d_]+", text) if len(word) > SMALL_WORDS and word[0].isascii()]
    small = sum(word[0].islower() for word in named)
    if row.line.bold or any(map(words.names_a_title, re.split("[,;|·]", text))) or words.is_institution(text):
        return False
    return len(named) >= PROSE_WORDS_MIN and small >= PROSE_SHARE * len(named)


def only_period(row: Row, *, bulleted: bool) -> Period | None:
    """The period a row is dated with; a date in a sentence dates nothing."""
    found = periods(row.text)
    if not found or (BULLET.match(row.text.strip()) and not bulleted):
        return None
    period = found[0]
    if _OPENS.match(row.text[: period.start]) and _CLOSES.match(row.text[period.end :]):
        return period
    if len(row.text) > HEAD_CHARACTERS_MAX and not _alone_in_its_cell(row, period):
        return None
    told = _ENDS.match(row.text[period.end :]) and _AFTER_A_WORD.search(row.text[: period.start])
    if told or _IN_A_SENTENCE.search(row.text[: period.start]):
        return None
    if bulleted and not _is_apart(row.text, period) and not _ends_in_span(row.text, period):
        return None
    left = re.sub(r"\s+(?=\.$)", "", (row.text[: period.start] + row.text[period.end :]).rstrip())
    in_a_sentence = len(left) > 40 and ends_sentence(left.strip())
    return None if in_a_sentence and not _alone_in_its_cell(row, period) else period


def only_says_since(row: Row, period: Period | None) -> bool:
    """Whether words of the row go on in a date: "Director of the program since 2023"."""
    if period is None or not row.text[period.start : period.end].lower().startswith("since"):
        return False
    return row.text[: period.start].rstrip(" ")[-1:].isalpha()


def _is_apart(text: str, period: Period) -> bool:
    """Whether marks or space divide the period from the words around it; "a member since 2021" is not dated."""
    before, after = BULLET.sub("", text[: period.start]).rstrip(" "), text[period.end :].lstrip(" ")
    opened = not before or before[-1] in ",|\t·-–—/:;([（"
    closed = not after or after[0] in ",|\t·-–—/:;()]）"
    return (opened or closed and after[:1] == "\t") and (closed or not before)


def _ends_in_span(text: str, period: Period) -> bool:
    """Whether a few words end in a span of time: "▶ 한들(주) 2020.03 ~ 2021.02"."""
    named = BULLET.sub("", text[: period.start]).split()
    return period.last is not None and not text[period.end :].strip(" )]") and len(named) <= NAME_WORDS_MAX


def _alone_in_its_cell(row: Row, period: Period) -> bool:
    return len(row.cells) > 1 and any(
        start <= period.start < start + len(cell) and is_mostly_dates(cell) for start, cell in row.cells
    )


def single(row: Row) -> Period | None:
    """A lone date that stands apart in the row, as the period it begins and ends with."""
    found = points(row.text)
    if len(found) != 1 or len(row.text) > HEAD_CHARACTERS_MAX:
        return None
    point = found[0]
    before, after = row.text[: point.start].rstrip(" (["), row.text[point.end :].lstrip(" )].")
    apart = (not before or before[-1] in ",|\t·-–—/(") or not before.strip()
    alone = not after or after[0] in ",|\t·-–—/)" or after.startswith(("졸업", "수료", "입학")) or _LASTED.match(after)
    return Period(point, None, point.start, point.end) if apart and alone else None


def like_the_others(rows: Sequence[Row], dated: Sequence[Period | None]) -> list[Period | None]:
    """``dated`` with rows that say one date where all printed like them say spans: they begin and end then."""
    looks = Counter(_look(row, period) for row, period in zip(rows, dated, strict=True) if period is not None)
    found = list(dated)
    for index, row in enumerate(rows):
        one = (
            (single(row) or _in_brackets(row)) if found[index] is None and not BULLET.match(row.text.strip()) else None
        )
        if one is not None and looks[_look(row, one)] >= SPANS_MIN:
            found[index] = replace(one, last=one.first)
    undated = {_begins(row) for row, period in zip(rows, found, strict=True) if period is None}
    return [
        dates if _begins(row) not in undated else before for row, dates, before in zip(rows, found, dated, strict=True)
    ]


def _in_brackets(row: Row) -> Period | None:
    """A lone date that a row ends in, in brackets."""
    found = points(row.text)
    if len(found) != 1 or not _BRACKETS.search(row.text[: found[0].start] + "\t" + row.text[found[0].end :]):
        return None
    return Period(found[0], None, found[0].start, found[0].end)


def _look(row: Row, period: Period) -> tuple[object, ...]:
    """How a row begins, and the mark before its date."""
    before = row.text[: period.start].rstrip(" ")
    return *_begins(row), before[-1:] if before[-1:] in _MARKS else "\t" in before


def _begins(row: Row) -> tuple[object, ...]:
    """Where a row begins, how it is printed there, and whether it is an item of a list."""
    line = row.line
    bulleted = BULLET.match(row.text.strip()) is not None
    return round(line.x0), line.opening or (line.size, line.bold, line.color), bulleted


def ending_below(rows: Sequence[Row], index: int, period: Period | None) -> Dated | None:
    """Where a narrow column breaks a period, its end stands in the next row's first cell, or in the last as it did."""
    if period is None or (period.last is not None and not period.open) or index + 1 >= len(rows):
        return None
    below = rows[index + 1]
    place, cell = below.cells[0]
    if len(below.cells) > 1 and period.start >= rows[index].cells[-1][0] > 0 and not words.is_institution(below.text):
        place, cell = below.cells[-1]
    below = Row(replace(below.line, text=cell, cells=(), breaks=()), below.start + place)
    text = re.sub(r"^[\s~～–-]+", lambda match: " " * len(match.group()), cell)
    if periods(text):
        # It has a beginning of its own: the one above goes on until now.
        return None
    found = points(text)
    if found and is_mostly_dates(text):
        return Dated.at(below, found[0]) if found[0].value[:4] >= period.first.value[:4] else None
    if is_present(text):
        start = len(text) - len(text.lstrip())
        return Dated.at(below, Point("present", start, len(text.rstrip())))
    return None


def with_those_ended_below(rows: Sequence[Row], dated: Sequence[Period | None]) -> list[Period | None]:
    """``dated`` with rows that end in the first date of an entry whose last ends the row below, beside others."""
    found = list(dated)
    for index, row in enumerate(rows):
        begins = single(row) if len(row.cells) > 1 and is_mostly_dates(row.cells[-1][1]) else None
        if not any(found[index : index + 2]) and ending_below(rows, index, begins) is not None:
            found[index] = begins
    return found
