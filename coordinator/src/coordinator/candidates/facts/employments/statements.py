"""Employments told in words instead of heads: a line for joining and one for leaving, or a sentence for each. Pure."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from coordinator.candidates.facts import words
from coordinator.candidates.facts.entries.tabled import Entry
from coordinator.candidates.facts.model import Row, Span
from coordinator.candidates.facts.rows.dated import Dated
from coordinator.candidates.facts.rows.pieces import Piece, korean_parts, pieces
from coordinator.candidates.words.dates import PRESENT, Period, Point, periods, points

LINE_CHARACTERS_MAX = 80
YEAR_LETTERS = 4
_MONTH_CELL = re.compile(r"\t(1[0-2]|0?[1-9])\s?월?(?=\t)")
_JOINS = re.compile(
    r"(?<=[\s)])(?:신규\s?)?(?:입사|임용|임관|채용|입직|부임)(?=$|[\s(,·])"
    r"|^\W*(?:joined|appointed (?:to|at|by)|hired (?:by|at)|started at)\b",
    re.IGNORECASE,
)
_LEAVES = re.compile(
    r"(?:^|(?<=[\s)]))(?:(?:의원\s?)?면직|퇴사|퇴직|명예퇴직|사직|퇴임|전출|이직)(?=$|[\s(,·])"
    r"|^\W*(?:left|resigned from|retired from)\b",
    re.IGNORECASE,
)
_STAYS = re.compile(r"현재(?:에 이르)?|재직\s?중|근무\s?중|to date|to this day", re.IGNORECASE)
_AS = re.compile(r"\s+as\s+(?:an?\s+|the\s+)?", re.IGNORECASE)
_TOLD = (
    re.compile(
        r"\b(?:was|am|been|worked as|work as|served as|serve as|employed as|(?:started|began)(?:\s+out)?\s+as)\s+"
        r"(?:an?\s+|the\s+)?"
        r"(?P<title>[^\W\d_][\w&/'\s-]{2,50}?)\s+(?:at|for|with)\s+(?:the\s+)?"
        r"(?P<employer>[A-Z][\w&.'’\s-]{1,50}?)(?=\s+in\s+[A-Z]|\s+(?:from|between|since|until|where)\s|[,;(]|\.?\s*$|\.\s)",
    ),
    re.compile(
        r"\b(?:worked|work|working|employed|joined)\s+(?:(?:at|for|with|by)\s+)?(?:the\s+)?"
        r"(?P<employer>[A-Z][\w&.'’\s-]{1,50}?)\s+as\s+(?:an?\s+|the\s+)?"
        r"(?P<title>[^\W\d_][\w&/'\s-]{2,50}?)(?=\s+(?:and|where|from|between|since|until)\s|[,;(]|\.?\s*$|\.\s)",
    ),
    re.compile(
        r"(?P<employer>[가-힣A-Za-z0-9()㈜&·]{2,20}(?: [가-힣A-Za-z0-9()㈜&·]{2,20}){0,2})에서\s"
        r"(?P<title>[가-힣A-Za-z]{2,12}(?: [가-힣A-Za-z]{2,12}){0,2}?)(?:으로|로)\s(?:일|근무|재직|활동|종사)"
    ),
)
_BETWEEN = re.compile(
    r"(?<=[a-z가-힣)])[.!]\s+(?=[A-Z가-힣\d])|(?<=\d{4})[.!]\s+(?=[A-Z][a-z])|\n(?=\W*(?:From|Between|Since)\b)"
)
_SINCE_UNTIL = re.compile(r"^[\s,]*(?:까지|부터|동안|간)?[\s,]*")


@dataclass
class _Told:
    """An employment whose end may stand in a later line."""

    parts: tuple[Piece, ...]
    first: Dated
    last: Dated | None = None


def told(rows: Sequence[Row]) -> list[Entry]:
    """The entries of a section that tells in words; empty where most of its dates are told otherwise."""
    found = joined_and_left(rows) or in_sentences(rows)
    return found if 2 * len(found) > len(periods("\n".join(row.text for row in rows))) else []


def joined_and_left(rows: Sequence[Row]) -> list[Entry]:
    """Entries of rows that say when somebody joined and when they left; empty unless two say that they joined."""
    if sum(_point(row) is not None and _JOINS.search(_words(row)) is not None for row in rows) < 2:
        return []
    found: list[_Told] = []
    for row in rows:
        point, text = _point(row), _words(row)
        if point is None:
            stays = _STAYS.search(text) if found and found[-1].last is None else None
            if stays is not None and len(row.text) <= LINE_CHARACTERS_MAX and not points(text):
                at = Point(PRESENT, stays.start(), stays.end())
                found[-1].last = Dated.at(row, at)
            continue
        if _JOINS.search(text):
            found.append(_Told(tuple(_named(row)), point))
        elif found and found[-1].last is None and (_LEAVES.search(text) or _STAYS.search(text)):
            open_ones = [one for one in found if one.last is None]
            named = [one for one in open_ones if any(len(part.text) > 1 and part.text in text for part in one.parts)]
            if named or len(open_ones) == 1:
                (named or open_ones)[-1].last = point
    return [Entry(one.parts, one.first, one.last) for one in found if one.parts]


def _point(row: Row) -> Dated | None:
    """The one date that a short row says."""
    said = points(row.text)
    if len(said) != 1 or len(row.text) > LINE_CHARACTERS_MAX or periods(row.text):
        return None
    point = said[0]
    month = _MONTH_CELL.match(row.text[point.end :]) if len(point.value) == YEAR_LETTERS else None
    if month and row.text[: point.start].strip() == "":
        # The year's cell, then that of the month.
        point = Point(f"{point.value}-{int(month.group(1)):02d}", point.start, point.end + month.end(1))
    return Dated.at(row, point)


def _words(row: Row) -> str:
    """The row's text without its dates, as long as it was."""
    text = row.text
    for point in points(text):
        text = text[: point.start] + " " * (point.end - point.start) + text[point.end :]
    return text.replace("\t", " ")


