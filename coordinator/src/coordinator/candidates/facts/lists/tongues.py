"""Languages and tests of them in the rows of a resume. Pure."""

import re
from collections.abc import Iterator, Sequence

from coordinator.candidates.facts.lists.items import TONGUES, is_language_test, items, stretches
from coordinator.candidates.facts.lists.skills import LANGUAGE_LABEL, in_column, unlike
from coordinator.candidates.facts.model import Row, Span
from coordinator.candidates.headings.sections import BULLET
from coordinator.candidates.words.labels import head

_NAME_ALONE = re.compile(
    r"^(?!(?:Listening|Reading|Writing|Speaking|Understanding|Spoken|Written|Interaction|Production|Level))"
    r"[A-Z][a-zà-ÿ]{2,15}$"
)


_AND = re.compile(r"(?:^|\s)(?:and|&|및)\s+|\.\s+", re.IGNORECASE)
_TEST_NAME = re.compile(
    r"(?:new )?(?:toeic|toefl|opic|ielts|jlpt|jpt|hsk|tepsp?|flex|dele|delf|토익|토플|오픽|텝스)"
    r"(?:[ -]?(?:speaking|writing|ibt|academic|general|bridge|스피킹|라이팅))?(?![\w가-힣])",
    re.IGNORECASE,
)
_TESTED = tuple(
    (language, (re.compile(named, re.IGNORECASE), re.compile(tests, re.IGNORECASE)))
    for language, named, tests in (
        ("english", "english|영어|anglais|englisch|inglés", "toeic|toefl|opic|ielts|teps|토익|토플|오픽|텝스"),
        ("japanese", "japanese|일본어|일어", "jlpt|jpt"),
        ("chinese", "chinese|mandarin|중국어", "hsk"),
        ("french", "french|français|프랑스어|불어", "delf"),
        ("spanish", "spanish|español|스페인어", "dele"),
    )
)
"""What each language is called, and the tests of it."""


def languages(rows: Sequence[Row], *, alone: bool = False) -> list[Span]:
    """Languages and tests of them in the rows; in a section of languages ``alone`` any single name is one."""
    columns = in_column(rows, "language")
    if columns is None and alone:
        columns = _beside_scores(rows)
    if columns is not None:
        return unlike(columns)
    found: list[Span] = []
    for begin, text in _said(rows):
        for start, end in items(text, bracketed=False):
            item = text[start:end]
            named = TONGUES.match(item) or is_language_test(item) or (alone and _NAME_ALONE.match(item))
            stop = start + _name_end(item) if named else start
            places = [(start, stop)] if named else []
            if named or alone:
                places += [(stop + one, stop + last) for one, last in _joined(text[stop:end])]
                found += [Span(" ".join(text[one:end].split()), begin + one, begin + end) for one, end in places]
    return unlike(found)


def _said(rows: Sequence[Row]) -> Iterator[tuple[int, str]]:
    """Place and text of each list; a row that begins with a language goes on in none."""
    begin = 0
    for place in range(1, len(rows) + 1):
        if place == len(rows) or TONGUES.match(BULLET.sub("", rows[place].text.strip())):
            yield from stretches(rows[begin:place])
            begin = place


def _beside_scores(rows: Sequence[Row]) -> list[Span] | None:
    """The first column of a table whose head names nothing but how well each is spoken, read and written."""
    columns = head([cell for _, cell in rows[0].cells]) if len(rows) > 1 else None
    # Without drawn lines an empty first cell is none.
    scores = columns[1:] if columns and columns[0] is None else columns
    if not scores or not set(scores) <= {"score", "level"}:
        return None
    named = [(row, row.cells[0][1]) for row in rows[1:]]
    return [row.span(len(cell) - len(cell.lstrip()), len(cell.rstrip())) for row, cell in named if cell.strip()]


def _joined(rest: str) -> list[tuple[int, int]]:
    """Where in what follows a language others stand that "and" joins: "English and French"."""
    made = [(match, TONGUES.match(rest[match.end() :])) for match in _AND.finditer(rest)]
    return [(match.end(), match.end() + tongue.end()) for match, tongue in made if tongue is not None]


def _name_end(item: str) -> int:
    """Where in a language or a test of one its name ends, without level and score."""
    named = TONGUES.match(item) or _TEST_NAME.match(item)
    return named.end() if named else len(item)


def without_tests_of(found: Sequence[Span]) -> list[Span]:
    """``found`` without tests of languages that it also names."""
    named = {language for span in found for language, pattern in _TESTED if pattern[0].match(span.text)}
    return [
        span
        for span in found
        if TONGUES.match(span.text)
        or not any(language in named and pattern[1].search(span.text) for language, pattern in _TESTED)
    ]


def languages_among_skills(rows: Sequence[Row]) -> list[Span]:
    """Languages that a skills section lists under that label."""
    return [span for row in rows if LANGUAGE_LABEL.match(row.text) for span in languages([row])]
