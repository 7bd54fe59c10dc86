"""Employments that a resume tells twice, in a table and in detail, and what was done within them. Pure."""

import re
from collections.abc import Sequence

from coordinator.candidates.facts import words
from coordinator.candidates.facts.dated import lasts_over
from coordinator.candidates.facts.positions import Job

_LEGAL_FORM = re.compile(
    r"주식회사|유한회사|㈜|\((?:주|유|재|사|합)\)|[,.]|\b(?:inc|ltd|limited|llc|co|corp|gmbh)\b", re.IGNORECASE
)


def told_once(sections: Sequence[Sequence[Job]]) -> list[Job]:
    """The jobs of all experience sections, each once, without projects within those of another."""
    found: list[Job] = []
    seen: set[tuple[str, str]] = set()
    for section in sections:
        others = [job for other in sections if other is not section for job in other]
        for job in section:
            if _key(job) in seen or any(_is_within(job, other) for other in others):
                continue
            seen.add(_key(job))
            found.append(job)
    return found


def _key(job: Job) -> tuple[str, str]:
    """The same employer from the same month is the same job, told twice; its legal form may be told once."""
    employer = job.employer.text if job.employer else job.title.text if job.title else ""
    bare = re.sub(r"\W", "", _LEGAL_FORM.sub("", employer)) or employer
    return bare.casefold(), job.first.point.value if job.first else ""


def _is_within(job: Job, other: Job) -> bool:
    """Whether ``job`` names no title and nothing that employs, in the time of one with both: a project."""
    if job.title is not None or job.employer is None or other.title is None or other.employer is None:
        return False
    if other.first is None or other.last is None or job.first is None or words.is_employer(job.employer.text):
        return False
    ends = (job.last or job.first).point
    return lasts_over(other.first.point, other.last.point, job.first.point, ends)
