"""What stands where in a resume: gaps, bullets, columns, entries, and names with letters after them."""

from typing import Any

import pytest
from coordinator.candidates.page.broken_lines import whole
from coordinator.candidates.page.order import Page
from coordinator.candidates.printed.characters import Stops, clean, of_span, parted
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


def test_a_cell_full_of_dates_ends_where_another_print_begins_a_column() -> None:
    def cell(text: str, x: float, color: int) -> dict[str, Any]:
        characters = [{"c": c, "bbox": (x + WIDTH * i, 0, x + WIDTH * (i + 1), 12)} for i, c in enumerate(text)]
        box = (x, 0, x + WIDTH * len(text), 12)
        return {"chars": characters, "size": SIZE, "font": "Serif", "color": color, "bbox": box}

    def row(left: str, right: str) -> dict[str, Any]:
        x = 62 + WIDTH * len(left)
        return {"spans": [cell(left, 62, 1), cell(right, x, 0)], "bbox": (62, 0, x + WIDTH * len(right), 12)}

    below = [printed(("Juniper", 112), ("Mill", 152)) for _ in range(3)]
    assert apart(row("2019 -2021", "Bookkeeper"), *below)[0] == ["2019 -2021", "Bookkeeper"]
    # One letter that the font has not is no other print of a cell.
    assert apart(row("(55000) Je", "onju"), *[printed(("Juniper", 300))] * 3)[0] == ["(55000) Jeonju"]


def test_an_upright_stroke_divides_what_its_cells_leave_no_space_between() -> None:
    row = printed(("Tern", 62), ("Guide", 84))
    assert [words(part) for part in parted(row, Stops.of([row]))] == ["Tern Guide"]
    assert [words(part) for part in parted(row, Stops.of([row], [(83.0, -5.0, 20.0)]))] == ["Tern", "Guide"]
    assert [words(part) for part in parted(row, Stops.of([row], [(83.0, 40.0, 60.0)]))] == ["Tern Guide"]


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


def test_dates_and_labels_broken_by_a_narrow_column_are_whole() -> None:
    broken = [line("March 2018 - August", 62, 100), line("2021", 62, 112), line("Bookkeeper", 180, 100)]
    assert [one.text for one in whole(broken)] == ["March 2018 - August 2021", "Bookkeeper"]
    labels = [line("Occupation or position", 62, 100), line("held", 62, 112), line("Bookkeeper", 190, 100)]
    assert [one.text for one in whole(labels)] == ["Occupation or position held", "Bookkeeper"]
    rows = [line("2019 - 2020", 62, 100), line("2018 - 2019", 62, 112)]
    assert [one.text for one in whole(rows)] == ["2019 - 2020", "2018 - 2019"]


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


def test_towns_in_the_column_of_dates_are_no_employers() -> None:
    rows = [
        ("04/2022 - Present", "Sales Manager", "Belo Serrano", "Verdance Seeds"),
        ("02/2016 - 07/2018", "Sales Trainee", "Vila Crua", "Campo Forte"),
    ]
    lines = [line("EXPERIENCE", 50, 60, size=14, bold=True)]
    for place, (when, title, town, firm) in enumerate(rows):
        y = 100 + 60 * place
        lines += [line(when, 50, y), line(title, 170, y, bold=True), line(town, 50, y + 14), line(firm, 170, y + 14)]
    found = [fact.value for fact in read(*lines).facts if fact.field == "employer"]
    assert found == ["Verdance Seeds", "Campo Forte"]


def test_dates_of_the_wide_column_beside_a_side_bar_stay_with_what_they_date() -> None:
    lines = [line("Skills", 30, 60, size=13, bold=True)]
    lines += [line(skill, 30, 80 + 20 * place) for place, skill in enumerate(("Cupping", "Baking", "Books"))]
    lines += [line("Languages", 30, 160, size=13, bold=True), line("English", 30, 180), line("Czech", 30, 200)]
    lines += [line("Experience", 210, 50, size=13, bold=True)]
    for place, firm in enumerate(("Roastery Damm", "Summer Night Bar", "Bread and More")):
        y = 81 + 40 * place
        lines += [line(f"20{20 - place} - 20{21 - place}", 210, y), line(firm, 320, y, bold=True)]
        lines += [line("Barista", 320, y + 14)]
    found = read(*lines)
    assert [fact.value for fact in found.facts if fact.kind == "skill"] == ["Cupping", "Baking", "Books"]
    assert [fact.value for fact in found.facts if fact.field == "employer"] == [
        "Roastery Damm",
        "Summer Night Bar",
        "Bread and More",
    ]


