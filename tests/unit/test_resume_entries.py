"""Which lines of a resume are an entry, and who employed whom as what in it."""

import pytest
from coordinator.candidates.facts.education import studies
from coordinator.candidates.facts.employments.finding import jobs
from coordinator.candidates.facts.model import rows_of
from coordinator.candidates.schemas import Line

SIZE = 10.0
WIDTH = 5.0


def line(text: str, x: float, y: float) -> Line:
    return Line(text, x, y, x + len(text) * WIDTH, y + SIZE * 1.2, SIZE, bold=False)


def said(texts: list[tuple[str, float]]) -> list[tuple[str | None, str | None, str]]:
    """(employer, title, start) of each job in lines (text, place from the left), one below the other."""
    rows = rows_of([line(text, x, 100 + 20 * place) for place, (text, x) in enumerate(texts)])
    return [
        (
            job.employer.text if job.employer else None,
            job.title.text if job.title else None,
            job.first.point.value if job.first else "",
        )
        for job in jobs(rows)
    ]


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        ([("한국문화협회 교류사업팀 선임 (2021.03 ~ 현재)", 50)], [("한국문화협회", "선임", "2021-03")]),
        ([("시니어 백엔드 개발자, 도담에듀 (2021.03 ~ 현재)", 50)], [("도담에듀", "시니어 백엔드 개발자", "2021-03")]),
        # What is dated further in belongs to the job above it.
        (
            [("Acme Ltd | Engineer", 50), ("2019 - 2021", 50), ("New depot (2020.01 - 2020.06)", 70)],
            [("Acme Ltd", "Engineer", "2019")],
        ),
        ([("- Member of the regional working group since 2021", 50)], []),
        ([("Worked with Pfizer on a registry from 2022 to 2023", 50)], []),
        # A second title has the employer above; a place is none.
        (
            [
                ("Gulf Credit Union", 50),
                ("Director", 50),
                ("March 2020 - Present", 50),
                ("Ran all of the branches of the whole company, and then some more.", 50),
                ("Branch Manager", 50),
                ("2016 - 2020", 50),
                ("Lafayette, Louisiana", 50),
            ],
            [("Gulf Credit Union", "Director", "2020-03"), ("Gulf Credit Union", "Branch Manager", "2016")],
        ),
        (
            [("2022 - 2023\tConsultant, Nyquist Advisory. Energy audits in nine mills.", 50)],
            [("Nyquist Advisory", "Consultant", "2022")],
        ),
        (
            [("2018 - 2020\tTeaching Assistant, Colegio Oriente, London.", 50)],
            [("Colegio Oriente", "Teaching Assistant", "2018")],
        ),
        # What stands where the others name their employer is one, in words nobody knows.
        (
            [
                ("09/2020 - Current", 50),
                ("Physiotherapist", 50),
                ("Rehaklinik Sonnenhang", 50),
                ("• Eight patients a day", 60),
                ("01/2016 - 12/2016", 50),
                ("Trainee physiotherapist", 50),
                ("KBC Rijeka", 50),
            ],
            [
                ("Rehaklinik Sonnenhang", "Physiotherapist", "2020-09"),
                ("KBC Rijeka", "Trainee physiotherapist", "2016-01"),
            ],
        ),
        # A town stands after the firm, a state after a town.
        (
            [("Commis Chef", 50), ("Caffè Portobello, Glasgow", 50), ("2013 - 2016", 50)],
            [("Caffè Portobello", "Commis Chef", "2013")],
        ),
        # Where the second title has no firm above it, no other line is taken for one.
        (
            [
                ("Atlântico Cargas", 50),
                ("Head of Warehouse Operations", 50),
                ("January 2021 - Present", 50),
                ("Palmela, Setúbal, Portugal", 50),
                ("Three sites and two hundred and forty people, all of them in one county.", 50),
                ("Shift Manager", 50),
                ("April 2018 - December 2020", 50),
                ("Palmela, Setúbal, Portugal", 50),
                ("Night shift of thirty-eight people, none of whom was hurt in two years.", 50),
                ("Docas do Tejo", 50),
                ("Inventory Controller", 50),
                ("2014 - 2018", 50),
            ],
            [
                ("Atlântico Cargas", "Head of Warehouse Operations", "2021-01"),
                ("Atlântico Cargas", "Shift Manager", "2018-04"),
                ("Docas do Tejo", "Inventory Controller", "2014"),
            ],
        ),
        # Commas divide less than strokes do.
        (
            [
                ("NURSE, ONCOLOGY | MERCY RIDGE | 06/2019 - Present", 50),
                ("• Up to nine patients a shift", 60),
                ("ASSISTANT | MAPLEWOOD | 08/2013 - 12/2015", 50),
            ],
            [("MERCY RIDGE", "NURSE, ONCOLOGY", "2019-06"), ("MAPLEWOOD", "ASSISTANT", "2013-08")],
        ),
        ([("Tern Island: Trail Guide\t2017 - 2020", 50)], [("Tern Island", "Trail Guide", "2017")]),
        # One cell with firm and title, as Korean writes them; a kind of work is no firm.
        ([("2019. 4. ~ 현재\t청솔여객 운전원", 50)], [("청솔여객", "운전원", "2019-04")]),
        ([("2019. 4. ~ 현재\t백엔드 개발자", 50)], [(None, "백엔드 개발자", "2019-04")]),
        (
            [("회사명\t한가람전력\t근무기간\t2017.08 ~ 현재", 50), ("직위\t부장", 50)],
            [("한가람전력", "부장", "2017-08")],
        ),
        # Where dates come first, a label after the work still names who it was for.
        (
            [
                ("Dates\t2019 - 2021", 50),
                ("Occupation or position held\tBookkeeper", 50),
                ("Main activities and responsibilities\tKept the books", 50),
                ("Name and address of employer\tHolm & Sønner", 50),
                ("Dates\t2017 - 2019", 50),
                ("Occupation or position held\tTrainee", 50),
                ("Name and address of employer\tTern Island", 50),
            ],
            [("Holm & Sønner", "Bookkeeper", "2019"), ("Tern Island", "Trainee", "2017")],
        ),
        # What says how somebody was employed is the title where no other is.
        ([("2023.03 ~ 2024.02\t카페 모퉁이 | 아르바이트", 50)], [("카페 모퉁이", "아르바이트", "2023-03")]),
        ([("2023.03 ~ 2024.02\t카페 모퉁이 | 아르바이트 | 바리스타", 50)], [("카페 모퉁이", "바리스타", "2023-03")]),
        # Dates alone in their lines, and all that they date further in.
        (
            [
                ("2021.06 - 현재", 50),
                ("한가람전력, 시설관리, 기사", 70),
                ("설비 점검과 보고", 70),
                ("2019.01 - 2021.05", 50),
                ("도담에듀, 총무, 대리", 70),
            ],
            [("한가람전력", "기사", "2021-06"), ("도담에듀", "대리", "2019-01")],
        ),
        # "Software Engineer" is no software house, and "Pine & Partners LLP" nobody's title.
        (
            [("Senior Software Engineer", 50), ("Pine & Partners LLP", 50), ("2021 to 2025", 50)],
            [("Pine & Partners LLP", "Senior Software Engineer", "2021")],
        ),
    ],
)
def test_jobs_are_what_is_dated_and_nothing_else(
    texts: list[tuple[str, float]], expected: list[tuple[str | None, str | None, str]]
) -> None:
    assert said(texts) == expected


def test_a_table_of_projects_names_no_employer() -> None:
    found = said([("회사명\t한가람전력\t근무기간\t2017.08 ~ 현재", 50), ("기간\t프로젝트명\t역할", 50)])
    assert found == [("한가람전력", None, "2017-08")]
    rows = [("회사명\t세진전설\t근무기간\t2004.11 ~ 2010.02", 50), ("직위\t기사", 50), ("기간\t프로젝트명\t역할", 50)]
    assert said([*rows, ("2006.03 ~ 2008.11\t아파트 공사\t현장 보조", 50)]) == [("세진전설", "기사", "2004-11")]


def test_a_graduate_school_is_named_with_its_university() -> None:
    texts = ["2014.03 - 2016.02\t한빛대학교 대학원 사회학과", "2009.03 - 2014.02\t한빛대학교 사회학과"]
    found = studies(rows_of([line(text, 50, 100 + 20 * place) for place, text in enumerate(texts)]))
    assert [study.institution.text for study in found] == ["한빛대학교 대학원", "한빛대학교"]
