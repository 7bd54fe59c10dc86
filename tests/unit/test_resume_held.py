"""Positions below the firm they were all held at, and schools that employ."""

import pytest
from coordinator.candidates.facts.employments.finding import jobs
from coordinator.candidates.facts.employments.held import held_below_firms
from coordinator.candidates.facts.model import rows_of
from coordinator.candidates.facts.rows.name_parts import without_town
from coordinator.candidates.schemas import Line


def _rows(*lines: tuple[str, float, float]):
    """Lines as text, left edge and size; the larger ones are bold."""
    return rows_of(
        [
            Line(text, x, 14.0 * place, x + 200, 14.0 * place + 10, size, size > 10, 0)
            for place, (text, x, size) in enumerate(lines)
        ]
    )


def _told(rows):
    return [
        (job.employer and job.employer.text, job.title and job.title.text, job.first and job.first.point.value)
        for job in jobs(rows)
    ]


def test_positions_below_a_firm_are_held_there():
    rows = _rows(
        ("Brightwell Advisory Group", 60, 11),
        ("Full-time · 6 yrs 5 mos", 60, 9),
        ("Jersey City, New Jersey, United States · Hybrid", 60, 9),
        ("Principal Consultant", 74, 10),
        ("Jan 2022 - Present · 3 yrs 4 mos", 74, 9),
        ("Responsible for the insurance practice.", 74, 9),
        ("Senior Consultant", 74, 10),
        ("Dec 2018 - Dec 2021 · 3 yrs 1 mo", 74, 9),
        ("Vasudha Infotech", 60, 11),
        ("Chennai, India", 60, 9),
        ("Analyst", 74, 10),
        ("Jan 2009 - Sep 2010 · 1 yr 9 mos", 74, 9),
    )
    assert _told(rows) == [
        ("Brightwell Advisory Group", "Principal Consultant", "2022-01"),
        ("Brightwell Advisory Group", "Senior Consultant", "2018-12"),
        ("Vasudha Infotech", "Analyst", "2009-01"),
    ]


@pytest.mark.parametrize("row", ["{title} | {dates}", "{dates} | {title}", "{title} ({dates})", "{title}\t{dates}"])
def test_positions_may_be_dated_in_their_line(row):
    rows = _rows(
        ("스튜디오 물결무늬", 60, 11),
        ("서울 마포구", 60, 9),
        (row.format(title="디자인 팀장", dates="2022.06 ~ 현재"), 60, 9),
        (row.format(title="디자이너", dates="2019.08 ~ 2022.05"), 60, 9),
        ("레드브릭", 60, 11),
        ("서울 강남구", 60, 9),
        (row.format(title="디자이너", dates="2013.07 ~ 2019.07"), 60, 9),
    )
    assert [employer for employer, _, _ in _told(rows)] == ["스튜디오 물결무늬", "스튜디오 물결무늬", "레드브릭"]


@pytest.mark.parametrize(
    "within",
    [
        ("Sous Chef | Feb 2020 to Mar 2021",),
        ("Kokkeri Nord, Aarhus, Denmark", "Chef | Feb 2013 to Mar 2014"),
    ],
)
def test_what_was_done_within_a_position_and_another_firm_are_no_positions(within):
    rows = _rows(
        ("The Salt Loft", 60, 11),
        ("Head Chef | Mar 2018 to Jun 2022", 60, 9),
        *((text, 60, 9) for text in within),
        ("Osteria Bruna", 60, 11),
        ("Chef | Oct 2015 to Apr 2016", 60, 9),
    )
    assert held_below_firms(rows) == []


def test_a_school_with_positions_employs():
    head = "From\tTo\tSchool / Organisation\tPosition held"
    lines = [head, "09/2017\t08/2019\tScoil Mhuire, Tuam, Co. Galway\tTeacher"]
    rows = rows_of([Line(text, 57, 20 * place, 500, 20 * place + 9, 9, False, 0) for place, text in enumerate(lines)])
    assert _told(rows) == [("Scoil Mhuire", "Teacher", "2017-09")]


@pytest.mark.parametrize(
    ("text", "firm"),
    [
        ("Coláiste Naomh, Oranmore, Co. Galway", "Coláiste Naomh"),
        ("Acme, Texas", "Acme"),
        ("Acme, Inc., Texas", "Acme, Inc."),
        ("Smith, Jones and Sons", "Smith, Jones and Sons"),
    ],
)
def test_a_firm_is_named_without_its_town(text, firm):
    assert without_town(text) == firm


def test_below_a_firm_positions_may_say_where_in_the_house() -> None:
    rows = _rows(
        ("Northgate Hospital", 60, 11),
        ("400 beds in Leeds", 60, 9),
        ("Ward Sister, Cardiology (2019 – present)", 74, 9),
        ("Staff Nurse, Medicine (2015 – 2019)", 74, 9),
        ("Rowan Care Home", 60, 11),
        ("Nurse (2012 – 2015)", 74, 9),
    )
    assert [employer for employer, _, _ in _told(rows)] == [
        "Northgate Hospital",
        "Northgate Hospital",
        "Rowan Care Home",
    ]
