"""From the characters that a PDF prints to plain text: ligatures, icons, and white space that sets apart. Pure."""

import re
import unicodedata
from collections.abc import Sequence
from statistics import median
from typing import Any

APART_EMS = 1.0
APART_ALONE_EMS = 1.15
GAPS_FEW = 2
"""A gap is measured against a line's others where it has more than these."""
JUSTIFIED_POINTS = 1.0

_BULLETS_OF_SYMBOL_FONTS = "\uf0a7\uf0b7\uf0d8\uf06e\uf0a8\uf076\uf0fc\uf09f"
_BULLETS = str.maketrans(dict.fromkeys(_BULLETS_OF_SYMBOL_FONTS, "•"))
_ICON = re.compile(r"[\ue000-\uf8ff\ufffd\U000f0000-\U0010fffd]")
_NOTHING = re.compile(r"[\x00\u200b-\u200f\u2060\ufeff\ufe0e\ufe0f]")
_LIGATURES = {"\ufb00": "ff", "\ufb01": "fi", "\ufb02": "fl", "\ufb03": "ffi", "\ufb04": "ffl", "\ufb05": "st"}
# Places of TeX's own encodings (OT1, T1) where a font does not say which characters it draws.
_LIGATURES |= {"\x0b": "ff", "\x0c": "fi", "\x0d": "fl", "\x0e": "ffi", "\x0f": "ffl", "\x10": "“", "\x11": "”"}
_LIGATURES |= {"\x15": "–", "\x16": "—", "\x1b": "ff", "\x1c": "fi", "\x1d": "fl", "\x1e": "ffi", "\x1f": "ffl"}
# "성    명": two syllables set apart to fill a label's width are one word.
_APART = re.compile(r"(?<=(?<![가-힣])[가-힣]) {2,}(?=[가-힣](?![가-힣]))")
SPACED_OUT = re.compile(r"^(?:(?:\S {1,4}){3,}\S|[가-힣](?: {1,4}[가-힣]){2,})$")


def clean(text: str) -> str:
    """Plain characters: ligatures taken apart, icons gone, Hangul composed; two spaces or more are a tab."""
    for ligature, letters in _LIGATURES.items():
        text = text.replace(ligature, letters)
    text = _ICON.sub(" ", _NOTHING.sub("", text.translate(_BULLETS)))
    text = unicodedata.normalize("NFC", re.sub(r"[^\S\t]", " ", text))
    return re.sub(r" *\t *| {2,}", "\t", _APART.sub(" ", text))


def _is_justified(line: dict[str, Any], page: Sequence[dict[str, Any]]) -> bool:
    """Whether another line of the page begins and ends where this one does: its spaces fill it."""
    x0, _, x1, _ = line["bbox"]
    return any(
        abs(other["bbox"][0] - x0) < JUSTIFIED_POINTS and abs(other["bbox"][2] - x1) < JUSTIFIED_POINTS
        for other in page
        if other is not line
    )


def set_apart(line: dict[str, Any], page: Sequence[dict[str, Any]]) -> set[int]:
    """Ids of the characters that white space sets apart from those before, as a tab does: far wider than between words.

    What is justified has wide spaces everywhere, and letters set apart have their gaps on both sides of a space.
    """
    shown = [(one, span["size"]) for span in line["spans"] for one in span["chars"] if not one["c"].isspace()]
    spaces = {id(one) for span in line["spans"] for one in span["chars"] if one["c"].isspace()}
    after_space: dict[int, bool] = {}
    blanks = 0
    for span in line["spans"]:
        for one in span["chars"]:
            # Several blanks are told from one by their number.
            after_space[id(one)] = blanks == 1
            blanks = blanks + 1 if id(one) in spaces else 0
    gaps = [
        (id(after), after["bbox"][0] - before["bbox"][2], size)
        for (before, _), (after, size) in zip(shown, shown[1:], strict=False)
    ]
    letters = [gap for place, gap, _ in gaps if not after_space[place]]
    spacing = max(median(letters), 0.0) if letters else 0.0
    words = [(place, gap - 2 * spacing, size) for place, gap, size in gaps if after_space[place]]
    if not words:
        return set()
    usual = median(gap for _, gap, _ in words)
    few = len(words) <= GAPS_FEW
    alike = max(gap for _, gap, _ in words) < 2 * min(gap for _, gap, _ in words)
    if alike and _is_justified(line, page):
        return set()
    return {
        place
        for place, gap, size in words
        if gap > size * (APART_ALONE_EMS if few else APART_EMS) and (few or gap > 2 * usual or usual > size)
    }


def drawn_together(characters: list[dict[str, Any]]) -> str:
    """A line printed with wide spaces between its letters, as the words it is."""
    letters = [one for one in characters if not one["c"].isspace()]
    gaps = [after["bbox"][0] - before["bbox"][2] for before, after in zip(letters, letters[1:], strict=False)]
    usual = max(median(gaps), 0.1)
    made = letters[0]["c"]
    for gap, letter in zip(gaps, letters[1:], strict=True):
        made += (" " if gap > usual * 1.7 else "") + letter["c"]
    return str(made)
