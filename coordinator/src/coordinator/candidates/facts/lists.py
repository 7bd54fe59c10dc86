"""Skills, certificates and languages in the rows of their sections. Pure."""

import re
from collections.abc import Sequence
from dataclasses import replace

from coordinator.candidates.facts.close_lines import with_whole_items
from coordinator.candidates.facts.group_names import LARGER, stands_above, without_larger_names
from coordinator.candidates.facts.items import DIVIDER, SCORE_AFTER, TEST, TONGUES, is_item, is_level, items, stretches
from coordinator.candidates.facts.label_cells import labels_its_row
from coordinator.candidates.facts.model import Row, Span
from coordinator.candidates.facts.pieces import Piece, pieces
from coordinator.candidates.facts.tabled import column_of
from coordinator.candidates.headings.finding import known_kind
from coordinator.candidates.schemas import SectionKind
from coordinator.candidates.words.dates import points
from coordinator.candidates.words.labels import Field, field_of, head

_AT = re.compile(r"\s+at(?: [A-Z][a-z]+){1,2}(?=\s*(?:[,;|(–—-]|$))")
_DATED_ASIDE = re.compile(r"[(（](?=[^()（）]*(?:19|20)\d\d)[^()（）]*[)）]")
_GROUPING = re.compile(r"구분|분류|분야|종류|category|area", re.IGNORECASE)
_NAME_ALONE = re.compile(
    r"^(?!(?:Listening|Reading|Writing|Speaking|Understanding|Spoken|Written|Interaction|Production|Level))"
    r"[A-Z][a-zà-ÿ]{2,15}$"
)
_OTHERS: tuple[Field, ...] = ("language", "certificate", "issuer", "date", "place", "other", "name")
"""Labels of rows that are not about skills, also among these."""
_OTHER_KINDS: tuple[SectionKind, ...] = ("certificates", "education", "awards", "profile")
"""Headings before a colon of lines that are not about skills, also among these."""
_INTERESTS = re.compile(r"(?:other |personal )?(?:interests?|hobb|volunt)|취미|관심|봉사", re.IGNORECASE)
_LABEL = re.compile(r"^\W*([^:：,\t]{2,32}?)\s*[:：]")
_LANGUAGE_LABEL = re.compile(
    r"^\W*(?:(?:spoken |foreign |other )?languages?(?:\(s\))?|mother tongue(?:\(s\))?|어학|외국어|언어)\s*[:：\t]",
    re.IGNORECASE,
)


def _columns(rows: Sequence[Row], wanted: Field) -> list[Span] | None:
    """The cells of the column ``wanted``; None when there is no table with a head."""
    for place, header in enumerate(rows[:3]):
        columns = head([cell for _, cell in header.cells])
        if columns is not None and wanted == "certificate" and wanted not in columns and columns.count(None) == 1:
            # In their own section the column nobody knows is that of their names.
            columns = [field or wanted for field in columns]
        if columns is None or wanted not in columns:
            continue
        if wanted == "skill" and columns.count("skill") == 1 and "duties" in columns and _groups(columns, header):
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


def _groups(columns: list[Field | None], header: Row) -> bool:
    """Whether the column of skills only groups what the next one lists: "구분 | 내용"."""
    return _GROUPING.search(_tight(header.cells[columns.index("skill")][1])) is not None


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


def skills(rows: Sequence[Row]) -> list[Span]:
    """The skills in the rows of a skills section."""
    columns = _columns(rows, "skill")
    if columns is not None:
        return _unlike(columns)
    found: list[Span] = []
    for begin, text in stretches([cell for row in _without_group_names(rows) for cell in _without_labels(row)]):
        label = _LABEL.match(text)
        if label and (known_kind(label.group(1)) in _OTHER_KINDS or _INTERESTS.match(label.group(1))):
            continue
        tongues = _LANGUAGE_LABEL.match(text) is not None
        for start, end in items(text, bracketed=True):
            span = Span(" ".join(text[start:end].split()), begin + start, begin + end)
            if start < end and is_item(span.text) and not (tongues and TONGUES.match(span.text)):
                found.append(span)
    return _unlike(found)


