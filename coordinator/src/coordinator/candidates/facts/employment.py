"""Employers and titles of dated entries: by labels, by words, and by where they stand in the other entries. Pure."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import pairwise

from coordinator.candidates.facts import words
from coordinator.candidates.facts.earlier import with_those_in_sentences
from coordinator.candidates.facts.entries import entries
from coordinator.candidates.facts.firms import without_departments
from coordinator.candidates.facts.held import held_below_firms
from coordinator.candidates.facts.in_one_line import with_a_row_each
from coordinator.candidates.facts.korean_prose import in_korean_prose, is_prose
from coordinator.candidates.facts.leave import without_leaves
from coordinator.candidates.facts.model import Row
from coordinator.candidates.facts.pieces import Piece
from coordinator.candidates.facts.positions import Job, inherited, with_positions
from coordinator.candidates.facts.statements import told
from coordinator.candidates.facts.tabled import Entry, Place
from coordinator.candidates.facts.whole_names import whole_employer, whole_title
from coordinator.candidates.words.letters import is_in_capitals

IN_A_REGION = 2.0
"""What speaks against an employer that stands before a state or a country: "Lafayette, Louisiana" is a town."""
BESIDE_DATES = 1.5
"""What speaks against both in a column that has the dates of the entry: places and lengths of time stand there."""
ON_OWN_ACCOUNT = -1.0
OWN_WORK = 2.0
OWN_BEFORE_PLACE = 6.0
"""What speaks against an employer before a region where somebody worked on own account: that was done there."""
OWN_WORK_WORDS = 4
FUNCTION = 0.8
"""What a part of any firm's work says for a title: "Operations", "영업"."""
TITLE_AMONG_OTHERS = 0.4
ALSO_A_KIND = 1.5
"""What speaks against a title that also says how somebody was employed, where another is there: "아르바이트"."""
TOLD = 2.5
SMALL_WORDS = 3
TELLING_WORDS = 3
TITLE_WORDS = 4
SOMEBODY_EMPLOYS = 2.5
"""Somebody employs whoever is dated; a title must show itself."""
LIKE_OTHERS = 0.8
PRINTED_LIKE_OTHERS = 0.4
IN_EVERY_ENTRY = 0.6
LIKE_SCHOOLS = 1.0
BEFORE_A_TOWN = 0.8
"""What speaks for an employer that a town follows."""
USUAL_SHARE = 0.6
"""A place that this share of the entries names its employer at is the resume's usual one."""
PART_OF_ANOTHER = 4.0
"""What speaks against an employer that is a part of another in its entry."""
NAMED_ITSELF = 1.0
"""What an employer's own words must say where it does not stand at the usual place."""
WORDS_MOST = 9
CHARACTERS_MOST = 70
_NEVER = -1000.0


Key = tuple[float, ...]
"""What pieces of several entries can have in common: where they stand, or how they are printed."""


def _as_employer(piece: Piece) -> float:
    text = piece.text
    if piece.field is not None:
        return 50.0 if piece.field == "employer" else _NEVER
    if words.is_own_account(text):
        # Where nothing else is named, that is who somebody worked for.
        return ON_OWN_ACCOUNT
    if words.is_employment_kind(text) or _is_too_long(piece) or _is_own_work(text):
        return _NEVER
    if not any(map(str.isalpha, text)) or words.is_within_a_sentence(text):
        return _NEVER
    score = 0.0
    score += 3.0 * (words.is_employer(text) and not _tells(text))
    score -= 2.5 * _titled(text) + 0.8 * words.could_be_title(text)
    score -= 3.5 * words.is_place(text)
    score -= IN_A_REGION * (piece.before_place and not words.is_employer(text) and not piece.bold)
    score -= 2.0 * (words.is_department(text) and not words.is_employer(text))
    score -= BESIDE_DATES * piece.beside_dates
    score += BEFORE_A_TOWN * piece.before_town - FUNCTION * words.is_function(text)
    score += 0.6 * piece.bold
    score -= 0.3 * (piece.line + piece.order)
    score -= 2.0 * (text[:1].islower() and text.isascii()) + TOLD * _tells(text)
    return score


def _is_own_work(text: str) -> bool:
    """Whether a few words say what somebody did for nobody in particular: "Freelance translator", "프리랜서 번역가"."""
    few = len(text.split()) <= OWN_WORK_WORDS and not words.is_employer(text)
    return few and words.works_for_nobody(text) and not words.is_own_account(text)


def _is_too_long(piece: Piece) -> bool:
    """Whether a piece is too long for a name; one that the margin broke, or in capitals, may be twice as long."""
    times = 1 + (piece.wrapped or is_in_capitals(piece.text))
    return len(piece.text.split()) > times * WORDS_MOST or len(piece.text) > times * CHARACTERS_MOST


def _titled(text: str) -> float:
    """How sure it is that ``text`` is a title, [0, 1]."""
    return 1.0 if words.names_a_title(text) else TITLE_AMONG_OTHERS * words.is_title(text)


def _tells(text: str) -> bool:
    """Whether most of several Latin words begin small: names of firms do not, what somebody did does."""
    named = [word for word in text.split() if len(word) > SMALL_WORDS and word.isalpha() and word[0].isascii()]
    return len(named) >= TELLING_WORDS and 2 * sum(word[0].islower() for word in named) > len(named)


def _as_title(piece: Piece) -> float:
    text = piece.text
    if piece.field is not None:
        return 50.0 if piece.field == "title" else _NEVER
    if not any(map(str.isalpha, text)):
        return _NEVER
    kind = words.is_employment_kind(text)
    if (kind and not words.is_korean_title(text)) or len(text.split()) > WORDS_MOST or len(text) > CHARACTERS_MOST:
        return _NEVER
    score = 0.0
    score += 3.0 * _titled(text) + 1.2 * words.could_be_title(text)
    score -= 2.5 * words.is_employer(text)
    score += OWN_WORK * _is_own_work(text)
    score += FUNCTION * words.is_function(text)
    score -= BESIDE_DATES * piece.beside_dates + ALSO_A_KIND * kind
    score -= 3.5 * words.is_place(text)
    score -= 1.0 * words.is_department(text) + IN_A_REGION * (piece.before_place and not words.is_title(text))
    score -= 0.3 * (piece.line + piece.order)
    score -= TOLD * (_tells(text) and len(text.split()) > TITLE_WORDS)
    return score


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
            rows, held_below_firms(rows) or without_departments(entries(rows, singles=False))
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
                scores = (max(_as_employer(piece), -4.0), max(_as_title(piece), -4.0))
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
                + _as_employer(piece)
                - PART_OF_ANOTHER * _is_part_of_another(piece, entry)
                - OWN_BEFORE_PLACE * (id(piece) in where)
                + LIKE_OTHERS * employer
                + PRINTED_LIKE_OTHERS * printed_employer
                + IN_EVERY_ENTRY * share
                + LIKE_SCHOOLS * habits.like_schools(entry.place(piece)),
                _as_title(piece) + LIKE_OTHERS * title + PRINTED_LIKE_OTHERS * printed_title,
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
    if usual is None or _as_employer(employer) >= NAMED_ITSELF or entry.place(employer)[0] <= usual[0]:
        return True
    return any(entry.place(piece) == usual for piece in entry.parts)
