"""Entries whose first and last date stand apart."""

import pytest
from coordinator.candidates.facts.employments.finding import jobs
from coordinator.candidates.facts.model import rows_of
from coordinator.candidates.schemas import Line


def _jobs(*texts: str) -> list[tuple[str, str, str, str]]:
    lines = [
        Line(text.lstrip(), 50.0, 100.0 + 14 * place, 300.0, 110.0 + 14 * place, 10.0, False)
        for place, text in enumerate(texts)
    ]
    return [
        (
            job.employer.text if job.employer else "",
            job.title.text if job.title else "",
            job.first.point.value if job.first else "",
            job.last.point.value if job.last else "",
        )
        for job in jobs(rows_of(lines))
    ]


@pytest.mark.parametrize(
    "rows",
    [
        ("employer: Brightwater", "role: Program Manager", "from: 2021-03", "to: present"),
        ("Program Manager with Brightwater", "Started March 2021, still there"),
        ("2.1 Brightwater", "2.1.1 Program Manager, March 2021 to present"),
    ],
)
def test_a_beginning_and_an_end_said_apart_are_one_span(rows: tuple[str, ...]) -> None:
    other = tuple(
        row.replace("Brightwater", "Open Door")
        .replace("Program Manager", "Grants Writer")
        .replace("2.1", "2.2")
        .replace("March 2021", "May 2017")
        .replace("2021-03", "2017-05")
        .replace("still there", "left June 2019")
        .replace("present", "June 2019")
        for row in rows
    )
    found = _jobs(*rows, *other)
    assert [one[2:] for one in found] == [("2021-03", "present"), ("2017-05", "2019-06")]
    if "with" not in rows[0]:
        assert [one[:2] for one in found] == [("Brightwater", "Program Manager"), ("Open Door", "Grants Writer")]


def test_a_lone_date_ends_nothing() -> None:
    assert _jobs("Brightwater", "Program Manager", "Started March 2021") == []
