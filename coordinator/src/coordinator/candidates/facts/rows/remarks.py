"""Rows beside an employment's head: how somebody was employed, what was paid, whom they answered to, where. Pure."""

import re

from coordinator.candidates.facts import words
from coordinator.candidates.facts.model import Row
from coordinator.candidates.words.date_forms import DURATION
from coordinator.candidates.words.dates import periods
from coordinator.candidates.words.labels import is_remark

_LABEL = re.compile(r"^\W*([^:：\t]{2,40}?)\s*[:：]\s*\S")
_PAY = re.compile(
    r"(?:(?:hourly|annual|monthly|weekly|starting|final|base|gross|연봉|월급|시급) ?)?(?:pay|salary|wages?|rate)?"
    r"[\s,:]*[$€£₩]\s?\d[\d.,]*[kKmM]?(?:\s?(?:/|per|an?)\s?\w+)?\.?",
    re.IGNORECASE,
)
_STREET = re.compile(
    r"^(?:\d{1,5}[A-Za-z]?,? (?=\S+ )(?:\S+ ){0,4}(?:street|st|avenue|ave|road|rd|lane|ln|drive|dr|boulevard|blvd"
    r"|court|ct|way|highway|hwy|parkway|pkwy|terrace|close|crescent|rise|place|plaza|square|pike|circle)\b"
    r"(?!\.? (?:inc|ltd|llc)\b)"
    r"|p\.?\s?o\.? box \d)",
    re.IGNORECASE,
)


def is_beside(row: Row) -> bool:
    """Whether a row names neither who, what nor when: it is neither a head nor the end of one."""
    text = row.text.strip()
    if words.is_own_account(text) or words.is_place(text):
        return False
    if words.is_employment_kind(text) or DURATION.fullmatch(text) is not None:
        return True
    if _PAY.fullmatch(text) is not None:
        return True
    label = _LABEL.match(text)
    return (_STREET.match(text) is not None or (label is not None and is_remark(label.group(1)))) and not periods(text)