def test_a_column_of_nothing_but_headings_loses_no_line() -> None:
    told = [line(text, 320, 50 + 16 * place) for place, text in enumerate(("a quiet page", "of a few", "plain words"))]
    headed = [
        line(text, 50, 120 + 30 * place, size=14, bold=True)
        for place, text in enumerate(("Experience", "Education", "Skills", "Languages"))
    ]
    found = read(*told, *headed)
    assert sorted(found.text.split("\n")) == sorted(one.text for one in [*told, *headed])


def headed(heading: str, *told: str) -> list[Line]:
    """A resume of two known sections and one under ``heading``, in one print of headings."""
    said = [("Languages", True), ("English, Czech", False), (heading, True), *((text, False) for text in told)]
    said += [("Certificates", True), ("Lean Yellow Belt, 2019", False)]
    texts = [line(text, 50, 90 + 20 * n, size=14 if bold else SIZE, bold=bold) for n, (text, bold) in enumerate(said)]
    return [line("Ida Moen", 50, 40, size=22), *texts]


@pytest.mark.parametrize(
    ("heading", "told", "kind"),
    [
        ("Track record", ["Trail Guide, Tern Island (2017 - 2020)"], "experience"),
        ("Alma mater", ["Xavier University", "Bachelor of Science, 2014"], "education"),
        ("At my fingertips", ["Welding", "Forklift", "Port access"], "skills"),
        ("Odds and ends", ["I keep bees. They keep me."], "other"),
    ],
)
def test_a_section_is_what_stands_in_it_where_no_list_has_its_heading(heading: str, told: list[str], kind: str) -> None:
    found = read(*headed(heading, *told))
    assert [part.kind for part in found.sections if part.title == heading] == [kind]


def test_what_somebody_is_below_the_name_opens_no_section() -> None:
    lines = headed("Skills", "Welding, Forklift, Port access")
    found = read(lines[0], line("Rigger of tall ships", 50, 66, size=14, bold=True), *lines[1:])
    assert [part.kind for part in found.sections] == ["profile", "languages", "skills", "certificates"]


def test_schools_say_where_an_employer_stands() -> None:
    lines = [line("Education", 50, 60, size=14, bold=True), line("BSc Botany", 50, 80), line("2010 - 2014", 400, 80)]
    lines += [line("University of Rijeka", 50, 96), line("Experience", 50, 130, size=14, bold=True)]
    lines += [line("Night Owl", 50, 150), line("2015 - 2019", 400, 150), line("Blue", 50, 166)]
    found = read(*lines)
    assert [fact.value for fact in found.facts if fact.field == "employer"] == ["Blue"]


def test_a_firm_with_its_dates_beside_a_list_is_read_before_the_list() -> None:
    lines = [line("Experience", 62, 60, size=14, bold=True)]
    for place, (firm, when) in enumerate((("Tern Island", "2019 - 2021"), ("Kin", "2016 - 2019"))):
        y = 90 + 60 * place
        lines += [line(firm, 62, y, bold=True), line("Trail Guide", 200, y), line(when, 62, y + 14)]
        lines += [line("• Led forty walks", 210, y + 13), line("• Kept the huts", 210, y + 27)]
    found = read(*lines)
    assert [fact.value for fact in found.facts if fact.field == "employer"] == ["Tern Island", "Kin"]
    assert [fact.value for fact in found.facts if fact.field == "start"] == ["2019", "2016"]


def test_a_table_with_level_strokes_only_has_its_cells_between_them() -> None:
    rows = [(("Period",), ("Employer",), ("Position",)), (("2021 -", "Current"), ("Office of", "Whitcomb"), ("Clerk",))]
    rows.append((("2017 -", "2021"), ("Kin",), ("Shift", "Lead")))
    lines = [line("Ida Moen", 50, 20, size=20), line("Employment", 50, 60, size=14, bold=True)]
    rules = [(50.0, 90.0, 500.0, 90.0)]
    for place, row in enumerate(rows):
        top = 90 + 40.0 * place
        for x, cell in zip((60, 200, 360), row, strict=True):
            lines += [line(text, x, top + 6 + 13 * n) for n, text in enumerate(cell)]
        rules.append((50.0, top + 40, 500.0, top + 40))
    found = understood([Page(800.0, lines, rules)], "en")
    assert [fact.value for fact in found.facts if fact.field == "employer"] == ["Office of Whitcomb", "Kin"]
    assert [fact.value for fact in found.facts if fact.field == "end"] == ["present", "2021"]
