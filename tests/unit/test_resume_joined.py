"""Headings that join kinds of sections, schools by where they stand, and tests of languages."""

from dataclasses import replace

import pytest
from coordinator.candidates.facts.education import studies
from coordinator.candidates.facts.joined import apart, without_labels
from coordinator.candidates.facts.lists.close_lines import with_whole_items
from coordinator.candidates.facts.lists.permits import certificates
from coordinator.candidates.facts.lists.tongues import languages, without_tests_of
from coordinator.candidates.facts.model import Row, rows_of
from coordinator.candidates.headings.finding import Headings
from coordinator.candidates.headings.known import joined_kinds
from coordinator.candidates.headings.sections import Part
from coordinator.candidates.schemas import Line


def _rows(texts: list[str]) -> list[Row]:
    lines = [Line(text, 50, 50.0 + 16 * place, 300, 62.0 + 16 * place, 10, False) for place, text in enumerate(texts)]
    return rows_of(lines)


@pytest.mark.parametrize(
    ("title", "texts", "kinds"),
    [
        ("자격증 및 수상", ["식품기사", "2016.08", "올해의 MD상 (들녘마켓)", "2023.12"], ["certificates", "awards"]),
        ("자격증·어학", ["2017.02\t물리치료사 면허", "2024.02\tTOEIC 790점\tYBM"], ["certificates", "languages"]),
        ("수상/자격증", ["자격증\t전기기사", "수상\t품질 대회 2위"], ["certificates", "awards"]),
        ("자격증/어학", ["[자격] 검색광고마케터 1급", "[어학] JPT 780점"], ["certificates", "languages"]),
        ("외국어/기타활동", ["TOEIC 850점", "지역아동센터 봉사활동"], ["languages", "activities"]),
        ("Skills & Languages", ["R, Python, HEC-RAS; English"], ["skills"]),
        ("Skills & Interests", ["Skills: Excel, SAP", "Interests: chess"], ["skills", "activities"]),
        ("Certifications & Awards", ["Certified Welder, 2019", "Safety Award, 2020"], ["certificates", "awards"]),
        ("Licences & Certificates", ["Class C licence", "First aid certificate"], ["certificates"]),
    ],
)
def test_rows_below_a_joined_heading_go_to_their_kinds(title: str, texts: list[str], kinds: list[str]) -> None:
    first = (joined_kinds(title) or ["certificates"])[0]
    rows = _rows(texts)
    made = apart([Part(first, title, 0, len(rows))], rows)
    assert [part.kind for part in made] == kinds
    assert [made[0].first, made[-1].last] == [0, len(rows)]
    assert all(one.last == after.first for one, after in zip(made, made[1:], strict=False))


def test_a_school_without_a_schools_word_stands_where_the_others_do() -> None:
    rows = _rows(
        [
            "Muskogee State University\tMay 2018",
            "Bachelor of Science in Nursing",
            "Green Country Center\tJune 2014",
            "Diploma in Practical Nursing",
        ]
    )
    assert [one.institution.text for one in studies(rows)] == ["Muskogee State University", "Green Country Center"]


@pytest.mark.parametrize(
    ("row", "school"),
    [
        ("2008.03 ~ 2011.02\t충남고등학교이과계열", "충남고등학교"),
        ("2010.03 ~ 2016.02\t동국대학교(서울) 회계학과", "동국대학교(서울)"),
        ("2000 - 2003\tEscola Secundária de Aveiro", "Escola Secundária de Aveiro"),
        ("2000 - 2003\tGewerbliche Schule Aalen", "Gewerbliche Schule Aalen"),
    ],
)
def test_schools_end_before_their_courses(row: str, school: str) -> None:
    assert [one.institution.text for one in studies(_rows([row]))] == [school]


def test_a_test_beside_its_language_is_none_and_points_are_no_name() -> None:
    rows = _rows(["영어\tTOEIC 885점", "JLPT 700점"])
    assert [span.text for span in without_tests_of(languages(rows))] == ["영어", "JLPT"]


def test_lines_set_closer_than_items_are_one_certificate() -> None:
    printed = [("Certified Sales Leadership", 50), ("Professional (CSLP)", 62), ("Inbound Sales", 81)]
    lines = [Line(text, 18, y, 18 + 5 * len(text), y + 9, 9.5, False) for text, y in printed]
    said = [span.text for span in certificates(rows_of(lines))]
    assert said == ["Certified Sales Leadership Professional (CSLP)", "Inbound Sales"]


def test_as_many_lines_for_each_item_are_no_broken_ones() -> None:
    printed = [("Welder Class Two", 50), ("Bureau Veritas", 62), ("Crane Ticket", 81), ("City Board", 93)]
    lines = [Line(text, 18, y, 18 + 5 * len(text), y + 9, 9.5, False) for text, y in printed]
    assert len(with_whole_items(rows_of(lines))) == len(printed)


def test_a_bracket_before_a_certificate_says_its_kind_only() -> None:
    rows = without_labels(_rows(["[자격] 전기기사 (2014.05)", "[특급] 전기기사"]))
    assert [span.text for span in certificates(rows[:1])] == ["전기기사"]
    assert rows[1].text == "[특급] 전기기사"


def test_a_usual_heading_that_tables_of_one_page_repeat_labels_their_rows() -> None:
    texts = [("경력", 13), ("프로젝트", 9), ("프로젝트", 9)]
    page = [Line(text, 50, 20.0 * place, 90, 20.0 * place + 12, size, True) for place, (text, size) in enumerate(texts)]
    looks = Headings.of([page])
    assert not looks.opens(replace(page[1], heads_row=True, heads_table=True))
    assert looks.opens(replace(page[0], heads_row=True, heads_table=True))
