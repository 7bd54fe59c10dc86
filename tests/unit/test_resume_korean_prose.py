"""Employments told in sentences: Korean ones alone, and those beside jobs with heads."""

import pytest
from coordinator.candidates.facts.employments.finding import jobs
from coordinator.candidates.facts.employments.korean_prose import in_korean_prose, is_prose
from coordinator.candidates.facts.entries.tabled import Entry
from coordinator.candidates.facts.model import Row, rows_of
from coordinator.candidates.facts.person import name
from coordinator.candidates.schemas import Line


def _rows(*texts: str, right: float = 500.0) -> list[Row]:
    return rows_of(
        [Line(text, 50, 50 + 15 * place, right, 60 + 15 * place, 10, False, 0) for place, text in enumerate(texts)]
    )


def _told(entry: Entry) -> tuple[str, ...]:
    dates = [dated.point.value for dated in (entry.first, entry.last) if dated]
    return (*(part.text for part in entry.parts), *dates)


@pytest.mark.parametrize(
    ("texts", "known"),
    [
        (
            (
                "첫 직장은 전주예담병원이었습니다. 1998년 3월부터 2003년 8월까지 영양실에서 조리원으로 일",
                "하며 환자식을 맡았습니다.",
            ),
            ("전주예담병원", "조리원", "1998-03", "2003-08"),
        ),
        (
            (
                "2007년 3월에 덕진초등학교 급식실 조리실무사로 다시 일을 시작하여 2015년 2월에 그만두었습",
                "니다. 8년 동안 사고가 없었습니다.",
            ),
            ("덕진초등학교", "조리실무사", "2007-03", "2015-02"),
        ),
        (
            ("2010년 3월 (주)한국전자에 프로그래머로 입사하여 2015년 2월까지 근무했습니다.", "많이 배웠습니다."),
            ("(주)한국전자", "프로그래머", "2010-03", "2015-02"),
        ),
        (
            ("그 뒤 한결정밀 품질팀에서 2016년 9월부터 2020년 3월까지 대리로 일했습니다.", "많이 배웠습니다."),
            ("한결정밀", "대리", "2016-09", "2020-03"),
        ),
        (
            ("2020년 2월부터 전주시니어클럽에서 조리팀장으로 일하고 있습니다.", "보람이 컸습니다."),
            ("전주시니어클럽", "조리팀장", "2020-02", "present"),
        ),
        (
            ("2015년 4월부터 2019년 12월까지는 (주)푸른들푸드에서 조리사로 일했습니다.", "많이 배웠습니다."),
            ("(주)푸른들푸드", "조리사", "2015-04", "2019-12"),
        ),
    ],
)
def test_korean_sentences_tell_an_employment(texts: tuple[str, ...], known: tuple[str, ...]) -> None:
    rows = _rows(*texts)
    assert is_prose(rows)
    assert [_told(entry) for entry in in_korean_prose(rows)] == [known]


@pytest.mark.parametrize(
    "text",
    [
        "2003년 9월부터 2007년 2월까지는 집에 있었습니다.",
        "2013년 3월에 표창을 받고 2015년 2월에 상을 받았습니다.",
        "2013년 3월에 공부를 시작했습니다.",
    ],
)
def test_other_times_in_korean_sentences_are_none(text: str) -> None:
    assert in_korean_prose(_rows(text, "많이 배웠습니다.")) == []


def test_sentences_tell_of_times_that_no_head_says() -> None:
    rows = _rows(
        "Sous Chef, Gilded Heron, Bath (December 2017 – to date)",
        "Chef de Partie, Hotel Montacute, Bournemouth (October 2015 – November 2017)",
        "Sauce section. I was deputy at Tern Bank from May 2016 to June 2016.",
        "Demi Chef, Hotel Montacute, Bournemouth (July 2013 – October 2015)",
        "Larder and pastry.",
        "Earlier. I started as Commis Chef at Marlowe's Brasserie in Bristol, where I stayed from September 2011 until",
        "June 2013. Before that I was Kitchen Porter at the Ship Inn, Clevedon, from May 2010 to August 2011.",
    )
    assert [job.employer and job.employer.text for job in jobs(rows)] == [
        "Gilded Heron",
        "Hotel Montacute",
        "Hotel Montacute",
        "Marlowe's Brasserie",
        "Ship Inn",
    ]


@pytest.mark.parametrize("aside", ["agency", "한국물환경기술원에서 파견"])
def test_brackets_that_say_how_somebody_was_employed_are_no_part_of_the_firm(aside: str) -> None:
    rows = _rows(f"Tern Care Ltd ({aside})\tOct 2020 – Jul 2022", "Nurse")
    assert [job.employer and job.employer.text for job in jobs(rows)] == ["Tern Care Ltd"]


def test_mine_is_no_name() -> None:
    rows = _rows("나의 이력", "방순자 · 1971년생 · 010-0000-2295")
    found = name(rows, rows)
    assert found is not None
    assert found.text == "방순자"
