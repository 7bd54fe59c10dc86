"""Headings in two parts that white space sets apart, as if they were cells of a table: number and words, two tongues.

Pure.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from coordinator.candidates.headings.counted import counted_on
from coordinator.candidates.headings.known import TOTAL, known_kind
from coordinator.candidates.headings.prints import print_of
from coordinator.candidates.schemas import Line

BEHIND_POINTS_MAX = 60.0
LEVEL_POINTS = 3.0

_NUMBER = r"\s*(?:(?:\d{1,2}|[IVX]{1,5}|[A-H]|[가나다라마바사아자차카타파하])[.)]?|[ⅰ-ⅻⅠ-Ⅻ①-⑳❶-❿][.)]?)\s*"
_HANGUL = re.compile(r"[가-힣]")
_ALONE = re.compile(_NUMBER)
_NUMBERED = re.compile(rf"{_NUMBER}\t([^\t]+)")

_REACHED = re.compile(
    r"\s*(?:최종\s?)?(?:대학원|대학교?|전문대학?|고등학교|고졸|초대졸|대졸)\s?(?:[(（][^()（）]*[)）])?\s?(?:석사|박사|학사)?\s?"
    r"(?:졸업|수료|재학|휴학|중퇴)?(?:\s?예정)?$"
)
"""The highest degree, after what a heading says: "학력 대학교(4년) 졸업"."""


def with_whole_headings(pages: Sequence[Sequence[Line]]) -> list[list[Line]]:
    """The lines of ``pages``, a heading's parts as one text where usual headings are so printed."""
    pages = [_with_remarks(page) for page in pages]
    joined = [list(_joined(page)) for page in pages]
    heads = {print_of(whole) for page in joined for _, whole, head in page if head and known_kind(head) is not None}
    heads |= counted_on(
        [whole for page in joined for _, whole, head in page if head], [one for page in joined for _, one, _ in page]
    )
    return [
        [line for parts, whole, head in page for line in ((whole,) if head and print_of(whole) in heads else parts)]
        for page in joined
    ]


def split_label(line: Line) -> list[Line]:
    """A heading in another print before its text, in one line, as two lines at one height; others as they are."""
    if not line.breaks or "\t" in line.text[: line.breaks[0]]:
        return [line]
    place = line.breaks[0]
    label, rest = line.text[:place].strip(), line.text[place:].strip(" \t|-–—")
    if not rest or known_kind(label) is None or label.endswith((":", "：")) or line.text[place:].lstrip()[:1] in ":：":
        return [line]
    if not (line.bold or line.opening or label.isupper()):
        # Only slanted letters tell it from the text: a work's name, or a word that is stressed.
        return [line]
    middle = line.x0 + (line.x1 - line.x0) * place / len(line.text)
    return [
        replace(line, text=label, x1=middle - 1, breaks=(), heads_row=True),
        replace(line, text=rest, x0=middle + 1, breaks=()),
    ]


def _with_remarks(page: Sequence[Line]) -> list[Line]:
    """Headings with what their section comes to behind them as one text, printed as other headings: "경력  총 7년"."""
    heads = {print_of(line) for line in page if "\t" not in line.text and known_kind(line.text) is not None}
    return [
        replace(line, text=line.text.replace("\t", " ")) if print_of(line) in heads and _says_its_sum(line) else line
        for line in page
    ]


def _says_its_sum(line: Line) -> bool:
    """Whether a usual heading has behind it how long or how far what it heads has come."""
    head, tab, rest = line.text.partition("\t")
    summed = TOTAL.fullmatch(f" {rest}") or _REACHED.fullmatch(rest)
    return bool(tab) and summed is not None and known_kind(head) is not None


def _joined(page: Sequence[Line]) -> Iterator[tuple[tuple[Line, ...], Line, str]]:
    """Each line, and as it is with the number before it: what was printed, the whole, the text behind the number."""
    before: Line | None = None
    for line in page:
        numbered = _NUMBERED.fullmatch(line.text)
        if before and _stands_behind(before, line):
            text = f"{before.text.strip()} {line.text}"
            moved = len(text) - len(line.text)
            breaks = tuple(place + moved for place in line.breaks)
            yield (before, line), replace(line, text=text, x0=before.x0, breaks=breaks), line.text
            before = None
            continue
        if before:
            yield (before,), before, ""
        before = line if _ALONE.fullmatch(line.text) else None
        if before is None:
            head = numbered[1] if numbered else _in_both_languages(line.text)
            yield (line,), replace(line, text=line.text.replace("\t", " ")) if head else line, head
    if before:
        yield (before,), before, ""


def _in_both_languages(text: str) -> str:
    """The first half of a heading that says the same in Korean and English; empty for anything else."""
    halves = text.split("\t")
    tongues = {bool(_HANGUL.search(half)) for half in halves}
    known = {known_kind(half) for half in halves}
    return halves[0] if len(halves) == 2 == len(tongues) and len(known) == 1 and None not in known else ""


def _stands_behind(number: Line, line: Line) -> bool:
    level = abs(number.y0 - line.y0) <= LEVEL_POINTS and number.size == line.size
    return level and 0 <= line.x0 - number.x1 <= BEHIND_POINTS_MAX and "\t" not in line.text
