"""Headings in parts, firms printed like headings, letters as wide as Hangul, and two things in one cell of a table."""

import pytest
from coordinator.candidates.facts.model import rows_of
from coordinator.candidates.facts.person import phone
from coordinator.candidates.headings.halves import with_whole_headings
from coordinator.candidates.page.order import Page
from coordinator.candidates.page.tables import with_tables
from coordinator.candidates.printed.characters import clean
from coordinator.candidates.schemas import Line
from coordinator.candidates.understanding import understood
from fakes.told_jobs import told_jobs

WIDTH = 5.0


def line(text: str, x: float, y: float, *, size: float = 10.0, bold: bool = False) -> Line:
    return Line(text, x, y, x + len(text) * WIDTH, y + size + 2, size, bold)


def whole(*lines: Line) -> list[str]:
    (page,) = with_whole_headings([lines])
    return [one.text for one in page]


def test_a_number_set_apart_belongs_to_its_heading_and_to_all_printed_like_it() -> None:
    apart = (line("1.\tEducation", 50, 50, bold=True), line("2.\tWhat I built", 50, 90, bold=True))
    assert whole(*apart) == ["1. Education", "2. What I built"]
    alone = [line("Ⅱ", 50, 50, bold=True), line("경력", 90, 50, bold=True), line("2", 50, 80), line("Boxes", 90, 80)]
    assert whole(*alone) == ["Ⅱ 경력", "2", "Boxes"]


def test_rows_of_a_numbered_table_stay_cells() -> None:
    rows = (line("1\tHarbour crane", 50, 50), line("2\tSlipway", 50, 70))
    assert whole(*rows) == ["1\tHarbour crane", "2\tSlipway"]
    far = (line("1", 50, 50, bold=True), line("Education", 250, 50, bold=True))
    assert whole(*far) == ["1", "Education"]


@pytest.mark.parametrize(
    ("text", "one"),
    [
        ("경력\tWORK EXPERIENCE", "경력 WORK EXPERIENCE"),
        ("학력\t경력", "학력\t경력"),
        ("경력\tEDUCATION", "경력\tEDUCATION"),
        ("영어\tEnglish", "영어\tEnglish"),
    ],
)
def test_a_heading_in_both_languages_is_one(text: str, one: str) -> None:
    assert whole(line(text, 50, 50, bold=True)) == [one]


def test_firms_printed_like_the_empty_heading_above_them_are_no_headings() -> None:
    said: list[tuple[str, bool]] = [("Harriet Oyelaran", True), ("Work Experience", True)]
    for firm, span, title in (
        ("Tern Hollow", "2016.01 - 2019.12", "Deckhand"),
        ("Kin Bay", "2011.02 - 2015.11", "Cook"),
    ):
        said += [(firm, True), (f"{title}, {span}", False), ("Kept the boats dry in every weather of the year.", False)]
    said += [("Education", True), ("Skerrow Academy, 2006 - 2010", False), ("Languages", True), ("English", False)]
    lines = [
        line(text, 50, 40 + 18 * place, size=13 if bold else 10, bold=bold) for place, (text, bold) in enumerate(said)
    ]
    found = understood([Page(800, lines, [])], "en")
    assert [section.kind for section in found.sections] == ["profile", "experience", "education", "languages"]
    jobs = [fact.value for fact in found.facts if (fact.kind, fact.field) == ("employment", "employer")]
    assert jobs == ["Tern Hollow", "Kin Bay"]


def test_letters_and_digits_as_wide_as_hangul_are_the_usual_ones() -> None:
    assert clean("２０１９. ３. – 현재 ＳＱＬ （주）") == "2019. 3. – 현재 SQL （주）"


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Call 07700 900735", "07700 900735"),
        ("+49 151 23456789 · Hamburg", "+49 151 23456789"),
        ("+33 (0)6 12 34 56 78", "+33 (0)6 12 34 56 78"),
        ("(415) 555-0134", "(415) 555-0134"),
        ("02)123-4567", "02)123-4567"),
        ("연락처 010-5550-7714", "010-5550-7714"),
        ("Ref 12345 1234567890", None),
        ("2012-03 - 2015-08", None),
    ],
)
def test_a_telephone_number_is_whole_or_none(text: str, number: str | None) -> None:
    (row,) = rows_of([line(text, 50, 50)])
    found = phone([row])
    assert (found and found.text) == number


def test_an_employer_and_its_address_below_each_other_in_one_cell_are_two() -> None:
    columns, rows = (50.0, 200.0, 320.0, 400.0, 480.0), (50.0, 70.0, 100.0, 130.0)
    rules = [(50.0, y, 480.0, y) for y in rows] + [(x, 50.0, x, 130.0) for x in columns]
    texts = [
        (("Employer and address",), ("Post held",), ("From",), ("To",)),
        (("Port of Eastmere", "Dock Road, Eastmere"), ("Harbour Warden",), ("09/2018",), ("Present",)),
        (("Blackstane Ferries Ltd", "1 Pier Head"), ("Mooring Supervisor",), ("04/2014",), ("08/2018",)),
    ]
    lines = [
        line(text, columns[column] + 4, rows[row] + 3 + 13 * below)
        for row, cells in enumerate(texts)
        for column, cell in enumerate(cells)
        for below, text in enumerate(cell)
    ]
    assert told_jobs(with_tables(lines, rules)) == [
        ("Port of Eastmere", "Harbour Warden", "2018-09", "present"),
        ("Blackstane Ferries Ltd", "Mooring Supervisor", "2014-04", "2018-08"),
    ]
