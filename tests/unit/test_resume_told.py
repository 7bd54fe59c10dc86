"""Employments told in words, dates in two lines, and columns that are none."""

import pytest
from coordinator.candidates.page.broken_lines import whole
from coordinator.candidates.page.order import Page
from coordinator.candidates.schemas import Line
from coordinator.candidates.understanding import understood
from coordinator.candidates.words.dates import periods
from fakes.told_jobs import Told, told_jobs

WIDTH = 5.0


def line(text: str, x: float, y: float, *, size: float = 10.0, bold: bool = False, right: float | None = None) -> Line:
    wide = len(text) * WIDTH
    left = x if right is None else right - wide
    return Line(text, left, y, left + wide, y + size + 2, size, bold)


def rows(*texts: str) -> list[Line]:
    return [line(text, 50, 50 + 15 * place) for place, text in enumerate(texts)]


@pytest.mark.parametrize(
    ("texts", "known"),
    [
        (
            (
                "2013.02\t두레식품 입사 (검사원)",
                "2016.08\t두레식품 퇴사",
                "2016.09\t한결 품질팀 입사",
                "2020.03\t한결 퇴사",
            ),
            [("두레식품", "검사원", "2013-02", "2016-08"), ("한결", None, "2016-09", "2020-03")],
        ),
        (
            ("May 2013\tJoined Tern Hollow as Deckhand", "Aug 2016\tLeft Tern Hollow", "Sep 2016\tJoined Kin Pilotage"),
            [("Tern Hollow", "Deckhand", "2013-05", "2016-08"), ("Kin Pilotage", None, "2016-09", "")],
        ),
        (
            ("From April 2020 to present I was Harbour Lead at Quillon", "& Marsh in Whitby.", "I like tides."),
            [("Quillon & Marsh", "Harbour Lead", "2020-04", "present")],
        ),
        (
            (
                "2016년 9월부터 2020년 3월까지 한결정밀에서",
                "품질관리 대리로 일했습니다.",
                "2021년에는 상을 받았습니다.",
            ),
            [("한결정밀", "품질관리 대리", "2016-09", "2020-03")],
        ),
    ],
)
def test_joining_and_leaving_or_a_sentence_is_an_employment(texts: tuple[str, ...], known: list[Told]) -> None:
    assert told_jobs(rows(*texts)) == known


def test_work_in_a_sentence_beside_dated_entries_is_none() -> None:
    texts = ("Quillon\tApril 2020 - present", "Harbour Lead", "I was deputy at Tern Bank for a year in 2021 - 2022.")
    more = ("Tern Hollow\tMay 2013 - March 2020", "Deckhand", "Kin Pilotage\tMay 2010 - March 2013", "Cook")
    assert [employer for employer, *_ in told_jobs(rows(*texts, *more))] == ["Quillon", "Tern Hollow", "Kin Pilotage"]


def test_the_last_date_stands_below_the_first_at_the_end_of_their_lines() -> None:
    texts = (
        "Quillon & Marsh\tApril 2020 present",
        "Harbour Lead",
        "Tern Hollow\tSeptember 2016",
        "Deckhand\tMarch 2020",
    )
    assert told_jobs(rows(*texts)) == [
        ("Quillon & Marsh", "Harbour Lead", "2020-04", "present"),
        ("Tern Hollow", "Deckhand", "2016-09", "2020-03"),
    ]


def test_a_town_beside_dates_below_the_employer_is_none() -> None:
    lines: list[Line] = []
    for firm, title, when in (("Kin & Marsh", "Deckhand", "2016 - 2019"), ("Hollow Row", "Trail Guide", "2013 - 2015")):
        y = 50.0 + 20 * len(lines)
        lines += [line(title, 50, y, bold=True), line(firm, 50, y + 20)]
        lines += [Line(f"{when}\tScarby", 50, y + 40, 250, y + 52, 9.0, False, cells=(50.0, 150.0))]
        lines += [line("\u2022 Kept lines in order", 50, y + 60)]
    assert [employer for employer, *_ in told_jobs(lines)] == ["Kin & Marsh", "Hollow Row"]


def test_what_stands_right_of_nothing_is_no_column() -> None:
    lines = [line("Odalys Brennick", 50, 30, size=24), line("Experience", 50, 60, size=13, bold=True)]
    for place, told in enumerate((("Deckhand", "Tern Hollow", "2016 - 2019"), ("Cook", "Kin Row", "2013 - 2015"))):
        lines += [line(text, 0, 85 + 60 * place + 15 * row, right=500) for row, text in enumerate(told)]
    lines += [line("Skills", 50, 220, size=13, bold=True), line("Tides, Knots, Engines", 50, 240)]
    lines += [line("Languages", 50, 260, size=13, bold=True), line("English", 50, 280)]
    found = understood([Page(800, lines, [])], "en")
    assert [fact.value for fact in found.facts if fact.field == "employer"] == ["Tern Hollow", "Kin Row"]


