"""Dated entries of a section: which lines are the head of one job or one course of study, and its dates. Pure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from coordinator.candidates.dates import DURATION, Period, Point, is_mostly_dates, is_present, periods, points
from coordinator.candidates.facts import words
from coordinator.candidates.facts.model import Row
from coordinator.candidates.facts.pieces import korean_parts, pieces
from coordinator.candidates.facts.tabled import Dated, Entry, table
from coordinator.candidates.labels import field_of
from coordinator.candidates.sections import BULLET

HEAD_CHARACTERS_MAX = 110
SENTENCE_CHARACTERS_MIN = 64
AFTER_MOST = 3
BEFORE_MOST = 3
INDENT_POINTS = 4.0
_SENTENCE_END = re.compile(
    r"(?:(?<!\bInc)(?<!\bLtd)(?<!\bCorp)(?<!\bCo)(?<![.\s]\w)[A-Za-z)”\"]\.|다\.|요\.|음\.?|함\.?|[했됐]음|었음|였음)$"
)
_IN_A_SENTENCE = re.compile(r"(?:\S+\s+){3,}(?:from|between|during|in|since|until|for|of)\s*$", re.IGNORECASE)
_AFTER_A_WORD = re.compile(r"\S\s+(?:from|between|during|since|until)\s*$", re.IGNORECASE)
_ENDS = re.compile(r"\s*\.\s*$")
_LABEL = re.compile(r"^\W*([^:：\t]{1,40}?)\s*[:：\t]")
_TOTAL = re.compile(r"^\W*(?:총|total).{0,20}(?:년|개월|years?|months?)", re.IGNORECASE)


@dataclass(frozen=True)
class _Head:
    """A row that may belong to a head, with its dates."""

    index: int
    row: Row
    period: Period | None
    ends: Dated | None = None
    """The end of a period that only begins in the row, found in the next."""


def _content_edge(row: Row) -> float:
    """Left edge of the row's first cell that is no date, points."""
    line = row.line
    for place, (_, cell) in enumerate(row.cells):
        if cell.strip() and not is_mostly_dates(cell):
            return line.cells[place] if place < len(line.cells) else line.x0
    return line.x0


def _is_text(row: Row, margin: float, dated: bool) -> bool:
    """Whether a row tells of the work instead of naming it."""
    text = row.text.strip()
    label = _LABEL.match(BULLET.sub("", text))
    field = field_of(label.group(1)) if label else None
    if field in ("employer", "title", "department", "institution", "degree"):
        return False
    if field == "duties" or (BULLET.match(text) and not dated):
        return True
    if dated:
        return False
    if _content_edge(row) > margin + INDENT_POINTS and not row.line.bold:
        return True
    long = len(text) > SENTENCE_CHARACTERS_MIN or len(text.split()) > 12
    return long or (len(text) > 20 and bool(_SENTENCE_END.search(text)))


def _is_nested(row: Row, margin: float) -> bool:
    """Whether a dated row stands within an entry: indented under what is dated further out, and no title."""
    if is_mostly_dates(row.text) or row.line.bold or words.is_title(row.text):
        return False
    return row.line.x0 > margin + INDENT_POINTS and _content_edge(row) > margin + INDENT_POINTS


def _only_period(row: Row, *, bulleted: bool) -> Period | None:
    """The period a row is dated with; a date in a sentence dates nothing."""
    found = periods(row.text)
    if not found or len(row.text) > HEAD_CHARACTERS_MAX or (BULLET.match(row.text.strip()) and not bulleted):
        return None
    period = found[0]
    told = _ENDS.match(row.text[period.end :]) and _AFTER_A_WORD.search(row.text[: period.start])
    if told or _IN_A_SENTENCE.search(row.text[: period.start]):
        return None
    if bulleted and not _is_apart(row.text, period):
        return None
    left = re.sub(r"\s+(?=\.$)", "", (row.text[: period.start] + row.text[period.end :]).rstrip())
    in_a_sentence = _SENTENCE_END.search(left.strip()) and len(left) > 40
    return None if in_a_sentence and not _alone_in_its_cell(row, period) else period


def _is_apart(text: str, period: Period) -> bool:
    """Whether marks or space divide the period from the words around it; "a member since 2021" is not dated."""
    before, after = BULLET.sub("", text[: period.start]).rstrip(" "), text[period.end :].lstrip(" ")
    opened = not before or before[-1] in ",|\t·-–—/:;([（"
    closed = not after or after[0] in ",|\t·-–—/:;()]）"
    return (opened or closed and after[:1] == "\t") and (closed or not before)


def _alone_in_its_cell(row: Row, period: Period) -> bool:
    return len(row.cells) > 1 and any(
        start <= period.start < start + len(cell) and is_mostly_dates(cell) for start, cell in row.cells
    )


def _single(row: Row) -> Period | None:
    """A lone date that stands apart in the row, as the period it begins and ends with."""
    found = points(row.text)
    if len(found) != 1 or len(row.text) > HEAD_CHARACTERS_MAX:
        return None
    point = found[0]
    before, after = row.text[: point.start].rstrip(" (["), row.text[point.end :].lstrip(" )].")
    apart = (not before or before[-1] in ",|\t·-–—/(") or not before.strip()
    alone = not after or after[0] in ",|\t·-–—/)" or after.startswith(("졸업", "수료", "입학"))
    return Period(point, None, point.start, point.end) if apart and alone else None


