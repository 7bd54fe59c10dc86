"""Several positions at one employer: what an entry without an employer of its own is part of. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from coordinator.candidates.facts import words
from coordinator.candidates.facts.entries.tabled import Entry
from coordinator.candidates.facts.rows.dated import Dated, lasts_over
from coordinator.candidates.facts.rows.pieces import Piece

ALIGNED_POINTS = 4.0
INDENT_MOST = 60.0
"""Further in than this nothing is a part of what stands above it, points; centred lines begin anywhere."""


@dataclass(frozen=True)
class Job:
    """One employment; at least one of employer and title is there."""

    employer: Piece | None
    title: Piece | None
    first: Dated | None
    last: Dated | None


Named = tuple[Piece | None, Piece | None]
"""Employer and title of an entry."""


def with_positions(found: Sequence[Entry], chosen: Sequence[Named]) -> list[Named]:
    """``chosen``, with the first part alone of entries that are positions at the employer above: it is their title.

    That one has its whole time and no title in their print; theirs lies within it, and they begin with a title in
    another print and name no employer.
    """
    made = list(chosen)
    above: int | None = None
    for number, entry in enumerate(found):
        if above is not None and _holds_position(found[above], entry):
            title = entry.parts[0]
            made[number] = (None, title)
            employer, said = made[above]
            made[above] = (employer, said if said is not None and said.print == title.print else None)
        else:
            above = number if entry.parts and not any(map(_titled, entry.parts)) else None
    return made


def _titled(piece: Piece) -> bool:
    return piece.field == "title" or (piece.line == 0 and words.names_a_title(piece.text))


def _holds_position(outer: Entry, inner: Entry) -> bool:
    named = inner.parts[:1]
    if not named or not words.names_a_title(named[0].text) or named[0].print == outer.parts[0].print:
        return False
    if any(piece.field == "employer" or words.is_employer(piece.text) for piece in inner.parts):
        return False
    if outer.first is None or outer.last is None or inner.first is None:
        return False
    return lasts_over(outer.first.point, outer.last.point, inner.first.point, (inner.last or inner.first).point)


def inherited(made: Sequence[Job]) -> list[Job]:
    """``made`` with the employer above for those without their own that the layout shows to be positions there."""
    found: list[Job] = []
    above: Job | None = None
    for place, job in enumerate(made):
        following = made[place + 1] if place + 1 < len(made) else None
        if job.title is None and following is not None and following.employer is None and _within(following, job):
            # Nothing but the whole time at one employer, above the positions held there.
            above = job
            continue
        if job.employer is None and above is not None and _is_position(job, above):
            found.append(replace(job, employer=above.employer))
            continue
        above = job if job.employer is not None else None
        found.append(job)
    return found


def _is_position(job: Job, above: Job) -> bool:
    """Whether ``job`` stands where a second position at the employer of ``above`` would."""
    employer, title = above.employer, above.title
    if employer is None or job.title is None or words.works_for_nobody(job.title.text):
        return False
    if words.works_for_nobody(employer.text) or (title is not None and words.works_for_nobody(title.text)):
        return False
    if title is None:
        return _within(job, above)
    if employer.line != title.line:
        # The employer's line stands above its first position.
        return employer.line < title.line
    if employer.field is not None and job.title.field is not None:
        # Below the employer's cell the table's column holds nothing.
        return True
    if job.title.x - employer.x > ALIGNED_POINTS:
        # In one line it has a column of its own, or the position stands further in.
        column = abs(job.title.x - title.x) <= ALIGNED_POINTS
        return column or job.title.x - employer.x <= INDENT_MOST
    return False


def _within(inner: Job, outer: Job) -> bool:
    if inner.first is None or outer.first is None:
        return False
    return inner.first.point.value[:4] >= outer.first.point.value[:4]
