"""What a resume's lines say of jobs, short enough to compare."""

from collections.abc import Sequence

from coordinator.candidates.facts.employments.finding import jobs
from coordinator.candidates.facts.model import rows_of
from coordinator.candidates.schemas import Line

Told = tuple[str | None, str | None, str, str]
"""(employer, title, start, end); "" for a date that is not there."""


def told_jobs(lines: Sequence[Line]) -> list[Told]:
    """Each job in ``lines``."""
    return [
        (
            job.employer.text if job.employer else None,
            job.title.text if job.title else None,
            job.first.point.value if job.first else "",
            job.last.point.value if job.last else "",
        )
        for job in jobs(rows_of(lines))
    ]
