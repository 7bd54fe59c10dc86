"""Headings in unusual words: known by print and white space, and told by what stands below them."""

from dataclasses import replace

import pytest
from coordinator.candidates.facts.employments.finding import jobs
from coordinator.candidates.facts.kinds import by_content
from coordinator.candidates.facts.model import rows_of
from coordinator.candidates.headings.finding import Headings
from coordinator.candidates.headings.sections import Part
from coordinator.candidates.page.cells import Cell
from coordinator.candidates.schemas import Line
from coordinator.candidates.words.dates import points


def _line(text: str, y: float, *, size: float = 10.0, bold: bool = False, color: int = 0, x: float = 50.0) -> Line:
    return Line(text, x, y, x + len(text) * size / 2, y + size * 1.2, size, bold, color)


def _kinds(title: str, *texts: str) -> list[str]:
    rows = rows_of([_line(text, 14.0 * place) for place, text in enumerate(texts)])
    # The resume has employments elsewhere.
    parts = [Part("profile", "", 0, 0), Part("experience", "Experience", 0, 0), Part("other", title, 0, len(texts))]
    return [part.kind for part in by_content(parts, rows)][2:]


def test_the_print_of_headings_that_white_space_sets_apart_is_that_of_headings() -> None:
    page = [_line("Mara Quill", 40, size=19, bold=True)]
    for place, title in enumerate(("Sea Time", "Crafts", "Schooling", "Papers Held", "Tongues")):
        top = 100.0 + 100 * place
        page += [_line(f"— {title} —", top, size=11, bold=True)]
        page += [_line("Some words that tell of it at length", top + 19 + 13 * row) for row in range(4)]
        page += [_line("A firm in the print of the text", top + 19 + 13 * 4, bold=True)]
    looks = Headings.of([page])
    assert [line.text for line in page if looks.kind(line, [])] == [
        f"— {title} —" for title in ("Sea Time", "Crafts", "Schooling", "Papers Held", "Tongues")
    ]


def test_larger_print_in_another_colour_heads_another_column() -> None:
    page = [_line("봉태산", 40, size=20, bold=True, color=9)]
    for place, title in enumerate(("연락처", "자격증", "외국어")):
        page += [_line(title, 100.0 + 80 * place, size=11, bold=True, color=5)]
        page += [_line("무엇이라고 적은 글", 120.0 + 80 * place + 14 * row) for row in range(3)]
    heads = ("짧게 적으면", "불 앞에서", "손에 남은 일")
    for place, title in enumerate(heads):
        page += [_line(title, 100.0 + 80 * place, size=13, bold=True, color=7, x=250)]
        page += [_line("무엇이라고 적은 글", 120.0 + 80 * place + 14 * row, x=250) for row in range(3)]
    looks = Headings.of([page])
    assert all(looks.prints_like_one(line) for line in page if line.text in heads)


_SPOKEN = ("In a few words", "Kitchens I have worked in", "At the stove: skills and level", "Studies", "Cards I hold")
_ASKED = (
    "1.\tWho is asking?",
    "2.\tWhose stages have I filled?",
    "3.\tWhich languages will I swear in?",
    "4.\tAnd so?",
)


def _headed(titles: tuple[str, ...], *, size: float, color: int, larger: int = 1) -> list[Line]:
    page = [_line(f"Ada Vane {place}", 20.0 + 25 * place, size=20, bold=True) for place in range(larger)]
    for place, title in enumerate(titles):
        page += [_line(title, 150.0 + 80 * place, size=size, bold=True, color=color)]
        page += [_line("Some words that tell of it at length", 170.0 + 80 * place + 13 * row) for row in range(3)]
    return page


@pytest.mark.parametrize(("titles", "size", "color"), [(_SPOKEN, 11.0, 5), (_SPOKEN, 12.0, 0), (_ASKED, 12.0, 5)])
def test_one_print_above_all_else_heads_in_whatever_words(titles: tuple[str, ...], size: float, color: int) -> None:
    page = _headed(titles, size=size, color=color)
    looks = Headings.of([page])
    assert [line.text for line in page if looks.kind(line, [])] == list(titles)


