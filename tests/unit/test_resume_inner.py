"""Projects dated within jobs, numbered and marked heads, jobs told twice, and names with what belongs to them."""

import pytest
from coordinator.candidates.facts.entries.inner import with_plain_heads
from coordinator.candidates.facts.model import rows_of
from coordinator.candidates.page.order import Page
from coordinator.candidates.schemas import Line
from coordinator.candidates.understanding import understood
from fakes.told_jobs import Told, told_jobs

Printed = tuple[str, float, float, bool]
"""(text, left edge, size, bold)."""

NUMBERED: list[Printed] = [
    ("1. 다산건설(주)", 50, 10, True),
    ("2014년 5월 ~ 현재 | 공사부장", 50, 10, False),
    ("▷ 곡반정 주상복합 신축공사 (2021 ~ 현재)", 45, 10, True),
    ("• 공정 관리", 50, 10, False),
    ("▷ 물류센터 증축공사 (2017 ~ 2020)", 45, 10, True),
    ("• 원가 관리", 50, 10, False),
    ("2. 청보건설", 50, 10, True),
    ("2002년 1월 ~ 2007년 8월 | 공사기사", 50, 10, False),
    ("• 측량", 50, 10, False),
]
MARKED: list[Printed] = [
    ("■ 다산건설(주) 2014.05 ~ 현재", 50, 11, True),
    ("공사부장", 55, 10, False),
    ("▷ 곡반정 신축공사 (2021.01 ~ 2022.03)", 55, 10, True),
    ("- 공정 관리", 60, 10, False),
    ("■ 청보건설 2002.01 ~ 2007.08", 50, 11, True),
    ("공사기사", 55, 10, False),
    ("▷ 물류센터 증축 (2003.02 ~ 2004.01)", 55, 10, True),
    ("- 측량", 60, 10, False),
]
SMALLER: list[Printed] = [
    ("주식회사 들녘마켓", 50, 11, True),
    ("2022.03 - 현재", 50, 8, False),
    ("신선식품 MD 리드", 50, 10, False),
    ("카테고리 개편", 50, 10, True),
    ("2022.05 - 2022.10", 50, 8, False),
    ("• 분류 체계를 다시 만듦", 60, 10, False),
    ("(주)모아유통", 50, 11, True),
    ("2018.01 - 2019.10", 50, 8, False),
    ("온라인영업 사원", 50, 10, False),
]
IN_THE_MARGIN: list[Printed] = [
    ("2019.05 ~ 재직중\t㈜에버그린물류 | 운영기획팀 팀장", 50, 10, True),
    ("스마트 물류센터 구축 (2021.03 ~ 2022.06)", 150, 10, True),
    ("2015.02 ~ 2019.04\t㈜다온유통 | 물류팀 대리", 50, 10, True),
]
LETTERED: list[Printed] = [
    ("가. 한국전력설비(주) (2010. 5. ~ 현재) / 전기팀 부장", 50, 10, False),
    ("- 변전소 증설공사 (2018. 3. ~ 2020. 2.)", 58, 10, False),
    ("나. 호남전기공사 (2003. 3. ~ 2010. 4.) / 공사팀 대리", 50, 10, False),
    ("- 아파트 전기공사 현장 관리", 58, 10, False),
]
ENGLISH: list[Printed] = [
    ("Keel Ltd, Site Engineer, 2015 - present", 50, 11, True),
    ("Harbour Bridge Repair (2018 - 2019)", 50, 10, True),
    ("• Two cranes", 55, 10, False),
    ("Airport Extension (2020 - 2022)", 50, 10, True),
    ("• Four crews", 55, 10, False),
    ("Marl Works, Junior Engineer, 2010 - 2015", 50, 11, True),
    ("• Setting out", 55, 10, False),
]
POSITIONS: list[Printed] = [
    ("Keel Ltd", 50, 11, True),
    ("2010 - 2020", 50, 10, False),
    ("Site Engineer", 50, 10, True),
    ("2015 - 2020", 50, 10, False),
    ("• Two cranes", 55, 10, False),
    ("Junior Engineer", 50, 10, True),
    ("2010 - 2015", 50, 10, False),
    ("Marl Works", 50, 11, True),
    ("2005 - 2010", 50, 10, False),
    ("Fitter", 50, 10, True),
]


def _lines(printed: list[Printed]) -> list[Line]:
    return [
        Line(text, x, 50.0 + 16 * place, x + 5 * len(text), 62.0 + 16 * place, size, bold)
        for place, (text, x, size, bold) in enumerate(printed)
    ]


@pytest.mark.parametrize(
    ("printed", "told"),
    [
        (
            NUMBERED,
            [("다산건설(주)", "공사부장", "2014-05", "present"), ("청보건설", "공사기사", "2002-01", "2007-08")],
        ),
        (MARKED, [("다산건설(주)", "공사부장", "2014-05", "present"), ("청보건설", "공사기사", "2002-01", "2007-08")]),
        (
            SMALLER,
            [
                ("주식회사 들녘마켓", "신선식품 MD 리드", "2022-03", "present"),
                ("(주)모아유통", "온라인영업 사원", "2018-01", "2019-10"),
            ],
        ),
        (
            IN_THE_MARGIN,
            [("㈜에버그린물류", "팀장", "2019-05", "present"), ("㈜다온유통", "대리", "2015-02", "2019-04")],
        ),
        (
            LETTERED,
            [("한국전력설비(주)", "부장", "2010-05", "present"), ("호남전기공사", "대리", "2003-03", "2010-04")],
        ),
        (
            ENGLISH,
            [("Keel Ltd", "Site Engineer", "2015", "present"), ("Marl Works", "Junior Engineer", "2010", "2015")],
        ),
    ],
)
def test_what_is_dated_within_a_job_is_no_job(printed: list[Printed], told: list[Told]) -> None:
    assert told_jobs(_lines(printed)) == told


