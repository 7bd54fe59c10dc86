"""Skills, certificates and languages: the items of lists, however they are divided, without their levels. Pure."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from coordinator.candidates.dates import is_mostly_dates, points
from coordinator.candidates.facts.entries import column_of
from coordinator.candidates.facts.model import Row, Span
from coordinator.candidates.facts.pieces import Piece, pieces
from coordinator.candidates.labels import Field, head
from coordinator.candidates.sections import BULLET
from coordinator.candidates.vocabulary import any_of

ITEM_CHARACTERS_MAX = 48
ITEM_WORDS_MAX = 6
WRAPPED_EMS_MIN = 8.0

_LEVEL = re.compile(
    rf"^\W*(?:(?:{any_of('levels')})(?:\s*(?:level|수준|user|사용자))?|[a-c][12](?:\+)?|n[1-5]급?|level\s?\d|\d급"
    r"|\d{1,2}(?:\.\d)?\+?\s?(?:years?|yrs?|년|개월|months?)(?:\s?(?:이상|차|experience))?|\d{1,3}\s?%|\d(?:\.\d)?\s?/\s?\d{1,2}"
    r"|[★☆●○■□◆◇▪▫⬤◯•*]{2,}|\d{1,4}점?)\W*$",
    re.IGNORECASE,
)
_GAUGE = re.compile(r"\s*[★☆●○■□◆◇⬤◯▮▯█░]{2,}\s*$|\s*\d{1,3}\s?%\s*$")
_LABEL = re.compile(r"^\W*[^:：,]{1,32}[:：]\s*(?=\S|$)")
_DIVIDER = re.compile(r"\t|[,，、;|∣│·•∙・▪●■◆]|\s+/\s+|(?:^|\s+)#(?=\S)|\n(?=\s*[-–•▪·*])")
_LEVEL_AFTER = re.compile(r"\s+[-–—]\s+|\s*[:：]\s*|\s+(?=\()")
_LEAD_IN = re.compile(
    r"^(?:(?:proficient|experienced?|skilled|fluent|competent|expertise"
    r"|familiar(?:ity)?|knowledge|experience|working knowledge)"
    r"\s(?:in|with|of)|and|etc\.?)\s+",
    re.IGNORECASE,
)
_BOTH = re.compile(r"^(\S+(?:\s\S+)?)\s(?:and|및)\s(\S+(?:\s\S+)?)$")
_EDGES = " \t\n.,;:|·•-–—*'\"“”‘’#▪●■◆✓"
_TEST = re.compile(
    r"toeic|toefl|opic|ielts|jlpt|jpt|hsk|teps|tepsp|flex|dele|delf|토익|토플|오픽|텝스|스피킹", re.IGNORECASE
)
_TONGUES = re.compile(rf"^(?:{any_of('languages')}|[가-힣]{{1,5}}어)\b", re.IGNORECASE)


_NAME_ALONE = re.compile(r"^[A-Z][a-zà-ÿ]{2,15}$")
_LANGUAGE_LABEL = re.compile(r"^\W*(?:(?:spoken |foreign )?languages?|어학|외국어|언어)\s*[:：\t]", re.IGNORECASE)


def is_level(text: str) -> bool:
    """Whether ``text`` says how well something is known, and nothing else."""
    return bool(_LEVEL.match(text))


def _stretches(rows: Sequence[Row]) -> Iterator[tuple[int, str]]:
    """Place and text of each list, lines that only the margin broke together."""
    right = max((row.line.x1 for row in rows), default=0.0)
    held: list[Row] = []
    for row in rows:
        if held and _goes_on(held[-1], row, right):
            held.append(row)
            continue
        if held:
            yield held[0].start, "\n".join(one.text for one in held)
        held = [row]
    if held:
        yield held[0].start, "\n".join(one.text for one in held)


def _goes_on(before: Row, row: Row, right: float) -> bool:
    text = before.text.rstrip()
    if BULLET.match(row.text) or _LABEL.match(row.text) or "\t" in row.text or "\t" in before.text or row.line.cells:
        return False
    if text.endswith((",", "，", "·", "|", "/", "&")):
        return True
    listed = re.search(r"[,，·|]", text) is not None
    wide = before.line.x1 - before.line.x0 > before.line.size * WRAPPED_EMS_MIN
    return listed and wide and row.line.y0 - before.line.y0 < before.line.size * 2.2 and not _fits(before, row, right)


def _fits(before: Row, row: Row, right: float) -> bool:
    """Whether the next line's first word would have stood in the line before: then no margin broke it."""
    word = row.text.split()[0]
    ems = sum(0.95 if "\uac00" <= character <= "\ud7a3" else 0.5 for character in word)
    return before.line.x1 + (ems + 0.3) * before.line.size < right


