"""How words are written: with their letters set apart, or in capitals as names are. Pure."""

import re
from statistics import median
from typing import Any

_SPACED_OUT = re.compile(r"^(?:(?:\S {1,4}){3,}\S|[가-힣](?: {1,4}[가-힣]){2,})$")
SPACED_WORDS_MIN = 5
SPACED_SHARE = 0.6
SPACED_LETTERS_MAX = 4
WORDS_APART = 4.0
"""Between words with their letters set apart is this many times the space between the letters, at most."""
LETTERS_MIN = 5
LETTERS_APART = 0.08
"""Letters are set apart where most stand this share of their size from the next."""
NARROW = 1.5
CAPITALS_MIN = 3
CAPITALS_SHARE = 0.6


def spaced_out(text: str) -> bool:
    """Whether the letters of ``text`` are set apart, but for pairs that a font draws close: "C A R E E R PAT H"."""
    if _SPACED_OUT.match(text):
        return True
    named = text.split()
    single = sum(len(word) == 1 for word in named)
    apart = len(named) >= SPACED_WORDS_MIN and single >= SPACED_SHARE * len(named)
    return (
        apart
        and text.isupper()
        and all(len(word) <= SPACED_LETTERS_MAX and (word.isalpha() or word in "&/'’") for word in named)
    )


def drawn_together(characters: list[dict[str, Any]]) -> str:
    """A line printed with wide spaces between its letters, as the words it is."""
    letters = [one for one in characters if not one["c"].isspace()]
    gaps = [after["bbox"][0] - before["bbox"][2] for before, after in zip(letters, letters[1:], strict=False)]
    usual = max(median(gaps), 0.1)
    made = letters[0]["c"]
    for gap, letter in zip(gaps, letters[1:], strict=True):
        made += (" " if gap > usual * 1.7 else "") + letter["c"]
    return str(made)


def without_blanks_between_letters(line: dict[str, Any]) -> dict[str, Any]:
    """A line whose letters are set apart, without the blanks that are no wider than that: they divide no words."""
    letters = [one for span in line["spans"] for one in span["chars"] if not one["c"].isspace()]
    size = max((span["size"] for span in line["spans"]), default=0.0)
    gaps = [after["bbox"][0] - before["bbox"][2] for before, after in zip(letters, letters[1:], strict=False)]
    usual = median(gaps) if len(gaps) >= LETTERS_MIN else 0.0
    said = " ".join("".join(one["c"] for span in line["spans"] for one in span["chars"]).split())
    if usual < LETTERS_APART * size or spaced_out(said):
        return line
    narrow = {
        id(one)
        for gap, one, after in zip(gaps, letters, letters[1:], strict=False)
        if gap <= usual * NARROW and f"{one['c']}{after['c']}".strip("'’").isalpha() and one["c"].isascii()
    }
    spans = []
    before: dict[str, Any] | None = None
    for span in line["spans"]:
        kept = []
        for one in span["chars"]:
            if not one["c"].isspace():
                before = one
            elif before is not None and id(before) in narrow:
                continue
            kept.append(one)
        spans.append({**span, "chars": kept})
    return {**line, "spans": spans}


def have_letters_apart(characters: list[dict[str, Any]]) -> bool:
    """Whether a line is words with their letters set apart, and nothing wider than between these words."""
    text = "".join(one["c"] for one in characters)
    named = sum(map(str.isalpha, text))
    if 2 * named < len(text.replace(" ", "")) or not spaced_out(" ".join(text.split())):
        return False
    letters = [one for one in characters if not one["c"].isspace()]
    gaps = [after["bbox"][0] - before["bbox"][2] for before, after in zip(letters, letters[1:], strict=False)]
    return bool(max(gaps) <= WORDS_APART * max(median(gaps), 0.1))


def is_in_capitals(text: str) -> bool:
    """Whether most Latin words of ``text`` begin with capitals, as names do, however long: no sentence does."""
    named = [word for word in text.split() if word[:1].isascii() and word[:1].isalpha()]
    large = sum(word[0].isupper() for word in named)
    return len(named) >= CAPITALS_MIN and large >= CAPITALS_SHARE * len(named)
