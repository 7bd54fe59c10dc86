"""Employments of a resume by the labels of its words, and by the rules where these are certain. Pure."""

from collections.abc import Sequence
from dataclasses import replace

from coordinator.candidates.facts.employment import Job, jobs
from coordinator.candidates.facts.labelling.chain import Chain
from coordinator.candidates.facts.labelling.labeller import Labelled, opinion
from coordinator.candidates.facts.model import Row
from coordinator.candidates.sections import Part

SURE = 0.4
"""Below this a job is left out: a missing one is better than a wrong one."""
SURE_ELSEWHERE = 0.6
"""The same outside a section of experience."""
NOT_JOBS = frozenset(("education", "certificates", "awards", "languages", "skills", "publications"))


def row_kinds(count: int, parts: Sequence[Part]) -> tuple[list[str], frozenset[int]]:
    """The section of each of ``count`` rows, "heading" for what opens one; and the rows that do."""
    kinds = ["heading"] * count
    for part in parts:
        kinds[part.first : part.last] = [part.kind] * (part.last - part.first)
    return kinds, frozenset(place for place, kind in enumerate(kinds) if kind == "heading")


def employments(rows: Sequence[Row], parts: Sequence[Part], by: Chain | None = None) -> list[Job]:
    """The employments, in the resume's order."""
    kinds, headings = row_kinds(len(rows), parts)
    said = opinion(rows, kinds, headings, by)
    made: list[Job] = []
    for part in parts:
        inside = rows[part.first : part.last]
        if not inside:
            continue
        begin, end = inside[0].start, inside[-1].start + len(inside[-1].text)
        labelled = [one for one in said.jobs if begin <= _place(one.job) <= end]
        if part.kind == "experience":
            made += _in_experience(jobs(inside), labelled)
        elif part.kind not in NOT_JOBS:
            made += [one.job for one in labelled if one.sure >= SURE_ELSEWHERE and one.job.employer and one.job.last]
    return made


def _place(job: Job) -> int:
    """Where the job stands in the text: where its dates do."""
    if job.first is not None:
        return job.first.point.start
    piece = job.employer or job.title
    return piece.span.start if piece else -1


def _in_experience(by_rules: list[Job], labelled: list[Labelled]) -> list[Job]:
    """Forms and tables say themselves which words are the employer; elsewhere the labels are believed."""
    if any(job.employer is not None and job.employer.field == "employer" for job in by_rules):
        return by_rules
    sure = [_agreed(one.job, by_rules) for one in labelled if one.sure >= SURE or one.plain]
    return sure or ([] if labelled else by_rules)


def _agreed(job: Job, by_rules: Sequence[Job]) -> Job:
    """A job whose employer no label names, as the rules have it that see one beside the same dates."""
    if job.employer is not None or job.first is None:
        return job
    for other in by_rules:
        if other.employer is not None and other.first is not None and other.first.point.start == job.first.point.start:
            return replace(other, title=other.title or job.title)
    return job
