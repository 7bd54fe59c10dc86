"""What of a resume's line an interviewer says aloud: one or two things a person would name, no whole list. Pure."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from coordinator.dispatch.unnamed import heads_of_columns, of_others


class NamedAs(StrEnum):
    """What kind of thing is named."""

    QUOTE = "quote"
    """Something done, in the resume's words."""

    SKILLS = "skills"
    CERTIFICATE = "certificate"
    EMPLOYER = "employer"


@dataclass(frozen=True, slots=True)
class Stated:
    """What the facts of a resume state, in its own words."""

    employers: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()
    """Of employments."""

    skills: tuple[str, ...] = ()
    certificates: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Named:
    """What is said of one line."""

    named_as: NamedAs
    things: tuple[str, ...]
    """One or two, each as it stands in the line."""


NOTHING_STATED = Stated()

_QUOTE_LENGTH = {"en": (20, 100), "ko": (10, 60)}
"""Characters a quote may have: a question is heard, and 100 take about six seconds."""

_ENTRY_WORDS = {"en": 4, "ko": 3}
_ENTRY_LENGTH = (2, 32)
_FEWEST_IN_A_LIST = 3
_HANGUL = re.compile(r"[\uac00-\ud7a3]")
_LATIN = re.compile(r"[A-Za-z]")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_BULLET = re.compile(r"^\s*(?:[-–—•∙·‣▸▹►▶▪■□●○◦◆◇❖✓✔➤➢→*※]|[0-9]{1,2}[.)](?=\s)|[가-하][.)])\s*")
_LABEL = re.compile(r"^[^:：,]{1,24}\s?[:：]\s+")
_BETWEEN = re.compile(r"\s*(?:(?<!\d),|,(?!\d)|[;•∙·\t#]|\s/\s)\s*")
_BRACKETS = re.compile(r"\s*\([^()]*\)|[★☆●○■□]+")
_TAIL = re.compile(r"[\s.,;:|·–—-]+$")
_TOLD = re.compile(r"^\s*[A-Z][a-z]+(?:ed|ing)\b|(?:[다요음함됨임]|[가-힣]기)\W*$")
"""A line that tells of something done is no list, however many commas it has."""

_DATES = re.compile(
    r"[0-9.,/~()\s–—-]|\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|sept|oct|nov|dec)[a-z]*\b|\b(?:to|present|now|years?|"
    r"months?)\b|현재|재직|개월|부터|까지|[년월일]",
    re.IGNORECASE,
)
_DATED_BRACKETS = re.compile(r"\s*\((?=[^()]*\d)[^()]*\)")
_NOT_WORTH = re.compile(r"운전\s?면허|\bdriv(?:er|ing)(?:['’]?s)? licen[cs]e", re.IGNORECASE)
"""What many have and nobody is asked about."""

_BROKEN_OFF = re.compile(r"(?:,|\b(?:the|an?|of|and|or|for|with|from|by|to|in|on|at)|[가-힣]\s및)\s*$", re.IGNORECASE)
_COLUMN_HEADS = re.compile(
    r"(?:(?:근무|재직)?기간|(?:회사|기관|직장|자격증?|활동)명|소속|부서명?|직[급위책](?:/역할)?|(?:담당|주요)?업무(?:내용)?|"
    r"주요|퇴사사유|소재지|연봉|비고|자격증|발행처|(?:발급|시행)(?:기관|처)|취득일자?|역할|내용|구분|"
    r"period|company|employer|position|title|duties|institution|issuer|date|location)[:：]?",
    re.IGNORECASE,
)
"""Words that head a table's columns or stand before a field."""

_COLUMN_HEADS_SHARE = 0.5
_CLAUSE_END = re.compile(r";\s|\s[–—-]\s|\.\s|:\s|,(?!\d)\s?")


def named(line: str, stated: Stated = NOTHING_STATED, relevant: str = "") -> Named | None:
    """What an interviewer would name of ``line``; None where nothing in it is worth naming.

    ``relevant`` is what the job speaks of: of a list it chooses the entries. Always the same for the same input.
    """
    plain = _BULLET.sub("", " ".join(line.split()))
    if _is_column_heads(plain) or heads_of_columns(plain) or of_others(plain) or _NOT_WORTH.search(plain):
        return None
    employer = next((name for name in stated.employers if _holds(plain, name)), None)
    if employer and not _tells(plain, employer):
        return Named(NamedAs.EMPLOYER, (_spoken(employer),))
    for named_as, known in ((NamedAs.SKILLS, stated.skills), (NamedAs.CERTIFICATE, stated.certificates)):
        entries = [name for name in known if _holds(plain, name)]
        listed = any(_LABEL.sub("", plain).startswith(name) for name in entries) or not _TOLD.search(plain)
        if entries and listed and _mostly(plain, entries):
            return Named(named_as, _chosen(entries, relevant))
    if not _TOLD.search(plain) and not _YEAR.search(plain) and (entries := _entries(plain)):
        return Named(NamedAs.SKILLS, _chosen(entries, relevant))
    head = plain.split(" | ")[0]
    quote = "" if _mostly_title(head, stated.titles) else _quote(head)
    return Named(NamedAs.QUOTE, (quote,)) if quote else None


