"""How much the words of a piece speak for its being an employer, and for its being a title. Pure."""

from coordinator.candidates.facts import words
from coordinator.candidates.facts.rows.pieces import Piece
from coordinator.candidates.words.letters import is_in_capitals

IN_A_REGION = 2.0
"""What speaks against an employer that stands before a state or a country: "Lafayette, Louisiana" is a town."""
BESIDE_DATES = 1.5
"""What speaks against both in a column that has the dates of the entry: places and lengths of time stand there."""
ON_OWN_ACCOUNT = -1.0
OWN_WORK = 2.0
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
BEFORE_A_TOWN = 0.8
"""What speaks for an employer that a town follows."""
WORDS_MOST = 9
CHARACTERS_MOST = 70
_NEVER = -1000.0


def speaks_for_employer(piece: Piece) -> float:
    """How much ``piece`` itself says for its being who employed; far below zero where it cannot be."""
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


def speaks_for_title(piece: Piece) -> float:
    """How much ``piece`` itself says for its being a title; far below zero where it cannot be."""
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
