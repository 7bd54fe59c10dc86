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
        # What stands where the others name their employer is one, in words nobody knows.
        (
            [
                ("09/2020 - Current", 50),
                ("Physiotherapist", 50),
                ("Rehaklinik Sonnenhang", 50),
                ("• Eight patients a day", 60),
                ("01/2016 - 12/2016", 50),
                ("Trainee physiotherapist", 50),
                ("KBC Rijeka", 50),
            ],
            [
                ("Rehaklinik Sonnenhang", "Physiotherapist", "2020-09"),
                ("KBC Rijeka", "Trainee physiotherapist", "2016-01"),
            ],
        ),
        # A town stands after the firm, a state after a town.
        (
            [("Commis Chef", 50), ("Caffè Portobello, Glasgow", 50), ("2013 - 2016", 50)],
            [("Caffè Portobello", "Commis Chef", "2013")],
        ),
        # Where the second title has no firm above it, no other line is taken for one.
        (
            [
                ("Atlântico Cargas", 50),
                ("Head of Warehouse Operations", 50),
                ("January 2021 - Present", 50),
                ("Palmela, Setúbal, Portugal", 50),
                ("Three sites and two hundred and forty people, all of them in one county.", 50),
                ("Shift Manager", 50),
                ("April 2018 - December 2020", 50),
                ("Palmela, Setúbal, Portugal", 50),
                ("Night shift of thirty-eight people, none of whom was hurt in two years.", 50),
                ("Docas do Tejo", 50),
                ("Inventory Controller", 50),
                ("2014 - 2018", 50),
            ],
            [
                ("Atlântico Cargas", "Head of Warehouse Operations", "2021-01"),
                ("Atlântico Cargas", "Shift Manager", "2018-04"),
                ("Docas do Tejo", "Inventory Controller", "2014"),
            ],
        ),
        # Commas divide less than strokes do.
        (
            [
                ("NURSE, ONCOLOGY | MERCY RIDGE | 06/2019 - Present", 50),
                ("• Up to nine patients a shift", 60),
                ("ASSISTANT | MAPLEWOOD | 08/2013 - 12/2015", 50),
            ],
            [("MERCY RIDGE", "NURSE", "2019-06"), ("MAPLEWOOD", "ASSISTANT", "2013-08")],
        ),
        ([("Tern Island: Trail Guide\t2017 - 2020", 50)], [("Tern Island", "Trail Guide", "2017")]),
        # One cell with firm and title, as Korean writes them; a kind of work is no firm.
        ([("2019. 4. ~ 현재\t청솔여객 운전원", 50)], [("청솔여객", "운전원", "2019-04")]),
        ([("2019. 4. ~ 현재\t백엔드 개발자", 50)], [(None, "백엔드 개발자", "2019-04")]),
        (
            [("회사명\t한가람전력\t근무기간\t2017.08 ~ 현재", 50), ("직위\t부장", 50)],
            [("한가람전력", "부장", "2017-08")],
        ),
        # Where dates come first, a label after the work still names who it was for.
        (
            [
                ("Dates\t2019 - 2021", 50),
                ("Occupation or position held\tBookkeeper", 50),
                ("Main activities and responsibilities\tKept the books", 50),
                ("Name and address of employer\tHolm & Sønner", 50),
                ("Dates\t2017 - 2019", 50),
                ("Occupation or position held\tTrainee", 50),
                ("Name and address of employer\tTern Island", 50),
            ],
            [("Holm & Sønner", "Bookkeeper", "2019"), ("Tern Island", "Trainee", "2017")],
        ),
        # "Software Engineer" is no software house, and "Pine & Partners LLP" nobody's title.
        (
            [("Senior Software Engineer", 50), ("Pine & Partners LLP", 50), ("2021 to 2025", 50)],
            [("Pine & Partners LLP", "Senior Software Engineer", "2021")],
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


def test_a_table_of_projects_names_no_employer() -> None:
    found = said([("회사명\t한가람전력\t근무기간\t2017.08 ~ 현재", 50), ("기간\t프로젝트명\t역할", 50)])
    assert found == [("한가람전력", None, "2017-08")]
    rows = [("회사명\t세진전설\t근무기간\t2004.11 ~ 2010.02", 50), ("직위\t기사", 50), ("기간\t프로젝트명\t역할", 50)]
    assert said([*rows, ("2006.03 ~ 2008.11\t아파트 공사\t현장 보조", 50)]) == [("세진전설", "기사", "2004-11")]


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
