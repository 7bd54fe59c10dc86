"""What stands where in a resume: gaps, bullets, columns, entries, and names with letters after them."""

from typing import Any

import pytest
from coordinator.candidates.broken_lines import whole
from coordinator.candidates.characters import Stops, clean, of_span, parted
from coordinator.candidates.facts.employment import jobs
from coordinator.candidates.facts.model import rows_of
from coordinator.candidates.layout import Page
from coordinator.candidates.schemas import Line
from coordinator.candidates.understanding import ReadResume, understood

SIZE = 10.0
WIDTH = 5.0


def line(text: str, x: float, y: float, *, size: float = SIZE, bold: bool = False) -> Line:
    return Line(text, x, y, x + len(text) * WIDTH * size / SIZE, y + size * 1.2, size, bold)


def printed(*words: tuple[str, float]) -> dict[str, Any]:
    """A line as the library gives it: each word at its place from the left, a blank between them."""
    characters = []
    for place, (word, x) in enumerate(words):
        if place:
            characters.append({"c": " ", "bbox": (x - 2, 0, x, 12)})
        characters += [{"c": c, "bbox": (x + WIDTH * i, 0, x + WIDTH * (i + 1), 12)} for i, c in enumerate(word)]
    box = (characters[0]["bbox"][0], 0, characters[-1]["bbox"][2], 12)
    return {"spans": [{"chars": characters, "size": SIZE, "font": "Serif", "bbox": box}], "bbox": box}


def words(part: dict[str, Any]) -> str:
    return "".join(one["c"] for span in part["spans"] for one in span["chars"]).strip()


def apart(*page: dict[str, Any]) -> list[list[str]]:
    at = Stops.of(page)
    return [[words(part) for part in parted(one, at)] for one in page]


def test_a_gap_in_one_place_on_three_lines_divides_columns_and_one_alone_does_not() -> None:
    dated = [printed(("2018", 50 + 5 * n), ("Clerk", 78 + 5 * n), ("at", 105 + 5 * n)) for n in range(3)]
    assert all(len(one) == 1 for one in apart(*dated))
    left = [printed(("2018", 72 - 20), ("Clerk", 80), ("at", 107)) for _ in range(3)]
    assert apart(*left) == [["2018", "Clerk at"]] * 3


def test_far_words_are_apart_and_justified_ones_are_not() -> None:
    assert apart(printed(("Figma", 50), ("User", 100), ("tests", 122), ("SQL", 170))) == [
        ["Figma", "User tests", "SQL"]
    ]
    justified = [printed(("pest", 50), ("management", 84), ("plan", 148)) for _ in range(2)]
    assert apart(*justified) == [["pest management plan"]] * 2


def test_letters_of_tex_and_of_fonts_of_marks_are_what_they_draw() -> None:
    assert clean("2019 \x15 2021, \x1crst") == "2019 – 2021, first"
    marks = printed(("G", 10))["spans"][0]
    assert of_span({**marks, "font": "ZapfDingbats"}) == "•"
    assert of_span(marks) == "G"


def test_bullets_and_numbers_of_their_own_go_before_what_they_mark() -> None:
    lines = [line("•", 50, 100), line("Kept the books", 60, 100), line("1", 50, 120), line("First", 62, 120)]
    assert [one.text for one in whole(lines)] == ["• Kept the books", "1", "First"]
    assert [one.text for one in whole([*lines, line("2", 50, 140), line("Second", 62, 140)])][1:] == [
        "1. First",
        "2. Second",
    ]


def test_a_heading_broken_by_a_narrow_column_is_one() -> None:
    lines = [line("Personal", 20, 50, bold=True), line("Statement", 20, 64, bold=True), line("Quiet nurse.", 120, 50)]
    assert [one.text for one in whole(lines)] == ["Personal Statement", "Quiet nurse."]


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
    ],
)
def test_jobs_are_what_is_dated_and_nothing_else(
    texts: list[tuple[str, float]], expected: list[tuple[str | None, str | None, str]]
) -> None:
    assert said(texts) == expected


def read(*lines: Line) -> ReadResume:
    return understood([Page(800.0, list(lines), [])], "en")


def test_letters_after_a_name_are_not_its_own() -> None:
    found = read(line("Grace Adeyemi-Ford RN, MSc", 50, 40, size=20), line("grace@example.test", 50, 80))
    assert [fact.value for fact in found.facts if fact.field == "name"] == ["Grace Adeyemi-Ford"]


def test_entries_side_by_side_are_read_one_after_the_other() -> None:
    cards = [
        line(text, x, 100 + 90 * row + 18 * place, bold=place == 0)
        for row, pair in enumerate(((("Acme Ltd", "2020 - 2022"), ("Mill Bank", "2018 - 2019")),) * 1)
        for x, (firm, when) in zip((50, 320), pair, strict=True)
        for place, text in enumerate((firm, "Engineer", when))
    ]
    found = read(line("Ann Lee", 50, 30, size=22), line("Experience", 50, 70, size=14, bold=True), *cards)
    employers = [fact.value for fact in found.facts if fact.field == "employer"]
    assert employers == ["Acme Ltd", "Mill Bank"]


def test_academic_appointments_are_employment_and_a_signature_is_no_skill() -> None:
    found = read(
        line("Ann Lee", 50, 30, size=22),
        line("Academic Appointments", 50, 70, size=14, bold=True),
        line("Lecturer, University of Oslo (2019 - 2022)", 50, 90),
        line("Skills", 50, 130, size=14, bold=True),
        line("Python, R", 50, 150),
        line("I hereby declare that this is true.", 50, 180),
        line("Ann Lee (signed)", 50, 200),
    )
    assert [section.kind for section in found.sections if section.kind != "profile"] == ["experience", "skills"]
    assert [fact.value for fact in found.facts if fact.field == "employer"] == ["University of Oslo"]
    assert [fact.value for fact in found.facts if fact.kind == "skill"] == ["Python", "R"]
