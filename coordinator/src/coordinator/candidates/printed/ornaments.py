"""Letters that adorn the page: strokes above headings, which begin at these, and emblems beside names. Pure."""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from coordinator.candidates.schemas import Line

ORNAMENTS_MIN = 2
ALIGNED_POINTS = 2.0
BELOW_EMS = 2.6
"""From the top of a stroke to that of what it stands above, at most."""
BESIDE_EMS = 3.0
"""A stroke this near before something at its height marks an item of a list."""
LEVEL_POINTS = 1.0
MONOGRAM_POINTS = 60.0
"""What a monogram stands for begins this near on its right, at most."""
BADGES_MIN = 3
BADGE_POINTS = 30.0
"""A badge stands this near beside what it numbers, at most."""
BADGES_HEAD = 0.6
"""Of what badges number, this share has the usual words of headings: items of lists have numbers, too."""
_BADGE = re.compile(r"\s*([A-Z]|0?[1-9])[.)]?\s*$")
_ENDS_IN_BADGE = re.compile(r"(.*\S)\s+([1-9])$")
_MONOGRAM = re.compile(r"[A-Z]{1,2}$|[가-힣]$")
_STROKE = re.compile(r"[-–—―_=~ㅡ─━]+$")


def without_ornaments(lines: Sequence[Line]) -> list[Line]:
    """``lines`` of a page without strokes that stand above others; these begin at the strokes' height."""
    below = {
        id(stroke): found
        for stroke in lines
        if _STROKE.match(stroke.text.strip()) and (found := _below(stroke, lines)) is not None
    }
    if len(below) < ORNAMENTS_MIN:
        return list(lines)
    raised = {id(below[id(line)]): line for line in lines if id(line) in below}
    return [
        replace(line, y0=raised[id(line)].y0, y1=raised[id(line)].y1) if id(line) in raised else line
        for line in lines
        if id(line) not in below
    ]


def _below(stroke: Line, lines: Sequence[Line]) -> Line | None:
    """The line right below a stroke and flush with it; None where the stroke marks an item."""
    marks = any(
        line is not stroke
        and line.y0 < (stroke.y0 + stroke.y1) / 2 < line.y1
        and -ALIGNED_POINTS <= line.x0 - stroke.x1 <= BESIDE_EMS * stroke.size
        for line in lines
    )
    near = [
        line
        for line in lines
        if abs(line.x0 - stroke.x0) <= ALIGNED_POINTS and 0 < line.y0 - stroke.y0 <= BELOW_EMS * stroke.size
    ]
    return None if marks or not near else min(near, key=lambda line: line.y0)


def without_monograms(lines: Sequence[Line]) -> list[Line]:
    """``lines`` of a page without the letters that stand for a firm's or a school's emblem beside its name."""
    drawn = [line for line in lines if _MONOGRAM.match(line.text.strip()) and _is_emblem(line, lines)]
    if len(drawn) < ORNAMENTS_MIN:
        return list(lines)
    return [line for line in lines if not any(line is one for one in drawn)]


def without_badges(lines: Sequence[Line], is_known: Callable[[str], bool]) -> list[Line]:
    """``lines`` of a page without the numbers or letters that count its headings, beside these: 1, 2, 3 or A, B, C."""
    parts = [part for line in lines for part in _ends_in_badge(line, is_known)]
    cut = {id(part) for part in parts} - set(map(id, lines))
    numbered = [part for part in parts if _BADGE.match(part.text)]
    for look in {(part.size, part.bold, part.color) for part in numbered}:
        alike = [part for part in numbered if id(part) in cut or (part.size, part.bold, part.color) == look]
        said = sorted({_number(part) for part in alike})
        if len(said) != len(alike) or len(said) < BADGES_MIN or said != list(range(said[0], said[0] + len(said))):
            continue
        beside = [_numbered(part, parts) for part in alike]
        known = sum(one is not None and is_known(one.text) for one in beside)
        if said[0] in (1, ord("A")) and all(beside) and known >= BADGES_HEAD * len(alike):
            badges = set(map(id, alike))
            return [part for part in parts if id(part) not in badges]
    return list(lines)


def _ends_in_badge(line: Line, is_known: Callable[[str], bool]) -> list[Line]:
    """A heading and the badge printed after it in one line as two lines; any other line as it is."""
    ended = _ENDS_IN_BADGE.match(line.text)
    if ended is None or not is_known(ended.group(1)):
        return [line]
    edge = line.x1 - line.size
    return [
        replace(line, text=ended.group(1), x1=edge, breaks=()),
        replace(line, text=ended.group(2), x0=edge, breaks=()),
    ]


def _number(badge: Line) -> int:
    text = badge.text.strip().rstrip(".)")
    return int(text) if text.isdigit() else ord(text)


def _numbered(badge: Line, lines: Sequence[Line]) -> Line | None:
    """The line that a badge stands beside: the nearest at its height, not in its print."""
    middle = (badge.y0 + badge.y1) / 2
    near = [
        (max(line.x0 - badge.x1, badge.x0 - line.x1), line)
        for line in lines
        if line is not badge and line.y0 < middle < line.y1
    ]
    gap, line = min(near, key=lambda one: one[0], default=(BADGE_POINTS + 1, None))
    return line if gap <= BADGE_POINTS else None


def _is_emblem(letters: Line, lines: Sequence[Line]) -> bool:
    """Whether the line beside ``letters``, in another print, is longer and begins as they do."""
    beside = [
        line
        for line in lines
        if 0 < line.x0 - letters.x1 <= MONOGRAM_POINTS and line.y0 < letters.y1 and line.y1 > letters.y0
    ]
    said = letters.text.strip()
    return any(
        (line.size, line.color) != (letters.size, letters.color)
        # A label stands at the very height of what it labels, and no larger.
        and (letters.size > line.size or abs(line.y0 + line.y1 - letters.y0 - letters.y1) > 2 * LEVEL_POINTS)
        and len(line.text) > len(said) + 1
        and (line.text.startswith(said) or "".join(word[0] for word in line.text.split())[: len(said)] == said)
        for line in beside
    )
