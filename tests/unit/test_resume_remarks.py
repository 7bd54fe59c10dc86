"""What stands beside an employment's head: pay, hours, superiors, addresses, and the clients it lists."""

import pytest
from coordinator.candidates.facts.employments.finding import jobs
from coordinator.candidates.facts.model import rows_of
from coordinator.candidates.schemas import Line
from fakes.told_jobs import Told, told_jobs

Printed = tuple[str, float, float, bool]
"""(text, left edge, size, bold)."""


def _lines(printed: list[Printed]) -> list[Line]:
    return [
        Line(text, x, 50.0 + 16 * place, x + 5 * len(text), 62.0 + 16 * place, size, bold)
        for place, (text, x, size, bold) in enumerate(printed)
    ]


FEDERAL: list[Printed] = [
    ("Defense Depot Agency", 50, 10, True),
    ("3990 East Broad Street, Columbus, OH 43213", 50, 10, False),
    ("Logistics Specialist", 50, 10, True),
    ("Pay plan and series: GS-0346, Grade: 12", 50, 10, False),
    ("03/2019 - Present, Hours per week: 40, Salary: $94,317 per annum", 50, 10, False),
    ("Supervisor: Lorraine Abernethy, (614) 555-0190. May contact: Yes", 50, 10, False),
    ("• Plan stock levels", 50, 10, False),
    ("Kessler Freight Lines, Inc.", 50, 10, True),
    ("P.O. Box 17, Augusta, GA 30909", 50, 10, False),
    ("Warehouse Supervisor", 50, 10, True),
    ("11/2010 - 07/2012, Hours per week: 45, Salary: $17.50 per hour", 50, 10, False),
    ("Supervisor: Mae Lindqvist. May contact: No", 50, 10, False),
]
SALARY_FIRST: list[Printed] = [
    ("Orchard Supply Company", 50, 10, True),
    ("Salary: 41,000 | Hours: 37", 50, 10, False),
    ("Stock Clerk", 50, 10, False),
    ("2015 - 2019", 50, 10, False),
    ("Reports to: Anna Farr", 50, 10, False),
]
FORM: list[Printed] = [
    ("Employer's name: Marl Works", 50, 10, False),
    ("Line manager: Ann Farr", 50, 10, False),
    ("Job title: Fitter", 50, 10, False),
    ("From: 03/2010  To: 04/2014", 50, 10, False),
    ("Final salary: £24,000", 50, 10, False),
]
KOREAN: list[Printed] = [
    ("2019.03 ~ 2022.05", 50, 10, False),
    ("(주)한빛기공", 50, 10, True),
    ("업종: 자동차 부품 | 사원수: 320명", 50, 10, False),
    ("대리", 50, 10, False),
    ("연봉: 4,200만원", 50, 10, False),
]


@pytest.mark.parametrize(
    ("printed", "told"),
    [
        (
            FEDERAL,
            [
                ("Defense Depot Agency", "Logistics Specialist", "2019-03", "present"),
                ("Kessler Freight Lines, Inc.", "Warehouse Supervisor", "2010-11", "2012-07"),
            ],
        ),
        (SALARY_FIRST, [("Orchard Supply Company", "Stock Clerk", "2015", "2019")]),
        (FORM, [("Marl Works", "Fitter", "2010-03", "2014-04")]),
        (KOREAN, [("(주)한빛기공", "대리", "2019-03", "2022-05")]),
    ],
)
def test_what_labels_say_beside_a_head_is_neither_employer_nor_title(printed: list[Printed], told: list[Told]) -> None:
    assert told_jobs(_lines(printed)) == told


CLIENTS: list[Printed] = [
    ("Sep 2017 – Mar 2021\tSenior Manager", 50, 10, True),
    ("Harrow & Pym LLP\tManchester", 50, 10, False),
    ("Client: A UK airport group\t2019 – 2020", 158, 10, True),
    ("Staffing model", 158, 10, False),
    ("Client: National parcel carrier\t2018", 158, 10, True),
    ("Aug 2014 – Aug 2017\tConsultant", 50, 10, True),
    ("Harrow & Pym LLP\tLondon", 50, 10, False),
    ("Client: Three NHS trusts\t2015 – 2017", 158, 10, True),
]
PROJECTS_BELOW_HEADS: list[Printed] = [
    ("Marl Software Ltd", 50, 11, True),
    ("Developer", 50, 10, False),
    ("2017 – 2021", 50, 10, False),
    ("Project 1: Ticket office", 50, 10, True),
    ("2019 – 2020", 50, 10, False),
    ("Project 2: Fare gates", 50, 10, True),
    ("2018 – 2019", 50, 10, False),
    ("Quay Systems Ltd", 50, 11, True),
    ("Tester", 50, 10, False),
    ("2014 – 2017", 50, 10, False),
]
IN_KOREAN: list[Printed] = [
    ("누리소프트(주) (2019년 7월 ~ 재직중)", 50, 10, True),
    ("프로젝트\t직무급 전환 (2022.01 ~ 2023.06)", 50, 10, False),
    ("역할\tPM", 50, 10, False),
    ("프로젝트\t채용 체계 구축 (2020.03 ~ 2020.12)", 50, 10, False),
    ("다솜유통㈜ (2015년 2월 ~ 2019년 6월)", 50, 10, True),
    ("고객사: 한들식품 (2016.01 ~ 2016.12)", 50, 10, False),
]


