"""Skills in the rows of their sections, and what other lists are read with. Pure."""

import re
from collections.abc import Sequence
from dataclasses import replace

from coordinator.candidates.facts.entries.tabled import column_of
from coordinator.candidates.facts.lists.group_names import LARGER, stands_above, without_larger_names
from coordinator.candidates.facts.lists.items import DIVIDER, TONGUES, is_item, is_level, items, stretches
from coordinator.candidates.facts.lists.label_cells import labels_its_row
from coordinator.candidates.facts.lists.one_each import are_one_each, names_packages, with_dots_joining
from coordinator.candidates.facts.model import Row, Span
from coordinator.candidates.headings.known import known_kind
from coordinator.candidates.schemas import SectionKind
from coordinator.candidates.words.labels import Field, field_of, head

_GROUPING = re.compile(r"구분|분류|분야|종류|category|area", re.IGNORECASE)
_OTHERS: tuple[Field, ...] = ("language", "certificate", "issuer", "date", "place", "other", "name")
"""Labels of rows that are not about skills, also among these."""
_OTHER_KINDS: tuple[SectionKind, ...] = ("certificates", "education", "awards", "profile")
"""Headings before a colon of lines that are not about skills, also among these."""
_INTERESTS = re.compile(r"(?:other |personal )?(?:interests?|hobb|volunt)|취미|관심|봉사", re.IGNORECASE)
_LABEL = re.compile(r"^\W*([^:：,\t]{2,32}?)\s*[:：]")
LANGUAGE_LABEL = re.compile(
    r"^\W*(?:(?:spoken |foreign |other )?languages?(?:\(s\))?|mother tongue(?:\(s\))?|어학|외국어|언어)\s*[:：\t]",
    re.IGNORECASE,
)


def in_column(rows: Sequence[Row], wanted: Field) -> list[Span] | None:
    """The cells of the column ``wanted``; None when there is no table with a head."""
    for place, header in enumerate(rows[:3]):
        columns = head([cell for _, cell in header.cells])
        if columns is not None and wanted == "certificate" and wanted not in columns and columns.count(None) == 1:
            # In their own section the column nobody knows is that of their names.
            columns = [field or wanted for field in columns]
        if columns is None or wanted not in columns:
            continue
        listed = wanted == "skill" and columns.count("skill") == 1 and "duties" in columns
        if listed and _GROUPING.search(_tight(header.cells[columns.index("skill")][1])):
            # The column of skills only groups what the next one lists: "구분 | 내용".
            columns = ["skill" if field == "duties" else None for field in columns]
        columns = _one_column(columns, header, wanted)
        found: list[Span] = []
        for row in rows[place + 1 :]:
            for index, (start, cell) in enumerate(row.cells):
                if cell.strip() and column_of(row, index, header, columns) == wanted:
                    found += [
                        row.span(start + begin, start + end)
                        for begin, end in items(cell, bracketed=False)
                        if begin < end and is_item(cell[begin:end])
                    ]
        return found
    return None


def _tight(text: str) -> str:
    return re.sub(r"\s+", "", text)


def _one_column(columns: list[Field | None], header: Row, wanted: Field) -> list[Field | None]:
    """With two columns of the same kind the last holds the items, the first what they are grouped by."""
    places = [place for place, field in enumerate(columns) if field == wanted]
    if len(places) < 2:
        return columns
    labels = [_tight(header.cells[place][1]) for place in places]
    if len(set(labels)) == 1:
        # The same head again: the table goes on beside itself.
        return columns
    kept = next((place for place, label in zip(places, labels, strict=True) if not _GROUPING.search(label)), places[-1])
    return [field if field != wanted or place == kept else None for place, field in enumerate(columns)]


