"""Strokes above headings, emblems beside names, towns joined to employers by a hyphen, and what names no school."""

from dataclasses import replace

import pytest
from coordinator.candidates.facts.education import is_level_of_study
from coordinator.candidates.facts.model import Row
from coordinator.candidates.facts.rows.pieces import pieces
from coordinator.candidates.printed.ornaments import without_monograms, without_ornaments
from coordinator.candidates.schemas import Line


def _line(text: str, x0: float, y0: float) -> Line:
    return Line(text, x0, y0, x0 + 5.0 * len(text), y0 + 10.0, 10.0, False)


def test_a_heading_below_a_stroke_begins_where_the_stroke_does() -> None:
    page = [
        _line("—", 50, 100),
        _line("Skills", 50, 114),
        _line("Grant writing, budgets", 200, 100),
        _line("—", 50, 160),
        _line("Experience", 50, 174),
        _line("Harbor Food Bank", 200, 160),
    ]
    kept = without_ornaments(page)
    assert [(line.text, line.y0) for line in kept] == [
        ("Skills", 100),
        ("Grant writing, budgets", 100),
        ("Experience", 160),
        ("Harbor Food Bank", 160),
    ]


def test_strokes_that_mark_items_stay() -> None:
    page = [
        _line("–", 50, 100),
        _line("Led the crew", 62, 100),
        _line("–", 50, 114),
        _line("Kept the stock", 62, 114),
        _line("–", 50, 128),
        _line("Trained apprentices", 62, 128),
    ]
    assert without_ornaments(page) == page


def _emblem(text: str, y0: float) -> Line:
    return Line(text, 50, y0, 64, y0 + 16.0, 14.0, False, 0xE85900)


def test_letters_that_stand_for_an_emblem_are_no_text() -> None:
    page = [
        _emblem("미", 105),
        _line("미래온화학", 97, 100),
        _line("재무회계팀장", 97, 116),
        _emblem("BH", 205),
        _line("Blue Harbor Foods", 97, 200),
    ]
    assert [line.text for line in without_monograms(page)] == ["미래온화학", "재무회계팀장", "Blue Harbor Foods"]


def test_letters_that_say_something_of_their_own_stay() -> None:
    page = [_emblem("IT", 100), _line("Acme Networks", 97, 100), _emblem("HR", 140), _line("Baker & Sons", 97, 140)]
    assert without_monograms(page) == page


def test_short_labels_stay_before_what_begins_as_they_do() -> None:
    page = [
        replace(_line("IT", 50, 100), bold=True, color=0x0000FF),
        _line("IT infrastructure", 100, 100),
        replace(_line("R", 50, 120), bold=True, color=0x0000FF),
        _line("R packages, Shiny", 100, 120),
    ]
    assert without_monograms(page) == page


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("The Copper Ladle-Galveston, TX", ["The Copper Ladle", "Galveston", "TX"]),
        ("Marsh Hotels Ltd.-La Marque, TX 77568", ["Marsh Hotels Ltd.", "La Marque", "TX 77568"]),
        ("Winston-Salem, NC", ["Winston-Salem", "NC"]),
        ("Rolls-Royce, Derby", ["Rolls-Royce", "Derby"]),
    ],
)
def test_a_town_after_a_bare_hyphen_is_no_part_of_the_name(text: str, said: list[str]) -> None:
    assert [piece.text for piece in pieces(Row(_line(text, 50, 100), 0), 0)] == said


@pytest.mark.parametrize("text", ["High school diploma", "Diploma", "대학", "고등학교 졸업"])
def test_what_somebody_finished_is_no_school(text: str) -> None:
    assert is_level_of_study(text)


@pytest.mark.parametrize("text", ["Choteau High School", "이천남부대학교", "Diploma College", "한빛고등학교 졸업"])
def test_a_school_is_more_than_its_level(text: str) -> None:
    assert not is_level_of_study(text)
