"""What is printed above, beside or below what it belongs to: labels, stacked dates, badges, headings in boxes."""

from dataclasses import replace

import pytest
from coordinator.candidates.facts.employments.finding import jobs
from coordinator.candidates.facts.model import rows_of
from coordinator.candidates.headings.known import known_kind
from coordinator.candidates.page.label_pairs import with_values_beside
from coordinator.candidates.page.margin_heads import at_first_lines
from coordinator.candidates.page.row_lines import rows_across
from coordinator.candidates.page.stacked_dates import with_stacks_whole
from coordinator.candidates.page.tables import with_tables
from coordinator.candidates.printed.columns import are_columns
from coordinator.candidates.printed.frames import raised
from coordinator.candidates.printed.ornaments import without_badges
from coordinator.candidates.schemas import Line

SIZE = 10.0
WIDTH = 5.0


def line(text: str, x: float, y: float, *, size: float = SIZE, bold: bool = False, color: int = 0) -> Line:
    return Line(text, x, y, x + len(text) * WIDTH, y + size * 1.2, size, bold, color)


def is_heading(one: Line) -> bool:
    return known_kind(one.text) is not None


def test_labels_that_come_again_go_before_their_values() -> None:
    page = [
        one
        for y, firm, start in ((100, "Acme Travel", "2022.07"), (160, "Hotel Marisma", "2016.05"))
        for one in (
            line("EMPLOYER", 50, y, size=6),
            line("FROM", 300, y, size=6),
            line(firm, 50, y + 9, bold=True),
            line(start, 300, y + 9, bold=True),
        )
    ]
    assert [one.text for one in with_values_beside(page)] == [
        "EMPLOYER\tAcme Travel",
        "FROM\t2022.07",
        "EMPLOYER\tHotel Marisma",
        "FROM\t2016.05",
    ]
    # Once above their columns they are a table's head.
    assert with_values_beside(page[:4]) == page[:4]


def test_a_stack_of_dates_is_one_span() -> None:
    stack = [line("2017/02", 60, 100), line("↓", 90, 114), line("2021/05", 60, 128), line("Fitter", 150, 100)]
    assert [one.text for one in with_stacks_whole(stack)] == ["2017/02 – 2021/05", "Fitter"]


def test_letters_that_count_headings_are_none_of_the_text() -> None:
    page = [
        one
        for y, badge, text in ((100, "A", "Skills"), (200, "B", "Languages"), (300, "C", "Awards"))
        for one in (line(badge, 50, y, size=8), line(text, 62, y, size=12))
    ]
    named = ["Skills", "Languages", "Awards"]
    assert [one.text for one in without_badges(page, lambda text: known_kind(text) is not None)] == named
    # Items of a list are numbered, too.
    listed = [replace(one, text=f"Step {one.text}") if one.size > SIZE else one for one in page]
    assert without_badges(listed, lambda text: known_kind(text) is not None) == listed


def test_a_heading_in_a_box_beside_its_section_stands_at_the_first_line() -> None:
    page = [line("First line", 50, 100), line("second", 50, 120), line("third", 50, 140), line("Skills", 450, 120)]
    found = raised(page, [(430.0, 98.0, 530.0, 156.0)], is_heading)
    assert found[3].y0 == 100
    assert found[3].heads_row


@pytest.mark.parametrize(("bold", "heads"), [((True, False), True), ((False, False), False), ((True, True), False)])
def test_bold_alone_before_the_heads_of_columns_a_heading_opens_its_section(
    bold: tuple[bool, bool], heads: bool
) -> None:
    prints = tuple((10.0, one, 0) for one in (bold[0], bold[1], bold[1]))
    row = Line(
        "Skills\t프로그램\t수준", 50, 100, 300, 112, 10, bold[0], cells=(50, 120, 200), prints=prints, ruled=True
    )
    found = rows_across([row], lambda one: one.text == "Skills")
    assert [one.text for one in found] == (["Skills", "프로그램\t수준"] if heads else [row.text])


def test_dates_across_a_time_line_make_no_columns() -> None:
    left = [line("2021 - 2022", 100, 100), line("Senior Nurse", 100, 160), line("Acme Vets", 100, 175)]
    right = [line("Head Nurse", 300, 100), line("Acme Vets", 300, 115), line("2018 - 2021", 300, 160)]
    assert not are_columns(left, right, lambda _: False)


def test_who_employed_may_stand_below_what_was_done() -> None:
    made = []
    for number, firm in enumerate(("Frostline Supplies", "Sato Packaging", "Meridian Goods")):
        y = 100 + 80 * number
        made += [
            line(f"Area Manager\t{2020 - number} - {2021 - number}", 50, y, size=11, bold=True),
            line("Grew hospital accounts and opened the first", 50, y + 15),
            line("vaccine contract.", 50, y + 29),
            line(firm, 50, y + 43, bold=True, color=0x336699),
        ]
    found = [(job.employer.text if job.employer else None) for job in jobs(rows_of(made))]
    assert found == ["Frostline Supplies", "Sato Packaging", "Meridian Goods"]


