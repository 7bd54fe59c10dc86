"""A quote counts only when a program finds it, word for word, in what the candidate really said."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from edge_node.core.interview.events import TurnTaken
from edge_node.core.interview.review_events import Evidence
from edge_node.core.interview.text import nfc, words

_QUOTE_MARKS = "\"'“”‘’ "
FEWEST_WORDS = {"en": 3, "ko": 2}
"""A shorter quote says nothing by itself."""


@dataclass(frozen=True, slots=True)
class Span:
    """[start, end) in characters of the stored turn text."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Quote:
    """What a model claims the candidate said, and where."""

    turn_id: str
    text: str


@dataclass(frozen=True, slots=True)
class Verified:
    """Quotes found (each stretch of a turn once, the same words once), and how many proposed ones were refused."""

    evidence: tuple[Evidence, ...]
    refused: int


def find(quote: str, turn_text: str) -> Span | None:
    """Where ``quote`` stands in ``turn_text``, or None.

    Runs of white space are alike, and so are composed and decomposed letters; case, spelling and order must agree.
    A quote may not start or end inside a Latin word or a number.
    """
    wanted = nfc(quote)
    if not wanted:
        return None
    letters, starts, ends = _normal(turn_text)
    at = letters.find(wanted)
    while at >= 0:
        last = at + len(wanted) - 1
        whole = (at == 0 or starts[at] != starts[at - 1]) and (last + 1 == len(letters) or ends[last] != ends[last + 1])
        if whole and not _inside_word(letters, at) and not _inside_word(letters, last + 1):
            return Span(starts[at], ends[last])
        at = letters.find(wanted, at + 1)
    return None


def verify(quotes: Sequence[Quote], turns: Sequence[TurnTaken], language: str) -> Verified:
    """Keep the quotes that stand in the turn they name; the stored text is what is kept, not the model's copy."""
    by_id = {turn.turn_id: turn for turn in turns}
    found: list[Evidence] = []
    refused = 0
    for quote in quotes:
        turn = by_id.get(quote.turn_id)
        text = quote.text if turn and find(quote.text, turn.text) else quote.text.strip(_QUOTE_MARKS)
        span = find(text, turn.text) if turn and len(words(text)) >= FEWEST_WORDS[language] else None
        if turn is None or span is None:
            refused += 1
        else:
            found.append(Evidence(turn.turn_id, turn.text[span.start : span.end], span.start, span.end))
    return Verified(distinct(found), refused)


def distinct(evidence: Sequence[Evidence]) -> tuple[Evidence, ...]:
    """``evidence`` without quotes that overlap an earlier one or say the same."""
    kept: list[Evidence] = []
    for item in evidence:
        if not any(_same(item, other) for other in kept):
            kept.append(item)
    return tuple(kept)


def _same(one: Evidence, other: Evidence) -> bool:
    """Whether two quotes overlap, or say the same: an answer given twice is no more evidence than once."""
    overlap = one.turn_id == other.turn_id and one.start_char < other.end_char and other.start_char < one.end_char
    return overlap or words(one.quote) == words(other.quote)


def _normal(text: str) -> tuple[str, list[int], list[int]]:
    """``text`` in NFC with single blanks; for each of its letters where the original stretch starts and ends."""
    letters: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    at = 0
    while at < len(text):
        end = at + 1
        blank = text[at].isspace()
        while end < len(text) and (text[end].isspace() if blank else _continues(text[end])):
            end += 1
        for letter in " " if blank else unicodedata.normalize("NFC", text[at:end]):
            letters.append(letter)
            starts.append(at)
            ends.append(end)
        at = end
    return "".join(letters), starts, ends


def _continues(letter: str) -> bool:
    """Whether a letter composes with the one before it: combining marks, Hangul vowels and final consonants."""
    return unicodedata.combining(letter) != 0 or "\u1160" <= letter <= "\u11ff"


def _inside_word(letters: str, boundary: int) -> bool:
    if not 0 < boundary < len(letters):
        return False
    return all(c.isascii() and c.isalnum() for c in letters[boundary - 1 : boundary + 1])