@pytest.mark.parametrize(
    ("printed", "employers"),
    [
        (CLIENTS, ["Harrow & Pym LLP", "Harrow & Pym LLP"]),
        (PROJECTS_BELOW_HEADS, ["Marl Software Ltd", "Quay Systems Ltd"]),
        (IN_KOREAN, ["누리소프트(주)", "다솜유통㈜"]),
    ],
)
def test_labelled_clients_and_projects_within_a_job_are_no_jobs(printed: list[Printed], employers: list[str]) -> None:
    assert [employer for employer, *_ in told_jobs(_lines(printed))] == employers


def test_a_client_that_no_employment_holds_is_who_somebody_worked_for() -> None:
    printed: list[Printed] = [
        ("Client: Marlin Foods\t2019 – 2021", 50, 10, True),
        ("Role: Developer", 50, 10, False),
        ("Client: Quay Bank\t2016 – 2019", 50, 10, True),
        ("Role: Tester", 50, 10, False),
    ]
    assert [(job[0], job[1]) for job in told_jobs(_lines(printed))] == [
        ("Marlin Foods", "Developer"),
        ("Quay Bank", "Tester"),
    ]


DATES_BELOW: list[Printed] = [
    ("MESA VERDE LIVING, Scottsdale, AZ\t2018 – Present", 50, 10, True),
    ("Operator of 71 communities in nine states", 50, 8, False),
    ("Chief Operating Officer", 50, 9, True),
    ("(June 2021 – Present)", 50, 9, False),
    ("• Took occupancy from 74% to 91%", 55, 9, False),
    ("Vice President, Western Region", 50, 9, True),
    ("(February 2018 – June 2021)", 50, 9, False),
    ("CASTELLAN HOTELS, Denver, CO\t2006 – 2018", 50, 10, True),
    ("General Manager, Castellan Union Station", 50, 9, True),
    ("2006 – 2018", 50, 9, False),
]


def test_what_follows_the_title_of_a_position_within_the_employers_time_is_no_employer() -> None:
    assert told_jobs(_lines(DATES_BELOW)) == [
        ("MESA VERDE LIVING", "Chief Operating Officer", "2021-06", "present"),
        ("MESA VERDE LIVING", "Vice President, Western Region", "2018-02", "2021-06"),
        ("CASTELLAN HOTELS", "General Manager, Castellan Union Station", "2006", "2018"),
    ]


def test_an_employer_named_beside_the_title_within_anothers_time_keeps_its_job() -> None:
    printed: list[Printed] = [
        ("Marl Works Ltd\t2010 – 2020", 50, 11, True),
        ("Foreman, Keel Shipyard Ltd\t2012 – 2014", 50, 10, False),
    ]
    assert [job[0] for job in told_jobs(_lines(printed))] == ["Marl Works Ltd", "Keel Shipyard Ltd"]


@pytest.mark.parametrize(
    ("row", "employer", "title"),
    [
        ("2020.04 ~ 재직중\t(주)누리바이오텍 재무팀 | 과장", "(주)누리바이오텍", "과장"),
        ("2020.04 ~ 재직중\t태영로지스(주) 회계팀 / 과장", "태영로지스(주)", "과장"),
        ("2020.04 ~ 현재\tLK전자(주) 생산기술팀 | 과장", "LK전자(주)", "과장"),
        ("㈜온누리식품 경영지원본부 인사팀, 팀장\t2020.04 ~ 현재", "㈜온누리식품", "팀장"),
        ("과장 | 주식회사 가온길 재무팀\t2020.04 ~ 현재", "주식회사 가온길", "과장"),
        ("2020.04 ~ 현재\t전주솔내중학교 | 과학교사 · 과학부장", "전주솔내중학교", "과학교사 · 과학부장"),
    ],
)
def test_a_department_behind_a_firm_that_says_its_form_is_none_of_its_name(row: str, employer: str, title: str) -> None:
    assert told_jobs(_lines([(row, 50, 10, False)])) == [(employer, title, "2020-04", "present")]


def test_departments_stand_behind_firms_where_most_entries_have_one() -> None:
    printed: list[Printed] = [
        ("2020.04 ~ 현재\t누리바이오텍 재무팀 | 과장", 50, 10, False),
        ("2016.09 ~ 2020.03\t태영로지스 회계팀 | 대리", 50, 10, False),
        ("2015.04 ~ 2016.08\t세무회계 가온 | 사원", 50, 10, False),
    ]
    assert [job[0] for job in told_jobs(_lines(printed))] == ["누리바이오텍", "태영로지스", "세무회계 가온"]


@pytest.mark.parametrize("pay", ["Hourly, $9.25", "$18.50 per hour", "Salary: £31,000", "20 hours per week", "Hourly"])
def test_what_was_paid_for_how_many_hours_is_no_employer(pay: str) -> None:
    printed = [
        ("Student Aide", 50.0, 10.0, True),
        ("Superior Court", 50.0, 10.0, False),
        ("01/2008 - 05/2009", 50.0, 10.0, False),
        (pay, 50.0, 10.0, False),
        ("• Front counter", 50.0, 10.0, False),
    ]
    assert [job.employer and job.employer.text for job in jobs(rows_of(_lines(printed)))] == ["Superior Court"]
