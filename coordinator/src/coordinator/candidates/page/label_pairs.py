"""Small labels printed above what they label, entry after entry, as forms and tickets do. Pure."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from coordinator.candidates.schemas import Line
from coordinator.candidates.words.labels import field_of

ALIGNED_POINTS = 2.0
STEP_EMS = 1.8
REPEATED_MIN = 2
LABELS_MIN = 2
ABOVE = ("employer", "title", "department", "place", "period", "start", "end", "institution", "degree", "duties")


def with_values_beside(lines: Sequence[Line]) -> list[Line]:
    """``lines`` of a page with labels that come again and again above a value joined with that, label first.

    A label is smaller than its value or printed otherwise; what stands once above a column is a table's head.
    """
    values = {id(label): value for label in lines if _is_label(label) and (value := _below(label, lines))}
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


def _is_label(line: Line) -> bool:
    return "\t" not in line.text and field_of(line.text.strip()) in ABOVE


def _below(label: Line, lines: Sequence[Line]) -> Line | None:
    """The value right below a label, at its left edge and in another print."""
    near = [
        line
        for line in lines
        if abs(line.x0 - label.x0) <= ALIGNED_POINTS and 0 < line.y0 - label.y0 <= STEP_EMS * line.size
    ]
    below = min(near, key=lambda line: line.y0, default=None)
    same = below is not None and (below.size, below.bold, below.color) == (label.size, label.bold, label.color)
    return None if below is None or same or below.size < label.size or _is_label(below) else below


def _joined(label: Line, value: Line) -> Line:
    cut = len(label.text) + 1
    return replace(
        value,
        text=f"{label.text}\t{value.text}",
        breaks=tuple(cut + place for place in value.breaks),
        cells=(label.x0, *(value.cells or (value.x0,))),
        prints=((label.size, label.bold, label.color), *(value.prints or ((value.size, value.bold, value.color),))),
    )
