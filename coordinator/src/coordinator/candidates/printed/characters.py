"""From the characters that a PDF prints to plain text: ligatures, icons, and white space that sets apart. Pure."""

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any

from coordinator.candidates.words.letters import have_letters_apart

APART_EMS = 1.0
APART_ALONE_EMS = 1.15
GAPS_FEW = 2
"""A gap is measured against a line's others where it has more than these."""
STOP_EMS = 0.55
OTHER_PRINT_EMS = 0.28
"""White space without a blank sets apart where the print changes, too."""
STOP_LETTERS = 1.3
LATIN_EMS = 0.5
BOLD_FLAG = 16
STROKE_POINTS = 0.5
STOP_LINES_MIN = 3
"""White space in one place on as many lines divides columns."""

_BULLETS_OF_SYMBOL_FONTS = "\uf0a7\uf0b7\uf0d8\uf06e\uf0a8\uf076\uf0fc\uf09f"
_BULLETS = str.maketrans(dict.fromkeys(_BULLETS_OF_SYMBOL_FONTS, "•"))
_WIDE = str.maketrans(
    {code: chr(code - 0xFEE0) for code in range(0xFF10, 0xFF5B) if chr(code).isalnum()} | {0xFF5C: "|", 0xFF0F: "/"}
)
"""Digits, Latin letters and strokes as wide as Hangul; some fonts say so of their usual ones."""
_MARKS = re.compile(r"dingbats|wingdings|webdings", re.IGNORECASE)
_ICON = re.compile(
    r"[\ue000-\uf8ff\ufffd\U000f0000-\U0010fffd]"
    # Pictures before what they stand for, but for stars, ticks and arrows: telephones, envelopes, clocks, pins.
    r"|[\u2300-\u23ff\u25a3-\u25a9\u25f0-\u25f7\u2600-\u2604\u2607-\u26ff\u2702-\u2712\U0001f300-\U0001faff]"
)
_NOTHING = re.compile(r"[\x00\u200b-\u200f\u2060\ufeff\ufe0e\ufe0f]")
_LIGATURES = {"\ufb00": "ff", "\ufb01": "fi", "\ufb02": "fl", "\ufb03": "ffi", "\ufb04": "ffl", "\ufb05": "st"}
# Places of TeX's own encodings (OT1, T1) where a font does not say which characters it draws.
_LIGATURES |= {"\x0b": "ff", "\x0c": "fi", "\x0d": "fl", "\x0e": "ffi", "\x0f": "ffl", "\x10": "“", "\x11": "”"}
_LIGATURES |= {"\x15": "–", "\x16": "—", "\x1b": "ff", "\x1c": "fi", "\x1d": "fl", "\x1e": "ffi", "\x1f": "ffl"}
# "성    명": two syllables set apart to fill a label's width are one word.
_APART = re.compile(r"(?<=(?<![가-힣])[가-힣]) {2,}(?=[가-힣](?![가-힣]))")


def of_span(span: dict[str, Any]) -> str:
    """A span's characters; what a font of marks prints alone is a bullet, whichever letter stands for it."""
    text = "".join(one["c"] for one in span["chars"])
    if len(text.strip()) == 1 and _MARKS.search(span["font"]):
        return text.replace(text.strip(), "•")
    return text


def clean(text: str) -> str:
    """Plain characters: ligatures taken apart, icons gone, Hangul composed; two spaces or more are a tab."""
    for ligature, letters in _LIGATURES.items():
        text = text.replace(ligature, letters)
    text = _ICON.sub(" ", _NOTHING.sub("", text.translate(_BULLETS | _WIDE)))
    text = unicodedata.normalize("NFC", re.sub(r"[^\S\t]", " ", text))
    return re.sub(r" *\t *| {2,}", "\t", _APART.sub(" ", text))


