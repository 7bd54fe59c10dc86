"""Names in two spellings, heads of further pages, frames drawn twice, and names of groups of skills."""

from coordinator.candidates.facts.education import studies
from coordinator.candidates.facts.lists.skills import skills
from coordinator.candidates.facts.lists.tongues import languages
from coordinator.candidates.facts.model import rows_of
from coordinator.candidates.facts.person import name
from coordinator.candidates.page.order import Page, reading_order
from coordinator.candidates.page.tables import with_tables
from coordinator.candidates.printed.strokes import Rule
from coordinator.candidates.schemas import Line


def _line(text: str, x0: float, y0: float, size: float = 10.0, *, breaks: tuple[int, ...] = ()) -> Line:
    return Line(text, x0, y0, x0 + 5.0 * len(text), y0 + size, size, False, 0, breaks)


def _frame(x0: float, y0: float, x1: float, y1: float) -> list[Rule]:
    return [(x0, y0, x1, y0), (x0, y1, x1, y1), (x0, y0, x0, y1), (x1, y0, x1, y1)]


def test_a_name_beside_its_other_spelling_is_the_first_of_the_two() -> None:
    rows = rows_of([_line("위성호\tSEONGHO WI", 50, 50, breaks=(4,)), _line("M. 010-5557-3391", 50, 70)])
    found = name(rows, rows)
    assert found is not None
    assert found.text == "위성호"


def test_a_further_page_that_begins_with_the_name_and_the_document_goes_on() -> None:
    first = Page(842, [_line("국하린", 60, 60, 24), _line("보유기술", 60, 300), _line("고분자합성, GPC", 60, 320)], [])
    second = Page(842, [_line("국하린 · 연구이력서", 450, 20), _line("외국어", 60, 60), _line("영어", 60, 80)], [])
    said = [line.text for line in reading_order([first, second], lambda _: False)]
    assert said == ["국하린", "보유기술", "고분자합성, GPC", "외국어", "영어"]


def test_strokes_drawn_as_one_edge_divide_no_frame() -> None:
    head = [
        _line("Tidewater Mapping", 46, 192),
        _line("Newport News, VA", 260, 192),
        _line("May 2022 – Present", 46, 206),
    ]
    below = [_line("Flooding and parcel work", 60, 240), _line("BSc", 361, 208), _line("Geography", 361, 230)]
    rules = [
        *_frame(38, 185, 354, 223),
        *_frame(38, 223, 354, 260),
        *_frame(354, 200, 573, 250),
        (354.0, 200.6, 376.0, 200.6),
    ]
    read = with_tables([*head, *below], rules)
    assert sorted(line.text for line in read) == sorted(line.text for line in [*head, *below])


def test_larger_print_above_lists_names_groups_of_skills() -> None:
    rows = rows_of(
        [
            _line("Mapping", 50, 100, 11),
            _line("ArcGIS Pro\tPostGIS", 60, 116, 9),
            _line("Field and code", 50, 140, 11),
            _line("Drone photogrammetry\tPython", 60, 156, 9),
        ]
    )
    assert [span.text for span in skills(rows)] == ["ArcGIS Pro", "PostGIS", "Drone photogrammetry", "Python"]


def test_larger_print_above_what_is_told_of_it_is_a_skill() -> None:
    rows = rows_of([_line("Python", 50, 100, 11), _line("Advanced", 60, 116, 9), _line("Rust", 50, 140, 11)])
    assert {"Python", "Rust"} <= {span.text for span in skills(rows)}


def test_a_language_is_named_with_its_country() -> None:
    rows = rows_of([_line("Polish (native), Scottish Gaelic (fair), Korean Sign Language, Korean (fluent)", 50, 100)])
    said = [span.text for span in languages(rows, alone=True)]
    assert said == ["Polish", "Scottish Gaelic", "Korean Sign Language", "Korean"]


def test_what_stands_behind_a_date_labels_no_other_cell() -> None:
    rows = rows_of([_line("2010.03 ~ 2016.08 졸업\t대구금오대학교 (4년제) 의생명공학과", 50, 100)])
    assert [study.institution.text for study in studies(rows)] == ["대구금오대학교"]


def test_a_mark_before_a_month_is_no_day() -> None:
    rows = rows_of(
        [
            _line("Whitcomb College\tNorthampton", 50, 100),
            _line("A.B. in Economics. GPA 3.78/4.00\tMay 2027", 50, 114),
            _line("Duluth East Side High School\tDuluth", 50, 140),
            _line("Graduated with honors\tJune 2023", 50, 154),
        ]
    )
    said = [(study.institution.text, study.first and study.first.point.value) for study in studies(rows)]
    assert said == [("Whitcomb College", "2027-05"), ("Duluth East Side High School", "2023-06")]
