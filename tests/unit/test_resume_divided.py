"""What divides firm, title and dates in lines of careers."""

import pytest
from coordinator.candidates.schemas import Line
from fakes.told_jobs import told_jobs


def _lines(*texts: str) -> list[Line]:
    return [
        Line(text, 60, 14.0 * place, 60 + 5 * len(text), 14.0 * place + 10, 10, bold=False)
        for place, text in enumerate(texts)
    ]


@pytest.mark.parametrize(
    "texts",
    [
        ("한들(주) → 과장 → 2020.03 ~ 현재", "모아핏 → 대리 → 2015.01 ~ 2020.02"),
        ("2020.03 ~ 현재 : 한들(주)에서 과장으로 근무", "2015.01 ~ 2020.02 : 모아핏에서 대리로 근무"),
        (
            "▶ 한들(주) 2020.03 ~ 현재",
            "직급: 과장",
            "업무: 품질관리",
            "▶ 모아핏 2015.01 ~ 2020.02",
            "직급: 대리",
            "업무: 생산관리",
        ),
        ("2020년 3월부터 현재까지", "한들(주) 과장", "2015년 1월부터 2020년 2월까지", "모아핏 대리"),
    ],
)
def test_arrows_particles_and_marks_divide_lines(texts: tuple[str, ...]) -> None:
    assert told_jobs(_lines(*texts)) == [
        ("한들(주)", "과장", "2020-03", "present"),
        ("모아핏", "대리", "2015-01", "2020-02"),
    ]


def test_an_item_of_a_member_since_some_year_is_no_job() -> None:
    assert told_jobs(_lines("• Member of the guild since 2021", "• Speaker for the guild since 2020")) == []