def _language(text: str) -> str:
    return "ko" if len(_HANGUL.findall(text)) * 2 > len(_LATIN.findall(text)) else "en"


def _holds(line: str, name: str) -> bool:
    """Whether ``name`` stands in ``line`` as a word of its own."""
    if len(name) < _ENTRY_LENGTH[0]:
        return False
    after = "" if _HANGUL.match(name[-1]) else r"(?![A-Za-z0-9])"
    return bool(re.search(rf"(?<![A-Za-z0-9가-힣]){re.escape(name)}{after}", line, re.IGNORECASE))


def _tells(line: str, employer: str) -> bool:
    """Whether a line that holds an employer says something done there; a line of employer, title and dates does not."""
    rest = _DATES.sub("", line.replace(employer, ""))
    return bool(_TOLD.search(line)) and len(rest) >= _QUOTE_LENGTH[_language(line)][0]


def _mostly(line: str, entries: Iterable[str]) -> bool:
    """Whether ``line`` is little more than ``entries``: a list, or one of them with its dates and issuer."""
    rest = _LABEL.sub("", line)
    for entry in entries:
        rest = rest.replace(entry, "")
    return len(re.findall(r"\w", _DATES.sub("", _BRACKETS.sub("", rest)))) <= max(12, len(line) // 2)


def _entries(line: str) -> list[str]:
    """The entries of a line that is a list; none of any other line."""
    whole = _TAIL.sub("", _LABEL.sub("", line))
    found = [re.sub(r"^(?:and|및)\s+", "", entry) for entry in _BETWEEN.split(_BRACKETS.sub("", whole)) if entry]
    low, high = _ENTRY_LENGTH
    fits = all(low <= len(e) <= high and len(e.split()) <= _ENTRY_WORDS[_language(e)] for e in found)
    return found if fits and len(found) >= _FEWEST_IN_A_LIST else []


def _chosen(entries: list[str], relevant: str) -> tuple[str, ...]:
    """One or two of a list: those the job speaks of first, then in the resume's order."""
    ordered = sorted(dict.fromkeys(entries), key=lambda entry: not _holds(relevant, entry))
    return tuple(_spoken(entry) for entry in ordered[:2])


def _spoken(name: str) -> str:
    return _TAIL.sub("", _BRACKETS.sub("", name)).strip() or name


def _is_column_heads(line: str) -> bool:
    heads = [bool(_COLUMN_HEADS.fullmatch(word)) for word in line.split()]
    return bool(heads) and sum(heads) >= _COLUMN_HEADS_SHARE * len(heads)


def _mostly_title(line: str, titles: Iterable[str]) -> bool:
    """Whether ``line`` is little more than somebody's title and its dates."""
    title = next((name for name in sorted(titles, key=len, reverse=True) if _holds(line, name)), "")
    rest = _DATES.sub("", line.replace(title, ""))
    return bool(title) and len(re.findall(r"\w", rest)) < _QUOTE_LENGTH[_language(line)][0]


def _without_dates(match: re.Match[str]) -> str:
    return match.group() if re.search(r"\w", _DATES.sub("", match.group())) else ""


def goes_on(line: str) -> bool:
    """Whether ``line`` stops in mid-thought: what stands after it belongs to it, and nobody quotes it alone."""
    return bool(_BROKEN_OFF.search(line))


def _second_of_many(line: str, low: int) -> int:
    """Where a quote ends that would else go on counting things up: after the first, or the second where one is little.

    The length of ``line`` where it counts up nothing.
    """
    commas = [match.start() for match in re.finditer(r",(?!\d)", line)]
    if len(commas) < 2:
        return len(line)
    little = len(line[commas[0] : commas[1]].split()) <= _ENTRY_WORDS["ko"]
    return commas[0] if little and commas[0] >= low else commas[1]


def _quote(line: str) -> str:
    """``line``, or its beginning up to where a thought ends; empty where that would say too little, or a date only."""
    line = _DATED_BRACKETS.sub(_without_dates, line)
    low, high = _QUOTE_LENGTH[_language(line)]
    label = _LABEL.match(line)
    if label and _is_column_heads(label.group().replace(" :", ":")):
        return ""
    most = min(high, _second_of_many(line, low))
    quote = line
    if len(_TAIL.sub("", line)) > most or goes_on(line):
        ends = [match.start() for match in _CLAUSE_END.finditer(line) if low <= match.start() <= most]
        quote = line[: ends[-1]] if ends else ""
    quote = _TAIL.sub("", quote)
    return quote if len(quote) >= low and len(_DATES.sub("", quote)) >= low // 2 else ""
