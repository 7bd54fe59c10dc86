"""Leave is no employment, work of one's own has nobody's employer, service is no certificate, and studies end."""

import pytest
from coordinator.candidates.facts.education import studies
from coordinator.candidates.facts.employments.finding import jobs
from coordinator.candidates.facts.entries.leave import is_leave
from coordinator.candidates.facts.extract import facts
from coordinator.candidates.facts.model import Row, rows_of
from coordinator.candidates.headings.sections import Part
from coordinator.candidates.schemas import Line

Said = list[tuple[str | None, str | None, str]]
WIDTH = 5.0


def rows(*texts: str) -> list[Row]:
    return rows_of(
        [
            Line(text.lstrip(), x, 100 + 20 * place, x + len(text) * WIDTH, 112 + 20 * place, 10.0, bold=False)
            for place, text in enumerate(texts)
            for x in (50.0 + 10 * (len(text) - len(text.lstrip())),)
        ]
    )


def said(*texts: str) -> Said:
    """(employer, title, start) of each employment; each space before a line sets it 10 points further in."""
    return [
        (
            job.employer.text if job.employer else None,
            job.title.text if job.title else None,
            job.first.point.value if job.first else "",
        )
        for job in jobs(rows(*texts))
    ]


@pytest.mark.parametrize(
    "leave",
    [
        "Career break to care for my father (2018 - 2019)",
        "Career break: travel and family, 2018 - 2019",
        "Maternity / parental leave, 2018 - 2019",
        "Sabbatical, 2018 - 2019",
        "Travelling in Asia, 2018 - 2019",
        "Caring for my mother, 2018 - 2019",
        "육아휴직 2018.01 ~ 2019.02",
        "출산휴가 및 육아휴직 2018.01 ~ 2019.02",
        "한빛물류 질병 휴직 2018.01 ~ 2019.02",
        "병가 2018.01 ~ 2019.02",
    ],
)
def test_leave_is_no_employment(leave: str) -> None:
    known = said("Engineer, Acme Ltd, 2019 - 2021", leave, "Clerk, Fenn Bank, 2013 - 2018")
    assert known == [("Acme Ltd", "Engineer", "2019"), ("Fenn Bank", "Clerk", "2013")]


def test_leave_beside_the_dates_of_an_employment_takes_nothing_from_it() -> None:
    known = said("Staff Nurse, City Clinic, 2016 - 2018 (maternity leave 2017)", "Nurse, Fenn Hospital, 2012 - 2016")
    assert known == [("City Clinic", "Staff Nurse", "2016"), ("Fenn Hospital", "Nurse", "2012")]
    assert said("City Clinic, 2016 - 2018 (maternity leave 2017)", "Fenn Hospital, 2012 - 2016")[0][0] == "City Clinic"


@pytest.mark.parametrize(
    "work",
    [
        "Sabbatical Officer",
        "Maternity leave cover teacher",
        "Travel Agent",
        "Travelling salesman",
        "Caring Homes Ltd",
        "Caring for residents",
        "육아휴직 대체 사무원",
        "Leave Administrator",
        "Family Leave Specialist",
    ],
)
def test_work_around_leave_is_none(work: str) -> None:
    assert not is_leave(work)


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (
            ("Staff Nurse, City Clinic, 2016 - 2018", "Freelance translator, 2010-16"),
            [("City Clinic", "Staff Nurse", "2016"), (None, "Freelance translator", "2010")],
        ),
        (
            ("Driver at Moor Taxis, 2015 - 2019", "Self-employed gardener 2012 to 2015", "Clerk, 2010 - 2012"),
            [("Moor Taxis", "Driver", "2015"), (None, "Self-employed gardener", "2012"), (None, "Clerk", "2010")],
        ),
        (
            ("한빛물류 대리 2019.03 ~ 2022.08", "프리랜서 번역가 2015.01 ~ 2018.12"),
            [("한빛물류", "대리", "2019-03"), (None, "프리랜서 번역가", "2015-01")],
        ),
        (
            ("한빛물류 대리 2019.03 ~ 2022.08", "자영업 (카페 운영) 2015.01 ~ 2018.12"),
            [("한빛물류", "대리", "2019-03"), ("자영업", "카페 운영", "2015-01")],
        ),
        # In one line with its title an employer is that of this line only.
        (
            ("Delivery Driver, Swift Parcels, 2015 - 2019", "Gardener, 2012 - 2015"),
            [("Swift Parcels", "Delivery Driver", "2015"), (None, "Gardener", "2012")],
        ),
        # Further in, below a line of its own, or in the whole time there: the same employer's.
        (
            ("Swift Parcels, Delivery Driver, 2015 - 2019", "  Office Clerk, 2012 - 2015"),
            [("Swift Parcels", "Delivery Driver", "2015"), ("Swift Parcels", "Office Clerk", "2012")],
        ),
        (
            ("Acme Ltd\t2017 - 2021", "Senior Engineer\t2019 - 2021", "Engineer\t2017 - 2019"),
            [("Acme Ltd", "Senior Engineer", "2019"), ("Acme Ltd", "Engineer", "2017")],
        ),
    ],
)
def test_only_a_second_position_has_the_employer_above(texts: tuple[str, ...], expected: Said) -> None:
    assert said(*texts) == expected


def test_military_service_is_no_certificate() -> None:
    texts = ("물류관리사 (2018)", "병역", "육군 병장 만기전역 2012.1 ~ 2013.10", "군필 (육군 병장)", "정비 기능사 2012")
    lines = [row.line for row in rows(*texts)]
    found = facts(lines, [Part("certificates", "자격증", 0, len(lines))], "\n".join(texts))
    assert [fact.value for fact in found if fact.kind == "certificate"] == ["물류관리사", "정비 기능사"]


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("PhD (expected 2027), Nursing Science, University of Porto", "", "2027"),
        ("B.Sc. Nursing, University of Porto, graduated 2010", "", "2010"),
        ("서울대학교 경영학과 졸업 (2016.2)", "", "2016-02"),
        ("서울대학교 경영학과 재학 (2027.2 졸업예정)", "", "2027-02"),
        ("University of Porto, BSc, 2006 - 2010", "2006", "2010"),
        ("서울대학교 경영학과 2012.03 입학", "", ""),
        ("BA, University of Porto, Smith Prize awarded 2010", "", ""),
    ],
)
def test_a_lone_date_ends_studies_where_its_words_say_so(text: str, start: str, end: str) -> None:
    (study,) = studies(rows(text))
    assert (study.first.point.value if study.first else "", study.last.point.value if study.last else "") == (
        start,
        end,
    )


def test_a_date_among_words_loses_no_school() -> None:
    found = studies(rows("BSc, University of Porto, graduated 2010", "Fenn Grammar School"))
    assert [study.institution.text for study in found] == ["University of Porto", "Fenn Grammar School"]