def _divided(text: str) -> list[tuple[int, int]]:
    """Where each item of a list stands; what is bracketed stays with what it follows."""
    flat = list(text)
    depth = 0
    for place, character in enumerate(text):
        depth += character in "([（"
        if depth and character in ",，·|;/":
            flat[place] = "_"
        depth = max(depth - (character in ")]）"), 0)
    found: list[tuple[int, int]] = []
    begin = 0
    for match in _DIVIDER.finditer("".join(flat)):
        found.append((begin, match.start()))
        begin = match.end()
    found.append((begin, len(text)))
    return found


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """The item without bullets, marks, gauges, levels and words that lead in."""
    changed = True
    while changed and start < end:
        changed = False
        while start < end and text[start] in _EDGES:
            start, changed = start + 1, True
        while end > start and text[end - 1] in _EDGES:
            end, changed = end - 1, True
        item = text[start:end]
        gauge = _GAUGE.search(item) or _dated_aside(item)
        if gauge:
            end, changed = start + gauge.start(), True
            continue
        lead = BULLET.match(item) or _LEAD_IN.match(item)
        if lead and lead.end():
            start, changed = start + lead.end(), True
            continue
        for divider in _LEVEL_AFTER.finditer(item):
            if is_level(item[divider.end() :]):
                end, changed = start + divider.start(), True
                break
    return start, end


def _dated_aside(item: str) -> re.Match[str] | None:
    aside = re.search(r"\s*[(（]([^()（）]*)[)）]$", item)
    return aside if aside and points(aside.group(1)) and is_mostly_dates(aside.group(1)) else None


def _items(text: str, *, bracketed: bool) -> Iterator[tuple[int, int]]:
    label = _LABEL.match(text)
    named = label and not is_level(text[label.end() :]) and not _TONGUES.match(text)
    shift = label.end() if label and named else 0
    several = len(_divided(text[shift:])) > 2
    for begin, stop in _divided(text[shift:]):
        start, end = _trimmed(text, shift + begin, shift + stop)
        item = text[start:end]
        if not item or is_level(item) or is_mostly_dates(item) or not any(map(str.isalnum, item)):
            continue
        inner = re.match(r"^([^(（]+?)\s*[(（](.+)[)）]$", item, re.DOTALL)
        if bracketed and inner and re.search(r"[,，·/]", inner.group(2)):
            yield start, start + inner.end(1)
            for inner_begin, inner_stop in _divided(inner.group(2)):
                yield _trimmed(text, start + inner.start(2) + inner_begin, start + inner.start(2) + inner_stop)
            continue
        both = _BOTH.match(item) if several else None
        if both and all(part[0].isupper() for part in both.groups()):
            yield start, start + both.end(1)
            yield start + both.start(2), end
            continue
        yield start, end


def _is_item(text: str) -> bool:
    return (
        0 < len(text) <= ITEM_CHARACTERS_MAX and len(text.split()) <= ITEM_WORDS_MAX and not text.endswith(("다", "요"))
    )


