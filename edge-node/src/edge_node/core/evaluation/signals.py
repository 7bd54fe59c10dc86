"""A level by rule, for a node whose model is too small to judge: what the quotes hold, counted, and said openly.

Measured with the starter model: whatever the answer, it gave the level named first or the digit 1. So there it only
picks quotes, and this rule, which claims no understanding, places them on the scale.
"""

import re
from collections.abc import Sequence

from edge_node.core.evaluation.rubric import anchor
from edge_node.core.interview.events import Evidence
from edge_node.core.interview.plan import Competency
from edge_node.core.interview.text import nfc

_SIGNALS = {
    "en": {
        "an own action": (
            r"\b(?:i|we)\s+(?:\w+\s+)?(?:\w{2,}ed|built|wrote|found|made|took|led|chose|cut|spoke|taught|drew|told|set|"
            r"ran|split|kept|brought|sent|put|held|gave|met)\b"
        ),
        "a reason": (
            r"\b(?:because|since|so that|so (?:i|we)|in order to|reason|therefore|instead of|compared|alternatives?|"
            r"options?|rather than)\b"
        ),
        "a result": (
            r"\d|\b(?:percent|half|twice|(?:went|came) (?:up|down)|fell|rose|dropped|grew|improved|reduced|increased|"
            r"delivered|ended|solved|fixed|agreed|worked|since then|as a result)\b"
        ),
    },
    "ko": {
        "본인의 행동": r"(?:했|었|았|였|렸|켰|겼|줬|봤|꿨|[합봅줍])(?:습니다|어요|고|으며|지만)",
        "이유": r"때문|위해|위하여|이유|므로|라서|[가-힣](?:해|어|아)서|대신|비교",
        "결과": r"\d|퍼센트|줄었|줄였|늘었|늘렸|높아|높였|개선|해결|성공|넘었|달성|합의|결과|끝냈|마쳤|합쳤",
    },
}


def level_by_rule(competency: Competency, evidence: Sequence[Evidence], language: str) -> tuple[int, str] | None:
    """A level in the competency's range, and the rationale that names the rule.

    The lowest for no signal in the quotes, rising with each. Never the highest: a count of signals cannot show what
    that anchor asks for, so only a person gives it. None for a scale of two levels, where nothing would be left to say.
    """
    if len(competency.anchors) < 3:
        return None
    text = nfc(" ".join(e.quote for e in evidence))
    held = [name for name, pattern in _SIGNALS[language].items() if re.search(pattern, text, re.IGNORECASE)]
    steps = len(competency.anchors) - 1
    level = min(1 + (steps * len(held)) // len(_SIGNALS[language]), steps)
    found = anchor(competency, level)
    assert found is not None
    if language == "ko":
        what = ", ".join(held) or "없음"
        return (
            level,
            f"모델의 판단이 아니라 규칙에 따랐습니다. 인용문에서 찾은 것: {what}. 확인할 기준 {level}: {found.text}",
        )
    what = ", ".join(held) or "none of action, reason and result"
    return (
        level,
        f"Placed by rule, not judged by a model. The quotes hold {what}. Check against anchor {level}: {found.text}",
    )