def _without_group_names(rows: Sequence[Row]) -> list[Row]:
    """Rows without bold ones that name a group of the plain ones, and without bold cells that label a row."""
    plain = [row for row in rows if not row.line.bold]
    small = min((row.line.size for row in plain), default=0.0)
    rows = without_larger_names(rows)
    kept: list[Row] = []
    for row, below in zip(rows, [*rows[1:], None], strict=False):
        if below is not None and stands_above(row, below):
            continue
        listed = DIVIDER.search(row.text) and ("\t" not in row.text or row.line.size <= small * LARGER)
        if row.line.bold and plain and len(plain) >= len(rows) - len(plain) and not listed:
            continue
        cells = row.cells
        if len(cells) >= 2 and _is_of_others(cells[0][1], cells[1][1]):
            continue
        if len(cells) >= 2 and labels_its_row(row, rows):
            start = cells[1][0]
            breaks = tuple(place - start for place in row.line.breaks if place > start)
            kept.append(
                Row(
                    replace(row.line, text=row.text[start:], cells=row.line.cells[1:], breaks=breaks), row.start + start
                )
            )
            continue
        kept.append(row)
    return kept


def _without_labels(row: Row) -> list[Row]:
    """The cells of a ruled row that are no labels, each a row: "특기 | 동화구연 | 외국어 | 일본어" says one skill."""
    if not row.line.ruled or len(row.cells) < 3:
        return [row]
    filled = [(start, cell) for start, cell in row.cells if cell.strip()]
    kept: list[Row] = []
    label: str | None = None
    for place, (start, cell) in enumerate(filled):
        after = filled[place + 1][1] if place + 1 < len(filled) else ""
        if (field_of(cell.strip()) or known_kind(cell.strip())) and after and not is_level(after):
            label = cell
            continue
        if label is None or not (_is_of_others(label, cell) or known_kind(label.strip()) == "languages"):
            kept.append(Row(replace(row.line, text=cell, cells=(), breaks=()), row.start + start))
        label = None
    return kept


def _is_of_others(label: str, said: str) -> bool:
    """Whether a labelled row is not about skills: "Mother tongue | Czech", but "Languages | Rust, Python" is."""
    if is_level(said):
        return False
    field = field_of(label.strip())
    return field in _OTHERS and (field != "language" or TONGUES.match(said.strip()) is not None)


def _above_levels(row: Row, below: Row) -> list[Span]:
    """The cells of a table on its side, behind the label of ``row``; how well each is known stands in ``below``."""
    cells, levels = row.cells, [cell.strip() for _, cell in below.cells]
    if len(cells) < 3 or len(levels) != len(cells) or not all(map(is_level, filter(None, levels[1:]))):
        return []
    if is_level(levels[0]) or not any(levels[1:]):
        return []
    return [row.span(start, start + len(cell)) for start, cell in cells[1:] if cell.strip()]


def skills(rows: Sequence[Row]) -> list[Span]:
    """The skills in the rows of a skills section."""
    columns = in_column(rows, "skill")
    if columns is not None:
        return unlike(columns)
    found = [span for row, below in zip(rows, rows[1:], strict=False) for span in _above_levels(row, below)]
    held = {id(row) for pair in zip(rows, rows[1:], strict=False) if _above_levels(*pair) for row in pair}
    rows = [row for row in rows if id(row) not in held]
    said = list(stretches([cell for row in _without_group_names(rows) for cell in _without_labels(row)]))
    single = are_one_each([text for _, text in said])
    plain = with_dots_joining if single else str
    for begin, text in said:
        label = _LABEL.match(text)
        if label and (known_kind(label.group(1)) in _OTHER_KINDS or _INTERESTS.match(label.group(1))):
            continue
        tongues = LANGUAGE_LABEL.match(text) is not None
        for start, end in items(plain(text), bracketed=not single or names_packages(text)):
            span = Span(" ".join(text[start:end].split()), begin + start, begin + end)
            if start < end and is_item(span.text) and not (tongues and TONGUES.match(span.text)):
                found.append(span)
    return unlike(found)


def unlike(spans: Sequence[Span]) -> list[Span]:
    """Each once."""
    kept: dict[str, Span] = {}
    for span in spans:
        kept.setdefault(span.text.casefold(), span)
    return list(kept.values())
