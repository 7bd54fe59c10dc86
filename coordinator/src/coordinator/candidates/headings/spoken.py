"""Headings in words of somebody's own, told by one print that outranks all else and mostly speaks of sections. Pure."""

from collections.abc import Callable, Sequence

from coordinator.candidates.headings.hints import hint
from coordinator.candidates.headings.known import known_kind
from coordinator.candidates.headings.outranking import LARGER_MOST, LARGER_SHARE, could_head, is_figure
from coordinator.candidates.headings.prints import Print, head_entries, is_dated, print_of
from coordinator.candidates.schemas import Line

LINES_MIN = 3
LINES_MOST = 24
TOLD_SHARE = 0.5
TOLD_SHARE_OF_BOLD = 0.75
"""Where only bold print tells them from the text, as it may tell employers."""
DATED_SHARE = 0.3
"""Beside fewer of them stand dates, of another column."""


def spoken(lines: Sequence[Line], body: Print, is_title: Callable[[str], bool]) -> set[Print]:
    """The print of such headings, where there is one; ``is_title`` tells titles of jobs, which head nothing."""
    found: set[Print] = set()
    for one in {print_of(line) for line in lines} - {body}:
        alike = [line for line in lines if print_of(line) == one]
        if not LINES_MIN <= len(alike) <= LINES_MOST or not all(map(could_head, alike)):
            continue
        told = sum(
            known_kind(line.text) is not None or (hint(line.text) is not None and not is_title(line.text))
            for line in alike
        )
        larger = [line for line in lines if line.size > one[0] * LARGER_SHARE and not is_figure(line)]
        size, _, capitals, color = one
        own = size > body[0] * LARGER_SHARE or capitals or color != body[3]
        if told < (TOLD_SHARE if own else TOLD_SHARE_OF_BOLD) * len(alike) or len(larger) > LARGER_MOST:
            continue
        dated = sum(is_dated(line, lines) for line in alike)
        if dated < DATED_SHARE * len(alike) and not head_entries(alike, (), lines):
            found.add(one)
    return found
