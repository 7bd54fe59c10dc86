"""Columns that say who employed without a label that says so."""

import pytest
from coordinator.candidates.facts.model import rows_of
from coordinator.candidates.facts.rows.pieces import pieces
from coordinator.candidates.facts.words import is_place
from coordinator.candidates.page.order import Page, reading_order
from coordinator.candidates.schemas import Line
from fakes.told_jobs import told_jobs


def _table(head: str) -> list[Line]:
    texts = (head, "09/2019\t08/2021\tTern Hollow\tDeckhand\tWatch", "01/2017\t08/2019\tQuillon\tCook\tMeals")
    return [Line(text, 57, 20.0 * place, 500, 20.0 * place + 9, 9, bold=False) for place, text in enumerate(texts)]


@pytest.mark.parametrize(
    "head",
    [
        "From\tTo\tSchool / Organisation\tPosition\tTasks",
        "From\tTo\tEmployer and address\tPosition\tDuties",
        "Date from\tDate to\tName of school\tPost\tSubjects",
        "Started\tFinished\tPlace of work\tCapacity\tNotes",
        "From\tUntil\tInstitution\tPosition\tCourses",
        "입사\t퇴사\t근무지\t직위\t내용",
        "입사일\t퇴사일\t소속\t직책\t담당 업무",
        "시작일\t종료일\t기관\t직위\t업무",
    ],
)
def test_what_stands_beside_titles_and_times_employs(head: str) -> None:
    assert told_jobs(_table(head)) == [
        ("Tern Hollow", "Deckhand", "2019-09", "2021-08"),
        ("Quillon", "Cook", "2017-01", "2019-08"),
    ]


@pytest.mark.parametrize("head", ["From\tTo\tDepartment\tPosition\tTasks", "시작일\t종료일\t부서\t직위\t업무"])
def test_a_department_employs_nobody(head: str) -> None:
    assert [employer for employer, *_ in told_jobs(_table(head))] == [None, None]


def _at(text: str, x: float, y: float) -> Line:
    return Line(text, x, y, x + 5 * len(text), y + 11, 10, False)


def _is_heading(line: Line) -> bool:
    return line.text in ("Chronology", "Studies", "Skills", "Prizes", "Where I worked")


def test_no_gutter_parts_the_head_of_a_table() -> None:
    rows = (
        ("Dates", "Position", "Organization"),
        ("2016 - 2025", "Mathematics Chair", "Tern Hollow Local Schools, Red Wing,"),
        ("2011 - 2016", "Teacher", "Quillon Academy, Wing"),
        ("2008 - 2011", "Corps Member", "Teach Forward, Wing"),
    )
    page = [_at("Chronology", 235, 388), _at("OH", 357, 436)]
    for cells, y in zip(rows, (407, 429, 453, 470), strict=True):
        # The first firm needs two lines, and stands in the middle of its row with them.
        page += [
            _at(text, x, y - 6 * (place == 2 and y == 429))
            for place, (text, x) in enumerate(zip(cells, (51, 178, 357), strict=True))
        ]
    said = [line.text for line in reading_order([Page(800, page, [])], _is_heading)]
    assert said == [
        "Chronology",
        *("\t".join(cells) for cells in rows[:2]),
        "OH",
        *("\t".join(cells) for cells in rows[2:]),
    ]


def test_what_stands_above_headings_side_by_side_is_of_the_section_before() -> None:
    page = [_at("Where I worked", 50, 20)]
    for place, (dates, firm) in enumerate((("2014 - 2016", "Studio A"), ("2016 - 2019", "Studio B"))):
        page += [_at(dates, 50 + 200 * place, 50), _at(firm, 50 + 200 * place, 64), _at("Work", 50 + 200 * place, 78)]
    for place, title in enumerate(("Studies", "Skills")):
        page += [_at(title, 50 + 200 * place, 120)]
        page += [_at(f"{title} {number}", 50 + 200 * place, 136 + 14 * number) for number in range(4)]
    said = [line.text for line in reading_order([Page(800, page, [])], _is_heading)]
    assert said.index("Studies") > said.index("2016 - 2019")
    assert said.index("Skills") > said.index("Studies 3")


@pytest.mark.parametrize("text", ["Highway 160", "Route 9", "County Road 12"])
def test_a_road_is_a_place(text: str) -> None:
    assert is_place(text)


def test_the_point_of_an_abbreviation_stays_with_its_firm() -> None:
    row = rows_of([_at("Shop Welder, Boyd Bros. Trailer Mfg., 5/2010 - 10/2014", 50, 20)])[0]
    assert [piece.text for piece in pieces(row, 0)] == ["Shop Welder", "Boyd Bros. Trailer Mfg."]
