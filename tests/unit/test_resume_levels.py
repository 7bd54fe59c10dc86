"""Firms in one print above positions in another, and jobs that an overview and the detail tell."""

import pytest
from coordinator.candidates.facts.employments.finding import jobs
from coordinator.candidates.facts.employments.levels import in_two_prints
from coordinator.candidates.facts.employments.once import told_once
from coordinator.candidates.facts.lists.skills import skills
from coordinator.candidates.facts.model import rows_of
from coordinator.candidates.page.tables import with_tables
from coordinator.candidates.schemas import Line


def _rows(*lines: tuple[str, float]):
    """Lines as text and size; the larger ones are bold."""
    return rows_of(
        [
            Line(text, 60, 14.0 * place, 260, 14.0 * place + 10, size, size > 10, 0)
            for place, (text, size) in enumerate(lines)
        ]
    )


def _told(found):
    return [
        (
            job.employer and job.employer.text,
            job.title and job.title.text,
            job.first and job.first.point.value,
            job.last and job.last.point.value,
        )
        for job in found
    ]


@pytest.mark.parametrize("whole", ["2018.03 - 2022.07 (출판 전문 주간지)", "2018.03 ~ 2022.07"])
def test_print_says_who_employs_whatever_the_words_say(whole):
    rows = _rows(
        ("편집장", 12),
        (whole, 9),
        ("취재팀장", 10),
        ("2020.01 - 2022.07", 9),
        ("• 기획 연재", 9),
        ("기자", 10),
        ("2018.03 - 2019.12", 9),
        ("돌베개와 나", 12),
        ("2014.02 - 2018.01 (인문 출판사)", 9),
        ("대리", 10),
        ("• 『느린 지도』 편집", 9),
    )
    assert _told(jobs(rows)) == [
        ("편집장", "취재팀장", "2020-01", "2022-07"),
        ("편집장", "기자", "2018-03", "2019-12"),
        ("돌베개와 나", "대리", "2014-02", "2018-01"),
    ]


@pytest.mark.parametrize("dates", ["{}\t{}", "{1}\t{0}", "{} | {}", "{} ({})"])
def test_dates_stand_with_firm_or_position(dates):
    rows = _rows(
        (dates.format("The Night Porter", "May 2014 - August 2021"), 12),
        (dates.format("Operations Director", "April 2017 - August 2021"), 10),
        ("• Opened eleven hotels.", 9),
        (dates.format("Regional Manager", "May 2014 - March 2017"), 10),
        (dates.format("Kettle", "July 2004 - January 2009"), 12),
        ("Duty Manager", 10),
        ("• Started as weekend help.", 9),
    )
    assert _told(jobs(rows)) == [
        ("The Night Porter", "Operations Director", "2017-04", "2021-08"),
        ("The Night Porter", "Regional Manager", "2014-05", "2017-03"),
        ("Kettle", "Duty Manager", "2004-07", "2009-01"),
    ]


@pytest.mark.parametrize(
    ("below", "after"),
    [
        (("Kiln hand", 10), ("Second kiln, 2016.01 - 2016.05", 9)),
        (("Kiln hand", 10), ("Packer, Jan 2024 - Mar 2024", 10)),
        (("A pottery on the river", 10), ("In the old mill", 10)),
    ],
)
def test_other_dates_and_lines_without_titles_are_left_to_other_rules(below, after):
    rows = _rows(("Greyfriars", 12), ("2012.02 - 2018.01", 9), below, after)
    assert in_two_prints(rows) == []


def test_places_in_a_print_of_their_own_employ_nobody():
    rows = _rows(
        ("2019 - 2021, Munich", 12), ("Fitter", 10), ("Solaris GmbH", 9), ("2016 - 2018, Trento", 12), ("Fitter", 10)
    )
    assert in_two_prints(rows) == []


def _overview(*lines: str):
    return jobs(_rows(("Years\tOrganisation\tRole", 9), *((line, 9) for line in lines)))


def test_an_overview_tells_nothing_that_the_detail_tells_finer():
    overview = _overview(
        "2014 - 2021\tThe Night Porter\tDirector", "2004 - 2009\tKettle\tManager", "2001 - 2003\tOwl\tCook"
    )
    detail = jobs(
        _rows(
            ("The Night Porter (hotel group, owned by Calder)", 12),
            ("Director | April 2017 - August 2021", 10),
            ("Regional Manager | May 2014 - March 2017", 10),
            ("Kettle (tea rooms)", 12),
            ("Duty Manager | July 2004 - January 2009", 10),
        )
    )
    assert _told(told_once([overview, detail])) == [
        ("Owl", "Cook", "2001", "2003"),
        ("The Night Porter", "Director", "2017-04", "2021-08"),
        ("The Night Porter", "Regional Manager", "2014-05", "2017-03"),
        ("Kettle", "Duty Manager", "2004-07", "2009-01"),
    ]


def test_what_both_tell_alike_is_told_once():
    overview = _overview("2010.01 - 2014.08\t여름\t경영지원실장")
    again = _overview("2010.01 - 2014.08\t여름\t경영지원실장")
    assert _told(told_once([overview, again])) == [("여름", "경영지원실장", "2010-01", "2014-08")]


def test_strokes_below_headings_make_no_table_of_what_stands_between():
    def line(text: str, x: float, y: float, *, head: bool = False):
        return Line(text, x, y, x + 5.0 * len(text), y + 10, 10, head, 0)

    page = [
        line("EDUCATION", 60, 51, head=True),
        line("Cranfield School", 60, 69),
        line("2016", 500, 69),
        line("IN THE HILLS", 60, 90, head=True),
        line("Bell-ringing", 60, 108),
        line("PEOPLE", 60, 126, head=True),
    ]
    rules = [(60.0, y, 535.0, y) for y in (62.0, 101.0, 137.0)]
    assert with_tables(page, rules, lambda one: one.text == "EDUCATION") == sorted(
        page, key=lambda one: (one.y0, one.x0)
    )


def test_a_skill_that_a_hyphen_divides_is_one():
    rows = _rows(("Lease negotiation • Food safety gover\xad", 9), ("nance • Labour scheduling", 9))
    assert [span.text.replace("\xad ", "") for span in skills(rows)] == [
        "Lease negotiation",
        "Food safety governance",
        "Labour scheduling",
    ]