def _columns(rows: Sequence[Row], wanted: Field) -> list[Span] | None:
    """The cells of the column ``wanted``; None when there is no table with a head."""
    for place, header in enumerate(rows[:3]):
        columns = head([cell for _, cell in header.cells])
        if columns is None or wanted not in columns:
            continue
        columns = _one_column(columns, header, wanted)
        found: list[Span] = []
        for row in rows[place + 1 :]:
            for index, (start, cell) in enumerate(row.cells):
                if cell.strip() and column_of(row, index, header, columns) == wanted:
                    found += [
                        row.span(start + begin, start + end)
                        for begin, end in _items(cell, bracketed=False)
                        if begin < end and _is_item(cell[begin:end])
                    ]
        return found
    return None


def _one_column(columns: list[Field | None], header: Row, wanted: Field) -> list[Field | None]:
    """With two columns of the same kind the last holds the items, the first what they are grouped by."""
    places = [place for place, field in enumerate(columns) if field == wanted]
    if len(places) < 2:
        return columns
    grouping = re.compile(r"구분|분류|분야|종류|category|area", re.IGNORECASE)
    labels = [header.cells[place][1] for place in places]
    kept = next((place for place, label in zip(places, labels, strict=True) if not grouping.search(label)), places[-1])
    return [field if field != wanted or place == kept else None for place, field in enumerate(columns)]


def _without_group_names(rows: Sequence[Row]) -> list[Row]:
    """Rows without bold ones that name a group of the plain ones, and without bold cells that label a row."""
    plain = [row for row in rows if not row.line.bold]
    kept: list[Row] = []
    for row in rows:
        if row.line.bold and plain and len(plain) >= len(rows) - len(plain) and not _DIVIDER.search(row.text):
            continue
        cells = row.cells
        if len(cells) >= 2 and _labels_its_row(row, rows):
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


def _labels_its_row(row: Row, rows: Sequence[Row]) -> bool:
    """The first of two cells beside a list of items, as in most rows of the section."""
    lists = [one for one in rows if len(one.cells) == 2 and re.search(r"[,，·]", one.cells[1][1])]
    return len(row.cells) == 2 and len(lists) * 2 >= len(rows) and len(lists) > 0


def skills(rows: Sequence[Row]) -> list[Span]:
    """The skills in the rows of a skills section."""
    columns = _columns(rows, "skill")
    if columns is not None:
        return _unlike(columns)
    found: list[Span] = []
    for begin, text in _stretches(_without_group_names(rows)):
        tongues = _LANGUAGE_LABEL.match(text) is not None
        for start, end in _items(text, bracketed=True):
            span = Span(" ".join(text[start:end].split()), begin + start, begin + end)
            if start < end and _is_item(span.text) and not (tongues and _TONGUES.match(span.text)):
                found.append(span)
    return _unlike(found)


def certificates(rows: Sequence[Row]) -> list[Span]:
    """The certificates in the rows of their section; tests of a language are none."""
    found = _columns(rows, "certificate")
    if found is None:
        found = []
        for row in rows:
            if ";" in row.text:
                places = _items(row.text, bracketed=False)
                found += [row.span(start, end) for start, end in places if start < end]
                continue
            parts = [part for part in pieces(row, 0) if part.field in (None, "certificate")]
            dated = row.text != row.text.translate(str.maketrans("", "", "0123456789"))
            found += [_with_bracket(part, row) for part in (parts[:1] if dated or len(parts) < 3 else parts)]
    return _unlike([span for span in found if not _TEST.search(span.text) and not is_level(span.text)])


def _with_bracket(part: Piece, row: Row) -> Span:
    """The part and what is said in brackets right after it, dates apart."""
    start, end = part.span.start - row.start, part.span.end - row.start
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
    for begin, text in _stretches(rows):
        for start, end in _items(text, bracketed=False):
            item = text[start:end]
            named = _TONGUES.match(item) or _TEST.search(item) or (alone and _NAME_ALONE.match(item))
            if named:
                stop = start + (named.end() if _TONGUES.match(item) else len(item))
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
