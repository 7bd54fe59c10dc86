"""Small labels printed above or below what they label, entry after entry, as forms and tickets do. Pure."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from coordinator.candidates.schemas import Line
from coordinator.candidates.words.labels import field_of

ALIGNED_POINTS = 2.0
STEP_EMS = 1.8
REPEATED_MIN = 2
LABELS_MIN = 2
LINES_MOST = 600
ABOVE = ("employer", "title", "department", "place", "period", "start", "end", "institution", "degree", "duties")


def with_values_beside(lines: Sequence[Line]) -> list[Line]:
    """``lines`` of a page with labels that come again and again above or below a value joined with that, label first.

    A label is smaller than its value or printed otherwise; what stands once above a column is a table's head.
    """
    if len(lines) > LINES_MOST:
        return list(lines)
    values = max((_values(lines, side) for side in (1, -1)), key=lambda found: _fit(found, lines))
    labels = [line for line in lines if id(line) in values]
    counted = Counter(line.text.strip() for line in labels)
    repeated = {text for text, count in counted.items() if count >= REPEATED_MIN}
    fields = {field_of(text) for text in repeated}
    if len(fields) < LABELS_MIN or not fields & {"employer", "title", "institution"}:
        return list(lines)
    joined = {
        id(values[id(label)]): _joined(label, values[id(label)]) for label in labels if label.text.strip() in repeated
    }
    gone = {id(label) for label in labels if label.text.strip() in repeated}
    return [joined.get(id(line), line) for line in lines if id(line) not in gone]


def _values(lines: Sequence[Line], side: int) -> dict[int, Line]:
    """What each label stands above (``side`` 1) or below (-1), by its id."""
    labels = [line for line in lines if _is_label(line)]
    return {id(label): value for label in labels if (value := _value(label, lines, side)) is not None}


def _fit(values: dict[int, Line], lines: Sequence[Line]) -> tuple[int, float]:
    """How many labels have a value, and how near these are: between two values a label is the nearer one's."""
    return len(values), -sum(abs(values[id(line)].y0 - line.y0) for line in lines if id(line) in values)


def _is_label(line: Line) -> bool:
    return "\t" not in line.text and field_of(line.text.strip()) in ABOVE


def _value(label: Line, lines: Sequence[Line], side: int) -> Line | None:
    """The value right below a label, or above it, at its left edge and in another print."""
    near = [
        line
        for line in lines
        if abs(line.x0 - label.x0) <= ALIGNED_POINTS and 0 < side * (line.y0 - label.y0) <= STEP_EMS * line.size
    ]
    value = min(near, key=lambda line: side * line.y0, default=None)
    if value is None or _is_label(value) or value.size < label.size:
        return None
    return None if (value.size, value.bold, value.color) == (label.size, label.bold, label.color) else value


def _joined(label: Line, value: Line) -> Line:
    cut = len(label.text) + 1
    return replace(
        value,
        text=f"{label.text}\t{value.text}",
        breaks=tuple(cut + place for place in value.breaks),
        cells=(label.x0, *(value.cells or (value.x0,))),
        prints=((label.size, label.bold, label.color), *(value.prints or ((value.size, value.bold, value.color),))),
    )
