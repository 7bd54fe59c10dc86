"""Dated entries of a section: which lines are the head of one job or one course of study, and its dates. Pure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from coordinator.candidates.facts import words
from coordinator.candidates.facts.entries.clients import rows_of_clients
from coordinator.candidates.facts.entries.date_columns import told_beside
from coordinator.candidates.facts.entries.inner import inner_rows, with_plain_heads
from coordinator.candidates.facts.entries.parted import Parted, parted
from coordinator.candidates.facts.entries.study_dates import ending
from coordinator.candidates.facts.entries.tabled import Entry, blocks, table_entries, without_remarks
from coordinator.candidates.facts.entries.transposed import transposed
from coordinator.candidates.facts.entries.year_groups import dated_by_year
from coordinator.candidates.facts.model import Row
from coordinator.candidates.facts.rows.dated import Dated
from coordinator.candidates.facts.rows.edges import edge_of, margins_of, without_left_edge
from coordinator.candidates.facts.rows.groups import closing_rows, first_rows, parts_of
from coordinator.candidates.facts.rows.label_rows import with_labels_beside, without_head
from coordinator.candidates.facts.rows.marked import marked_with_dates
from coordinator.candidates.facts.rows.pieces import Piece, korean_parts, pieces
from coordinator.candidates.facts.rows.remarks import is_beside
from coordinator.candidates.facts.rows.row_dates import (
    ending_below,
    like_the_others,
    only_period,
    only_says_since,
    single,
    with_those_ended_below,
)
from coordinator.candidates.facts.rows.text_rows import INDENT_POINTS, LABEL, goes_on, is_nested, is_text
from coordinator.candidates.headings.sections import BULLET
from coordinator.candidates.words.dates import Period, is_mostly_dates, is_present
from coordinator.candidates.words.labels import field_of

AFTER_MOST = 3
BEFORE_MOST = 3
_TOTAL = re.compile(r"^\W*(?:총|total).{0,20}(?:년|개월|years?|months?)", re.IGNORECASE)


@dataclass(frozen=True)
class _Head:
    """A row that may belong to a head, with its dates."""

    index: int
    row: Row
    period: Period | None
    ends: Dated | None = None
    """The end of a period that only begins in the row, found in another."""
    begins: Dated | None = None
    """The beginning of a period whose end alone stands in the row."""


def _are_bulleted(rows: Sequence[Row]) -> bool:
    """Whether entries are items of a list: nothing else is dated, or only what stands further in."""
    plain = [edge_of(row) for row in rows if only_period(row, bulleted=False)]
    items = [row.line.x0 for row in rows if BULLET.match(row.text.strip()) and only_period(row, bulleted=True)]
    return not plain or (bool(items) and min(items) < min(plain) - INDENT_POINTS)


def _dated(rows: Sequence[Row], *, singles: bool, ends: bool) -> list[Period | None]:
    """For each row the period it is dated with."""
    bulleted = _are_bulleted(rows)
    dated = [only_period(row, bulleted=bulleted) for row in rows]
    if singles or not any(dated):
        dated = [
            period
            or (None if BULLET.match(row.text) and any(dated) else single(row) or (ending(row) if ends else None))
            for row, period in zip(rows, dated, strict=True)
        ]
    elif not singles:
        dated = like_the_others(rows, with_those_ended_below(rows, dated))
    for index, period in enumerate(dated):
        if ending_below(rows, index, period) is not None:
            # The end of the period above dates nothing of its own.
            dated[index + 1] = None
    told = [only_says_since(row, period) for row, period in zip(rows, dated, strict=True)]
    if 2 * sum(told) < sum(period is not None for period in dated):
        dated = [None if since else period for period, since in zip(dated, told, strict=True)]
    return dated


def _heads(
    rows: Sequence[Row], dated: Sequence[Period | None], starts: Sequence[int], apart: Sequence[Parted]
) -> list[_Head | None]:
    """For each row its head, None for text; ``starts`` are the first rows of entries, where they are known."""
    margins = margins_of(rows, dated, starts)
    edgeless = without_left_edge(rows, starts)
    marked = marked_with_dates(rows, dated)
    right = max((row.line.x1 for row in rows), default=0.0)
    found: list[_Head | None] = []
    for index, (row, period) in enumerate(zip(rows, dated, strict=True)):
        above = rows[index - 1] if found and found[-1] is None and period is None else None
        if (
            (_TOTAL.match(row.text) and not period)
            or (period and index not in edgeless and is_nested(row, *margins[index]))
            or is_text(
                row,
                float("inf") if index in edgeless else margins[index][0],
                margins[index][1],
                period is not None or index in marked,
            )
        ) or (above is not None and goes_on(above, row, right)):
            found.append(None)
        else:
            pair = next((one for one in apart if one.index == index), None)
            ends = ending_below(rows, index, period) if pair is None else pair.last
            found.append(_Head(index, row, period, ends, pair.first if pair else None))
    return found


def _is_labelled(row: Row) -> bool:
    """Whether a row begins with the label of an employer, a title or a school."""
    label = LABEL.match(row.text)
    return label is not None and field_of(label.group(1)) in ("employer", "title", "institution", "degree")


def _runs(heads: Sequence[_Head | None]) -> list[list[_Head]]:
    runs: list[list[_Head]] = []
    before: _Head | None = None
    for one in heads:
        if one is not None:
            # Where dates come first, what a label names after the work still belongs to them.
            after = runs and runs[0][0].period is not None and one.period is None and _is_labelled(one.row)
            if before is None and not after:
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


def _stands_below(run: Sequence[_Head], place: int, alone: bool) -> int:
    """1 where a row of nothing but its date stands below what it dates, in a section whose first date has more."""
    below = alone and place > 0 and run[place - 1].period is None and is_mostly_dates(run[place].row.text)
    return int(below)


def entries(rows: Sequence[Row], *, singles: bool, ends: bool = False) -> list[Entry]:
    """The dated entries in ``rows``; with ``singles`` one date is enough to make an entry.

    With ``ends`` too where it stands among words, if these say that it ends a course of study.
    """
    found: list[Entry] = []
    for block in blocks(with_labels_beside(rows)):
        if block.is_of_projects:
            continue
        if block.names_employers:
            found += table_entries(block)
        else:
            found += transposed(block) or _plain(without_head(without_remarks(block)), singles=singles, ends=ends)
    return found


def _plain(rows: Sequence[Row], *, singles: bool, ends: bool) -> list[Entry]:
    rows, yearly = dated_by_year(with_plain_heads(rows))
    dates = list(yearly) if any(yearly) else _dated(rows, singles=singles, ends=ends)
    inner = set() if singles else inner_rows(rows, dates) | rows_of_clients(rows, dates)
    dates = [None if place in inner else period for place, period in enumerate(dates)]
    apart = [] if singles else parted(rows, [only_period(row, bulleted=True) for row in rows])
    for pair in apart:
        dates[pair.below] = None
    for pair in apart:
        dates[pair.index] = pair.period(rows[pair.index])
    starts = first_rows(rows, [period is not None for period in dates])
    heads = [None if place in inner else one for place, one in enumerate(_heads(rows, dates, starts, apart))]
    grouped = _grouped(heads, rows, starts)
    if grouped:
        return grouped
    runs = _runs([one for one, row in zip(heads, rows, strict=True) if not is_beside(row)])
    lead = _lead(runs)
    first = next((one.row for run in runs for one in run if one.period is not None), None)
    alone = first is not None and not is_mostly_dates(first.text)
    found: list[Entry] = []
    for run in runs:
        dated = [place for place, one in enumerate(run) if one.period is not None]
        leads = [lead or _stands_below(run, place, alone) for place in dated]
        for number, place in enumerate(dated):
            begin = max(place - leads[number], 0 if number == 0 else dated[number - 1] + 1)
            until = dated[number + 1] - leads[number + 1] if number + 1 < len(dated) else len(run)
            until = max(place + 1, min(until, place + 1 + AFTER_MOST))
            found.append(_entry(run[begin:until], run[place]))
    return found


def _grouped(heads: Sequence[_Head | None], rows: Sequence[Row], starts: Sequence[int]) -> list[Entry]:
    """An entry for each part that begins at ``starts``, wherever in it the date stands; empty where one has none."""
    found: list[Entry] = []
    with_dates = {place for place, one in enumerate(heads) if one is not None and one.period is not None}
    closing, between = closing_rows(rows, starts, with_dates)
    for begin, end in parts_of(rows, starts):
        named = [
            heads[place] or _Head(place, rows[place], None)
            if place in closing
            else None
            if place in between
            else heads[place]
            for place in range(begin, end)
        ]
        run = [one for one, row in zip(named, rows[begin:end], strict=True) if not is_beside(row)]
        place = next((place for place, one in enumerate(run) if one is not None and one.period is not None), None)
        if place is None:
            return []
        first = next((number for number, one in enumerate(run) if one is None), len(run))
        until = next((number for number in range(place, len(run)) if run[number] is None), len(run))
        above = next((number + 1 for number in range(place - 1, -1, -1) if run[number] is None), 0)
        said = [*run[: min(first, above)], *run[above : min(until, place + 1 + AFTER_MOST)]]
        said += [one for one in run[min(until, place + 1 + AFTER_MOST) :] if one is not None and one.index in closing]
        dated = run[place]
        assert dated is not None
        found.append(_entry([one for one in said if one is not None], dated))
    return found


def _is_alone(piece: Piece, said: Sequence[Piece]) -> bool:
    """Whether a piece has its line for itself, and nothing in the entry's others says who the employer is."""
    others = [one for one in said if one is not piece]
    return all(one.line > piece.line and one.field is None and not words.is_employer(one.text) for one in others)


def _entry(heads: Sequence[_Head], dated: _Head) -> Entry:
    said = [piece for line, one in enumerate(heads) for piece in pieces(one.row, line) if not is_present(piece.text)]
    parts = tuple(part for piece in said for part in korean_parts(piece, alone=_is_alone(piece, said)))
    period = dated.period
    assert period is not None
    last = dated.ends or (Dated.at(dated.row, period.last) if period.last else None)
    line = next(place for place, one in enumerate(heads) if one is dated)
    parts = told_beside(parts, [one.row for one in heads], line, period)
    return Entry(parts, dated.begins or Dated.at(dated.row, period.first), last, line)
