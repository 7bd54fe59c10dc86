"""What print alone says in a resume: frames, grounds, letters set apart, headings in a margin, what is said again."""

from typing import Any

import pymupdf
import pytest
from coordinator.candidates import pdf_reader
from coordinator.candidates.headings.known import known_kind
from coordinator.candidates.page.order import Page
from coordinator.candidates.page.tables import with_tables
from coordinator.candidates.printed.characters import Stops, parted
from coordinator.candidates.schemas import Line
from coordinator.candidates.understanding import ReadResume, understood
from coordinator.candidates.words.letters import spaced_out


def line(text: str, x: float, y: float, *, size: float = 10.0, bold: bool = False) -> Line:
    return Line(text, x, y, x + len(text) * size / 2, y + size * 1.2, size, bold)


def read(*pages: list[Line]) -> ReadResume:
    return understood([Page(800, lines, []) for lines in pages], "en")


def stated(found: ReadResume, kind: str, field: str) -> list[str]:
    return [fact.value for fact in found.facts if (fact.kind, fact.field) == (kind, field)]


@pytest.mark.parametrize(
    ("heading", "kind"),
    [
        ("경력 총 11년 9개월", "experience"),
        ("경력사항 3건", "experience"),
        ("Work Experience – 7 years", "experience"),
        ("자격·면허", "certificates"),
        ("I speak", "languages"),
        ("인턴·아르바이트", "experience"),
        ("교내 프로젝트", "projects"),
        ("연구 업적", "publications"),
        ("한눈에 보기", "summary"),
        ("Passions", "activities"),
        ("Most proud of", "awards"),
    ],
)
def test_how_long_or_how_many_stands_after_a_heading(heading: str, kind: str) -> None:
    assert known_kind(heading) == kind


def test_a_frame_with_a_heading_in_it_is_no_cell_and_a_label_of_two_lines_is() -> None:
    sides = [(10.0, 10.0, 10.0, 90.0), (110.0, 10.0, 110.0, 90.0), (390.0, 10.0, 390.0, 90.0)]
    rules = [*sides, (10.0, 10.0, 390.0, 10.0), (10.0, 50.0, 390.0, 50.0), (10.0, 90.0, 390.0, 90.0)]
    right = [line("Python, SQL", 120, 20), line("Leeds", 120, 60)]
    told = [line("SKILLS", 15, 15, bold=True), line("Of every kind and many more", 15, 30), line("Town", 15, 60)]

    def heads(one: Line) -> bool:
        return one.bold

    assert "SKILLS" in [one.text for one in with_tables([*told, *right], rules, heads)]
    labels = [line("Skills", 15, 15, bold=True), line("known", 15, 30), line("Town", 15, 60)]
    assert with_tables([*labels, *right], rules, heads)[0].text == "Skills known\tPython, SQL"


def test_rows_whose_upright_strokes_end_together_are_rows_without_a_level_stroke() -> None:
    tops = (10.0, 30.0, 60.0, 80.0)
    head = [(10.0, 10.0, 390.0, 10.0), (10.0, 30.0, 390.0, 30.0), (10.0, 80.0, 390.0, 80.0)]
    rows = list(zip(tops, tops[1:], strict=False))
    pieces = [(x, y0, x, y1) for y0, y1 in rows for x in (10.0, 110.0, 390.0)]
    told = [line("Dates", 15, 15), line("Employer", 120, 15), line("2021", 15, 40), line("Tern", 120, 33)]
    told += [line("Island", 120, 47), line("2019", 15, 65), line("Kin", 120, 65)]
    texts = [one.text for one in with_tables(told, [*head, *pieces])]
    assert texts == ["Dates\tEmployer", "2021\tTern Island", "2019\tKin"]
    # One stroke from top to bottom says nothing of rows.
    whole = [(x, 10.0, x, 80.0) for x in (10.0, 110.0, 390.0)]
    assert len(with_tables(told, [*head, *whole])) == 2
    # Beside a level stroke the cell that it leaves out is one over both rows.
    merged = [*head, *pieces, (110.0, 60.0, 390.0, 60.0)]
    assert [one.text for one in with_tables(told, merged)][1:] == ["2021 2019", "Tern Island", "Kin"]


def test_the_edges_of_the_paper_are_no_strokes() -> None:
    library: Any = pymupdf
    page = (document := library.open()).new_page(width=600, height=800)
    page.draw_rect(library.Rect(0, 0, 600, 800), color=(0.9, 0.9, 0.9))
    page.draw_rect(library.Rect(0, 0, 200, 800), color=(0.9, 0.9, 0.9))
    page.draw_line((50, 300), (150, 300))
    page.insert_text((50, 60), "Lena Fischer, engineer at Harbour Bank")
    assert pdf_reader.read(document.tobytes(), 5)["pages"][0]["rules"] == [[50.0, 300.0, 150.0, 300.0]]


