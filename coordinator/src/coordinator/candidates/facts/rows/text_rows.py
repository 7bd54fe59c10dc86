"""Which rows of an entry tell of the work, and which name who, what and when. Pure."""

import re

from coordinator.candidates.facts import words
from coordinator.candidates.facts.model import Row
from coordinator.candidates.facts.rows.edges import content_edge, edge_of
from coordinator.candidates.facts.rows.row_dates import ends_sentence, is_prose
from coordinator.candidates.headings.sections import BULLET
from coordinator.candidates.headings.sections import goes_on as was_broken
from coordinator.candidates.words.dates import is_mostly_dates
from coordinator.candidates.words.labels import field_of
from coordinator.candidates.words.letters import is_in_capitals

SENTENCE_CHARACTERS_MIN = 64
INDENT_POINTS = 4.0
STEP_EMS = 1.6
TITLE_WORDS_MAX = 4
LABEL = re.compile(r"^\W*([^:：\t]{1,40}?)\s*[:：\t]")
"""What a row begins with that says what it holds."""


def is_text(row: Row, margin: float, outer: float, dated: bool) -> bool:
    """Whether a row tells of the work instead of naming it; an item that stands further out than dates names it."""
    text = row.text.strip()
    label = LABEL.match(BULLET.sub("", text))
    field = field_of(label.group(1)) if label else None
    if field in ("employer", "title", "department", "institution", "degree"):
        return False
    if field == "duties" or (BULLET.match(text) and not dated and edge_of(row) > outer - INDENT_POINTS):
        return True
    if dated or row.line.wrapped:
        return False
    if content_edge(row) > margin + INDENT_POINTS and not row.line.bold and not _is_only_a_title(text):
        return True
    # Beside a name may stand what was done there.
    text = next((cell.strip() for _, cell in row.cells if cell.strip()), text)
    long = len(text) > SENTENCE_CHARACTERS_MIN or len(text.split()) > 12
    return (long and not is_in_capitals(text)) or is_prose(row) or (len(text) > 20 and ends_sentence(text))


def _is_only_a_title(text: str) -> bool:
    """Whether a few words name what somebody was and nothing else."""
    return len(text.split()) <= TITLE_WORDS_MAX and words.names_a_title(text) and not BULLET.match(text)


def goes_on(before: Row, row: Row, right: float) -> bool:
    """Whether a row goes on in the words of the row of text before it, whose section reaches to ``right``, points."""
    line, above = row.line, before.line
    if (above.size, above.bold, above.color) != (line.size, line.bold, line.color) or line.wrapped:
        return False
    text = row.text.strip()
    if text[:1].islower() and text.isascii() and text.endswith(".") and not before.text.endswith("."):
        return True
    hanging = BULLET.match(before.text.strip()) is not None and line.x0 > above.x0 + INDENT_POINTS
    broken = text[:1].islower() or hanging
    return broken and line.y0 - above.y0 <= STEP_EMS * line.size and was_broken(above, line, right)


def is_nested(row: Row, margin: float, outer: float) -> bool:
    """Whether a dated row stands within an entry: indented under what is dated further out, and no title."""
    if is_mostly_dates(row.text) or row.line.bold or words.is_title(row.text):
        return False
    if is_mostly_dates(row.cells[0][1]) and content_edge(row) <= margin + INDENT_POINTS:
        # Dates that end at one edge begin at several.
        return False
    return edge_of(row) > outer + INDENT_POINTS and content_edge(row) > outer + INDENT_POINTS
