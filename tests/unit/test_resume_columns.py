"""Columns that say who employed without a label that says so."""

import pytest
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
