"""Blanks between words that a file leaves out and only its white space shows. Pure."""

from statistics import median
from typing import Any

BLANK_EMS = 0.15
"""Between words stands at least this, in the size of the print."""
BOLD_FLAG = 16
LEVEL_MAX = 0.1


def with_blanks(line: dict[str, Any]) -> dict[str, Any]:
    """``line`` with a blank where its print changes, or between Hangul, after white space that no blank says."""
    letters = [one for span in line["spans"] for one in span["chars"]]
    gaps = [after["bbox"][0] - one["bbox"][2] for one, after in zip(letters, letters[1:], strict=False)]
    spacing = max(median(gaps), 0.0) if gaps else 0.0
    before: dict[str, Any] | None = None
    printed: tuple[Any, ...] | None = None
    spans: list[dict[str, Any]] = []
    for span in line["spans"]:
        held: list[dict[str, Any]] = []
        look = (span.get("flags", 0) & BOLD_FLAG, round(span["size"]), span.get("color"))
        for one in span["chars"]:
            if before is not None and not before["c"].isspace() and not one["c"].isspace():
                apart = one["bbox"][0] - before["bbox"][2] - spacing > BLANK_EMS * span["size"]
                if apart and (look != printed or (_is_hangul(before["c"]) and _is_hangul(one["c"]))):
                    x0, y0, _, y1 = one["bbox"]
                    held.append({**one, "c": " ", "bbox": (before["bbox"][2], y0, x0, y1)})
            held.append(one)
            before, printed = one, look
        spans.append({**span, "chars": held})
    return {**line, "spans": spans}


def _is_hangul(character: str) -> bool:
    return "\uac00" <= character <= "\ud7a3"


def extent(line: dict[str, Any]) -> tuple[float, float, float, float]:
    """The line's box without the blanks that a margin left at its ends; as it is where it stands on its side."""
    x0, y0, x1, y1 = line["bbox"]
    printed = [one["bbox"] for span in line["spans"] for one in span["chars"] if not one["c"].isspace()]
    if abs(line["dir"][1]) >= LEVEL_MAX or not printed:
        return x0, y0, x1, y1
    return min(box[0] for box in printed), y0, max(box[2] for box in printed), y1
