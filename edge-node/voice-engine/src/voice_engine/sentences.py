# SPDX-License-Identifier: GPL-3.0-or-later
"""Cuts a text into pieces to speak one after the other, the first one short so that sound starts early."""

import re

SHORT_FIRST_CHARACTERS = 48
"""A first sentence longer than this is cut at a clause boundary."""

LONGEST_CHARACTERS = 220
"""A sentence longer than this is cut too, so that a cancel never waits long."""

_SENTENCE_END = re.compile(r"(?<=[.!?…。？！])\s+|(?<=[.!?…。？！][\"'”’)\]])\s+|\n+")
_CLAUSE = re.compile(r"(?<=[,;:—])\s+|\s+(?=(?:and|but|or|because|which|when|where|while|if|so|that)\s)")
_ABBREVIATION = re.compile(r"(?:\b(?:Mr|Mrs|Ms|Dr|Prof|St|vs|e\.g|i\.e|etc|No)|\b[A-Z])\.$")


def _sentences(text: str) -> list[str]:
    found: list[str] = []
    for piece in _SENTENCE_END.split(text):
        trimmed = " ".join(piece.split())
        if not trimmed:
            continue
        if found and _ABBREVIATION.search(found[-1]):
            found[-1] = f"{found[-1]} {trimmed}"
        else:
            found.append(trimmed)
    return found


def _cut(sentence: str, wanted: int) -> list[str]:
    """``sentence`` in two at the clause boundary nearest to ``wanted`` characters, or whole if there is none."""
    cuts = [match for match in _CLAUSE.finditer(sentence) if match.start() >= 12 and len(sentence) - match.end() >= 12]
    if not cuts:
        return [sentence]
    best = min(cuts, key=lambda match: abs(match.start() - wanted))
    return [sentence[: best.start()], sentence[best.end() :]]


def _shorten(sentence: str) -> list[str]:
    if len(sentence) <= LONGEST_CHARACTERS:
        return [sentence]
    parts = _cut(sentence, LONGEST_CHARACTERS // 2)
    if len(parts) == 1:
        middle = sentence.rfind(" ", 0, LONGEST_CHARACTERS)
        at = middle if middle > 0 else LONGEST_CHARACTERS
        parts = [sentence[:at].strip(), sentence[at:].strip()]
    return [piece for part in parts if part for piece in _shorten(part)]


def sentences(text: str) -> list[str]:
    """Sentences of ``text``, white space trimmed, a very long one in parts; an abbreviation's dot ends none."""
    return [piece for sentence in _sentences(text) for piece in _shorten(sentence)]


def early_pieces(text: str) -> list[str]:
    """As :func:`sentences`, but a long first sentence is cut at a clause, so that sound starts early."""
    whole = sentences(text)
    if whole and len(whole[0]) > SHORT_FIRST_CHARACTERS:
        whole[:1] = _cut(whole[0], SHORT_FIRST_CHARACTERS // 2)
    return whole
