"""Sections by the rules, mended where a learned chain is surer: headings in words that no list has. Pure."""

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from importlib import resources
from typing import cast

from coordinator.candidates.facts.labelling.chain import Chain
from coordinator.candidates.facts.labelling.outline import row_attributes
from coordinator.candidates.headings import Headings, known_kind, tidy
from coordinator.candidates.schemas import Line, SectionKind
from coordinator.candidates.sections import Part

WEIGHTS = "sections.weights.gz"
DIGEST = "63902aa82c3b17801492f2007d674c0db4b4cc7ec1de73279d466da2c4b9e402"
ROWS_MOST = 2000
"""Of a longer text only the first rows are looked at."""
NO_HEADING = 0.08
OPENS = 0.85
OF_KIND = 0.75
"""A heading that is less likely one is none; a line that is likelier one opens a section; so sure of which kind."""


@lru_cache(maxsize=1)
def chain() -> Chain:
    """The trained chain; raises WeightsDamaged for any other file."""
    file = resources.files("coordinator.candidates.facts.labelling") / WEIGHTS
    return Chain.from_bytes(file.read_bytes(), DIGEST)


def mended(lines: Sequence[Line], looks: Headings, parts: Sequence[Part], by: Chain | None = None) -> list[Part]:
    """``parts`` of ``lines`` as the chain would have them where it is sure."""
    if len(lines) > ROWS_MOST or not lines:
        return list(parts)
    likely = (by or chain()).likely(row_attributes(lines, looks, parts))
    made: list[Part] = []
    for part in parts:
        opened = _opened(part, lines, likely, bool(made) and part.first > made[-1].last)
        if opened is None:
            # No heading after all: what it headed goes on in the section before.
            made[-1] = replace(made[-1], last=part.last)
        else:
            made.append(opened)
        for place in range(part.first, part.last):
            kind = _new(likely[place], lines[place])
            if kind is not None:
                before = made.pop()
                title = tidy(lines[place].text)
                made += [replace(before, last=place), Part(kind, title, place + 1, before.last)]
    return made


def _opened(part: Part, lines: Sequence[Line], likely: Sequence[dict[str, float]], headed: bool) -> Part | None:
    """The part with the kind its heading is likely of; None where the heading is none."""
    if not headed:
        return part
    chances = likely[part.first - 1]
    opens = sum(chance for state, chance in chances.items() if state[:2] == "h:")
    known = known_kind(lines[part.first - 1].text)
    if opens < NO_HEADING and known is None:
        return None
    kind, chance = _kind(chances)
    return replace(part, kind=kind) if known is None and chance > OF_KIND else part


def _kind(chances: dict[str, float]) -> tuple[SectionKind, float]:
    """The likeliest kind a line opens, and how likely it does."""
    state = max((state for state in chances if state[:2] == "h:"), key=chances.__getitem__)
    return cast("SectionKind", state[2:]), chances[state]


def _new(chances: dict[str, float], line: Line) -> SectionKind | None:
    opens = sum(chance for state, chance in chances.items() if state[:2] == "h:")
    kind, chance = _kind(chances)
    fits = "\t" not in line.text and len(line.text) <= 40 and any(map(str.isalpha, line.text))
    return kind if opens > OPENS and chance > OF_KIND and fits else None
