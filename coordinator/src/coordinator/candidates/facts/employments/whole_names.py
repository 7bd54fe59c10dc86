"""What belongs to the name of a firm or a title beside its first words: brackets, a ward, a second title. Pure."""

import re
from collections.abc import Sequence
from dataclasses import replace

from coordinator.candidates.facts import words
from coordinator.candidates.facts.model import Row
from coordinator.candidates.facts.rows.pieces import Piece
from coordinator.candidates.words.dates import points
from coordinator.candidates.words.labels import field_of

_BRACKET = re.compile(r" ?[(（]([^()（）\t]{2,40})[)）]")
_TITLE_AFTER = re.compile(r"(?: ?/ ?| · )([^\W\d][^\t|,;()（）/·•–—]{1,40}?)(?=\s*(?:$|[\t|,(·•–—]|\s-\s))")
_TITLE_BEFORE = re.compile(r"(?:^|[\t|,])\s*([^\W\d][^\t|,;()（）/·•–—]{1,40}?) ?/ ?$")
_AREA_AFTER = re.compile(r", (\w[^\t|,;()（）/·•–—:]{1,40}?)(?=\s*(?:$|[\t|(])|\s+[–—-]\s|,\s)")
_OTHER_NAME = re.compile(
    r"(?:formerly|previously|now|via|through|acquired|ex|part of)\b|[구현전前現舊]\s", re.IGNORECASE
)
_HOW = re.compile(
    r"(?:agency|temp(?:orary)?|seasonal|casual|per diem|prn|locum|contract(?:or)?|secondment|seconded|on loan)\b"
    r"|.*(?:파견|위촉|겸직|휴직|출향|소속)$",
    re.IGNORECASE,
)
_NEXT = re.compile(r",\s*([^,\t|]+)")
AREA_WORDS_MAX = 4


def whole_title(title: Piece, employer: Piece | None, rows: Sequence[Row]) -> Piece:
    """A title with a second one behind a stroke, with where it was held behind a comma, and with a bracket."""
    row = _row_of(title, rows)
    if row is None or not (words.names_a_title(title.text) or words.could_be_title(title.text)):
        return title
    before = _TITLE_BEFORE.search(row.text[: title.span.start - row.start])
    if before is not None and words.could_be_title(before.group(1)) and not _holds(before, row, employer):
        title = replace(title, span=row.span(before.start(1), title.span.end - row.start))
    for pattern in (_TITLE_AFTER, _BRACKET, _AREA_AFTER):
        after = pattern.match(row.text, title.span.end - row.start)
        if after is None or _holds(after, row, employer) or title.text.endswith(after.group(1)):
            # "마케팅 인턴 · 인턴": the same word behind it says how somebody was employed.
            continue
        said = after.group(1)
        is_title = words.names_a_title(said) or words.could_be_title(said)
        area = pattern is _AREA_AFTER and said.isascii() and _is_area(said) and _ends_there(after, row, employer)
        if is_title == (pattern is _TITLE_AFTER) and (
            is_title or area or (pattern is _BRACKET and not _is_aside(said))
        ):
            title = _longer(title, row, after)
    return title


def whole_employer(employer: Piece, title: Piece | None, rows: Sequence[Row]) -> Piece:
    """An employer with a bracket that says nothing of when, where or how somebody was employed, or what it does."""
    row = _row_of(employer, rows)
    after = _BRACKET.match(row.text, employer.span.end - row.start) if row else None
    if row is None or after is None or _holds(after, row, title):
        return employer
    if _is_aside(after.group(1)) or _HOW.match(after.group(1)) or _describes(after.group(1)):
        return employer
    return _longer(employer, row, after)


def _describes(text: str) -> bool:
    """Whether a firm's bracket says what it does: "contract catering", "전주 · 고택 숙소"; names begin large."""
    return ", " in text or " · " in text or (text[:1].islower() and text[:1].isascii() and " " in text)


def _row_of(piece: Piece, rows: Sequence[Row]) -> Row | None:
    start, end = piece.span.start, piece.span.end
    return next((row for row in rows if row.start <= start and end <= row.start + len(row.text)), None)


def _holds(after: re.Match[str], row: Row, other: Piece | None) -> bool:
    return other is not None and row.start + after.start() <= other.span.start < row.start + after.end()


def _longer(piece: Piece, row: Row, after: re.Match[str]) -> Piece:
    return replace(piece, span=row.span(piece.span.start - row.start, after.end()))


def _ends_there(after: re.Match[str], row: Row, employer: Piece | None) -> bool:
    """Whether nothing follows an area behind a comma but a town, a date or the employer."""
    following = _NEXT.match(row.text, after.end())
    if following is None:
        return True
    named = employer is not None and employer.span.start == row.start + following.start(1)
    said = following.group(1).strip()
    if words.is_region(said) and not _NEXT.match(row.text, following.end()):
        # What stands before a state is a town.
        return False
    return named or words.is_place(said) or any(map(str.isdigit, said))


def _is_area(text: str) -> bool:
    """Whether a few words may say where in a house: no town, firm or department that has a name of its own."""
    told = words.is_place(text) or words.is_employer(text) or words.is_employment_kind(text)
    return not told and not points(text) and not text[:1].islower() and len(text.split()) <= AREA_WORDS_MAX


def _is_aside(text: str) -> bool:
    """Whether what stands in brackets says when, where or how somebody was employed, or a firm's other name."""
    # "프랑스 리옹": a country before a town.
    told = words.is_place(text) or words.is_region(text.split(maxsplit=1)[0])
    told = told or words.is_employment_kind(text) or words.works_for_nobody(text)
    told = told or _OTHER_NAME.match(text) is not None
    return told or any(map(str.isdigit, text)) or field_of(text) is not None or words.names_a_title(text)
