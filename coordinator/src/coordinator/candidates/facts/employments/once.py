"""Employments that a resume tells twice, in a table and in detail, and what was done within them. Pure."""

import re
from collections.abc import Sequence
from itertools import pairwise

from coordinator.candidates.facts import words
from coordinator.candidates.facts.employments.positions import Job
from coordinator.candidates.facts.rows.dated import lasts_over

_LEGAL_FORM = re.compile(
    r"주식회사|유한회사|㈜|\((?:주|유|재|사|합)\)|[,.]|\b(?:inc|ltd|limited|llc|co|corp|gmbh)\b", re.IGNORECASE
)
_ASIDE = re.compile(r"[(（][^()（）]*[)）]")


def told_once(sections: Sequence[Sequence[Job]]) -> list[Job]:
    """The jobs of all experience sections, each once, without projects within those of another."""
    sections = [
        [
            job
            for job in section
            if not _is_told_finer(job, [one for other in sections if other is not section for one in other])
        ]
        for section in sections
    ]
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


def _is_told_finer(job: Job, others: Sequence[Job]) -> bool:
    """Whether ``others`` tell of all of a job's time at its employer: in positions, or to the month, not the year."""
    if job.employer is None or job.first is None or job.last is None:
        return False
    begin, end = job.first.point, job.last.point
    held = [
        (one.first.point, one.last.point)
        for one in others
        if one.employer is not None and one.title is not None and _bare(one.employer.text) == _bare(job.employer.text)
        if one.first is not None and one.last is not None
        if lasts_over(begin, end, one.first.point, one.last.point)
    ]
    held.sort(key=lambda times: times[0].value)
    if not held or not lasts_over(held[0][0], held[-1][1], begin, end):
        return False
    if len(held) > 1:
        return all(before[1].value <= after[0].value for before, after in pairwise(held))
    return len(held[0][0].value) > len(begin.value)


def _key(job: Job) -> tuple[str, str]:
    """The same employer from the same month is the same job, told twice; its form and what it does may be told once."""
    employer = job.employer.text if job.employer else job.title.text if job.title else ""
    return _bare(employer), job.first.point.value if job.first else ""


def _bare(employer: str) -> str:
    return (re.sub(r"\W", "", _ASIDE.sub("", _LEGAL_FORM.sub("", employer))) or employer).casefold()


def _is_for_the_same_time(job: Job, other: Job) -> bool:
    times = [[one.point.value for one in (of.first, of.last) if one is not None] for of in (job, other)]
    return times[0] == times[1]


def _is_within(job: Job, other: Job) -> bool:
    """Whether ``job`` lies in the time of one with employer and title, and is a project there.

    It names no title and nothing that employs, or a table of employers names the same one for all the time and more.
    """
    if job.employer is None or other.title is None or other.employer is None:
        return False
    if other.first is None or other.last is None or job.first is None:
        return False
    same = other.employer.field is not None and _bare(job.employer.text) == _bare(other.employer.text)
    same = same and not _is_for_the_same_time(job, other)
    unnamed = job.title is None and not words.is_employer(job.employer.text)
    ends = (job.last or job.first).point
    return (same or unnamed) and lasts_over(other.first.point, other.last.point, job.first.point, ends)
