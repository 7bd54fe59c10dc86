"""Resumes in words of their own: headings few lists have, labels in plain words, lists of one thing a line."""

import pytest
from coordinator.candidates.facts.employments.finding import jobs
from coordinator.candidates.facts.joined import without_labels
from coordinator.candidates.facts.kinds import by_content
from coordinator.candidates.facts.lists.permits import certificates
from coordinator.candidates.facts.lists.skills import skills
from coordinator.candidates.facts.model import Row, rows_of
from coordinator.candidates.headings.finding import Headings
from coordinator.candidates.headings.halves import with_whole_headings
from coordinator.candidates.headings.sections import Part
from coordinator.candidates.page.row_lines import rows_across
from coordinator.candidates.schemas import Line, SectionKind
from coordinator.candidates.words.dates import is_present, points
from coordinator.candidates.words.letters import spaced_out

GOLD = 0xC08010


def _rows(texts: list[str]) -> list[Row]:
    lines = [Line(text, 50, 50.0 + 16 * place, 300, 62.0 + 16 * place, 10, False) for place, text in enumerate(texts)]
    return rows_of(lines)


def _page(texts: list[str], heads: list[str], color: int = GOLD) -> list[Line]:
    return [
        Line(text, 50, 50.0 + 24 * place, 300, 60.0 + 24 * place, 10, text in heads, color if text in heads else 0)
        for place, text in enumerate(texts)
    ]


@pytest.mark.parametrize("color", [GOLD, 0])
def test_lines_in_capitals_open_sections_though_few_are_usual_headings(color: int) -> None:
    heads = ["HI THERE", "THE ROAD SO FAR", "WHAT I'M GOOD AT", "WON & SHORTLISTED"]
    texts = [text for head in heads for text in (head, "Something that is told at some length.", "And more of it.")]
    lines = _page(texts, heads, color)
    looks = Headings.of([lines])
    kinds = {line.text: looks.kind(line, []) for line in lines if line.text in heads}
    assert list(kinds.values()) == ["summary", "experience", "skills", "awards"]


def test_employers_in_capitals_open_no_sections() -> None:
    heads = ["CAREER PARTNERS", "WORK", "HARBOUR CAREERS", "STERN & CO"]
    texts = [text for head in heads for text in (head, "Clerk, 2015 - 2019", "Filed what came in.")]
    lines = _page(texts, heads)
    looks = Headings.of([lines])
    assert [looks.kind(line, []) for line in lines if line.text == "STERN & CO"] == [None]


def test_an_apostrophe_is_no_word_of_its_own_where_letters_are_set_apart() -> None:
    assert spaced_out("W H AT I ' M G O O D AT")


def test_labels_in_plain_words_say_who_as_what_and_from_when_to_when() -> None:
    rows = _rows(
        [
            "Worked for:\tSabine Pass Fabricators",
            "As:\tLead Pipe Welder",
            "From:\tApril of 2019",
            "Until:\tstill there",
            "Worked for:\tGulfway Turnaround Services",
            "As:\tCombo Welder",
            "From:\tJanuary of 2015",
            "Until:\tMarch of 2019",
        ]
    )
    found = jobs(rows)
    assert [(job.employer.text, job.title.text) for job in found if job.employer and job.title] == [
        ("Sabine Pass Fabricators", "Lead Pipe Welder"),
        ("Gulfway Turnaround Services", "Combo Welder"),
    ]
    assert [(job.first.point.value, job.last.point.value) for job in found if job.first and job.last] == [
        ("2019-04", "present"),
        ("2015-01", "2019-03"),
    ]


def test_a_month_of_a_year_is_a_date_and_still_there_is_now() -> None:
    assert [point.value for point in points("since April of 2019")] == ["2019-04"]
    assert is_present("still there")


def test_a_list_of_one_a_line_keeps_strokes_and_brackets() -> None:
    rows = _rows(
        ["• TIG / GTAW", "• Stick / SMAW", "• Flux core", "• Pipe fitting", "• Epic (Beacon, Stork)", "• Rigging"]
    )
    assert [f"• {span.text}" for span in skills(rows)] == [row.text for row in rows]
    packages = _rows(["- Fortran", "- Python (xarray, dask)", "- Data assimilation", "- Scientific writing"])
    assert "xarray" in [span.text for span in skills(packages)]
    listed = _rows(["Word / Excel", "SAP, Oracle"])
    assert [span.text for span in skills(listed)] == ["Word", "Excel", "SAP", "Oracle"]


@pytest.mark.parametrize(
    ("texts", "kind"),
    [
        (["OSHA 30", "TWIC card, good through May of 2028", "ASME Section IX 6G"], "certificates"),
        (["Boats of the estuary, Journal of Rivers, 2019", "Tides, Waters, 2021"], "publications"),
    ],
)
def test_papers_are_permits_where_their_rows_say_so(texts: list[str], kind: SectionKind) -> None:
    rows = _rows(texts)
    assert [part.kind for part in by_content([Part("publications", "PAPERS", 0, len(rows))], rows)] == [kind]


def test_a_row_that_says_its_kind_first_names_what_follows() -> None:
    rows = _rows(
        ["2017.02\t자격증 | 사회복지사 1급 | 한국산업인력공단", "2016.05\t자격증 | 워드프로세서 | 대한상공회의소"]
    )
    assert [span.text for span in certificates(without_labels(rows))] == ["사회복지사 1급", "워드프로세서"]


@pytest.mark.parametrize("said", ["경력\t총 7년 4개월", "학력\t대학교(4년) 졸업"])
def test_a_heading_with_its_sum_behind_it_is_whole_where_headings_are_so_printed(said: str) -> None:
    line = Line(said, 50, 50, 200, 62, 12, True)
    other = Line("스킬", 50, 150, 200, 162, 12, True)
    assert with_whole_headings([[line, other]])[0][0].text == said.replace("\t", " ")
    assert with_whole_headings([[line]])[0][0].text == said


def test_a_row_that_gives_up_its_heading_keeps_breaks_within_its_text() -> None:
    row = Line("스킬\t가 나 다", 50, 50, 300, 62, 10, True, 0, (3, 5), (50.0, 120.0), ruled=True, table=1)
    read = rows_across([row], lambda line: line.text == "스킬")
    assert [(line.text, line.breaks) for line in read] == [("스킬", ()), ("가 나 다", (2,))]
