"""A page to print lines on, as the reader of PDF would find them: no ink, only places."""

from dataclasses import dataclass, field

from coordinator.candidates.broken_lines import whole
from coordinator.candidates.headings import split_label
from coordinator.candidates.layout import Page
from coordinator.candidates.schemas import Line

HEIGHT = 842.0
TOP = 50.0
BOTTOM = 790.0

Part = tuple[str, bool]
"""Words and whether they are bold."""


def width(text: str, size: float) -> float:
    """How wide words are in print, points."""
    return size * sum(
        0.95 if "\u3000" <= letter <= "\ud7a3" else 0.27 if letter in " .,'|il" else 0.53 for letter in text
    )


@dataclass
class Sheet:
    """Pages of lines; ``y`` runs on over all of them."""

    lines: list[list[Line]] = field(default_factory=lambda: [[]])
    rules: list[list[tuple[float, float, float, float]]] = field(default_factory=lambda: [[]])
    state: str = "b:profile"
    """What the words printed from now on are: "h:" and a kind for a heading, "b:" and one for what it heads."""
    states: dict[str, list[str]] = field(default_factory=dict)
    """By the words, in the order they were printed."""

    def put(self, y: float, x: float, parts: list[Part], size: float, color: int = 0) -> float:
        """Print words at a place; returns where they end."""
        text, breaks = "", []
        for place, (words, bold) in enumerate(parts):
            if place and bold != parts[place - 1][1]:
                breaks.append(len(text))
            text += words
        bold = sum(len(words) for words, is_bold in parts if is_bold) * 2 > len(text)
        page, top = self._at(y)
        end = x + width(text, size)
        if not text.strip():
            return end
        self.states.setdefault("".join(text.split()), []).append(self.state)
        self.lines[page].append(Line(text, x, top, end, top + size * 1.2, size, bold, color, tuple(breaks)))
        return end

    def rule(self, x0: float, y0: float, x1: float, y1: float) -> None:
        """Draw a straight line."""
        page, top = self._at(y0)
        self.rules[page].append((x0, top, x1, top + y1 - y0))

    def _at(self, y: float) -> tuple[int, float]:
        page = int((y - TOP) // (BOTTOM - TOP))
        page = max(page, 0)
        while len(self.lines) <= page:
            self.lines.append([])
            self.rules.append([])
        return page, y - page * (BOTTOM - TOP)

    def pages(self) -> list[Page]:
        """What was printed, as the reader hands it on."""
        return [
            Page(HEIGHT, whole([part for line in lines for part in split_label(line)]), rules)
            for lines, rules in zip(self.lines, self.rules, strict=True)
        ]


def wrapped(text: str, size: float, room: float) -> list[str]:
    """``text`` in lines no wider than ``room`` points."""
    made = [""]
    for word in text.split(" "):
        if made[-1] and width(f"{made[-1]} {word}", size) > room:
            made.append(word)
        else:
            made[-1] = f"{made[-1]} {word}".strip()
    return made
