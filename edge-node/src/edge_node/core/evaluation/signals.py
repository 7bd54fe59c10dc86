"""A level by rule, for a node whose model is too small to judge: what the quotes hold, counted, and said openly.

Measured with the starter model: whatever the answer, it gave the level named first or the digit 1. So there it only
picks quotes, and this rule, which claims no understanding, places them on the scale.
"""

from collections.abc import Sequence

from edge_node.core.evaluation.anchors import asked_for
from edge_node.core.evaluation.rubric import anchor
from edge_node.core.interview.plan import Competency
from edge_node.core.interview.review_events import Evidence
from edge_node.core.interview.signals import FACETS, Facet, facets

_NAMES = {
    "en": {Facet.ACTION: "an own action", Facet.REASON: "a reason", Facet.RESULT: "a result"},
    "ko": {Facet.ACTION: "본인의 행동", Facet.REASON: "이유", Facet.RESULT: "결과"},
}

_NOTHING = {"en": "nothing", "ko": "없음"}
_RATIONALE = {
    "en": (
        "Placed by rule, not judged by a model: from level 1 one level up for each of an own action, a reason and a "
        "result found in the quotes, but never the highest level, and none whose text asks for what was not found. "
        "Found: {held}. Not found: {missing}. Check against anchor {level}: {anchor}"
    ),
    "ko": (
        "모델의 판단이 아니라 규칙에 따랐습니다. 1단계에서 시작해 인용문에서 본인의 행동, 이유, 결과를 찾을 때마다 "
        "한 단계씩 올리되, 가장 높은 단계와 찾지 못한 것을 요구하는 단계는 주지 않습니다. "
        "찾은 것: {held}. 찾지 못한 것: {missing}. 확인할 기준 {level}: {anchor}"
    ),
}


def facet_names(held: Sequence[Facet], language: str) -> str:
    """``held`` as a person reads it, with commas; empty for none."""
    return ", ".join(_NAMES[language][facet] for facet in held)


def level_by_rule(competency: Competency, evidence: Sequence[Evidence], language: str) -> tuple[int, str] | None:
    """A level in the competency's range, and the rationale that names the rule.

    The lowest for no signal in the quotes, one more for each; no level whose anchor asks for one that is not there.
    Never the highest: a count of signals cannot show what that anchor asks for, so only a person gives it. None for a
    scale of two levels, where nothing would be left to say.
    """
    if len(competency.anchors) < 3:
        return None
    held = facets((e.quote for e in evidence), language)
    missing = tuple(f for f in FACETS if f not in held)
    level = min(1 + len(held), len(competency.anchors) - 1)
    while level > 1 and asked_for(_text(competency, level)) & {*missing}:
        level -= 1
    return level, _RATIONALE[language].format(
        held=facet_names(held, language) or _NOTHING[language],
        missing=facet_names(missing, language) or _NOTHING[language],
        level=level,
        anchor=_text(competency, level),
    )


def _text(competency: Competency, level: int) -> str:
    found = anchor(competency, level)
    assert found is not None
    return found.text
