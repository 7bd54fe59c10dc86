"""Headings that are questions, sentences or count on, in a resume where none has usual words."""

import pytest
from coordinator.candidates.headings.counted import counted_on
from coordinator.candidates.headings.finding import Headings
from coordinator.candidates.headings.halves import with_whole_headings
from coordinator.candidates.headings.known import tidy
from coordinator.candidates.headings.plain_words import in_plain_words
from coordinator.candidates.headings.prints import print_of
from coordinator.candidates.headings.standing import standing
from coordinator.candidates.schemas import Line


def _line(text: str, y: float, *, size: float = 10.0, bold: bool = False, color: int = 0) -> Line:
    return Line(text, 50, y, 50 + len(text) * size / 2, y + size * 1.2, size, bold, color)


def _page(*titles: str) -> list[Line]:
    page = [_line("Ida Quill", 40, size=20, bold=True)]
    for place, title in enumerate(titles):
        top = 100.0 + 100 * place
        page += [_line(title, top, size=11.5, bold=True, color=7)]
        page += [_line("Some words that tell of it at length.", top + 19 + 13 * row) for row in range(4)]
    return page


@pytest.mark.parametrize(
    ("titles", "kinds"),
    [
        (
            ("Who is asking?", "Whose stages have I filled?", "What can my hands do?", "Who taught me?"),
            ["summary", "experience", "skills", "education"],
        ),
        (
            ("무슨 일을 하는 사람인가요?", "어디에서 누구와 일했나요?", "상을 받은 적이 있나요?", "글을 배운 곳"),
            ["summary", "experience", "awards", "education"],
        ),
    ],
)
def test_headings_in_a_print_of_their_own_are_told_where_none_has_usual_words(
    titles: tuple[str, ...], kinds: list[str]
) -> None:
    page = _page(*titles)
    looks = Headings.of([page])
    assert [kind for line in page[1:] if (kind := looks.kind(line, []))] == kinds


def test_heads_of_entries_and_repeated_labels_are_no_headings() -> None:
    page = [_line("Ida Quill", 40, size=20)]
    for place, firm in enumerate(("Quay Works", "Mill Works", "Dale Works")):
        top = 100.0 + 100 * place
        page += [_line(firm, top, bold=True), _line("2012 - 2015", top + 13)]
        page += [_line("Some words that tell of it at length.", top + 26 + 13 * row) for row in range(3)]
    body = print_of(page[-1])
    assert standing([page], body, lambda _: False) == set()
    said = [_line("Duties in short", 100.0 + 100 * place, bold=True) for place in range(3)]
    assert standing([[*_page(), *said]], body, lambda _: False) == set()


@pytest.mark.parametrize(
    ("signs", "counted"),
    [
        (("1.", "2.", "3."), True),
        (("I.", "II.", "III.", "IV."), True),
        (("하나.", "둘.", "셋."), True),
        (("가.", "나.", "다."), True),
        (("1.", "2.", "2."), False),
        (("3.", "4.", "5."), False),
        (("1.", "2."), False),
    ],
)
def test_lines_that_count_on_from_one_are_headings(signs: tuple[str, ...], counted: bool) -> None:
    lines = [_line(f"{sign} Quay", 100.0 * place, bold=True) for place, sign in enumerate(signs)]
    assert counted_on(lines, lines) == ({print_of(lines[0])} if counted else set())


def test_a_number_before_a_cell_belongs_to_its_heading() -> None:
    page = [_line(f"{sign}\tWhat of it", 100.0 * place, bold=True) for place, sign in enumerate(("I.", "II.", "III."))]
    assert [line.text for line in with_whole_headings([page])[0]] == [
        "I. What of it",
        "II. What of it",
        "III. What of it",
    ]


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("나. 배 움 터", "education"),
        ("다. 몸 담 은 곳", "experience"),
        ("일곱. 나라가 인정한 것", "certificates"),
        ("Offices held", "experience"),
        ("What I have put into print", "publications"),
        ("Who will speak for me", "other"),
        ("Which languages will I swear in?", "languages"),
        ("Hands & tongue", "skills"),
        ("The colour of rain", None),
    ],
)
def test_plain_words_speak_of_a_section(said: str, kind: str | None) -> None:
    assert in_plain_words(tidy(said)) == kind