def test_a_year_stands_once_above_what_says_its_months() -> None:
    texts = [
        ("2024", 50),
        ("Galley Assistant, Skerrymore Ferries, April to October", 90),
        ("Chalet Host, Alpine Chalets, November to March", 90),
        ("2023", 50),
        ("Kitchen Porter, The Gilded Pike, May to August", 90),
    ]
    found = jobs(rows_of([line(text, x, 100 + 20 * place) for place, (text, x) in enumerate(texts)]))
    said = [(job.first.point.value, job.last.point.value) for job in found if job.first and job.last]
    assert said == [("2024-04", "2024-10"), ("2024-11", "2025-03"), ("2023-05", "2023-08")]


def test_labels_may_stand_below_their_values() -> None:
    page = [
        one
        for y, firm, title in ((100, "Acme Travel", "Guide"), (160, "Hotel Marisma", "Porter"))
        for one in (
            line(firm, 50, y, bold=True),
            line("EMPLOYER", 50, y + 12, size=6),
            line(title, 50, y + 24, bold=True),
            line("POSITION", 50, y + 36, size=6),
        )
    ]
    assert [one.text for one in with_values_beside(page)] == [
        "EMPLOYER\tAcme Travel",
        "POSITION\tGuide",
        "EMPLOYER\tHotel Marisma",
        "POSITION\tPorter",
    ]


def test_lines_of_korean_sentences_name_whom_they_speak_of() -> None:
    texts = [
        "2021년 4월부터 현재까지 별",
        "마루방송에서 메인 작가로 일",
        "하고 있습니다. 그 전에는 2017",
        "년 9월부터 2021년 3월까지는 너",
        "울라디오에서 서브 작가로 시사",
        "프로그램을 만들었습니다.",
    ]
    lines = [replace(line(text, 50, 100 + 14 * place), x1=190.0) for place, text in enumerate(texts)]
    found = [
        ("".join(job.employer.text.split()), job.first.point.value)
        for job in jobs(rows_of(lines))
        if job.employer and job.first
    ]
    assert found == [("별마루방송", "2021-04"), ("너울라디오", "2017-09")]


def test_a_heading_in_the_middle_of_its_margin_goes_to_the_first_line() -> None:
    page = [line(text, 50, 100 + 14 * place) for place, text in enumerate(("Packing", "Stock", "Forklift"))]
    page += [line(text, 50, 200 + 14 * place) for place, text in enumerate(("English", "Italian", "German"))]
    page += [line("Skills", 450, 114), line("Languages", 450, 214)]
    assert [one.y0 for one in at_first_lines(page, is_heading)[6:]] == [100, 200]


def test_dates_between_the_sides_of_a_time_line_make_no_columns() -> None:
    left = [line("Shift Lead", 50, 160), line("Oakmere Bakery", 50, 175)]
    left += [line(text, 270, y) for text, y in (("2019-2022", 100), ("2016-2019", 160), ("2013-2016", 220))]
    right = [line("Supervisor", 350, 100), line("Brindle Foods", 350, 115), line("Packer", 350, 220)]
    assert not are_columns(left, right, lambda _: False)


def test_english_sentences_name_firm_and_title_in_any_order() -> None:
    texts = [
        "From March 2019 to May 2022 I worked at Brindle Foods Ltd as a line supervisor and looked",
        "after two lines. Before that, from June 2016 to February 2019, I was a shift lead at Oakmere",
        "Bakery. I started out as a packer at Harrow Mill from May 2013 to May 2016.",
    ]
    found = jobs(rows_of([line(text, 50, 100 + 14 * place) for place, text in enumerate(texts)]))
    assert [(job.employer.text, job.title.text) for job in found if job.employer and job.title] == [
        ("Brindle Foods Ltd", "line supervisor"),
        ("Oakmere Bakery", "shift lead"),
        ("Harrow Mill", "packer"),
    ]


@pytest.mark.parametrize(("stacked", "heads"), [(("Sk", "il", "ls"), True), (("Sk", "il", "ls at length"), False)])
def test_letters_below_each_other_in_a_narrow_cell_are_one_heading(stacked: tuple[str, ...], heads: bool) -> None:
    label = [line(text, 50, 100 + 15 * place) for place, text in enumerate(stacked)]
    level = [(40.0, y, 500.0, y) for y in (95.0, 150.0)]
    upright = [(x, 95.0, x, 150.0) for x in (40.0, 120.0, 500.0)]
    found = with_tables(
        [*label, line("Cooking, baking", 130, 115)], [*level, *upright], lambda one: one.text.startswith("Sk il ls")
    )
    assert ([one.text for one in found] == ["Sk il ls\tCooking, baking"]) == heads
