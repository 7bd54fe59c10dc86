"""The words of a resume's rows: dates, durations and marks are words of their own. Pure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from coordinator.candidates.dates import DURATION, Period, Point, is_present, periods, points
from coordinator.candidates.facts.model import Row
from coordinator.candidates.sections import BULLET

TokenKind = Literal["word", "mark", "tab", "bullet", "period", "point", "now", "duration"]

ROW_TOKENS_MOST = 120
_WORD = re.compile(r"[^\W_]+(?:[&'’.\-][^\W_]+)*")
_TOKEN = re.compile(rf"(?P<word>{_WORD.pattern})|(?P<tab>\t)|(?P<mark>[^\s])")
_AT = re.compile(r"^(?:at|@)$", re.IGNORECASE)
_SUFFIX = re.compile(r"^(?:inc|ltd|limited|llc|llp|plc|gmbh|corp|s\.a|pty|srl)$", re.IGNORECASE)
_DIVIDES = frozenset("|∣│¦·•∙・◆●/,;()（）[]〔〕:：@—–>→")


@dataclass(frozen=True)
class Token:
    """One word, mark or date; ``start`` and ``end`` its place in the row's text."""

    kind: TokenKind
    text: str
    start: int
    end: int
    row: int
    period: Period | None = None
    point: Point | None = None
    open: bool = False
    """Whether it is the first date of a period that ends in the row below."""


@dataclass(frozen=True)
class Stretch:
    """Words of one row that nothing divides; ``first`` to ``last`` (exclusive) are tokens of the resume."""

    row: int
    order: int
    """Which stretch of its row, 0 the first."""
    first: int
    last: int
    text: str
    before: str
    """The mark or kind of token before it, "^" at the row's start."""
    after: str


def tokens(rows: Sequence[Row]) -> list[Token]:
    """All tokens in order; of a row beyond all measure only the first ones."""
    by_row = [_of_row(row.text, place)[:ROW_TOKENS_MOST] for place, row in enumerate(rows)]
    for above, below in zip(by_row, by_row[1:], strict=False):
        for place, token in enumerate(above):
            if token.period is not None and token.period.open and _ends(token.period, below):
                # What only a dash left open ends in the next row.
                above[place] = replace(token, kind="point", period=None, point=token.period.first, open=True)
    return [token for row in by_row for token in row]


def _ends(period: Period, below: Sequence[Token]) -> bool:
    """Whether the row below begins with the end of the period."""
    first = next((token for token in below if token.kind != "mark"), None)
    if first is None or (first.kind == "now" and first.start > 2):
        return False
    return first.kind == "now" or (first.point is not None and first.point.value >= period.first.value)


def _of_row(text: str, row: int) -> list[Token]:
    taken: list[Token] = [
        Token("period", text[one.start : one.end], one.start, one.end, row, period=one) for one in periods(text)
    ]
    for point in points(text):
        if _is_free(taken, point.start, point.end):
            taken.append(Token("point", text[point.start : point.end], point.start, point.end, row, point=point))
    for match in DURATION.finditer(text):
        if _is_free(taken, *match.span()):
            taken.append(Token("duration", match.group(), *match.span(), row))
    bullet = BULLET.match(text)
    if bullet and bullet.group().strip() and _is_free(taken, *bullet.span()):
        taken.append(Token("bullet", bullet.group().strip(), *bullet.span(), row))
    found: list[Token] = []
    begin = 0
    for token in sorted(taken, key=lambda one: one.start):
        found += _plain(text, begin, token.start, row)
        found.append(token)
        begin = token.end
    return found + _plain(text, begin, len(text), row)


def _is_free(taken: Sequence[Token], start: int, end: int) -> bool:
    return not any(one.start < end and start < one.end for one in taken)


def _plain(text: str, begin: int, end: int, row: int) -> list[Token]:
    found: list[Token] = []
    for match in _TOKEN.finditer(text, begin, end):
        kind: TokenKind = "word" if match["word"] else "tab" if match["tab"] else "mark"
        now = kind == "word" and is_present(match.group())
        found.append(Token("now" if now else kind, match.group(), *match.span(), row))
    return found


def stretches(found: Sequence[Token], rows: Sequence[Row]) -> list[Stretch]:
    """The tokens between marks, dates, tabs and changes of print."""
    made: list[Stretch] = []
    begin: int | None = None
    before = "^"
    order = 0

    def close(end: int, after: str) -> None:
        nonlocal begin, order
        if begin is not None:
            row = found[begin].row
            text = rows[row].text[found[begin].start : found[end - 1].end]
            made.append(Stretch(row, order, begin, end, text, before, after))
            order += 1
            begin = None

    for place, token in enumerate(found):
        if place and token.row != found[place - 1].row:
            close(place, "$")
            before, order = "^", 0
        if divides(found, place, rows):
            close(place, token.text if token.kind in ("mark", "word") else token.kind)
            before = token.text.lower() if token.kind in ("mark", "word") else token.kind
            continue
        if token.start in rows[token.row].line.breaks and begin is not None:
            close(place, "print")
            before = "print"
        if begin is None:
            begin = place
    close(len(found), "$")
    return made


def divides(found: Sequence[Token], place: int, rows: Sequence[Row]) -> bool:
    """Whether the token is none of a stretch, but stands between two."""
    token = found[place]
    if token.kind == "word":
        return bool(_AT.match(token.text))
    if token.kind != "mark":
        return True
    if token.text == "," and place + 1 < len(found) and _SUFFIX.match(found[place + 1].text):
        return False
    if token.text in _DIVIDES:
        return not _is_legal_form(found, place)
    if token.text in "-~":
        text = rows[token.row].text
        return text[token.start - 1 : token.start].isspace() and text[token.end : token.end + 1].isspace()
    return False


def _is_legal_form(found: Sequence[Token], place: int) -> bool:
    """Whether the bracket is one of "(주)"."""
    for begin in (place, place - 2):
        three = found[begin : begin + 3] if begin >= 0 else ()
        if len(three) == 3 and three[0].text == "(" and three[2].text == ")" and three[1].text in "주유재사합":
            return True
    return False
