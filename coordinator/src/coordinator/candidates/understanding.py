"""From a page's print to a resume's text, sections and facts: what the child process does after reading. Pure."""

import traceback
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from coordinator.candidates.facts.extract import facts
from coordinator.candidates.facts.joined import apart
from coordinator.candidates.facts.kinds import by_content
from coordinator.candidates.facts.model import Fact, Span, rows_of
from coordinator.candidates.facts.words import is_title
from coordinator.candidates.headings.finding import Headings
from coordinator.candidates.headings.halves import split_label, with_whole_headings
from coordinator.candidates.headings.known import known_kind
from coordinator.candidates.headings.sections import parts, sections
from coordinator.candidates.page.broken_lines import whole
from coordinator.candidates.page.order import Page, reading_order
from coordinator.candidates.printed.ornaments import without_badges, without_monograms, without_ornaments
from coordinator.candidates.printed.turned import placed
from coordinator.candidates.schemas import Line, Section


@dataclass(frozen=True)
class ReadResume:
    """A resume's text in reading order, cells of tables divided by tabs, and what stands in it."""

    pages: int
    text: str
    sections: list[Section]
    facts: list[Fact]
    hidden_words: int
    """How many words of the file nobody sees on its pages; they are in none of the others."""


def _line(
    text: str,
    x0: float,
    y0: float,
    x1: float,
    y1: float,
    size: float,
    bold: bool,
    color: int,
    breaks: list[int],
    opening: tuple[float, bool, int] | None = None,
) -> Line:
    return Line(text, x0, y0, x1, y1, size, bold, color, tuple(breaks), opening=opening and (*opening,))


def pages_of(answer: dict[str, Any]) -> list[Page]:
    """The pages in the reader's answer."""
    printed = with_whole_headings([_lines_of(page) for page in answer["pages"]])
    return [
        Page(
            page["height"],
            whole([line for found in lines for line in split_label(found)], page["rules"]),
            [(x0, y0, x1, y1) for x0, y0, x1, y1 in page["rules"]],
            [(x0, y0, x1, y1) for x0, y0, x1, y1 in page["boxes"]],
        )
        for page, lines in zip(answer["pages"], printed, strict=True)
    ]


def _lines_of(page: dict[str, Any]) -> list[Line]:
    upright = without_monograms(without_ornaments([_line(*fields) for fields in page["lines"]]))
    upright = without_badges(upright, _is_known)
    return [*upright, *placed([_line(*fields) for fields in page["turned"]], upright, _is_known)]


def _is_known(text: str) -> bool:
    return known_kind(text) is not None


def understood(pages: Sequence[Page], language: str, hidden_words: int = 0) -> ReadResume:
    """The resume that stands on ``pages``. Pure."""
    looks = Headings.of([page.lines for page in pages], is_title)
    lines = reading_order(pages, looks.opens)
    found = by_content(apart(parts(lines, looks, language), rows_of(lines)), rows_of(lines))
    text = "\n".join(line.text for line in lines)
    return ReadResume(len(pages), text, sections(lines, found), facts(lines, found, text), hidden_words)


def in_plain_lines(pages: Sequence[Page], hidden_words: int = 0) -> ReadResume:
    """The resume's text in one section, without facts: what is left where the rules fail. Pure."""
    text = "\n".join(line.text for page in pages for line in page.lines)
    return ReadResume(len(pages), text, [Section("other", "", text)], [], hidden_words)


def answer_of(pages: Sequence[Page], language: str, hidden_words: int) -> dict[str, Any]:
    """The resume as the child writes it, in plain lines where a rule fails: ``fault`` says which, and nothing of it."""
    try:
        return to_json(understood(pages, language, hidden_words))
    except Exception as error:  # noqa: BLE001 - a fault of ours must not turn a person's resume away
        last = traceback.extract_tb(error.__traceback__)[-1]
        fault = f"{type(error).__name__} at {Path(last.filename).name}:{last.lineno}"
        return {**to_json(in_plain_lines(pages, hidden_words)), "fault": fault}


def to_json(resume: ReadResume) -> dict[str, Any]:
    """The resume as the child writes it."""
    return {
        "pages": resume.pages,
        "text": resume.text,
        "hidden_words": resume.hidden_words,
        "sections": [[part.kind, part.title, part.text] for part in resume.sections],
        "facts": [
            [fact.kind, fact.entry, fact.field, fact.span.text, fact.span.start, fact.span.end, fact.value]
            for fact in resume.facts
        ],
    }


def from_json(answer: dict[str, Any]) -> ReadResume:
    """The resume as the child wrote it."""
    return ReadResume(
        answer["pages"],
        answer["text"],
        [Section(*part) for part in answer["sections"]],
        [
            Fact(kind, entry, field, Span(text, start, end), value)
            for kind, entry, field, text, start, end, value in answer["facts"]
        ],
        answer["hidden_words"],
    )
