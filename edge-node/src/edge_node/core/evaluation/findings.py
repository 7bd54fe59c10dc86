"""Strengths and improvements, put together by the program from what the ratings rest on; no model adds a word."""

from collections.abc import Sequence

from edge_node.core.evaluation.prompts import BY_RULE
from edge_node.core.evaluation.rubric import anchor
from edge_node.core.evaluation.signals import facet_names
from edge_node.core.interview.plan import Competency, Kit
from edge_node.core.interview.review_events import CompetencyAbstained, CompetencyRated, Finding
from edge_node.core.interview.signals import FACETS, facets

QUOTES_EACH = 3


def findings(
    kit: Kit, outcomes: Sequence[CompetencyRated | CompetencyAbstained]
) -> tuple[tuple[Finding, ...], tuple[Finding, ...]]:
    """Strengths and improvements, in the kit's order; an abstention is neither.

    A judged level in the upper half of the scale is a strength, said in the words of its anchor; a lower one names the
    next anchor. A level placed by rule says only what its quotes hold and what they do not.
    """
    rated = {o.competency_id: o for o in outcomes if isinstance(o, CompetencyRated)}
    strengths: list[Finding] = []
    improvements: list[Finding] = []
    for competency in kit.competencies:
        outcome = rated.get(competency.competency_id)
        if outcome is None:
            continue
        if BY_RULE in outcome.prompt_version:
            strong, text = _counted(competency, outcome, kit.language)
        else:
            strong, text = _judged(competency, outcome, kit.language)
        found = Finding(competency.competency_id, text, outcome.evidence[:QUOTES_EACH])
        (strengths if strong else improvements).append(found)
    return tuple(strengths), tuple(improvements)


def _counted(competency: Competency, outcome: CompetencyRated, language: str) -> tuple[bool, str]:
    held = facets((e.quote for e in outcome.evidence), language)
    missing = tuple(f for f in FACETS if f not in held)
    if language == "ko":
        if not missing:
            return True, f"{competency.name}: 인용문에 본인의 행동, 이유, 결과가 모두 있습니다(규칙에 따라 확인)."
        return False, f"{competency.name}: 인용문에서 찾지 못한 것: {facet_names(missing, language)}(규칙에 따라 확인)."
    if not missing:
        return True, f"{competency.name}: the quotes hold an own action, a reason and a result (counted, not judged)."
    return False, f"{competency.name}: not found in the quotes: {facet_names(missing, language)} (counted, not judged)."


def _judged(competency: Competency, outcome: CompetencyRated, language: str) -> tuple[bool, str]:
    reached, following = anchor(competency, outcome.level), anchor(competency, outcome.level + 1)
    text = f"{competency.name}: {reached.text if reached else ''}".strip()
    strong = 2 * outcome.level > len(competency.anchors) + 1 or following is None
    if strong or following is None:
        return True, text
    return False, f"{text} {'다음 단계:' if language == 'ko' else 'Next level:'} {following.text}"
