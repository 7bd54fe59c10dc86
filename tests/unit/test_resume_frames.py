"""What headings are told by besides their words, and lines of their own in cells of forms and under headings."""

from coordinator.candidates.page.order import Page
from coordinator.candidates.printed.strokes import Rule
from coordinator.candidates.schemas import Line
from coordinator.candidates.understanding import ReadResume, understood

WIDTH = 5.0
NAME = ("Harriet Oyelaran", 50, 30)


def line(text: str, x: float, y: float, *, size: float = 10.0, bold: bool = False) -> Line:
    return Line(text, x, y, x + len(text) * WIDTH, y + size + 2, size, bold)


def read(*lines: Line, rules: tuple[Rule, ...] = ()) -> ReadResume:
    return understood([Page(800, [line(*NAME, size=24), *lines], list(rules))], "en")


def kinds(found: ReadResume) -> list[str]:
    return [section.kind for section in found.sections if section.kind != "profile"]


def values(found: ReadResume, kind: str, field: str) -> list[str]:
    return [fact.value for fact in found.facts if (fact.kind, fact.field) == (kind, field)]


def below(heading: str, y: float, *told: str, x: float = 50) -> list[Line]:
    said = [line(text, x, y + 20 + 15 * place) for place, text in enumerate(told)]
    return [line(heading, x, y, size=13, bold=True), *said]


def test_the_largest_print_below_the_name_is_that_of_headings_whatever_they_say() -> None:
    jobs = ("Copy Chief", "The Casco Courier, Portland", "2016 - 2020", "Reporter", "Bangor Weekly", "2011 - 2015")
    found = read(
        *below("The Lede", 60, "Twenty-one years of catching what others missed.", "I run a desk that is fast."),
        *below("Newsrooms", 130, *jobs),
        *below("Education", 260, "University of Acadia Falls, BA Journalism, 2007 - 2011"),
        *below("Craft", 310, "Line editing", "House style", "Libel review"),
        *below("Languages", 390, "English (native)"),
    )
    assert kinds(found) == ["summary", "experience", "education", "skills", "languages"]
    assert values(found, "employment", "employer") == ["The Casco Courier", "Bangor Weekly"]


def test_names_of_employers_in_the_print_of_headings_are_none() -> None:
    found = read(
        *below("Experience", 60),
        *below("Casco Courier", 85, "Copy Chief", "2016 - 2020"),
        *below("Bangor Weekly", 140, "Reporter", "2011 - 2015"),
        *below("Education", 200, "University of Acadia Falls, BA Journalism, 2007 - 2011"),
    )
    assert kinds(found) == ["experience", "education"]
    assert values(found, "employment", "employer") == ["Casco Courier", "Bangor Weekly"]


def test_two_headings_side_by_side_need_no_more_than_what_they_head() -> None:
    lines = [
        *below("Skills", 60, "Python, SQL, Excel"),
        *below("Awards", 100, "Best paper of the year, 2024"),
        *below("Languages", 100, "English (fluent)", "German (basic)", x=330),
    ]
    found = read(*lines)
    assert kinds(found) == ["skills", "awards", "languages"]
    assert values(found, "language", "name") == ["English", "German"]


def test_lines_of_a_forms_cell_that_no_margin_broke_are_lines() -> None:
    rows = [("CAREER", ["Rio Bravo", "Shift Manager", "2016 - 2019"]), ("SKILLS", ["Slotting", "Labor planning"])]
    rows += [("LANGUAGES", ["Spanish (native)", "English (fluent)"])]
    lines: list[Line] = []
    rules: list[Rule] = [(50, 60, 550, 60)]
    y = 60.0
    for heading, told in rows:
        lines += [line(heading, 54, y + 4, bold=True)]
        lines += [line(text, 180, y + 4 + 14 * place) for place, text in enumerate(told)]
        bottom = y + 14 * len(told) + 6
        rules += [(x, y, x, bottom) for x in (50.0, 175.0, 550.0)] + [(50, bottom, 550, bottom)]
        y = bottom
    found = read(*lines, rules=tuple(rules))
    assert kinds(found) == ["experience", "skills", "languages"]
    assert values(found, "skill", "name") == ["Slotting", "Labor planning"]
    assert values(found, "language", "name") == ["Spanish", "English"]


def test_names_above_lists_in_columns_are_no_skills() -> None:
    lines = below("Skills", 60)
    for place, group in enumerate((("Data", "SQL", "Python"), ("Office", "Rotas", "Claims"))):
        x = 50 + 150 * place
        lines += [line(group[0], x, 80, bold=True)]
        lines += [line(f"\u2022 {text}", x, 95 + 15 * row) for row, text in enumerate(group[1:])]
    assert sorted(values(read(*lines), "skill", "name")) == ["Claims", "Python", "Rotas", "SQL"]


def test_a_numbered_employer_further_out_than_its_dated_list_is_one() -> None:
    lines = below("Experience", 60)
    for place, (firm, since, until) in enumerate((("Pine Fire Hall", 2013, 2019), ("Gold Sand Fire Hall", 2011, 2012))):
        y = 80 + 60 * place
        lines += [line(f"{place + 1}. {firm}", 60, y), line(f"\u25cb Period: {since} - {until}", 80, y + 15)]
        lines += [line("\u25cb Title: Crew chief", 80, y + 30), line("\u25cb Duties: rope rescue", 80, y + 45)]
    found = read(*lines)
    assert values(found, "employment", "employer") == ["Pine Fire Hall", "Gold Sand Fire Hall"]
    assert values(found, "employment", "start") == ["2013", "2011"]
