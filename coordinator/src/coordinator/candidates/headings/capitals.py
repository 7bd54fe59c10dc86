"""Prints in capitals or colour that only headings have, though few of these are usual ones. Pure."""

from collections.abc import Callable, Collection, Sequence

from coordinator.candidates.headings.hints import hint
from coordinator.candidates.headings.outranking import is_short
from coordinator.candidates.headings.prints import Print, head_entries, is_dated, is_right_above, print_of
from coordinator.candidates.schemas import Line

LINES_MIN = 3
LINES_MOST = 20
TOLD_SHARE = 0.3
LETTERS_MIN = 3


def in_capitals(
    body: Print, usual: Collection[Print], lines: Sequence[Line], is_known: Callable[[Line], bool]
) -> set[Print]:
    """Prints of short lines that stand out as headings do: most speak of a section, none is dated or heads entries."""
    found: set[Print] = set()
    for one in {print_of(line) for line in lines} - {body}:
        size, bold, capitals, color = one
        stands_out = bold if capitals and color == body[3] else (capitals or bold) and color != body[3]
        if size < body[0] - 1 or not stands_out:
            continue
        alike = [line for line in lines if print_of(line) == one]
        told = sum(is_known(line) or hint(line.text) is not None for line in alike)
        if not LINES_MIN <= len(alike) <= LINES_MOST or told < TOLD_SHARE * len(alike):
            continue
        named = any(map(is_known, alike)) and all(map(is_short, alike)) and all(map(_has_letters, alike))
        if not named or any(is_dated(line, lines) for line in alike) or head_entries(alike, usual, lines):
            continue
        if not any(is_right_above(line, other) for line in alike for other in alike):
            found.add(one)
    return found


def _has_letters(line: Line) -> bool:
    return sum(map(str.isalpha, line.text)) >= LETTERS_MIN or not line.text.isascii()
