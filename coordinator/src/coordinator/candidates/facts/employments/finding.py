"""Employers and titles of dated entries: by labels, by words, and by where they stand in the other entries. Pure."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import pairwise

from coordinator.candidates.facts import words
from coordinator.candidates.facts.employments.earlier import with_those_in_sentences
from coordinator.candidates.facts.employments.firms import without_departments
from coordinator.candidates.facts.employments.held import held_below_firms
from coordinator.candidates.facts.employments.in_one_line import with_a_row_each
from coordinator.candidates.facts.employments.korean_prose import in_korean_prose, is_prose
from coordinator.candidates.facts.employments.levels import in_two_prints
from coordinator.candidates.facts.employments.likelihood import speaks_for_employer, speaks_for_title
from coordinator.candidates.facts.employments.positions import Job, inherited, with_positions
from coordinator.candidates.facts.employments.statements import told
from coordinator.candidates.facts.employments.whole_names import whole_employer, whole_title
from coordinator.candidates.facts.entries.finding import entries
from coordinator.candidates.facts.entries.leave import without_leaves
from coordinator.candidates.facts.entries.tabled import Entry, Place
from coordinator.candidates.facts.model import Row
from coordinator.candidates.facts.rows.pieces import Piece

OWN_BEFORE_PLACE = 6.0
"""What speaks against an employer before a region where somebody worked on own account: that was done there."""
SOMEBODY_EMPLOYS = 2.5
"""Somebody employs whoever is dated; a title must show itself."""
LIKE_OTHERS = 0.8
PRINTED_LIKE_OTHERS = 0.4
IN_EVERY_ENTRY = 0.6
LIKE_SCHOOLS = 1.0
USUAL_SHARE = 0.6
"""A place that this share of the entries names its employer at is the resume's usual one."""
PART_OF_ANOTHER = 4.0
"""What speaks against an employer that is a part of another in its entry."""
NAMED_ITSELF = 1.0
"""What an employer's own words must say where it does not stand at the usual place."""


Key = tuple[float, ...]
"""What pieces of several entries can have in common: where they stand, or how they are printed."""


def jobs(rows: Sequence[Row], schools: Sequence[Place] = ()) -> list[Job]:
    """The employments in the rows of an experience section.

    ``schools`` are the places of schools in the same resume's education: most write both alike.
    """
    rows = with_a_row_each(rows)
    if is_prose(rows):
        # What stands before and after a date there is half a sentence.
        found = in_korean_prose(rows) or told(rows)
    else:
        found = told(rows) or with_those_in_sentences(
            rows, in_two_prints(rows) or held_below_firms(rows) or without_departments(entries(rows, singles=False))
        )
    found = without_leaves(found)
    habits = _Habits(found, schools)
    chosen = with_positions(found, [_chosen(entry, number, habits) for number, entry in enumerate(found)])
    usual = _usual_place(found, chosen)
    made: list[Job] = []
    for entry, (employer, title) in zip(found, chosen, strict=True):
        named = employer if employer is not None and _is_believed(employer, entry, usual) else None
        if named is not None or title is not None:
            whole = named and whole_employer(named, title, rows)
            made.append(Job(whole, title and whole_title(title, named, rows), entry.first, entry.last))
    return inherited(made)


class _Habits:
    """What stands in one place, and in one print, over all entries of a section."""

    def __init__(self, found: Sequence[Entry], schools: Sequence[Place]) -> None:
        self._schools = Counter(schools)
        self._others = len(found) - 1
        self._said: dict[Key, dict[int, tuple[float, float]]] = defaultdict(dict)
        for number, entry in enumerate(found):
            for piece in entry.parts:
                scores = (max(speaks_for_employer(piece), -4.0), max(speaks_for_title(piece), -4.0))
                for key in (entry.place(piece), piece.print):
                    before = self._said[key].get(number, scores)
                    self._said[key][number] = (max(before[0], scores[0]), max(before[1], scores[1]))

    def of(self, key: Key, number: int) -> tuple[float, float, float]:
        """As employer, as title (means of the other entries that have ``key``), and the share of those."""
        said = [scores for entry, scores in self._said[key].items() if entry != number]
        if not said:
            return 0.0, 0.0, 0.0
        share = len(said) / self._others
        return (
            share * sum(score[0] for score in said) / len(said),
            share * sum(score[1] for score in said) / len(said),
            share,
        )

    def like_schools(self, place: Place) -> float:
        """The share of schools that stand at ``place`` of their entries."""
        return self._schools[place] / max(self._schools.total(), 1)


def _chosen(entry: Entry, number: int, habits: _Habits) -> tuple[Piece | None, Piece | None]:
    """The pieces that are most likely employer and title of an entry."""
    scored: list[tuple[Piece, float, float]] = []
    where = _where_on_own_account(entry)
    for piece in entry.parts:
        employer, title, share = habits.of(entry.place(piece), number)
        printed_employer, printed_title, _ = habits.of(piece.print, number)
        scored.append(
            (
                piece,
                SOMEBODY_EMPLOYS
                + speaks_for_employer(piece)
                - PART_OF_ANOTHER * _is_part_of_another(piece, entry)
                - OWN_BEFORE_PLACE * (id(piece) in where)
                + LIKE_OTHERS * employer
                + PRINTED_LIKE_OTHERS * printed_employer
                + IN_EVERY_ENTRY * share
                + LIKE_SCHOOLS * habits.like_schools(entry.place(piece)),
                speaks_for_title(piece) + LIKE_OTHERS * title + PRINTED_LIKE_OTHERS * printed_title,
            )
        )
    best: tuple[float, Piece | None, Piece | None] = (0.0, None, None)
    for employer_piece, as_employer, _ in (*scored, (None, 0.0, 0.0)):
        for title_piece, _, as_title in (*scored, (None, 0.0, 0.0)):
            if (employer_piece is None or employer_piece is not title_piece) and as_employer + as_title > best[0]:
                best = (as_employer + as_title, employer_piece, title_piece)
    return best[1], best[2]


def _where_on_own_account(entry: Entry) -> set[int]:
    """What stands between "self-employed" and a region in one line: "Self-employed, Lorain County, OH"."""
    own = {piece.line for piece in entry.parts if words.is_own_account(piece.text)}
    return {
        id(piece)
        for piece, after in pairwise(entry.parts)
        if piece.line in own
        and piece.line == after.line
        and words.is_place(after.text)
        and not words.is_own_account(piece.text)
    }


def _is_part_of_another(piece: Piece, entry: Entry) -> bool:
    """Whether a piece names a school or department of the university that the entry names, too."""
    others = (one.text for one in entry.parts if one is not piece and not words.is_part_of_school(one.text))
    return words.is_part_of_school(piece.text) and any(map(words.is_institution, others))


def _usual_place(found: Sequence[Entry], chosen: Sequence[tuple[Piece | None, Piece | None]]) -> Place | None:
    """Where most entries name their employer; None where there is no such place."""
    counted = Counter(entry.place(named) for entry, (named, _) in zip(found, chosen, strict=True) if named)
    for place, count in counted.most_common(1):
        if count >= 2 and count >= USUAL_SHARE * len(found):
            return place
    return None


def _is_believed(employer: Piece, entry: Entry, usual: Place | None) -> bool:
    """Whether an employer stands where the others do, or its own words name one: a wrong one is worse than none."""
    if usual is None or speaks_for_employer(employer) >= NAMED_ITSELF or entry.place(employer)[0] <= usual[0]:
        return True
    return any(entry.place(piece) == usual for piece in entry.parts)
