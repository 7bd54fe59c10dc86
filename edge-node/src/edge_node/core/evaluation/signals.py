"""A level by rule, for a node whose model is too small to judge: what the quotes hold, counted, and said openly.

Measured with the starter model: whatever the answer, it gave the level named first or the digit 1. So there it only
picks quotes, and this rule, which claims no understanding, places them on the scale.
"""

from collections.abc import Sequence

from edge_node.core.evaluation.rubric import anchor
from edge_node.core.interview.plan import Competency
from edge_node.core.interview.review_events import Evidence
from edge_node.core.interview.signals import FACETS, Facet, facets

_NAMES = {
    "en": {Facet.ACTION: "an own action", Facet.REASON: "a reason", Facet.RESULT: "a result"},
    "ko": {Facet.ACTION: "본인의 행동", Facet.REASON: "이유", Facet.RESULT: "결과"},
}


def facet_names(held: Sequence[Facet], language: str) -> str:
    """``held`` as a person reads it, with commas; empty for none."""
    return ", ".join(_NAMES[language][facet] for facet in held)


def level_by_rule(competency: Competency, evidence: Sequence[Evidence], language: str) -> tuple[int, str] | None:
    """A level in the competency's range, and the rationale that names the rule.

    The lowest for no signal in the quotes, rising with each. Never the highest: a count of signals cannot show what
    that anchor asks for, so only a person gives it. None for a scale of two levels, where nothing would be left to say.
    """
    if len(competency.anchors) < 3:
        return None
    held = facets((e.quote for e in evidence), language)
    steps = len(competency.anchors) - 1
    level = min(1 + (steps * len(held)) // len(FACETS), steps)
    found = anchor(competency, level)
    assert found is not None
    if language == "ko":
        what = facet_names(held, language) or "없음"
        return (
            level,
            f"모델의 판단이 아니라 규칙에 따랐습니다. 인용문에서 찾은 것: {what}. 확인할 기준 {level}: {found.text}",
        )
    what = facet_names(held, language) or "none of action, reason and result"
    return (
        level,
        f"Placed by rule, not judged by a model. The quotes hold {what}. Check against anchor {level}: {found.text}",
    )
