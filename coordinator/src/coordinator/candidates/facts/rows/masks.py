"""What of a line names nothing: dates, lengths of time, and what it tells after a full stop. Pure."""

import re

from coordinator.candidates.facts import words
from coordinator.candidates.headings.sections import BULLET
from coordinator.candidates.words.date_forms import DURATION, MONTHS_ALONE
from coordinator.candidates.words.dates import Point, periods, points

GONE = "\x00"
_LEGAL_FORM = re.compile(
    r"\((주|유|재|사|합)\)"
    r"|\(([A-Za-z][A-Za-z ]{0,14})\)(?=,? (?:Pvt|Pte|Pty|Ltd|Limited|LLC|LLP|Inc|Co(?!-)|Corp|GmbH|Sdn)\b)"
)
"""What stands in brackets within a firm's name: "(주)", "Save Valley Drilling (Pvt) Ltd"."""
_SENTENCE = re.compile(
    r"(?:(?<=[)\x00])|(?<=[a-z가-힣]{3}))(?<!\b(?:Corp|Univ|Dept|Bros|Prof|Intl|Govt|Natl|Asst|Tech|Inst))\.\s+(?=[A-Z가-힣])"
)
_TOWN = re.compile(r"(?:^|(?<=\t))[^\t,|]*?\w[^\s\w]?(-)([A-Z][\w.' ]+), ?([A-Z][\w. ]+?)(?: \d{5})?\s*(?=$|[\t|])")
"""A firm or a school with its town joined by a bare hyphen: "Copper Ladle-Galveston, TX"."""

_POINTED = re.compile(r"(?:19|20)\d\d\s?\.\s?\d")
_BEFORE_DATES = re.compile(
    r"\b(?:from|since|started|joined|began|left|ended|until|till|to)(?: in| on)?\s+(?=\x00)", re.IGNORECASE
)
_NUMBERED = re.compile(r"^\s*(?:[①-⑳❶-❿]\s*|(?:\d{1,2}(?:\.\d{1,2}){1,3}\.?|#{1,5})\s+)(?=[^\W\d_]|[㈜(\x01])")
_LEAD_IN = re.compile(
    r"^[\s\x00,]*(?:I (?:was|have been|am|worked as|have worked as|work as|served as)"
    r"|(?:worked |working |employed )?as)\s+(?:an? |the )?",
    re.IGNORECASE,
)
"""What leads to a title: "as Sous Chef", "From March 2019 to May 2021 I was a clerk"."""


def _is_town_after(match: re.Match[str]) -> bool:
    """Whether a town stands after the hyphen, and before it more than its own first half: "Winston-Salem, NC"."""
    before = match.group()[: match.end(1) - match.start()].split()
    if len(before) == 1 and not words.is_place(match.group(2)):
        return False
    return words.is_region(match.group(3)) and not words.is_place(f"{before[-1]}{match.group(2)}")


def _has_point(text: str, date: Point) -> bool:
    """Whether the point behind a date is its own: "2010. 11.", and not the end of a sentence."""
    return text[date.end : date.end + 1] == "." and _POINTED.match(text[date.start : date.end]) is not None


def without_dates(text: str) -> str:
    """``text`` with brackets of legal forms out of the way, and dates and durations gone; as long as before."""
    masked = _LEGAL_FORM.sub(lambda match: f"\x01{match.group()[1:-1]}\x02", text)
    places = [(found.start, found.end) for found in periods(text)]
    places += [(found.start, found.end + _has_point(text, found)) for found in points(text)]
    places += [match.span() for match in MONTHS_ALONE.finditer(text)]
    places += [match.span(1) for match in _TOWN.finditer(text) if _is_town_after(match)]
    for start, end in places:
        masked = masked[:start] + GONE * (end - start) + masked[end:]
    masked = _BEFORE_DATES.sub(lambda match: GONE * len(match.group()), masked)
    masked = DURATION.sub(lambda match: GONE * len(match.group()), masked)
    told = _SENTENCE.search(masked)
    if told:
        # After a full stop a head tells of the work.
        masked = masked[: told.start()] + GONE * (len(masked) - told.start())
    for lead in (_NUMBERED, _LEAD_IN):
        masked = lead.sub(lambda match: GONE * len(match.group()), masked, count=1)
    bullet = BULLET.match(masked)
    if bullet:
        masked = GONE * bullet.end() + masked[bullet.end() :]
    return masked
