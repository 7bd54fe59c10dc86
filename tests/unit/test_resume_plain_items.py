"""Dates in words, lists behind labels of other forms, and languages as those who speak them call them."""

import pytest
from coordinator.candidates.facts import person
from coordinator.candidates.facts.lists.skills import skills
from coordinator.candidates.facts.lists.tongues import languages
from coordinator.candidates.facts.model import rows_of
from coordinator.candidates.facts.words import is_place
from coordinator.candidates.schemas import Line
from coordinator.candidates.words.dates import periods
from coordinator.candidates.words.labels import field_of


def _line(text: str, y: float) -> Line:
    return Line(text, 50, y, 50 + 5.0 * len(text), y + 12, 10.0, bold=False)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Since October 2018 — Thornwick", ("2018-10", "present")),
        ("seit 09/2021", ("2021-09", "present")),
        ("From the 1st of March 2011 to the 31st of May 2017", ("2011-03", "2017-05")),
        ("Spring 2020 – there still", ("2020", "present")),
        ("2013년 봄부터 2014년 봄까지", ("2013", "2014")),
        ("2018년 7월 1일부터 지금까지", ("2018-07", "present")),
        ("'19.03. ~ '22.02.", ("2019-03", "2022-02")),
        ("'19.03. ~ 현재", ("2019-03", "present")),
    ],
)
def test_spans_of_time_in_words(text: str, said: tuple[str, str]) -> None:
    (found,) = periods(text)
    assert found.last is not None
    assert (found.first.value, found.last.value) == said
    assert text[found.last.start : found.last.end].strip()


@pytest.mark.parametrize(
    ("texts", "said"),
    [
        (
            ("[무대] 큐시트 작성, 콜 진행, 안전 점검", "[빛] grandMA3, QLab"),
            "큐시트 작성|콜 진행|안전 점검|grandMA3|QLab",
        ),
        (("Build — Foam carving, Casting, Welding",), "Foam carving|Casting|Welding"),
        (("calving [very good], butter [good], hoof trimming [fair]",), "calving|butter|hoof trimming"),
        (("한글 (아주 능숙)", "혈당 관리(상)"), "한글|혈당 관리"),
    ],
)
def test_skills_without_their_labels_and_levels(texts: tuple[str, ...], said: str) -> None:
    found = skills(rows_of([_line(text, 14.0 * place) for place, text in enumerate(texts)]))
    assert [span.text for span in found] == said.split("|")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("한국어 (모어), English, 日本語 (주문받을 정도)", ["한국어", "English", "日本語"]),
        ("English and Polish, equally. Spanish, politely.", ["English", "Polish", "Spanish"]),
        ("Português, Castellano, Tiếng Việt", ["Português", "Castellano", "Tiếng Việt"]),
    ],
)
def test_languages_in_their_own_names_and_in_sentences(text: str, said: list[str]) -> None:
    assert [span.text for span in languages(rows_of([_line(text, 0)]), alone=True)] == said


def test_plain_words_head_columns_and_a_county_is_a_place() -> None:
    assert [field_of(text) for text in ("언제", "몸담은 곳", "맡은 자리", "한 일")] == [
        "period",
        "employer",
        "title",
        "duties",
    ]
    assert is_place("Co. Leitrim")
    assert not is_place("Leitrim Co.")


@pytest.mark.parametrize("text", ["프랑스", "임실", "양양군"])
def test_countries_and_counties_are_places(text: str) -> None:
    assert is_place(text)


def _cells(text: str, y: float) -> Line:
    count = text.count("\t") + 1
    return Line(
        text, 50, y, 400, y + 12, 10.0, bold=False, cells=tuple(50.0 + 60 * one for one in range(count)), ruled=True
    )


def test_a_table_of_skills_may_lie_on_its_side() -> None:
    rows = rows_of([_cells("프로그램\tExcel\t한글\tR", 50), _cells("수준\t상\t중\t상", 64)])
    assert [span.text for span in skills(rows)] == ["Excel", "한글", "R"]
    upright = rows_of([_cells("Excel\t상\t한글\t중", 50), _cells("R\t상\tSPSS\t중", 64)])
    assert "Excel" in [span.text for span in skills(upright)]


@pytest.mark.parametrize(
    ("texts", "said"),
    [
        (("남궁현우 남, 1991년 (34세)", "010-0000-7730"), "남궁현우"),
        (("표은채 여 1990.03.02", "010-0000-7730"), "표은채"),
        (
            ("Candidate Profile Export", "Candidate Name\tMarcus T. Delacroix", "Email\tmtd@example.com"),
            "Marcus T. Delacroix",
        ),
    ],
)
def test_names_beside_what_portals_print_with_them(texts: tuple[str, ...], said: str) -> None:
    rows = rows_of([_line(text, 14.0 * place) for place, text in enumerate(texts)])
    found = person.name(rows, rows)
    assert found is not None
    assert found.text == said