@dataclass(frozen=True)
class _Gap:
    """White space between two words: which character ends it, its width in points and in the size of the print."""

    until: int
    x: float
    width: float
    ems: float
    letters: float
    """In widths of the line's usual Latin letter: a blank of a typewriter's print is one."""


def _gaps(line: dict[str, Any]) -> list[_Gap]:
    """The gaps of one blank between a line's words, without what its letters are set apart by."""
    letters: list[float] = []
    found: list[tuple[dict[str, Any], float, float]] = []
    before: dict[str, Any] | None = None
    blanks = 0
    for span in line["spans"]:
        for one in span["chars"]:
            if one["c"].isspace():
                blanks += 1
                continue
            if before is not None:
                width = one["bbox"][0] - before["bbox"][2]
                if blanks == 1:
                    # Several blanks are told from one by their number.
                    found.append((one, width, span["size"]))
                elif blanks == 0:
                    letters.append(width)
            before, blanks = one, 0
    if not found:
        return []
    spacing = max(median(letters), 0.0) if letters else 0.0
    latin = [
        one["bbox"][2] - one["bbox"][0]
        for span in line["spans"]
        for one in span["chars"]
        if one["c"].isascii() and one["c"].isalnum()
    ]
    letter = max(median(latin) if latin else LATIN_EMS * found[0][2], 0.1)
    return [
        _Gap(id(one), one["bbox"][0], gap, gap / max(size, 1.0), gap / letter)
        for one, gap, size in ((one, width - 2 * spacing, size) for one, width, size in found)
    ]


@dataclass(frozen=True)
class Stops:
    """Where the lines of a page begin and end, points."""

    starts: Counter[int]
    """How many lines begin, or go on after a gap, at each place from the left."""
    extents: Counter[tuple[int, int]]
    """How many lines reach from one place to another."""
    strokes: tuple[tuple[float, float, float], ...] = ()
    """Upright strokes: from the left, from and to which height."""

    @staticmethod
    def of(page: Sequence[dict[str, Any]], strokes: Sequence[tuple[float, float, float]] = ()) -> "Stops":
        """Learn from a page's lines and its upright strokes."""
        starts = Counter(round(line["bbox"][0]) for line in page)
        starts.update(
            round(gap.x) for line in page for gap in _gaps(line) if gap.ems > STOP_EMS and gap.letters > STOP_LETTERS
        )
        return Stops(starts, Counter(_extent(line) for line in page), tuple(strokes))

    def is_column(self, x: float) -> bool:
        """Whether several lines begin or go on at ``x``."""
        return sum(self.starts[round(x) + near] for near in (-1, 0, 1)) >= STOP_LINES_MIN

    def is_justified(self, line: dict[str, Any]) -> bool:
        """Whether another line begins and ends where this one does: its spaces fill it."""
        left, right = _extent(line)
        return sum(self.extents[left + x, right + y] for x in (-1, 0, 1) for y in (-1, 0, 1)) > 1


def _extent(line: dict[str, Any]) -> tuple[int, int]:
    return round(line["bbox"][0]), round(line["bbox"][2])


def _set_apart(line: dict[str, Any], at: Stops) -> set[int]:
    """Ids of the characters that white space sets apart from those before: wider than between words, or in a column.

    What is justified has wide spaces everywhere, and letters set apart have their gaps on both sides of a space.
    """
    gaps = _gaps(line)
    found = _in_another_print(line, at) | _across_strokes(line, at)
    if not gaps:
        return found
    widths = [gap.width for gap in gaps]
    if max(widths) < 2 * min(widths) and at.is_justified(line):
        return found
    usual, few = median(widths), len(gaps) <= GAPS_FEW
    found |= {
        gap.until
        for gap in gaps
        if gap.ems > (APART_ALONE_EMS if few else APART_EMS)
        and (few or gap.width > 2 * usual or usual > gap.width / gap.ems)
    }
    for place, gap in enumerate(gaps):
        others = widths[:place] + widths[place + 1 :]
        wider = gap.width > 1.6 * median(others) if others else True
        if gap.ems > STOP_EMS and gap.letters > STOP_LETTERS and wider and at.is_column(gap.x):
            found.add(gap.until)
    return found


