"""Which column of a table of positions says who employed, where none is labelled so. Pure."""

from collections.abc import Sequence

from coordinator.candidates.words.labels import Field

_TIMES = {"period", "start", "end", "date", "year", "month"}
_EMPLOY = ("institution", None, "issuer", "place")
"""What may stand for an employer beside titles and times: a school, something no list has, an office, a place."""
_BELONGS = "소속"


def with_employers(labels: Sequence[str], columns: Sequence[Field | None]) -> list[Field | None]:
    """``columns`` with the first one that can say who employed, where others say when and as what and none says who."""
    made = list(columns)
    if "title" not in made or "employer" in made or _TIMES.isdisjoint(made):
        return made
    for place, (label, field) in enumerate(zip(labels, made, strict=False)):
        belongs = field == "department" and label.strip().startswith(_BELONGS)
        if label.strip() and (field in _EMPLOY or belongs):
            made[place] = "employer"
            break
    return made
