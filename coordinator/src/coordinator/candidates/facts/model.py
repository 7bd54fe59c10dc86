"""What the rules find, and the text they find it in. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from coordinator.candidates.schemas import FactKind, Line, Print


@dataclass(frozen=True)
class Span:
    """A stretch of the resume's text: ``text`` is its characters ``start`` to ``end``, white space apart."""

    text: str
    start: int
    end: int


@dataclass(frozen=True)
class Fact:
    """One thing the resume says: ``field`` of the ``entry``-th of its ``kind``, 0 the first.

    ``value`` is the date a date says ("2019-03", "2019", "present"), else the text itself.
    """

    kind: FactKind
    entry: int
    field: str
    span: Span
    value: str


@dataclass(frozen=True)
class Row:
    """A line of the resume and where it starts in the text."""

    line: Line
    start: int

    @property
    def text(self) -> str:
        """The line's text, cells divided by tabs."""
        return self.line.text

    @property
    def cells(self) -> list[tuple[int, str]]:
        """Place in the line and text of each cell."""
        found: list[tuple[int, str]] = []
        place = 0
        for cell in self.text.split("\t"):
            found.append((place, cell))
            place += len(cell) + 1
        return found

    def cell_at(self, place: int) -> tuple[float, Print]:
        """Left edge, points, and print of the cell that the character at ``place`` of the line stands in."""
        line, index = self.line, self.text.count("\t", 0, place)
        return (
            line.cells[index] if index < len(line.cells) else line.x0,
            line.prints[index] if index < len(line.prints) else (line.size, line.bold, line.color),
        )

    def print_at(self, place: int) -> Print:
        """Print of the words that the character at ``place`` stands in: the first may have their own."""
        line = self.line
        if line.opening is not None and line.breaks and place < line.breaks[0] and "\t" not in self.text[:place]:
            return line.opening
        return self.cell_at(place)[1]

    def span(self, start: int, end: int) -> Span:
        """The stretch from ``start`` to ``end`` of the line."""
        return Span(" ".join(self.text[start:end].split()), self.start + start, self.start + end)


def rows_of(lines: Sequence[Line]) -> list[Row]:
    """``lines`` with their places in the text they make, joined by line ends."""
    found: list[Row] = []
    place = 0
    for line in lines:
        found.append(Row(line, place))
        place += len(line.text) + 1
    return found