def _named(row: Row) -> list[Piece]:
    """Who employs and as what, without the word that says that somebody joined."""
    text = row.text
    for pattern in (_JOINS, _AS):
        match = pattern.search(text) or pattern.search(_words(row))
        if match:
            mark = "|" if pattern is _AS else " "
            text = text[: match.start()] + mark.ljust(match.end() - match.start()) + text[match.end() :]
    plain = Row(replace(row.line, text=text, breaks=()), row.start)
    said = pieces(plain, 0)
    parts = [_firm(part) for piece in said for part in korean_parts(piece, alone=len(said) == 1)]
    # In the resume's own text nothing is masked.
    return [part for part in parts if row.text[part.span.start - row.start :].startswith(part.text)]


def _firm(piece: Piece) -> Piece:
    """The piece without the department after the firm's name."""
    named = piece.text.split()
    if len(named) < 2 or not words.is_department(named[-1]) or words.is_employer(named[-1]):
        return piece
    firm = piece.text[: piece.text.rindex(named[-1])].rstrip()
    return replace(piece, span=Span(firm, piece.span.start, piece.span.start + len(firm)))


def in_sentences(rows: Sequence[Row]) -> list[Entry]:
    """Entries of sentences that say from when to when somebody was what, and where; the rows are lines of prose."""
    if not rows:
        return []
    text = "\n".join(row.text for row in rows)
    start = rows[0].start
    whole = Row(replace(rows[0].line, text=text, breaks=(), cells=()), start)
    said = periods(text)
    found: list[Entry] = []
    for sentence in _sentences(text):
        within = [period for period in said if sentence[0] <= period.start < sentence[1]]
        told = next((match for pattern in _TOLD if (match := pattern.search(text, *sentence))), None)
        if told is not None and len(within) == 1:
            found.append(_entry(whole, told, within[0]))
    return found


def _sentences(text: str) -> Iterator[tuple[int, int]]:
    begin = 0
    for match in _BETWEEN.finditer(text):
        yield begin, match.start() + 1
        begin = match.end()
    yield begin, len(text)


def _entry(whole: Row, told: re.Match[str], period: Period) -> Entry:
    parts = []
    for order, field in enumerate(("employer", "title")):
        begin, end = told.span(field)
        inside = period.start <= begin < period.end
        begin = period.end if inside else begin
        goes_on = _SINCE_UNTIL.match(whole.text[begin:end])
        begin += goes_on.end() if goes_on else 0
        span = Span(" ".join(whole.text[begin:end].split()), whole.start + begin, whole.start + end)
        parts.append(Piece(span, 0, order, bold=False, field="employer" if field == "employer" else "title"))
    last = Dated.at(whole, period.last) if period.last else None
    return Entry(tuple(parts), Dated.at(whole, period.first), last)
