"""Employers and titles of dated entries: by labels, by words, and by where they stand in the other entries. Pure."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from coordinator.candidates.facts import words
from coordinator.candidates.facts.entries import entries
from coordinator.candidates.facts.model import Row
from coordinator.candidates.facts.pieces import Piece
from coordinator.candidates.facts.tabled import Dated, Entry

IN_A_REGION = 2.0
"""What speaks against an employer that stands before a state or a country: "Lafayette, Louisiana" is a town."""
ON_OWN_ACCOUNT = -1.0
WORDS_MOST = 9
CHARACTERS_MOST = 70
_NEVER = -1000.0


@dataclass(frozen=True)
class Job:
    """One employment; at least one of employer and title is there."""

    employer: Piece | None
    title: Piece | None
    first: Dated | None
    last: Dated | None


Slot = tuple[int, int]


def _as_employer(piece: Piece) -> float:
    text = piece.text
    if piece.field is not None:
        return 50.0 if piece.field == "employer" else _NEVER
    if words.is_own_account(text):
        # Where nothing else is named, that is who somebody worked for.
        return ON_OWN_ACCOUNT
    if words.is_employment_kind(text) or len(text.split()) > WORDS_MOST or len(text) > CHARACTERS_MOST:
        return _NEVER
    score = 0.0
    score += 3.0 * words.is_employer(text)
    score -= 2.5 * words.is_title(text)
    score -= 3.5 * words.is_place(text)
    score -= IN_A_REGION * (piece.before_place and not words.is_employer(text) and not piece.bold)
    score -= 2.0 * (words.is_department(text) and not words.is_employer(text))
    score += 0.6 * piece.bold
    score -= 0.3 * (piece.line + piece.order)
    score -= 2.0 * (text[:1].islower() and text.isascii())
    return score


def _as_title(piece: Piece) -> float:
    text = piece.text
    if piece.field is not None:
        return 50.0 if piece.field == "title" else _NEVER
    if words.is_employment_kind(text) or len(text.split()) > WORDS_MOST or len(text) > CHARACTERS_MOST:
        return _NEVER
    score = 0.0
    score += 3.0 * words.is_title(text)
    score -= 2.5 * words.is_employer(text)
    score -= 3.5 * words.is_place(text)
    score -= 1.0 * words.is_department(text)
    score -= 0.3 * (piece.line + piece.order)
    return score


def _slot(piece: Piece, entry: Entry) -> Slot:
    """Where a piece stands, from the line that is dated: a second title at one employer has no line for it."""
    return piece.line - entry.dated_line, min(piece.order, 3)


def jobs(rows: Sequence[Row]) -> list[Job]:
    """The employments in the rows of an experience section."""
    found = entries(rows, singles=False)
    employer_at, title_at = _habits(found)
    made: list[Job] = []
    for entry in found:
        job = _job(entry, employer_at, title_at)
        if job is not None:
            made.append(job)
    return _inherited(made)


def _habits(found: Sequence[Entry]) -> tuple[dict[Slot, float], dict[Slot, float]]:
    """How well each place suits an employer and a title, over all entries."""
    employer: dict[Slot, float] = defaultdict(float)
    title: dict[Slot, float] = defaultdict(float)
    for entry in found:
        for piece in entry.parts:
            employer[_slot(piece, entry)] += max(_as_employer(piece), -4.0) / len(found)
            title[_slot(piece, entry)] += max(_as_title(piece), -4.0) / len(found)
    return employer, title


def _job(entry: Entry, employer_at: dict[Slot, float], title_at: dict[Slot, float]) -> Job | None:
    best: tuple[float, Piece | None, Piece | None] = (0.0, None, None)
    for employer in (None, *entry.parts):
        for title in (None, *entry.parts):
            if employer is title:
                continue
            score = 0.0
            if employer is not None:
                # Somebody employs whoever is dated; a title must show itself.
                score += 2.5 + _as_employer(employer) + 0.7 * employer_at[_slot(employer, entry)]
            if title is not None:
                score += _as_title(title) + 0.7 * title_at[_slot(title, entry)]
            if score > best[0]:
                best = (score, employer, title)
    _, employer, title = best
    if employer is None and title is None:
        return None
    return Job(employer, title, entry.first, entry.last)


def _inherited(made: list[Job]) -> list[Job]:
    """Several titles at one employer: those without an employer of their own have the one above."""
    found: list[Job] = []
    employer: Piece | None = None
    for place, job in enumerate(made):
        following = made[place + 1] if place + 1 < len(made) else None
        if job.title is None and following is not None and following.employer is None and _within(following, job):
            employer = job.employer
            continue
        if job.employer is None and employer is not None:
            found.append(replace(job, employer=employer))
            continue
        employer = job.employer or employer
        found.append(job)
    return found


def _within(inner: Job, outer: Job) -> bool:
    if inner.first is None or outer.first is None:
        return False
    return inner.first.point.value[:4] >= outer.first.point.value[:4]