def test_a_hyphen_that_breaks_no_line_is_one_in_dates() -> None:
    assert [(one.first.value, one.last and one.last.value) for one in periods("2016\u201109 ~ 2020\u201003")] == [
        ("2016-09", "2020-03")
    ]


def test_lines_of_a_head_that_a_mark_stands_before_are_no_items() -> None:
    lines: list[Line] = []
    for firm, title, when, did in (
        ("Marrow & Vine", "Glasshouse Supervisor", "May 2021 - present", ("Raised yield by a fifth", "Led nine")),
        ("Pellow Row", "Irrigation Fitter", "May 2018 - April 2021", ("Laid six miles of drip line",)),
    ):
        y = 50.0 + 15 * len(lines)
        lines += [line(title, 50, y, bold=True)]
        told = (firm, when, "Lostwithiel")
        lines += [line(f"\u2022 {text}", 52, y + 15 + 15 * place) for place, text in enumerate(told)]
        lines += [line(f"\u2022 {text}", 62, y + 60 + 15 * place) for place, text in enumerate(did)]
    assert [(employer, title) for employer, title, *_ in told_jobs(lines)] == [
        ("Marrow & Vine", "Glasshouse Supervisor"),
        ("Pellow Row", "Irrigation Fitter"),
    ]


def test_headings_between_strokes_and_numbers_in_brackets_are_read_past() -> None:
    lines = [line("Ferran Oakby", 50, 30, size=24), line("\u2500\u2500\tExperience\t\u2500\u2500", 200, 60, bold=True)]
    for place, told in enumerate(("Marrow & Vine | Grower | 2016 - 2019", "Pellow Row | Fitter | 2013 - 2015")):
        lines += [line(f"({place + 1}) {told}", 50, 85 + 20 * place)]
    lines += [line("\u2500\u2500\tSkills\t\u2500\u2500", 200, 130, bold=True), line("Tides, Knots, Engines", 50, 150)]
    found = understood([Page(800, whole(lines), [])], "en")
    assert [section.kind for section in found.sections] == ["profile", "experience", "skills"]
    assert [fact.value for fact in found.facts if fact.field == "employer"] == ["Marrow & Vine", "Pellow Row"]


def test_an_employer_alone_below_its_date_and_title_is_one() -> None:
    lines: list[Line] = []
    for when, title, firm in (("2016 - 2019", "Trail Guide", "Kin & Marsh"), ("2013 - 2015", "Cook", "Hollow Row")):
        y = 50.0 + 30 * len(lines)
        lines += [Line(f"{when}\t{title}", 50, y, 250, y + 12, 10.0, False, cells=(50.0, 150.0))]
        lines += [line(firm, 50, y + 15)]
    assert [employer for employer, *_ in told_jobs(lines)] == ["Kin & Marsh", "Hollow Row"]


def test_a_bold_employer_above_the_dates_of_its_town_is_one() -> None:
    lines: list[Line] = []
    for firm, title, when in (("Kin & Marsh", "Grower", "2016 - 2019"), ("Hollow Row", "Trail Guide", "2013 - 2015")):
        y = 50.0 + 20 * len(lines)
        for place, (left, right, bold) in enumerate(((title, firm, True), ("Scarby", when, False))):
            prints = ((10.0, bold, 0), (10.0, bold, 0))
            text, at = f"{left}\t{right}", (50.0, 450.0)
            lines += [Line(text, 50, y + 15 * place, 500, y + 12 + 15 * place, 10.0, bold, cells=at, prints=prints)]
        lines += [line("\u2022 Kept lines in order", 60, y + 30)]
    assert [employer for employer, *_ in told_jobs(lines)] == ["Kin & Marsh", "Hollow Row"]


def test_what_was_done_may_stand_beside_the_name_of_the_employer() -> None:
    lines: list[Line] = []
    for firm, title, when in (("Kin & Marsh", "Grower", "2016 - 2019"), ("Hollow Row", "Trail Guide", "2013 - 2015")):
        y = 50.0 + 20 * len(lines)
        text = f"{firm}\tRan two berths and a crew of fourteen."
        lines += [Line(text, 50, y, 450, y + 12, 10.0, True, cells=(50.0, 250.0))]
        lines += [line(title, 50, y + 14), line(when, 50, y + 28)]
    assert [employer for employer, *_ in told_jobs(lines)] == ["Kin & Marsh", "Hollow Row"]
