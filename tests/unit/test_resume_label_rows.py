"""Labels above their values, heads of columns nobody knows, and departments beside Korean firms."""

from coordinator.candidates.facts.employments.finding import jobs
from coordinator.candidates.facts.model import rows_of
from coordinator.candidates.schemas import Line


def _line(text: str, y0: float, cells: tuple[float, ...] = ()) -> Line:
    return Line(text, 50.0, y0, 300.0, y0 + 10.0, 10.0, False, cells=cells)


def _named(*texts: str) -> list[tuple[str, str]]:
    lines = [
        _line(text, 100.0 + 14 * place, tuple(50.0 + 100 * cell for cell in range(text.count("\t") + 1)))
        for place, text in enumerate(texts)
    ]
    return [
        (job.employer.text if job.employer else "", job.title.text if job.title else "") for job in jobs(rows_of(lines))
    ]


def test_labels_above_their_values_label_them() -> None:
    one = ("Company", "Brightwater", "Position", "Program Manager", "Period", "Mar 2021 – Present")
    other = ("Company", "Open Door", "Position", "Grants Writer", "Period", "Jan 2018 – Feb 2021")
    assert _named(*one, *other) == [("Brightwater", "Program Manager"), ("Open Door", "Grants Writer")]


def test_labels_across_cards_name_the_columns_of_each() -> None:
    head = "EMPLOYER\tROLE\tFROM\tTO"
    assert _named(
        head,
        "Brightwater\tProgram Manager\tMar 2021\tPresent",
        "Raised 3.4 million in two years.",
        head,
        "Open Door\tGrants Writer\tJan 2018\tFeb 2021",
        "Wrote 41 proposals.",
    ) == [("Brightwater", "Program Manager"), ("Open Door", "Grants Writer")]


def test_a_head_in_words_nobody_knows_names_no_employer() -> None:
    assert _named(
        "Years\tWhere\tAs what",
        "03/2021 – 02/2024\tBrightwater\tProgram Manager",
        "01/2018 – 02/2021\tOpen Door\tGrants Writer",
    ) == [("Brightwater", "Program Manager"), ("Open Door", "Grants Writer")]


def test_a_department_beside_a_korean_firm_is_no_part_of_its_name() -> None:
    assert _named(
        "대리", "모아핏 브랜드팀", "2021.03 - 현재", "사원", "온세로지스틱스 입고팀", "2018.01 - 2021.02"
    ) == [
        ("모아핏", "대리"),
        ("온세로지스틱스", "사원"),
    ]
    assert ("전략", "대리") not in _named(
        "두레산업개발", "대리", "전략 기획팀", "2021.03 - 현재", "사원", "영업 관리팀", "2018.01 - 2021.02"
    )


def test_employments_side_by_side_below_labels_are_read_column_by_column() -> None:
    assert _named(
        "Employer\tBrightwater\tOpen Door",
        "Position\tProgram Manager\tGrants Writer",
        "Period\t03/2021 – 02/2024\t01/2018 – 02/2021",
    ) == [("Brightwater", "Program Manager"), ("Open Door", "Grants Writer")]