def test_letters_set_apart_are_words_where_a_font_draws_pairs_together() -> None:
    assert spaced_out("C A R E E R PAT H")
    assert spaced_out("E D U C AT I O N")
    assert not spaced_out("A TO Z OF IT")
    assert not spaced_out("GRADE A AND B")


@pytest.mark.parametrize(("gap", "parts"), [(0.0, 1), (1.0, 1), (5.0, 2)])
def test_print_that_changes_after_white_space_ends_a_part_without_a_blank(gap: float, parts: int) -> None:
    spans, x = [], 50.0
    for text, color in (("라뷰헤어광교점", 0), ("2022.01", 0x777777)):
        characters = [{"c": c, "bbox": (x + 5 * i, 0, x + 5 * (i + 1), 12)} for i, c in enumerate(text)]
        box = (x, 0, x + 5 * len(text), 12)
        spans.append({"chars": characters, "size": 10.0, "font": "Sans", "color": color, "flags": 0, "bbox": box})
        x = box[2] + gap
    printed = {"spans": spans, "bbox": (50.0, 0, x, 12)}
    assert len(parted(printed, Stops.of([printed]))) == parts


def test_headings_of_a_margin_are_known_by_where_they_stand() -> None:
    said = [
        ("Work", ["Florist at Quillfeather", "Mar 2021 – Present"]),
        ("Study", ["Diploma in Botany, Harlow College (2014)"]),
        ("Tickets & licences", ["Class C Driving Licence – 2019", "First Aid – 2020"]),
        ("Can also", ["Route planning, Welding, Copywriting"]),
    ]
    lines, y = [line("Aroha Ngata", 40, 40, size=20, bold=True), line("aroha@example.test", 40, 70)], 100.0
    for heading, rows in said:
        lines.append(line(heading, 40, y, bold=True))
        lines += [line(text, 160, y + 14 * place) for place, text in enumerate(rows)]
        y += 14 * len(rows) + 12
    found = read(lines)
    assert {"experience", "education", "certificates", "skills"} <= {part.kind for part in found.sections}
    assert stated(found, "skill", "name") == ["Route planning", "Welding", "Copywriting"]


def test_cards_in_a_grid_belong_to_the_heading_above_them() -> None:
    lines = [line("Imogen Radcliffe", 40, 40, size=20, bold=True)]
    cards = [("Jobs", [("Florist", "Mar 2021 – Present"), ("Baker", "Jan 2018 – Feb 2021")])]
    cards += [("Projects", [("Garden", "May 2019 – Jun 2020"), ("Oven", "May 2016 – Jun 2017")])]
    for place, (heading, both) in enumerate(cards):
        y = 80.0 + 100 * place
        lines.append(line(heading, 40, y, size=14, bold=True))
        for x, (name, when) in zip((40, 300), both, strict=True):
            lines += [line(name, x, y + 24, bold=True), line(f"{name} House Ltd", x, y + 38), line(when, x, y + 52)]
    found = read(lines)
    assert stated(found, "employment", "employer") == ["Florist House Ltd", "Baker House Ltd"]


def test_the_name_again_and_the_number_on_the_next_page_are_left_out() -> None:
    first = [line("Isolde Marchetti", 40, 40, size=20, bold=True), line("Certifications", 40, 80, size=14, bold=True)]
    first.append(line("Fear Free Professional, 2021", 40, 100))
    second = [line("I. Marchetti", 400, 30, size=9), line("2", 520, 30, size=9), line("Board Diplomate, 2022", 40, 90)]
    found = read(first, second)
    assert stated(found, "certificate", "name") == ["Fear Free Professional", "Board Diplomate"]


def test_who_issued_a_certificate_is_none() -> None:
    lines = [line("Isolde Marchetti", 40, 40, size=20, bold=True), line("Certifications", 40, 80, size=14, bold=True)]
    for place, name in enumerate(("First Aid", "Forklift Licence")):
        lines += [line(name, 40, 104 + 30 * place, bold=True), line("Red Cross, 2021", 40, 118 + 30 * place)]
    assert stated(read(lines), "certificate", "name") == ["First Aid", "Forklift Licence"]


def test_a_column_of_dates_is_one_by_its_label_alone() -> None:
    rows = [("취득", "자격증", "발급"), ("2021.10", "물류관리사", "산업인력공단"), ("2019.03", "기사", "상공회의소")]
    cells = [line(text, 50 + 150 * n, 80 + 20 * y) for y, row in enumerate(rows) for n, text in enumerate(row)]
    found = read([line("자격증", 50, 60, size=14, bold=True), *cells])
    assert stated(found, "certificate", "name") == ["물류관리사", "기사"]
