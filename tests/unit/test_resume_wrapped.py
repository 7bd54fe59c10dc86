"""Names that the margin broke, made of lines."""

from coordinator.candidates.facts.model import Row
from coordinator.candidates.facts.rows.text_rows import goes_on
from coordinator.candidates.page.wrapped_names import with_whole_names
from coordinator.candidates.schemas import Line
from coordinator.candidates.words.letters import is_in_capitals

TEXT = "Looked after the people and the papers of three houses by the sea, from March to the end of October"


def _line(text: str, y: float, x1: float = 200.0, *, bold: bool = True, x0: float = 50.0) -> Line:
    return Line(text, x0, y, x1, y + 11.0, 10.0, bold)


def _page(*named: Line) -> list[Line]:
    told = [_line(TEXT, y, 500.0, bold=False) for y in (130.0, 230.0, 330.0)]
    return sorted([*named, *told], key=lambda line: line.y0)


def _names(lines: list[Line]) -> list[str]:
    return [line.text for line in with_whole_names(lines) if line.bold]


def test_a_name_that_the_margin_broke_is_one_where_others_stand_alone() -> None:
    page = _page(
        _line("Harbour Inn", 100),
        _line("Quayside and Crown Hotels and Conference Venues of", 200, 390),
        _line("North Yorkshire", 214),
        _line("Ferry Lodge", 300),
    )
    assert _names(page) == [
        "Harbour Inn",
        "Quayside and Crown Hotels and Conference Venues of North Yorkshire",
        "Ferry Lodge",
    ]
    assert [line.wrapped for line in with_whole_names(page) if line.bold] == [False, True, False]


def test_names_and_titles_in_one_print_stay_apart() -> None:
    page = _page(
        _line("Harbour Inn", 100, 120),
        _line("Duty Manager", 114, 130),
        _line("Quayside Hotels and Venues", 200, 300),
        _line("Receptionist", 214, 120),
    )
    assert len(_names(page)) == 4


def test_dates_in_the_print_of_names_are_no_part_of_them() -> None:
    page = _page(
        _line("Harbour Inn", 100),
        _line("May 2016 - June 2018", 114),
        _line("Quayside and Crown Hotels and Conference Venues of", 200, 390),
        _line("North Yorkshire", 214),
        _line("May 2012 - June 2014", 228),
    )
    # The column reaches to 500 points: only what stands beside others alone is believed.
    assert len(_names(page)) == 5
    assert len(_names([*page, _line("Ferry Lodge", 300)])) == 5


def test_rows_that_are_both_dated_are_two() -> None:
    dates = [_line("2019 - 2021", y, 480, bold=False, x0=420) for y in (200, 214)]
    page = _page(
        _line("Harbour Inn", 100),
        _line("Quayside and Crown Hotels and Conference Venues of", 200, 390),
        _line("North Yorkshire", 214),
        _line("Ferry Lodge", 300),
        *dates,
    )
    assert len(_names(page)) == 4


def test_a_line_that_begins_in_the_print_of_the_name_ends_it() -> None:
    below = Line("North Yorkshire, night porter", 50, 214, 210, 225, 10.0, False, breaks=(17,), opening=(10.0, True, 0))
    page = _page(
        _line("Harbour Inn", 100),
        _line("Quayside and Crown Hotels and Conference Venues of", 200, 390),
        below,
        _line("Ferry Lodge", 300),
    )
    assert "Quayside and Crown Hotels and Conference Venues of North Yorkshire, night porter" in _names(page)


def test_names_are_in_capitals_and_sentences_are_not() -> None:
    assert is_in_capitals("Association of Independent School Bus Operators")
    assert not is_in_capitals("Ran the bus for two schools of the county")


def test_first_name_and_surname_below_each_other_are_one() -> None:
    both = [Line(text, 50, y, 200, y + 33, 30.0, False) for text, y in (("Marisol", 40), ("Penhaligon", 72))]
    beside = _line("14 Staithe Row", 45, 440, bold=False, x0=377)
    assert with_whole_names([*both, beside, *_page()])[0].text == "Marisol Penhaligon"


def test_what_a_line_goes_on_in_is_no_head() -> None:
    told = Row(
        Line("- less waste of returned bags after we had changed the cut-off time for", 220, 400, 548, 411, 10, False),
        0,
    )
    rest = Row(Line("orders", 220, 414, 250, 425, 10, False), 72)
    below = Row(Line("Pharmacist", 220, 434, 280, 445, 10, False), 79)
    assert goes_on(told, rest, 570.0)
    assert not goes_on(rest, below, 570.0)
