"""Cells of tables that name columns, numbers in lists, and what a comma or a dash joins."""

import pytest
from coordinator.candidates.facts.lists.permits import certificates
from coordinator.candidates.facts.lists.skills import skills
from coordinator.candidates.facts.model import Row, rows_of
from coordinator.candidates.facts.rows.name_parts import without_town
from coordinator.candidates.page.row_lines import rows_across
from coordinator.candidates.schemas import Line
from fakes.told_jobs import told_jobs


def _rows(*texts: str) -> list[Row]:
    return rows_of(
        [Line(text, 50, 50.0 + 16 * place, 300, 62.0 + 16 * place, 10, False) for place, text in enumerate(texts)]
    )


@pytest.mark.parametrize(
    ("cell", "name"),
    [
        ("Royal Free Hospital, London", "Royal Free Hospital"),
        ("Marlin Foods, Leeds, United Kingdom", "Marlin Foods"),
        ("Marlin Foods, Boyce, VA", "Marlin Foods"),
        ("Marlin Foods, Inc.", "Marlin Foods, Inc."),
        ("Farr, Keel and Partners", "Farr, Keel and Partners"),
        ("Tern Hollow Schools, Red Wing,", "Tern Hollow Schools"),
        ("Quillon Ltd,", "Quillon Ltd"),
    ],
)
def test_a_town_behind_the_comma_of_a_cell_is_none_of_the_firms_name(cell: str, name: str) -> None:
    assert without_town(cell) == name


def test_date_in_the_column_of_ends_is_to_date() -> None:
    rows = _rows("From\tTo\tEmployer\tPost held", "04/2018\tDate\tBelfast City Hospital\tWard Sister")
    assert told_jobs([row.line for row in rows]) == [("Belfast City Hospital", "Ward Sister", "2018-04", "present")]


@pytest.mark.parametrize(
    ("row", "name"),
    [
        ("DAWIA Life Cycle Logistics, Practitioner, 2022", "DAWIA Life Cycle Logistics, Practitioner"),
        ("PRINCE2, Foundation (2016)", "PRINCE2, Foundation"),
        ("Minnesota Teaching License, K–6", "Minnesota Teaching License, K–6"),
        ("AWS Certified Solutions Architect – Associate, 2023", "AWS Certified Solutions Architect – Associate"),
        ("Red Seal Endorsement, Welder, 2018", "Red Seal Endorsement, Welder"),
        ("Registered Nurse, Washington State, 2014", "Registered Nurse, Washington State"),
        ("CPA, State of Michigan, 2011", "CPA, State of Michigan"),
        ("First Aid, Red Crescent, 2019", "First Aid"),
        ("Food Safety – City of Leeds, 2019", "Food Safety"),
    ],
)
def test_a_level_behind_a_comma_belongs_to_its_certificate(row: str, name: str) -> None:
    assert [span.text for span in certificates(_rows(row, "Forklift Licence, 2011"))][:1] == [name]


def test_a_comma_within_a_number_divides_no_list() -> None:
    listed = skills(_rows("Budget tracking • Canva", "Kept a $68,000 program budget within 2% for three years."))
    assert [span.text for span in listed] == ["Budget tracking", "Canva"]


def test_a_dot_between_words_joins_them_in_a_list_with_marks_in_cells_of_their_own() -> None:
    listed = skills(_rows("•\t배양 검사", "•\tpH·염도 측정", "•\t문서 작성", "•\t엑셀"))
    assert [span.text for span in listed] == ["배양 검사", "pH·염도 측정", "문서 작성", "엑셀"]


def test_a_cell_below_the_head_of_its_column_is_no_heading() -> None:
    edges = (50.0, 200.0, 300.0)
    lines = [
        Line(text, 50, 50.0 + 16 * place, 400, 62.0 + 16 * place, 10, False, cells=edges, ruled=True, table=1)
        for place, text in enumerate(("명칭\t등급\t취득일", "컴퓨터활용능력\t1급\t2011.09"))
    ]
    assert [line.text for line in rows_across(lines, lambda line: line.text == "컴퓨터활용능력")] == [
        "명칭\t등급\t취득일",
        "컴퓨터활용능력\t1급\t2011.09",
    ]
