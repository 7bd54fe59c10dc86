"""Whether rows show works: names with the year of each in brackets, and what it is below. Pure."""

import re
from collections.abc import Sequence

from coordinator.candidates.facts.model import Row

WORKS_MIN = 2
TOLD_SHARE = 0.5
"""What each is stands below: at most this share of the rows are names."""
_NAMED = re.compile(
    r"[^\t()（）]{2,40}?\s?[(（](?:[^()（）]{1,24}, ?)?(?:19|20)\d\d"
    r"(?:\s?[–~-]\s?(?:(?:19|20)?\d\d)?)?[)）](?=$|\t|\.\s)"
)


def shows_works(rows: Sequence[Row]) -> bool:
    """Whether several rows are names with a year in brackets, and others below tell of each."""
    named = [_NAMED.match(row.text.strip()) is not None for row in rows]
    told = sum(named) <= TOLD_SHARE * len(rows) or all(len(row.text) > 60 for row in rows)
    return sum(named) >= WORKS_MIN and named[0] and told