def test_positions_within_the_time_of_their_employer_are_jobs() -> None:
    assert told_jobs(_lines(POSITIONS)) == [
        ("Keel Ltd", "Site Engineer", "2015", "2020"),
        ("Keel Ltd", "Junior Engineer", "2010", "2015"),
        ("Marl Works", "Fitter", "2005", "2010"),
    ]


def test_numbered_items_without_dates_keep_their_numbers() -> None:
    rows = rows_of(_lines([("1. Ran two crews", 50, 10, False), ("2. Kept the books", 50, 10, False)]))
    assert with_plain_heads(rows) == rows


@pytest.mark.parametrize(
    ("row", "employer", "title"),
    [
        ("Marlin Foods (Distribution)\tDriver\t2009 - 2017", "Marlin Foods (Distribution)", "Driver"),
        ("Marlin Foods (Leeds)\tDriver\t2009 - 2017", "Marlin Foods", "Driver"),
        ("Marlin Foods\tPractical Nurse (LPN)\t2009 - 2017", "Marlin Foods", "Practical Nurse (LPN)"),
        ("Marlin Foods\tCharge Nurse, Medical ICU\t2009 - 2017", "Marlin Foods", "Charge Nurse, Medical ICU"),
        ("Marlin Foods\tCharge Nurse, Leeds\t2009 - 2017", "Marlin Foods", "Charge Nurse"),
        ("Marlin Foods\tCharge Nurse, Boyce, VA\t2009 - 2017", "Marlin Foods", "Charge Nurse"),
        ("Marlin Foods (formerly Kepler)\tDriver\t2009 - 2017", "Marlin Foods", "Driver"),
        ("Marlin Foods\tBench Joiner / Charge Hand\t2009 - 2017", "Marlin Foods", "Bench Joiner / Charge Hand"),
        ("Marlin Foods\tDriver / Team Leader\t2009 - 2017", "Marlin Foods", "Driver / Team Leader"),
        ("Marlin Foods\tDriver (part-time)\t2009 - 2017", "Marlin Foods", "Driver"),
        ("Save Drilling (Pvt) Ltd\tDriver\t2009 - 2017", "Save Drilling (Pvt) Ltd", "Driver"),
    ],
)
def test_brackets_and_areas_belong_to_names(row: str, employer: str, title: str) -> None:
    assert told_jobs(_lines([(row, 50, 10, False)])) == [(employer, title, "2009", "2017")]


def test_the_point_of_a_legal_form_ends_no_sentence() -> None:
    head: list[Printed] = [("2012 - 2015", 50, 9, False), ("Welder, Estaleiros da Barra, Lda.", 50, 10, False)]
    assert told_jobs(_lines(head)) == [("Estaleiros da Barra, Lda.", "Welder", "2012", "2015")]


def test_a_table_in_the_summary_and_its_details_tell_each_job_once() -> None:
    printed: list[Printed] = [
        ("한서윤", 50, 20, True),
        ("경력 요약", 50, 13, True),
        ("기간\t회사명\t직위", 50, 10, False),
        ("2014.05 ~ 현재\t다산건설(주)\t부장", 50, 10, False),
        ("2002.01 ~ 2007.08\t청보건설\t기사", 50, 10, False),
        ("상세 경력", 50, 13, True),
        ("다산건설", 50, 10, True),
        ("2014.05 ~ 현재", 50, 10, False),
        ("부장", 50, 10, False),
        ("자격증", 50, 13, True),
        ("건축기사", 50, 10, False),
    ]
    read = understood([Page(800, _lines(printed), [])], "ko")
    named = [fact.value for fact in read.facts if fact.kind == "employment" and fact.field == "employer"]
    assert named == ["다산건설(주)", "청보건설"]
    assert "summary" not in [section.kind for section in read.sections]


def test_projects_at_an_employer_that_a_table_names_are_no_further_jobs() -> None:
    printed: list[Printed] = [
        ("한서윤", 50, 20, True),
        ("경력 요약", 50, 13, True),
        ("기간\t회사명\t직위", 50, 10, False),
        ("2014.05 ~ 현재\t누리소프트(주)\t책임", 50, 10, False),
        ("상세 경력", 50, 13, True),
        ("누리소프트(주)", 50, 11, True),
        ("정산 플랫폼 재구축", 50, 10, True),
        ("기간: 2021.02 ~ 2022.08", 50, 10, False),
        ("역할: 백엔드 리드", 50, 10, False),
        ("자격증", 50, 13, True),
        ("건축기사", 50, 10, False),
    ]
    read = understood([Page(800, _lines(printed), [])], "ko")
    assert [fact.value for fact in read.facts if fact.field == "employer"] == ["누리소프트(주)"]


def test_a_school_of_a_university_employs_nobody_itself() -> None:
    row = "2021 - 2023\tReader in Hydrology, School of Geography, University of Marbeck"
    assert told_jobs(_lines([(row, 50, 10, False)])) == [
        ("University of Marbeck", "Reader in Hydrology", "2021", "2023")
    ]
