"""The items of a list, however they are divided, without their levels. Pure."""

import re
from collections.abc import Iterator, Sequence

from coordinator.candidates.facts.model import Row
from coordinator.candidates.headings.sections import BULLET, SOFT_HYPHENS
from coordinator.candidates.words.dates import is_mostly_dates, points
from coordinator.candidates.words.vocabulary import any_of

ITEM_CHARACTERS_MAX = 48
ITEM_WORDS_MAX = 6
WRAPPED_EMS_MIN = 8.0

_LEVEL = re.compile(
    rf"^\W*(?:(?:(?:아주|매우|제법|꽤|very|quite|fairly|rather)\s)?(?:{any_of('levels')})(?:\s*(?:level|수준|user|사용자))?|[a-c][12](?:\+)?|n[1-5]급?|level\s?\d|\d급"
    r"|\d{1,2}(?:\.\d)?\+?\s?(?:years?|yrs?|년|개월|months?)(?:\s?(?:이상|차|experience))?|\d{1,3}\s?%|\d(?:\.\d)?\s?/\s?\d{1,2}"
    r"|[★☆●○■□◆◇▪▫⬤◯•*]{2,}|\d{1,4}점?)\W*$",
    re.IGNORECASE,
)
_GRADED = re.compile(r"(?<=[^\s종])\s+(?:최?[상중하]|[상중하초고]급|능숙|능통|숙련|우수|보통|양호)\s*$")
"""How well something is known, behind it with nothing but a blank between: "엑셀 상"."""
_COUNTED = re.compile(
    r"\s*[(（]\d[\d,.]*\+?(?:\s[a-z]+(?:\s[a-z]+)?|\s?(?:년|개월|건|회|시간|일|명)\S*)[)）]\s*$", re.IGNORECASE
)
"""How often or how long something was done, behind it: "(168 sea days)"."""
_GAUGE = re.compile(r"\s*[★☆●○■□◆◇⬤◯▮▯█░]{2,}\s*$|\s*\d{1,3}\s?%\s*$")
_LABEL = re.compile(
    r"^(?:\W*[^:：,]{1,32}[:：]|\W*[\[【][^\[\]【】]{1,24}[\]】]|\W*[^:：,\t—–]{2,24}\s[—–](?=\s[^,]{2,40},[^,]{2,40},))\s*(?=\S|$)"
)
"""What a list is of, before a colon, in brackets, or before a dash with three things behind it at least."""
DIVIDER = re.compile(
    r"\t|,(?!(?<=\d,)\d{3}(?!\d))|[，、;|∣│·•∙・▪●■◆①-⑳❶-❿]|\s+[/+]\s+|(?:^|\s+)#(?=\S)|\n(?=\s*[-–•▪·*])"
    # "MATLAB. At sea: nets": behind a full stop another list has its label.
    r"|(?<=[\w)])\.\s+[^\W\d_][\w &/]{1,24}:\s+"
)
_FURTHER = re.compile(r"[^:：,(]{2,16}\s[:：]\s+(?=\S)")
"""One more label in a list that began with one: "하드웨어 : HPLC / 소프트웨어 : SAP"."""
_NUMBERS = re.compile(r"[①-⑳❶-❿]")
"""Numbers that divide a list where there are several, and nothing else does: "① 저상·전기버스 운행 ② 경정비"."""
_LEVEL_AFTER = re.compile(r"\s+[-–—]\s+|\s*[:：]\s*|\s*(?=[(（\[])")
_LEAD_IN = re.compile(
    r"^(?:(?:proficient|experienced?|skilled|fluent|competent|expertise"
    r"|familiar(?:ity)?|knowledge|experience|working knowledge)"
    r"\s(?:in|with|of)|and|some|etc\.?)\s+",
    re.IGNORECASE,
)
_BOTH = re.compile(r"^(\S+(?:\s\S+)?)\s(?:and|및)\s(\S+(?:\s\S+)?)$")
_TEST = re.compile(
    r"toeic|toefl|opic|ielts|jlpt|jpt|hsk|teps|tepsp|flex|dele|delf|토익|토플|오픽|텝스|스피킹", re.IGNORECASE
)
_TESTS_OTHERS = re.compile(
    r"\b(?:examiner|assessor|teacher|trainer|instructor|invigilator)s?\b|강사|감독관|채점", re.IGNORECASE
)
_EDGES = " \t\n.,;:|·•-–—*'\"“”‘’#▪●■◆✓"
_KINDS = (
    r"(?:american|british|brazilian|european|latin american|scottish|swiss|austrian|canadian|mandarin|korean|egyptian)"
)
"""What may stand before a language: "Scottish Gaelic", "Korean Sign Language"."""
TONGUES = re.compile(
    rf"^(?:(?:{_KINDS}\s)?(?:{any_of('languages')})|(?![가-힣]*웨어)[가-힣]{{1,5}}어)\b", re.IGNORECASE
)


def is_language_test(text: str) -> bool:
    """Whether ``text`` names a test of a language, and not who may hold one: "DELF Examiner"."""
    return _TEST.search(text) is not None and not _TESTS_OTHERS.search(text)


def is_level(text: str) -> bool:
    """Whether ``text`` says how well something is known, and nothing else."""
    return bool(_LEVEL.match(text))


def stretches(rows: Sequence[Row]) -> Iterator[tuple[int, str]]:
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
    if text.endswith(SOFT_HYPHENS):
        return True
    if BULLET.match(row.text) or _LABEL.match(row.text) or "\t" in row.text or "\t" in before.text or row.line.cells:
        return False
    if text.endswith((",", "，", "·", "|", "/", "&", ";", "•", " +")):
        return True
    listed = re.search(r"[,，、·|;]", text) is not None
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
    counted = len(_NUMBERS.findall(text)) > 1
    depth = 0
    for place, character in enumerate(text):
        depth += character in "([（"
        if (depth or counted) and character in ",，·|;/":
            flat[place] = "_"
        depth = max(depth - (character in ")]）"), 0)
    found: list[tuple[int, int]] = []
    begin = 0
    for match in DIVIDER.finditer("".join(flat)):
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
        gauge = _GAUGE.search(item) or _GRADED.search(item) or _COUNTED.search(item) or _dated_aside(item)
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


def items(text: str, *, bracketed: bool) -> Iterator[tuple[int, int]]:
    """Where the items of a list stand; ``bracketed``: several things in brackets are items of their own."""
    label = _LABEL.match(text)
    named = label and not is_level(text[label.end() :]) and not TONGUES.match(BULLET.sub("", text))
    shift = label.end() if label and named else 0
    several = len(_divided(BULLET.sub("", text[shift:]))) > 2
    for begin, stop in _divided(text[shift:]):
        start, end = _trimmed(text, shift + begin, shift + stop)
        further = _FURTHER.match(text[start:end]) if shift and begin else None
        start += further.end() if further else 0
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


def is_item(text: str) -> bool:
    """Whether ``text`` is short enough for a thing and no sentence."""
    return (
        0 < len(text) <= ITEM_CHARACTERS_MAX and len(text.split()) <= ITEM_WORDS_MAX and not text.endswith(("다", "요"))
    )