def _are_bulleted(rows: Sequence[Row]) -> bool:
    """Whether entries are items of a list: nothing else is dated, or only what stands further in."""
    plain = [row.line.x0 for row in rows if _only_period(row, bulleted=False)]
    items = [row.line.x0 for row in rows if BULLET.match(row.text.strip()) and _only_period(row, bulleted=True)]
    return not plain or (bool(items) and min(items) < min(plain) - INDENT_POINTS)


def _heads(rows: Sequence[Row], *, singles: bool) -> list[_Head | None]:
    """For each row its head, None for text."""
    bulleted = _are_bulleted(rows)
    dated = [_only_period(row, bulleted=bulleted) for row in rows]
    if singles or not any(dated):
        dated = [
            period or (None if BULLET.match(row.text) and any(dated) else _single(row))
            for row, period in zip(rows, dated, strict=True)
        ]
    for index, period in enumerate(dated):
        if _ending_below(rows, index, period) is not None:
            # The end of the period above dates nothing of its own.
            dated[index + 1] = None
    margins = _margins(rows, dated)
    found: list[_Head | None] = []
    for index, (row, period) in enumerate(zip(rows, dated, strict=True)):
        if (
            (_TOTAL.match(row.text) and not period)
            or (period and _is_nested(row, margins[index][1]))
            or _is_text(row, margins[index][0], period is not None)
        ):
            found.append(None)
        else:
            ends = _ending_below(rows, index, period)
            found.append(_Head(index, row, period, ends))
    return found


def _in_columns(rows: Sequence[Row]) -> list[tuple[int, int]]:
    """First and last row (exclusive) of each column that a section goes on in."""
    starts = [
        place
        for place in range(1, len(rows))
        if rows[place].line.y0 < rows[place - 1].line.y0 - 2 * rows[place].line.size
    ]
    return list(zip([0, *starts], [*starts, len(rows)], strict=True))


def _margins(rows: Sequence[Row], dated: Sequence[Period | None]) -> list[tuple[float, float]]:
    """For each row the left edges, points, in its column: of what heads say, and of all that is dated."""
    found: list[tuple[float, float]] = []
    for begin, end in _in_columns(rows):
        pairs = list(zip(rows[begin:end], dated[begin:end], strict=True))
        edges = [_content_edge(row) for row, period in pairs if period and not is_mostly_dates(row.text)]
        edges = edges or [min((row.line.x0 for row, _ in pairs), default=0.0)]
        outer = [row.line.x0 for row, period in pairs if period]
        found += [(min(edges), min(outer, default=min(edges)))] * (end - begin)
    return found


def _ending_below(rows: Sequence[Row], index: int, period: Period | None) -> Dated | None:
    """Where a narrow column breaks a period, its end stands in the next row's first cell."""
    if period is None or (period.last is not None and not period.open) or index + 1 >= len(rows):
        return None
    below = rows[index + 1]
    text = re.sub(r"^[\s~～–-]+", lambda match: " " * len(match.group()), below.cells[0][1])
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


def _says_how(row: Row) -> bool:
    """Whether a row only says how or how long somebody was employed: neither a head nor the end of one."""
    text = row.text.strip()
    if words.is_own_account(text):
        return False
    return words.is_employment_kind(text) or DURATION.fullmatch(text) is not None


def _runs(heads: Sequence[_Head | None]) -> list[list[_Head]]:
    runs: list[list[_Head]] = []
    before: _Head | None = None
    for one in heads:
        if one is not None:
            if before is None:
                runs.append([])
            runs[-1].append(one)
        before = one
    return runs


def _lead(runs: Sequence[Sequence[_Head]]) -> int:
    """How many lines of a head stand above its dates: as many as above the section's first."""
    for run in runs:
        for place, one in enumerate(run):
            if one.period is not None:
                return min(place, BEFORE_MOST)
    return 0


def entries(rows: Sequence[Row], *, singles: bool) -> list[Entry]:
    """The dated entries in ``rows``; with ``singles`` one date is enough to make an entry."""
    tabled = table(rows)
    if tabled is not None:
        return tabled
    heads = _heads(rows, singles=singles)
    runs = _runs([one for one, row in zip(heads, rows, strict=True) if not _says_how(row)])
    lead = _lead(runs)
    found: list[Entry] = []
    for run in runs:
        dated = [place for place, one in enumerate(run) if one.period is not None]
        for number, place in enumerate(dated):
            begin = max(place - lead, 0 if number == 0 else dated[number - 1] + 1)
            until = dated[number + 1] - lead if number + 1 < len(dated) else len(run)
            until = max(place + 1, min(until, place + 1 + AFTER_MOST))
            found.append(_entry(run[begin:until], run[place]))
    return found


def _entry(heads: Sequence[_Head], dated: _Head) -> Entry:
    said = [piece for line, one in enumerate(heads) for piece in pieces(one.row, line) if not is_present(piece.text)]
    parts = tuple(part for piece in said for part in korean_parts(piece, alone=len(said) == 1))
    period = dated.period
    assert period is not None
    last = dated.ends or (Dated.at(dated.row, period.last) if period.last else None)
    line = next(place for place, one in enumerate(heads) if one is dated)
    return Entry(parts, Dated.at(dated.row, period.first), last, dated.index, line)