def test_bold_labels_below_larger_headings_are_none() -> None:
    page = _headed(("Languages", "Software tools", "Cloud stack", "Work so far"), size=10.0, color=0, larger=5)
    assert not any(
        looks.kind(line, []) for looks in [Headings.of([page])] for line in page if line.text == "Cloud stack"
    )


@pytest.mark.parametrize(
    ("texts", "kind"),
    [
        (("AMPS Award for Sound, 2022", "Golden Reel nomination, 2020"), "awards"),
        (("약주 품평회 대상 · 2023", "남도 술 축제 금상 · 2020"), "awards"),
        (("The Salt Road (feature, 2023)", "All footsteps", "Ironbark (2019)", "Props of a game"), "projects"),
        (("수어 지도 (2023)", "영상으로 모은 지도.", "손으로 읽는 판소리 (2019–2020)", "대본과 통역."), "projects"),
        (("English", "Te reo Māori", "German (basic)"), "languages"),
        (("Splicing (wire and natural fibre); block making; spar making", "sail repair"), "skills"),
        (("Quillon (2023)", "Tern Bank (2019)"), "other"),
    ],
)
def test_a_section_is_what_stands_in_it(texts: tuple[str, ...], kind: str) -> None:
    assert _kinds("손에 남은 것", *texts) == [kind]


def test_employers_with_dates_outweigh_the_sentences_below_them() -> None:
    rows = rows_of(
        [
            _line(text, 14.0 * place, bold=place % 4 == 0)
            for place, text in enumerate(
                (
                    "Apiary Manager",
                    "Waiapu Ridge Honey Ltd",
                    "Sept 2017 – present",
                    "Moved 2,400 hives over 61 sites.",
                    "Queen Breeder",
                    "Southern Cross Queens Ltd",
                    "Feb 2013 – Aug 2017",
                    "Grafted 9,000 cells a season.",
                )
            )
        ]
    )
    assert [part.kind for part in by_content([Part("other", "Bees and me", 0, len(rows))], rows)] == ["experience"]


def test_syllables_of_a_label_below_and_beside_each_other_are_one_word() -> None:
    cell = Cell((0, 0, 20, 80), [_line("학 력", 10), _line("사", 30), _line("항", 50)])
    assert cell.text() == "학력사항"


@pytest.mark.parametrize(
    ("text", "value"), [("2015.06\t3급 항해사", "2015-06"), ("2015.06 3급", "2015-06"), ("2015.06 3", "2015-06")]
)
def test_a_grade_after_a_month_is_no_day(text: str, value: str) -> None:
    found = points(text)[0]
    assert (found.value, text[found.start : found.end]) == (value, text[:7] if "급" in text else text)


def _jobs(*lines: Line) -> list[tuple[str, str]]:
    found = jobs(rows_of(lines))
    return [(job.employer.text if job.employer else "", job.title.text if job.title else "") for job in found]


def test_what_stands_behind_own_account_before_a_region_is_where() -> None:
    texts = ("Self-employed, Lorain County, OH", "June 2003 – August 2005", "Piano Tuner")
    assert _jobs(*(_line(text, 14.0 * place) for place, text in enumerate(texts))) == [("Self-employed", "Piano Tuner")]


def test_firms_centred_below_each_other_are_none_of_them_further_in() -> None:
    texts = (
        "Fundy Heritage Shipyard",
        "Master Rigger",
        "May 2016 – present",
        "Society",
        "Bosun",
        "May 2009 – Nov 2015",
        "Schooner Ada Crewe",
        "Deckhand",
        "June 2002 – Dec 2004",
    )
    lines = [_line(text, 14.0 * place, bold=place % 3 == 0) for place, text in enumerate(texts)]
    centred = [replace(line, x0=300 - len(line.text) * 2.5, x1=300 + len(line.text) * 2.5) for line in lines]
    assert _jobs(*centred) == [(texts[place], texts[place + 1]) for place in (0, 3, 6)]


def test_places_where_people_work_are_no_titles_behind_a_firm() -> None:
    texts = ("한밭병원 장례식장", "2020년 9월 ~ 현재 | 의전팀 / 팀장")
    assert _jobs(*(_line(text, 14.0 * place) for place, text in enumerate(texts))) == [("한밭병원 장례식장", "팀장")]