def _in_another_print(line: dict[str, Any], at: Stops) -> set[int]:
    """Ids of the characters that go on in another print after white space that no blank says, or where a column begins.

    A cell full of dates leaves no space.
    """
    found: set[int] = set()
    before: tuple[Any, ...] | None = None
    last, dated = " ", False
    letters = [one for span in line["spans"] for one in span["chars"]]
    gaps = [after["bbox"][0] - one["bbox"][2] for one, after in zip(letters, letters[1:], strict=False)]
    spacing = max(median(gaps), 0.0) if gaps else 0.0
    edge = 0.0
    for span in line["spans"]:
        text = "".join(one["c"] for one in span["chars"])
        first = next((one for one in span["chars"] if not one["c"].isspace()), None)
        if first is None:
            last = " "
            continue
        # Not the font: letters that one has not are printed in another, in the middle of a word.
        printed = (span.get("flags", 0) & BOLD_FLAG, round(span["size"]), span.get("color"))
        apart = last.isspace() or text[0].isspace() or (last.isdigit() and first["c"].isalpha())
        gap = first["bbox"][0] - edge - spacing
        unsaid = not last.isspace() and not text[0].isspace() and gap > OTHER_PRINT_EMS * span["size"]
        in_column = dated and apart and at.is_column(first["bbox"][0])
        if before is not None and printed != before and (unsaid or in_column):
            found.add(id(first))
        before, last, dated = printed, text[-1], dated or any(map(str.isdigit, text))
        edge = span["chars"][-1]["bbox"][2]
    return found


def _across_strokes(line: dict[str, Any], at: Stops) -> set[int]:
    """Ids of the characters that an upright stroke divides from those before: the next cell of a table."""
    x0, y0, x1, y1 = line["bbox"]
    crossing = [x for x, top, bottom in at.strokes if x0 < x < x1 and top <= (y0 + y1) / 2 <= bottom]
    if not crossing:
        return set()
    letters = [one for span in line["spans"] for one in span["chars"] if not one["c"].isspace()]
    return {
        id(after)
        for before, after in zip(letters, letters[1:], strict=False)
        if any(before["bbox"][2] - STROKE_POINTS <= x <= after["bbox"][0] + STROKE_POINTS for x in crossing)
    }


def parted(line: dict[str, Any], at: Stops) -> list[dict[str, Any]]:
    """The line, or its parts where white space sets them apart: what stands in two columns is two lines."""
    apart = _set_apart(line, at)
    if not apart or have_letters_apart([one for span in line["spans"] for one in span["chars"]]):
        return [line]
    parts: list[list[dict[str, Any]]] = [[]]
    for span in line["spans"]:
        held: list[dict[str, Any]] = []
        for one in span["chars"]:
            if id(one) in apart:
                parts[-1].append({**span, "chars": held})
                parts.append([])
                held = []
            held.append(one)
        parts[-1].append({**span, "chars": held})
    return [_line_of(line, spans) for spans in parts]


def _line_of(line: dict[str, Any], spans: list[dict[str, Any]]) -> dict[str, Any]:
    """The part of the line that ``spans`` are, blanks between its words among them."""
    held = [
        {**span, "bbox": _around(span["chars"])} if any(one["c"].strip() for one in span["chars"]) else span
        for span in spans
        if span["chars"]
    ]
    return {**line, "spans": held, "bbox": _around([one for span in held for one in span["chars"]])}


def _around(characters: Sequence[dict[str, Any]]) -> tuple[float, float, float, float]:
    """The box of what is printed, blanks apart."""
    boxes = [one["bbox"] for one in characters if one["c"].strip()]
    x0, y0, x1, y1 = zip(*boxes, strict=True)
    return min(x0), min(y0), max(x1), max(y1)
