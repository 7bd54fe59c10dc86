"""Several jobs that one line lists."""

import pytest
from coordinator.candidates.schemas import Line
from fakes.told_jobs import told_jobs

HEAD = ("Chef, Hotel Montacute, Bournemouth (October 2015 – November 2017)", "Sauce and fish sections for up to 320.")


def _lines(*texts: str) -> list[Line]:
    return [
        Line(text, 60, 14.0 * place, 60 + 6 * len(text), 14.0 * place + 9, 9, bold=False)
        for place, text in enumerate(texts)
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Earlier: Kitchen Porter at Ship Inn (2010 – 2011); Waiter at Red Lion (2008 – 2010).",
        "Previous roles: Kitchen Porter, Ship Inn, 2010 – 2011; Waiter, Red Lion, 2008 – 2010",
        "2010 – 2011 Kitchen Porter, Ship Inn; 2008 – 2010 Waiter, Red Lion",
    ],
)
def test_a_line_may_list_several_jobs(text: str) -> None:
    assert told_jobs(_lines(*HEAD, text))[1:] == [
        ("Ship Inn", "Kitchen Porter", "2010", "2011"),
        ("Red Lion", "Waiter", "2008", "2010"),
    ]


def test_a_korean_line_may_list_several_jobs() -> None:
    text = "이전 경력: 태산의료기(주) 차장 (2012.02 ~ 2016.01); (주)메디온코리아 과장 (2009.05 ~ 2012.01)"
    assert told_jobs(_lines("㈜한결정밀 2016.03 ~ 2020.02 대리", text)) == [
        ("㈜한결정밀", "대리", "2016-03", "2020-02"),
        ("태산의료기(주)", "차장", "2012-02", "2016-01"),
        ("(주)메디온코리아", "과장", "2009-05", "2012-01"),
    ]


def test_what_was_done_in_one_job_is_not_listed() -> None:
    said = told_jobs(_lines("Nurse, Tern Care Ltd, 2016 – 2020", "Led the ward; trained nurses in 2018; wrote audits."))
    assert said == [("Tern Care Ltd", "Nurse", "2016", "2020")]
