"""Positions below the name of the firm they were all held at, which stands once above them. Pure."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from coordinator.candidates.facts import words
from coordinator.candidates.facts.entries.finding import entries
from coordinator.candidates.facts.entries.tabled import Entry
from coordinator.candidates.facts.model import Row
from coordinator.candidates.facts.rows.dated import lasts_over
from coordinator.candidates.facts.rows.groups import parts_of, rows_printed_alike
from coordinator.candidates.facts.rows.pieces import Piece, pieces
from coordinator.candidates.facts.rows.row_dates import ends_sentence, only_period
from coordinator.candidates.headings.known import known_kind
from coordinator.candidates.headings.sections import BULLET
from coordinator.candidates.schemas import Line

ALIGNED_POINTS = 2.0
INDENT_MOST = 60.0
TOLD_MOST = 3
"""So many lines stand between a firm and the first position there: where it is, how long somebody was there."""
SHARE_MIN = 0.6
"""At least this share of the positions names a title and nothing else."""
TITLE_AND_AREA = 2
"""Below a name that can only be a firm's a position may also say where in the house it was: "Sister, Cardiology"."""
_BESIDE_DATES = (0, -1, 1)
"""Where titles stand: in the line of their dates, above it, below it."""


@dataclass(frozen=True)
class _Firm:
    """A firm and the rows of its positions."""

    named: Piece
    rows: Sequence[Row]


def held_below_firms(rows: Sequence[Row]) -> list[Entry]:
    """The entries of a section in which each firm has a line of its own print above the positions held there.

    Empty unless some firm has several, and positions say nothing but a title and when.
    """
    firms = _firms(rows)
    found = entries([row for firm in firms for row in firm.rows], singles=False) if firms else []
    if any(_holds(one, after) for one, after in zip(found, found[1:], strict=False)):
        # What was done within a position is none.
        return []
    return [_with_firm(entry, firms) for entry in found]


def _holds(outer: Entry, inner: Entry) -> bool:
    if outer.first is None or inner.first is None or outer.last is None:
        return False
    last = inner.last or inner.first
    return lasts_over(outer.first.point, outer.last.point, inner.first.point, last.point)


def _with_firm(entry: Entry, firms: Sequence[_Firm]) -> Entry:
    if entry.first is None:
        return entry
    place = entry.first.point.start
    firm = next(one for one in reversed(firms) if one.rows[0].start <= place)
    return replace(entry, parts=(*(part for part in entry.parts if part.field != "employer"), firm.named))


def _firms(rows: Sequence[Row]) -> list[_Firm]:
    alike = [(place, _further_in(rows[place].line, rows[0].line)) for place in rows_printed_alike(rows)]
    # Titles may have the print of firms, further in.
    starts = [place for place, further in alike if not ALIGNED_POINTS < further <= INDENT_MOST]
    dated = [only_period(row, bulleted=False) is not None for row in rows]
    parts = parts_of(rows, starts)
    held = [[place for place in range(begin + 1, end) if dated[place]] for begin, end in parts]
    positions = [place for places in held for place in places]
    if not parts or not all(held) or len(positions) <= len(parts):
        return []
    known = 2 * sum(words.is_employer(rows[place].text.split("\t")[0].strip()) for place in starts) >= len(starts)
    offset = _title_beside(rows, starts, positions, TITLE_AND_AREA if known else 1)
    if offset is None:
        return []
    found: list[_Firm] = []
    for (begin, end), places in zip(parts, held, strict=True):
        named = _firm(rows[begin])
        first = places[0] + min(offset, 0)
        told = first - begin - 1
        if named is None or not 0 <= told <= TOLD_MOST or any(map(_names_firm, rows[first:end])):
            return []
        found.append(_Firm(named, rows[first:end]))
    return found


def _further_in(line: Line, first: Line) -> float:
    """How much further in ``line`` begins than ``first``, points; one centred below it stands where it does."""
    centred = abs(line.x0 + line.x1 - first.x0 - first.x1) <= 2 * ALIGNED_POINTS
    return 0.0 if centred else line.x0 - first.x0


def _title_beside(rows: Sequence[Row], starts: Sequence[int], positions: Sequence[int], most: int) -> int | None:
    """Where, from their dates, most positions have a title, ``most`` things in all; None where they have not."""
    found: Counter[int] = Counter()
    for place in positions:
        for offset in _BESIDE_DATES:
            other = place + offset
            if other < len(rows) and other not in starts and (offset == 0 or other not in positions):
                said = [*_said(rows[place]), *(_said(rows[other]) if offset else [])]
                few = 1 <= len(said) <= most and not any(map(words.is_employer, said))
                if few and (words.names_a_title(said[0]) or words.could_be_title(said[0])):
                    found[offset] += 1
                    break
    best = found.most_common(1)
    return best[0][0] if best and best[0][1] >= SHARE_MIN * len(positions) else None


def _names_firm(row: Row) -> bool:
    """Whether a short row names a firm or something in a town."""
    if BULLET.match(row.text) or ends_sentence(row.text) or only_period(row, bulleted=False) is not None:
        return False
    return any(piece.before_town and not words.is_place(piece.text) for piece in pieces(row, 0))


def _said(row: Row) -> list[str]:
    """What a row names beside dates, places and how somebody was employed."""
    if BULLET.match(row.text):
        return []
    said = [piece.text for piece in pieces(row, 0)]
    return [text for text in said if not words.is_place(text) and not words.is_employment_kind(text)]


def _firm(row: Row) -> Piece | None:
    """The firm that a row names; None where it names a title or a kind of work."""
    said = [
        piece for piece in pieces(row, 0) if not words.is_place(piece.text) and not words.is_employment_kind(piece.text)
    ]
    if not said or known_kind(row.text) is not None:
        return None
    named = next((piece for piece in said if words.is_employer(piece.text)), said[0])
    if words.names_a_title(named.text) or words.is_function(named.text):
        return None
    return replace(named, field="employer")
