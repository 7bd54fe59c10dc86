"""Rows that only say what others hold: labels above their values, heads of tables in words nobody lists. Pure."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from coordinator.candidates.facts.model import Row
from coordinator.candidates.words.dates import is_mostly_dates, periods
from coordinator.candidates.words.labels import field_of

REPEATED_MIN = 2
HEADED_MIN = 2
ABOVE = ("employer", "title", "department", "place", "period", "start", "end", "institution", "degree", "duties")


def with_labels_beside(rows: Sequence[Row]) -> list[Row]:
    """``rows`` with labels that stand above their values, entry after entry, before these in one row."""
    names = Counter(row.text.strip() for row in rows if _is_label(row))
    repeated = {text for text, count in names.items() if count >= REPEATED_MIN}
    # One label alone that comes again may be a word of the text.
    if len(repeated) < 2:
        return list(rows)
    found: list[Row] = []
    place = 0
    while place < len(rows):
        row = rows[place]
        value = rows[place + 1] if place + 1 < len(rows) else None
        if row.text.strip() not in repeated or value is None or _is_label(value):
            found.append(row)
            place += 1
            continue
        # The line end between the two has the length of a tab.
        text = f"{row.text}\t{value.text}"
        edges = (row.line.x0, *(value.line.cells or (value.line.x0,)))
        found.append(Row(replace(row.line, text=text, x1=value.line.x1, y1=value.line.y1, cells=edges), row.start))
        place += 2
    return found


def _is_label(row: Row) -> bool:
    return "\t" not in row.text and field_of(row.text.strip()) in ABOVE


def without_head(rows: Sequence[Row]) -> list[Row]:
    """``rows`` without a first one that names columns: all others are dated and have as many cells, it has no date."""
    if len(rows) <= HEADED_MIN or len(rows[0].cells) < 3:
        return list(rows)
    first, *rest = rows
    alike = all(len(row.cells) == len(first.cells) and periods(row.text) for row in rest)
    column = next((place for place, (_, cell) in enumerate(rest[0].cells) if is_mostly_dates(cell)), None)
    named = column is not None and not any(map(str.isdigit, first.text)) and first.cells[column][1].strip()
    return list(rest) if alike and named else list(rows)
