"""A resume whose reading meets a fault of the rules is kept: its text in one section, no facts, a line in the log."""

import json
from typing import Any

import pytest
from coordinator.candidates import understanding
from coordinator.candidates.facts.model import rows_of
from coordinator.candidates.facts.rows.pieces import pieces
from coordinator.candidates.page.order import Page
from coordinator.candidates.reading import ReadingLimits, ResumeReader
from coordinator.candidates.schemas import Line
from structlog.testing import capture_logs


def _pages() -> list[Page]:
    texts = ("Ada Vane", "Experience", "Cook, Ship Inn, 2019 - 2021")
    lines = [Line(text, 50, 40.0 + 20 * place, 200, 52.0 + 20 * place, 10, False) for place, text in enumerate(texts)]
    return [Page(800, lines, [])]


def _fail(*_: object) -> Any:
    raise IndexError("Ada Vane")


def test_a_rule_that_fails_costs_the_facts_and_not_the_resume(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "fault" not in understanding.answer_of(_pages(), "en", 0)
    monkeypatch.setattr(understanding, "facts", _fail)
    answer = understanding.answer_of(_pages(), "en", 3)
    assert "Ada" not in answer["fault"]
    assert answer["fault"].startswith("IndexError at test_resume_kept.py:")
    kept = understanding.from_json(json.loads(json.dumps(answer)))
    assert kept.text == "Ada Vane\nExperience\nCook, Ship Inn, 2019 - 2021"
    assert [(one.kind, one.text) for one in kept.sections] == [("other", kept.text)]
    assert (kept.facts, kept.hidden_words) == ([], 3)


async def test_head_office_is_told_which_rule_failed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(understanding, "facts", _fail)

    async def answered(*_: object) -> dict[str, Any]:
        return understanding.answer_of(_pages(), "en", 0)

    reader = ResumeReader(ReadingLimits())
    monkeypatch.setattr(reader, "_in_child", answered)
    with capture_logs() as logged:
        kept = await reader.read(b"%PDF-1.7", "en")
    assert "Ship Inn" in kept.text
    (said,) = logged
    assert said["event"] == "a resume is kept without facts"
    assert "IndexError" in said["reason"] and "Ada" not in str(said)


@pytest.mark.parametrize("places", [(8,), (40,), (0, 8)])
def test_a_change_of_print_at_the_end_of_a_line_divides_nothing(places: tuple[int, ...]) -> None:
    row = rows_of([Line("Ship Inn", 50, 40, 200, 52, 10, False, breaks=places)])[0]
    assert [piece.text for piece in pieces(row, 0)] == ["Ship Inn"]


def test_first_words_in_a_print_of_their_own_have_it_and_their_cell_another() -> None:
    opening = (10.0, True, 0)
    row = rows_of([Line("Commis, Ship Inn\t2019", 50, 40, 200, 52, 10, False, breaks=(6,), opening=opening)])[0]
    assert row.print_at(0) == opening
    assert row.print_at(8) == row.cell_at(0)[1] == (10, False, 0)
    assert row.print_at(17) == (10, False, 0)
