"""Which lines are one entry where its date does not begin it, tables of halved dates, and headings on their side."""

from coordinator.candidates.headings.finding import Headings
from coordinator.candidates.printed.characters import clean
from coordinator.candidates.printed.frames import framed, reaches_over
from coordinator.candidates.printed.turned import placed
from coordinator.candidates.schemas import Line
from fakes.told_jobs import told_jobs

WIDTH = 5.0


def line(text: str, x: float, y: float, *, bold: bool = False, middle: float | None = None) -> Line:
    wide = len(text) * WIDTH
    left = x if middle is None else middle - wide / 2
    return Line(text, left, y, left + wide, y + 12, 10.0, bold)


KNOWN = [("Lakefront Paper", "Electrician", "2019", "present"), ("Presque Foundry", "Apprentice", "2014", "2018")]


def test_a_date_below_the_work_is_that_of_the_name_above_it() -> None:
    lines: list[Line] = []
    for employer, title, start, end in KNOWN:
        y = 50.0 + 20 * len(lines)
        lines += [line(employer, 50, y, bold=True), line(title, 50, y + 20)]
        lines += [line("\u2022 Kept two machines running", 60, y + 40), line(f"{start} - {end}", 400, y + 60)]
    assert told_jobs(lines) == KNOWN


def test_white_space_divides_centred_entries_in_one_print() -> None:
    lines: list[Line] = []
    y = 50.0
    for employer, title, start, end in KNOWN:
        for text in (employer, title, f"{start} - {end}", "Two machines, kept running"):
            lines.append(line(text, 0, y, middle=300))
            y += 14
        y += 10
    assert told_jobs(lines) == KNOWN


def test_columns_of_years_and_months_are_dates() -> None:
    table = [
        "년\t월\t~\t년\t월\t회사명\t직위",
        "2019\t11\t~\t재직중\t\t서해정비서비스\t정비반장",
        "2014\t02\t~\t2019\t10\t우진상용차\t정비사",
    ]
    lines = [line(text, 50, 50 + 20 * place) for place, text in enumerate(table)]
    assert told_jobs(lines) == [
        ("서해정비서비스", "정비반장", "2019-11", "present"),
        ("우진상용차", "정비사", "2014-02", "2019-10"),
    ]


def test_heads_on_their_side_go_before_what_stands_beside_them() -> None:
    def head(text: str, top: float) -> Line:
        return Line(text, 40, top, 52, top + 40, 10.0, bold=True)

    texts = [("about", 100), ("more", 114), ("Acme", 160), ("work", 174), ("Kin", 188), ("work too", 202), ("SQL", 250)]
    upright = [line("Ida Kern", 40, 50), *(line(text, 70, y) for text, y in texts)]
    turned = [head("About", 95), head("Practice", 167), head("Skills", 236)]
    assert [(one.text, one.y0) for one in placed(turned, upright, lambda _: False)] == [
        ("About", 100),
        ("Practice", 160),
        ("Skills", 250),
    ]
    # One alone heads nothing: it is read last.
    assert placed(turned[:1], upright, lambda _: False)[0].y0 > 262


def test_cards_side_by_side_are_read_one_after_the_other() -> None:
    def card(x: float, *texts: str) -> list[Line]:
        return [line(text, x, 100 + 15 * place) for place, text in enumerate(texts)]

    lines = [*card(50, "Tools", "Word", "Excel"), *card(250, "Prizes", "Best in show", "2019")]
    below = [line(text, 50 + 90 * place, 180) for place, text in enumerate(("One", "Two", "Three", "Four"))]
    boxes = [(40.0, 95.0, 220.0, 150.0), (240.0, 95.0, 420.0, 150.0), (40.0, 170.0, 420.0, 200.0)]
    known = framed([*lines, *below], boxes)
    assert [one.frame is not None for one in known] == [True] * 10
    # The wide card crosses what divides the two above it, the print of none of them does.
    assert [reaches_over(one, 249) for one in known] == [False] * 6 + [True] * 4


def test_what_is_set_apart_as_known_headings_are_is_one_whatever_it_says() -> None:
    page = [line("Odalys Fontenot", 50, 28)]
    y = 40.0
    for head, texts in (
        ("Skills", ["Bread", "Cakes"]),
        ("Kitchens", ["Maison Thibodeaux", "Baker", "2019 - 2021"]),
        ("Languages", ["French", "English"]),
    ):
        y += 20
        for text in (head, *texts):
            page.append(line(text, 50, y, bold=text in (head, "Maison Thibodeaux")))
            y += 14
    looks = Headings.of([page])
    assert [one.text for one in page if looks.prints_like_one(one)] == ["Kitchens"]
    assert looks.opens(page[4])
    assert not looks.opens(page[5])


def test_pictures_are_no_words_and_the_rest_of_the_line_begins_after_them() -> None:
    assert clean("\u2709 ida@example.test").split() == ["ida@example.test"]
    assert clean("\u25a3 Corbel Freight").split() == ["Corbel", "Freight"]
    assert clean("\u2605\u2605\u2606 Excel") == "\u2605\u2605\u2606 Excel"