def certificates(rows: Sequence[Row]) -> list[Span]:
    """The certificates in the rows of their section; tests of a language are none."""
    found = _columns(rows, "certificate")
    if found is None:
        found = []
        for row in _that_name(with_whole_items(rows)):
            if ";" in row.text or len(_DATED_ASIDE.findall(row.text)) > 1:
                places = items(row.text, bracketed=False)
                found += [row.span(start, end) for start, end in places if start < end]
                continue
            parts = _with_places([part for part in pieces(row, 0) if part.field in (None, "certificate")], row)
            dated = row.text != row.text.translate(str.maketrans("", "", "0123456789"))
            found += [_with_bracket(part, row) for part in (parts[:1] if dated or len(parts) < 3 else parts)]
    return _unlike([span for span in found if not TEST.search(span.text) and not is_level(span.text)])


def _with_places(parts: Sequence[Piece], row: Row) -> list[Piece]:
    """``parts`` of a row with those that "at" joins as one: "First Aid at Work" names no firm."""
    found: list[Piece] = []
    for part in parts:
        before = found[-1] if found else None
        if before is not None and row.text[before.span.end - row.start : part.span.start - row.start].strip() == "at":
            span = row.span(before.span.start - row.start, part.span.end - row.start)
            found[-1] = replace(before, span=span)
        else:
            found.append(part)
    return found


def _that_name(rows: Sequence[Row]) -> list[Row]:
    """The rows that name certificates: printed as the first is, or every other one where others say who issued it."""
    if len(rows) < 2:
        return list(rows)
    bold = [row for row in rows if any(part.bold for part in pieces(row, 0)[:1])]
    if bold and bold[0] is rows[0] and len(bold) < len(rows) <= 4 * len(bold):
        return bold
    large = [row for row in rows if row.line.size > LARGER * min(one.line.size for one in rows)]
    if large and large[0] is rows[0] and len(large) < len(rows) <= 4 * len(large):
        return large
    dated = [bool(points(row.text)) for row in rows]
    pairs = len(rows) % 2 == 0 and len(rows) > 2 and len(set(dated[::2])) == 1 == len(set(dated[1::2]))
    if pairs and dated[0] != dated[1]:
        return [row for row in rows[::2] if pieces(row, 0)] or list(rows)
    return list(rows)


def _with_bracket(part: Piece, row: Row) -> Span:
    """The part and what is said in brackets right after it, dates apart."""
    start, end = part.span.start - row.start, part.span.end - row.start
    if (at := _AT.match(row.text[end:])) is not None:
        return row.span(start, end + at.end())
    aside = re.match(r"\s*[(（]([^()（）]+)[)）]", row.text[end:])
    if aside is None or points(aside.group(1)):
        return part.span
    return row.span(start, end + aside.end())


def languages(rows: Sequence[Row], *, alone: bool = False) -> list[Span]:
    """Languages and tests of them in the rows; in a section of languages ``alone`` any single name is one."""
    columns = _columns(rows, "language")
    if columns is not None:
        return _unlike(columns)
    found: list[Span] = []
    for begin, text in stretches(rows):
        said = [(start, end) for start, end in items(text, bracketed=False) if start < end]
        spoken = any(TONGUES.match(text[start:end]) for start, end in said)
        for start, end in said:
            item = text[start:end]
            if spoken and not TONGUES.match(item) and TEST.search(item):
                # How well the language beside it is known.
                continue
            named = TONGUES.match(item) or TEST.search(item) or (alone and _NAME_ALONE.match(item))
            if named:
                scored = SCORE_AFTER.search(item)
                stop = start + (named.end() if TONGUES.match(item) else scored.start() if scored else len(item))
                found.append(Span(" ".join(text[start:stop].split()), begin + start, begin + stop))
    return _unlike(found)


def languages_among_skills(rows: Sequence[Row]) -> list[Span]:
    """Languages that a skills section lists under that label."""
    return [span for row in rows if _LANGUAGE_LABEL.match(row.text) for span in languages([row])]


def _unlike(spans: Sequence[Span]) -> list[Span]:
    """Each once."""
    kept: dict[str, Span] = {}
    for span in spans:
        kept.setdefault(span.text.casefold(), span)
    return list(kept.values())
