"""Lone dates that end a course of study: their words say so, "expected 2027", "졸업 (2016.2)". Pure."""

import re

from coordinator.candidates.facts.model import Row
from coordinator.candidates.words.dates import Period, Point, periods, points

_EXPECTED = r"(?:expected|anticipated|projected)"
_BEFORE = re.compile(
    rf"\b(?:{_EXPECTED}|due|graduat(?:ed|ing|ion|es?)|complet(?:ed|ing|ion)|degree conferred|class of)"
    r"(?: (?:to|graduation|graduate|completion|complete|date|year|in|on|by))* *[:,(–—-]? *$"
    r"|(?:졸업|수료|학위 ?(?:취득|수여)) *(?:예정)?(?:일|년월|연월|년도|연도)? *[:：,(/|–—-]? *$",
    re.IGNORECASE,
)
_AFTER = re.compile(rf" *[,(–—-]? *(?:(?:{_EXPECTED}|graduat(?:ed|ion))\b|졸업|수료|학위 ?취득)", re.IGNORECASE)
_BEGUN = re.compile(r"입학|중퇴|편입|\b(?:withdr|dropped out|enrol|started|began|from|since)", re.IGNORECASE)


def ends_at(text: str, point: Point) -> bool:
    """Whether words beside ``point``, a lone date of ``text``, say that a course of study ends there."""
    if _BEGUN.search(text):
        return False
    return bool(_BEFORE.search(text[: point.start]) or _AFTER.match(text[point.end :]))


def ending(row: Row) -> Period | None:
    """The lone date of a row that ends a course of study, as the period it dates the row with."""
    found = points(row.text)
    if len(found) != 1 or periods(row.text) or not ends_at(row.text, found[0]):
        return None
    point = found[0]
    return Period(point, None, point.start, point.end)
