"""Certificates and licences in the rows of their sections. Pure."""

import re
from collections.abc import Sequence
from dataclasses import replace

from coordinator.candidates.facts import words
from coordinator.candidates.facts.entries.leave import is_service
from coordinator.candidates.facts.lists.close_lines import with_whole_items
from coordinator.candidates.facts.lists.group_names import LARGER
from coordinator.candidates.facts.lists.items import is_language_test, is_level, items
from coordinator.candidates.facts.lists.skills import in_column, unlike
from coordinator.candidates.facts.model import Row, Span
from coordinator.candidates.facts.rows.pieces import Piece, pieces
from coordinator.candidates.words.dates import points
from coordinator.candidates.words.labels import head

_AT = re.compile(r"\s+at(?: [A-Z][a-z]+){1,2}(?=\s*(?:[,;|(–—-]|$))")
_DATED_ASIDE = re.compile(r"[(（](?=[^()（）]*(?:19|20)\d\d)[^()（）]*[)）]")


_PART = re.compile(
    r"(?:part|level|grade|class|type|tier|stage|module|unit|category|cat|section)\.? ?(?:\d\w*|[IVX]+|[A-Z])$"
    r"|(?:(?:advanced|senior|basic|registered|certified) )?(?:practitioner|foundation|intermediate|advanced|associate"
    r"|professional|expert|specialist)(?: level| certificate)?$"
    r"|(?:pre-?)?(?:grades? )?(?:K|\d{1,2}) ?[-–—] ?\d{1,2}$"
    r"|\d\w{0,2}(?: ?(?:and|&|/) ?\d\w{0,2})*$",
    re.IGNORECASE,
)
"""Which part of a certificate somebody has."""
_JURISDICTION = re.compile(
    r"(?:State|Commonwealth|Province|Territory) of [A-Z][\w ]+$|[A-Z]\w+(?: [A-Z]\w+)? (?:State|Province)$"
)
"""Where a licence is valid."""
_AWARD = re.compile(
    r"(?:대|금|은|동|우수|장려|최우수|특별|공로|입선|모범|[사직]원|인)상$|표창장?$|\b(?:award|prize|scholarship|medal)$",
    re.IGNORECASE,
)
_ISSUED = re.compile(
    r"\s+(?:[가-힣()㈜]{2,}(?:공단|공사|협회|진흥원|경찰청|회의소|위원회|연구원|재단|학회|교육청|시청|도청)|[가-힣]{2,4}부)$"
)


def is_award(text: str) -> bool:
    """Whether ``text`` names a prize: one heading may stand over both."""
    return _AWARD.search(text) is not None


_WHICH = (",", "-", "–", "—", ":")
_OTHERS = (is_language_test, is_level, is_award)


def certificates(rows: Sequence[Row]) -> list[Span]:
    """The certificates in the rows of their section; tests of a language are none."""
    found = in_column(rows, "certificate")
    if found is None:
        found = []
        for row in _that_name([row for row in with_whole_items(rows) if head([cell for _, cell in row.cells]) is None]):
            if ";" in row.text or len(_DATED_ASIDE.findall(row.text)) > 1:
                places = items(row.text, bracketed=False)
                found += [row.span(start, end) for start, end in places if start < end]
                continue
            if is_service(row.cells[0][1]):
                continue
            parts = _with_places([part for part in pieces(row, 0) if part.field in (None, "certificate")], row)
            dated = row.text != row.text.translate(str.maketrans("", "", "0123456789"))
            found += [_with_bracket(part, row) for part in (parts[:1] if dated or len(parts) < 3 else parts)]
    return unlike([span for span in found if not any(about(span.text) for about in _OTHERS)])


def _with_places(parts: Sequence[Piece], row: Row) -> list[Piece]:
    """``parts`` of a row with those as one that "at" joins, or that say which of several: "First Aid, Level 2".

    So do a trade ("Red Seal Endorsement, Welder") and where it is valid ("Registered Nurse, Washington State").
    """
    found: list[Piece] = []
    for part in parts:
        before = found[-1] if found else None
        between = row.text[before.span.end - row.start : part.span.start - row.start].strip() if before else ""
        if before is not None and (between == "at" or (between in _WHICH and _says_which(part.text))):
            span = row.span(before.span.start - row.start, part.span.end - row.start)
            found[-1] = replace(before, span=span)
        else:
            found.append(part)
    return found


def _says_which(text: str) -> bool:
    return _PART.match(text) is not None or _JURISDICTION.match(text) is not None or words.names_a_title(text)


def _that_name(rows: Sequence[Row]) -> list[Row]:
    """The rows that name certificates: printed as the first is, or every other one where others say who issued it."""
    dated = [bool(points(row.text)) for row in rows]
    if len(rows) < 2 or all(dated):
        # Each has a date of its own: none stands below another.
        return list(rows)
    bold = [row for row in rows if any(part.bold for part in pieces(row, 0)[:1])]
    if bold and bold[0] is rows[0] and len(bold) < len(rows) <= 4 * len(bold):
        return bold
    large = [row for row in rows if row.line.size > LARGER * min(one.line.size for one in rows)]
    if large and large[0] is rows[0] and len(large) < len(rows) <= 4 * len(large):
        return large
    pairs = len(rows) % 2 == 0 and len(rows) > 2 and len(set(dated[::2])) == 1 == len(set(dated[1::2]))
    if pairs and dated[0] != dated[1]:
        return [row for row in rows[::2] if pieces(row, 0)] or list(rows)
    return list(rows)


def _with_bracket(part: Piece, row: Row) -> Span:
    """The part and what is said in brackets right after it, dates apart."""
    start, end = part.span.start - row.start, part.span.end - row.start
    issued = _ISSUED.search(row.text[start:end])
    if issued is not None:
        # Who issued it stands behind it with nothing but a blank between.
        return row.span(start, start + issued.start())
    if (at := _AT.match(row.text[end:])) is not None:
        return row.span(start, end + at.end())
    aside = re.match(r"\s*[(（]([^()（）]+)[)）]", row.text[end:])
    if aside is None or points(aside.group(1)):
        return part.span
    return row.span(start, end + aside.end())
