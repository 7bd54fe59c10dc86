"""One cell of a drawn table: its frame, and what its lines are together. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from coordinator.candidates.printed.strokes import NEAR_POINTS, Rule
from coordinator.candidates.schemas import Line

Box = tuple[float, float, float, float]


def fits(before: Line, line: Line, right: float) -> bool:
    """Whether the first word of ``line`` had room behind ``before``, up to ``right``: then nothing broke that one."""
    letter = (line.x1 - line.x0) / max(len(line.text), 1)
    first = line.text if line.text[:1] > "\u2fff" else line.text.split()[0]
    return before.x1 + (min(len(first), 12) + 1) * letter < right


def _is_hangul(character: str) -> bool:
    return "\uac00" <= character <= "\ud7a3"


@dataclass
class Cell:
    """A frame and the lines in it, top to bottom."""

    box: Box
    lines: list[Line]

    def text(self) -> str:
        """The lines as one; Korean is broken anywhere in a word where the cell was full."""
        x0, _, x1, _ = self.box
        padding = min(line.x0 for line in self.lines) - x0
        letters = [letter for line in self.lines for letter in line.text.split()]
        if len(self.lines) > 1 and all(len(letter) == 1 for letter in letters):
            return "".join(letters)
        made = self.lines[0].text
        for before, line in zip(self.lines, self.lines[1:], strict=False):
            room = x1 - padding - before.x1
            broken = _is_hangul(made[-1]) and _is_hangul(line.text[0]) and room < line.size * 0.95
            made += ("" if broken else " ") + line.text
        return made.replace("\t", " ")

    def ends(self) -> list[int]:
        """Places in the text behind lines that ended although the next word had room, or before one in another print.

        What follows there is another thing.
        """
        x0, _, x1, _ = self.box
        padding = min(line.x0 for line in self.lines) - x0
        place, found = 0, list[int]()
        for before, line in pairwise(self.lines):
            place = self.text().find(line.text.replace("\t", " "), place + len(before.text))
            other = (before.size, before.bold, before.color) != (line.size, line.bold, line.color)
            found += [place] if place > 0 and (other or fits(before, line, x1 - padding)) else []
        return found


def frame_of(line: Line, level: Sequence[Rule], upright: Sequence[Rule]) -> Box | None:
    """The frame around the middle of ``line``, None where a side is open."""
    x, y = (line.x0 + line.x1) / 2, (line.y0 + line.y1) / 2
    across = [rule[1] for rule in level if rule[0] - NEAR_POINTS <= x <= rule[2] + NEAR_POINTS]
    down = [rule[0] for rule in upright if rule[1] - NEAR_POINTS <= y <= rule[3] + NEAR_POINTS]
    top = max((edge for edge in across if edge <= y), default=None)
    bottom = min((edge for edge in across if edge > y), default=None)
    left = max((edge for edge in down if edge <= x), default=None)
    right = min((edge for edge in down if edge > x), default=None)
    if top is None or bottom is None or left is None or right is None:
        return None
    return (left, top, right, bottom)
