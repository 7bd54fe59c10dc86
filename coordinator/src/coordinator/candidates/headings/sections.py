"""A resume's lines to its sections. Pure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from coordinator.candidates.headings.finding import Headings
from coordinator.candidates.headings.known import known_kind, tidy
from coordinator.candidates.headings.prints import Print, print_of
from coordinator.candidates.schemas import Line, Section, SectionKind
from coordinator.candidates.words.dates import periods, points
from coordinator.candidates.words.labels import head

FIRST_TITLE = {"en": "Profile", "ko": "기본 정보"}
# A line this full was broken by the margin.
FULL_SHARE = 0.88

BULLET = re.compile(r"^\s*(?:[-–—•·∙‣▸▹►▶▷▪■□●○◦◆◇❖◈◎✓✔➤➢☞→*>※]|[(（]?[0-9]{1,2}[.)）](?!\d)|[가-하][.)])\s*")
_DOCUMENT = re.compile(
    r"^(?:이력서|경력기술서|자기소개서|입사지원서|résumé|resume|curriculum vitae|cv)$", re.IGNORECASE
)
DECLARATION = re.compile(
    r"^\W*(?:위|상기|이상|기재).{0,24}(?:사실|틀림|(?:상위|다름)\s?없)|^끝\s?\.?$|hereby (?:declare|certify)",
    re.IGNORECASE,
)
"""What a form ends with: date and signature follow, nothing of the section before."""
TITLE_LINES_MAX = 2
LARGER = 1.25
"""The name at a resume's foot is larger than all else by this."""
_LISTS = ("certificates", "education", "languages", "skills")
"""Kinds of sections whose entries speak of what their headings do."""
_TABLED = ("certificates", "education", "experience", "awards")
"""Kinds of sections that the head of their table may name."""
HEAD_CELLS_MIN = 3
SOFT_HYPHENS = ("\u00ad", "\u2010")


@dataclass(frozen=True)
class Part:
    """One section as lines: ``first`` to ``last`` (exclusive) of the resume's, the heading not among them."""

    kind: SectionKind
    title: str
    first: int
    last: int


def parts(lines: Sequence[Line], looks: Headings, language: str) -> list[Part]:
    """Sections in reading order, empty ones too. What stands before the first heading is the profile."""
    largest = max((line.size for line in lines), default=0.0)
    profile = FIRST_TITLE.get(language, FIRST_TITLE["en"])
    made: list[Part] = []
    open_part: tuple[SectionKind, str, int] = ("profile", profile, 0)
    known_yet = False
    signed = _signed(lines)
    heads_entries: Print | None = None
    for place, line in enumerate(lines):
        kind = looks.kind(line, lines[place + 1 : place + 4])
        if place < TITLE_LINES_MAX and line.size >= largest and _DOCUMENT.match(tidy(line.text)):
            kind = None
        # Large print above the first known heading is the person's name, not a heading.
        if kind == "other" and not known_yet and (place == 0 or not looks.prints_like_one(line)):
            kind = None
        if kind == open_part[0] and kind in _LISTS and known_kind(line.text) is None and not line.heads_row:
            # "운전면허 1종" among certificates names one.
            kind = None
        below = lines[place + 1 : place + 2]
        issuer = kind == "other" and open_part[0] == "certificates" and known_kind(line.text) is None
        if issuer and any(points(one.text) for one in below):
            # Who issued it and when stands below.
            kind = None
        if kind == "other" and open_part[0] == "experience" and _is_dated(lines[place + 1 : place + 4]):
            # A heading with nothing below it but what is printed like one: employers, each with dates of its own.
            heads_entries = print_of(line) if place == open_part[2] else heads_entries
            kind = None if print_of(line) == heads_entries else kind
        named = _named_by_head(lines, place) if kind is None and place > open_part[2] else None
        if named is not None and named[0] != open_part[0]:
            # The head stays a row of its table.
            made.append(Part(*open_part, place))
            open_part = (*named, place)
        elif kind is None and (
            line.opens_column or place == signed or (DECLARATION.search(line.text) and open_part[0] != "other")
        ):
            made.append(Part(*open_part, place))
            open_part = ("profile", profile, place)
        if kind is not None:
            known_yet, heads_entries = True, None
            made.append(Part(*open_part, place))
            open_part = (kind, tidy(line.text), place + 1)
    made.append(Part(*open_part, len(lines)))
    return made


def _named_by_head(lines: Sequence[Line], place: int) -> tuple[SectionKind, str] | None:
    """What a table is about whose head says it, in one of several columns, and that has no headings in it."""
    line = lines[place]
    if not line.table or (place and lines[place - 1].table == line.table):
        return None
    cells = line.text.split("\t")
    rows = [one for one in lines[place + 1 :] if one.table == line.table]
    if len(cells) < HEAD_CELLS_MIN or head(cells) is None or not rows or any(len(one.cells) < 2 for one in rows):
        return None
    said = [(kind, tidy(cell)) for cell in cells if (kind := known_kind(cell)) in _TABLED]
    return said[0] if len(said) == 1 else None


def _signed(lines: Sequence[Line]) -> int | None:
    """Where a resume that begins without its person's name says it at its foot: the one line in the largest print."""
    largest = max((line.size for line in lines), default=0.0)
    place = next((place for place, line in enumerate(lines) if line.size >= largest), 0)
    alone = sum(line.size * LARGER > largest for line in lines) == 1
    named = place and not any(map(str.isdigit, lines[place].text.split("\t")[0]))
    return place if alone and named and place > len(lines) / 2 else None


def _is_dated(lines: Sequence[Line]) -> bool:
    return any(periods(line.text) for line in lines)


def sections(lines: Sequence[Line], found: Sequence[Part]) -> list[Section]:
    """The texts of those parts that have any."""
    return [
        Section(part.kind, part.title, text)
        for part in found
        if (text := "\n".join(paragraphs(lines[part.first : part.last])))
    ]


def paragraphs(lines: Sequence[Line]) -> list[str]:
    """One text for each paragraph or list item: a line that only the margin broke goes on with the next."""
    right = max((line.x1 for line in lines), default=0.0)
    made: list[str] = []
    before: Line | None = None
    for line in lines:
        text = " ".join(line.text.split())
        if before is not None and goes_on(before, line, right):
            made[-1] = _joined(made[-1], text)
        elif text:
            made.append(text)
        before = line
    return [text.replace("\u00ad", "") for text in made]


def _joined(before: str, text: str) -> str:
    """Two printed lines as one; a word that a hyphen divided is whole again."""
    divided = before.endswith(SOFT_HYPHENS) or (before.endswith("-") and before[-2:-1].islower())
    return before[:-1] + text if divided and text[0].islower() else f"{before} {text}"


def goes_on(before: Line, line: Line, right: float) -> bool:
    """Whether ``line`` continues the sentence of ``before``, whose section reaches to ``right``."""
    text = line.text.strip()
    if before.cells or line.cells:
        return False
    below = 0 < line.y0 - before.y0 <= before.size * 2.2
    if not below or not text or BULLET.match(text) or before.text.rstrip().endswith((".", "!", "?", "。", ":", ";")):
        return False
    if before.text.rstrip().endswith(SOFT_HYPHENS):
        return True
    full = before.x1 - before.x0 >= (right - before.x0) * FULL_SHARE and before.x1 - before.x0 > before.size * 20
    return full and (text[0].islower() or not text[0].isascii() or BULLET.match(before.text.strip()) is not None)
