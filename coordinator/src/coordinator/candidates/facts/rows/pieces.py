"""The parts of a line: what stands between tabs, strokes, commas, brackets, dates, or in another print. Pure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from coordinator.candidates.facts import words
from coordinator.candidates.facts.model import Row, Span
from coordinator.candidates.facts.rows.masks import GONE, without_dates
from coordinator.candidates.facts.rows.name_parts import is_campus, is_last_of_several, is_of
from coordinator.candidates.schemas import Print
from coordinator.candidates.words.labels import Field, field_before_colon, field_of, is_before_colon, is_client

_SUFFIX = re.compile(
    r"^(?:inc|ltd|llc|llp|plc|gmbh|co|corp|corporation|limited|lt?da|s\.?a|s\.?[lr]\.?l?|s\.?p\.?a|ag|ab|a/s|b\.?v|n\.?v"
    r"|pty ltd|co\.,? ltd)\.?$",
    re.I,
)
_SEPARATOR = re.compile(
    rf"{GONE}+|\t|\s*[|∣│¦]\s*|\s*[·•∙・◆●]\s*|\s+[-–—/:]\s+|\s+[—–]\s*|[—–](?!\d)\s*|(?<!\d),\s*|,(?!\d)\s*"
    r"|;\s*|\s+at\s+|\s*@\s*|\s*[→➔➜➝⇒]\s*|[()（）\[\]〔〕]"
)
_STRONG = re.compile(r"\x00[\x00\s()\[\]|·•,–—-]*|\t|[|∣│¦]|[·•∙・◆●—]|\s[-–/]\s")
"""What divides a line before any comma does."""
_WORKED_KOREAN = re.compile(r"\S(에서)\s+[^\t,]{1,30}?((?:으로|로)\s?(?:근무|재직|일[하한했]|활동|종사|재임)\S*)")
"""Particles that divide who employed from what somebody was: "모아핏에서 대리로 근무"."""
_TILL = ("까지", "부터", "까지는")
_LABEL = re.compile(r"^\s*([^:：]{1,20}?)\s*[:：]\s*")
_NAMES_BOTH = re.compile(r"(?:^|(?<=[\t|,;\x00]))\s*([^:：\t|,;\x00]{2,60}?)(\s*[:：]\s+)(?=[^\W\d_])")
_ABBREVIATED = re.compile(r"(?:\b(?:inc|lt?da|ltd|co|corp|bros|mfg|assn|intl)|\b[^\W\d_]\.[^\W\d_])\.$", re.IGNORECASE)
_EDGES = " \t.,;:|/·•-–—~'\"“”‘’<>"


@dataclass(frozen=True)
class Piece:
    """A part of a line; ``field`` is what its label says of it, None without a label."""

    span: Span
    line: int
    """Which line of the entry, 0 the first."""
    order: int
    """Which part of that line."""
    bold: bool
    field: Field | None = None
    before_place: bool = False
    """Whether the next part after a comma is a state or a country, and the line ends there."""
    before_town: bool = False
    """Whether a town follows it, or how somebody was employed there, after a comma or another mark."""
    segment: tuple[int, int] = (0, 0)
    """Which part of the line by the marks that divide it first, and which of that part by the others."""
    x: float = 0.0
    """Left edge of its cell, points."""
    print: Print = (0.0, False, 0)
    """How its cell is printed."""
    beside_dates: bool = False
    """Whether it stands in a column of its entry that has the dates."""
    wrapped: bool = False
    """Whether the margin broke its line."""

    @property
    def text(self) -> str:
        """Its words."""
        return self.span.text


def _labels_whole(row: Row, masked: str) -> str:
    """``masked`` with nothing to divide a label at: "Surname(s) / First name(s)" before its cell is one."""
    for start, cell in row.cells[:-1]:
        if _SEPARATOR.search(cell) and field_of(cell.strip()):
            masked = masked[:start] + "_" * len(cell) + masked[start + len(cell) :]
    return masked


def _names_what_follows(text: str, start: int, end: int, field: Field) -> bool:
    """Whether the label at the place stands before what it labels: "name:", "name<tab>", "(한글) 봉선화"."""
    if field in ("name", "other") and text[:start].endswith(("(", "[", "（")):
        return re.match(r"[)\]）][ \t]*\w", text[end:]) is not None
    if re.match(r" {0,3}[:：]", text[end:]):
        return field != "skill"
    # What stands behind a date in its cell says something of that: "2016.08 졸업".
    dated = any(map(str.isdigit, text[text.rfind("\t", 0, start) + 1 : start]))
    return field != "skill" and not dated and text[end : end + 1] == "\t"


def _bounds(masked: str, breaks: tuple[int, ...]) -> list[tuple[int, int]]:
    cuts = [(match.start(), match.end()) for match in _SEPARATOR.finditer(masked)]
    # "Tern Island: Trail Guide" names both; before a colon no label says what the rest is.
    cuts += [match.span(2) for match in _NAMES_BOTH.finditer(masked) if not is_before_colon(match.group(1).strip())]
    cuts += [match.span(group) for match in _WORKED_KOREAN.finditer(masked) for group in (1, 2)]
    inside = (place for place in breaks if 0 < place < len(masked))
    cuts += [(place, place) for place in inside if masked[place - 1] in " \t(,|·" or masked[place] in " \t)"]
    found: list[tuple[int, int]] = []
    begin = 0
    for start, end in sorted(cuts):
        if start > begin:
            found.append((begin, start))
        begin = max(begin, end)
    found.append((begin, len(masked)))
    return found


def _within(text: str, start: int, end: int) -> tuple[int, int]:
    """The place without marks at its ends; the point of "Inc." belongs to it."""
    while start < end and text[start] in _EDGES:
        start += 1
    while end > start and text[end - 1] in _EDGES and not _ABBREVIATED.search(text[start:end]):
        end -= 1
    return start, end


def korean_parts(piece: Piece, *, alone: bool) -> list[Piece]:
    """Firm, department and title that only spaces divide, as Korean writes them; any other piece as it is.

    "한국문화협회 교류사업팀 선임" are three; "시니어 백엔드 개발자" is one: nothing in it names a firm. ``alone``:
    the piece is all that an entry says, so what stands before the department is the firm.
    """
    text = piece.text
    named = text.split()
    titled = bool(named) and (
        words.is_korean_title(named[-1])
        or (alone and (words.could_be_korean_title(named[-1]) or words.is_function(named[-1])))
    )
    if piece.field is not None or not 2 <= len(named) <= 5 or not titled:
        return [piece]
    department = next((place for place, word in enumerate(named) if words.is_department(word)), None)
    if department and (alone or any(map(words.is_employer, named[:department]))):
        firm = department
    else:
        department = None
        firm = next((place + 1 for place, word in enumerate(named[:-1]) if words.is_surely_employer(word)), 0)
        if firm and words.is_legal_form(named[firm - 1]):
            # "주식회사 가온길" is one name, "가온길 주식회사" too.
            firm = firm if firm > 1 else min(2, len(named) - 1)
        if not firm and alone:
            work = (place for place, word in enumerate(named) if place and words.is_kind_of_work(word))
            firm = next(work, len(named) - 1)
            firm = firm if words.could_be_korean_firm(named[:firm]) else 0
    ends = [match.end() for match in re.finditer(r"\S+", text)]
    cuts = [ends[firm - 1]] if firm else []
    if not firm and words.is_department(named[0]):
        department = 0
    if department is not None and department < len(named) - 1:
        cuts.append(ends[department])
    bounds = zip([0, *(cut + 1 for cut in cuts)], [*cuts, len(text)], strict=True)
    begin = piece.span.start
    segment, within = piece.segment
    return [
        replace(
            piece,
            span=Span(text[start:end], begin + start, begin + end),
            order=piece.order + order,
            segment=(segment, within + order),
        )
        for order, (start, end) in enumerate(bounds)
    ]


def pieces(row: Row, line: int) -> list[Piece]:
    """The parts of ``row``, dates and durations left out."""
    text = row.text
    found: list[Piece] = []
    label: Field | None = None
    masked = without_dates(text)
    for bounds in _bounds(_labels_whole(row, masked), row.line.breaks):
        start, end = _within(text, *bounds)
        if not any(character.isalnum() for character in text[start:end]) or text[start:end] in _TILL:
            continue
        labelled = _LABEL.match(text[start:end])
        named = field_before_colon(labelled.group(1)) if labelled else None
        alone = field_of(text[start:end])
        if labelled and is_client(labelled.group(1)):
            # What it stands before is a firm's name.
            start += labelled.end()
        if labelled and named:
            label, start = named, start + labelled.end()
            if start >= end:
                continue
        elif alone and _names_what_follows(text, start, end, alone):
            label = alone
            continue
        # "Acme, Co." is a firm; "Vail, CO" is a town in Colorado.
        goes_on = (_SUFFIX.match(text[start:end]) and text[start:end] != "CO") or (
            found
            and (
                is_of(found[-1].text, text[start:end])
                or (row.line.wrapped and is_last_of_several(found[-1].text, text[start:end]))
            )
        )
        if found and goes_on and text[found[-1].span.end - row.start : start].strip() == ",":
            start = found.pop().span.start - row.start
        if found and is_campus(found[-1].text, text[found[-1].span.end - row.start : start]):
            start = found.pop().span.start - row.start
        if label is None and masked[:start].strip(f" {GONE}") == "@":
            # Nothing but that stands before: a firm follows.
            label = "employer"
        x, printed = row.cell_at(start)
        segment = len(_STRONG.findall(masked[:start]))
        within = sum(one.segment[0] == segment for one in found)
        found.append(
            Piece(
                row.span(start, end),
                line,
                len(found),
                printed[1],
                label,
                segment=(segment, within),
                x=x,
                print=printed,
                wrapped=row.line.wrapped,
            )
        )
        label = None
    return _with_towns(found, row)


def _with_towns(found: list[Piece], row: Row) -> list[Piece]:
    """Parts that begin a line or cell and that a comma divides from the place at its end know it."""
    made = list(found)
    for index, (piece, after) in enumerate(zip(found, found[1:], strict=False)):
        between = row.text[piece.span.end - row.start : after.span.start - row.start]
        rest = row.text[after.span.end - row.start :]
        before = found[index - 1].span.end - row.start if index else piece.span.start - row.start
        listed = "," in row.text[before : piece.span.start - row.start]
        if (
            not listed
            and between.strip() == ","
            and words.is_region(after.text)
            and not rest.split("\t")[0].strip(_EDGES)
        ):
            made[index] = replace(piece, before_place=True)
    for index, (piece, after) in enumerate(zip(made, made[1:], strict=False)):
        town = after.before_place or (words.is_place(after.text) and not words.is_region(after.text))
        listed = piece.segment[1] > 0 and not (
            words.is_title(made[index - 1].text) or words.could_be_title(made[index - 1].text)
        )
        kind = words.is_employment_kind(after.text) and after.segment[0] > piece.segment[0] == 0
        # Of several in a row the first is the firm, the others are where it is.
        if not listed and (town or kind or _are_town_and_region(made[index + 1 :])):
            made[index] = replace(piece, before_town=True)
    return made


def _are_town_and_region(after: Sequence[Piece]) -> bool:
    """Whether a town nobody knows and its state or country are all that follows: "Vila Crua, Brazil"."""
    return 2 <= len(after) <= 3 and words.is_region(after[-1].text) and after[0].segment[0] == after[-1].segment[0]
