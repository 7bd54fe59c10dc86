"""What each row of a resume is, heading or text of which kind of section: what a chain of rows learns from."""

from collections import Counter
from collections.abc import Sequence

from coordinator.candidates.schemas import Line


def row_states(lines: Sequence[Line], states: dict[str, list[str]]) -> list[str] | None:
    """The state of each row by its words; None where a row has none."""
    found: list[str | None] = []
    used: Counter[str] = Counter()
    for line in lines:
        said = []
        for cell in (line.text, *line.text.split("\t")):
            key = "".join(cell.split())
            if key in states:
                said.append(states[key][min(used[key], len(states[key]) - 1)])
                used[key] += 1
        found.append(said[0] if said else None)
    unknown = sum(state is None for state in found)
    if unknown > 2:
        return None
    return [state or "b:other" for state in found]
