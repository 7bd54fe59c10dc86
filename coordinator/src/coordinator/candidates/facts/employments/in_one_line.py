"""Several jobs that one line lists: "Earlier: Porter, Ship Inn, 2010 – 2011; Waiter, Red Lion, 2008 – 2010". Pure."""

import re
from collections.abc import Sequence
from dataclasses import replace

from coordinator.candidates.facts.model import Row
from coordinator.candidates.words.dates import periods

JOBS_MIN = 2
_DIVIDED = re.compile(r"\s*[;；]\s*|(?<=\d{4})\.\s+(?=[^\W\d_])|(?<=\d[)）])[.,]\s+(?=[^\W\d_])")
_LABEL = re.compile(
    r"\s*(?:(?:other |my )?(?:earlier|previous|prior|past|former|before that)(?:ly)?"
    r"(?: (?:\w+ )?(?:career|roles?|positions?|posts?|jobs?|work|employment|experience))?"
    r"|(?:이전|그 외|기타) ?(?:경력|근무|이력)?)\s*[:：]\s*",
    re.IGNORECASE,
)


def with_a_row_each(rows: Sequence[Row]) -> list[Row]:
    """``rows`` with those that list jobs, each with its time, as a row for each job."""
    return [part for row in rows for part in _parts(row)]


def _parts(row: Row) -> list[Row]:
    cuts = [match.span() for match in _DIVIDED.finditer(row.text)]
    if len(cuts) + 1 < JOBS_MIN:
        return [row]
    label = _LABEL.match(row.text)
    begins = [label.end() if label else 0, *(end for _, end in cuts)]
    ends = [*(start for start, _ in cuts), len(row.text.rstrip(" .;"))]
    bounds = [(begin, end) for begin, end in zip(begins, ends, strict=True) if end > begin]
    told = [row.text[begin:end] for begin, end in bounds]
    if len(told) < JOBS_MIN or "\t" in row.text or not all(map(_is_job, told)):
        return [row]
    return [
        Row(replace(row.line, text=text, cells=(), breaks=()), row.start + begin)
        for (begin, _), text in zip(bounds, told, strict=True)
    ]


def _is_job(text: str) -> bool:
    """Whether a text names something and ends, or begins, in its only time."""
    found = periods(text)
    if len(found) != 1:
        return False
    before, after = text[: found[0].start].strip(" ,(（:–—-"), text[found[0].end :].strip(" ,)）:–—-")
    return bool(before) != bool(after)
