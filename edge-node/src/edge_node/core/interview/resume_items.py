"""What a planned question may quote of a resume: no trait the law protects, and no order to the program."""

import re
from dataclasses import replace

from edge_node.core.interview import follow_up as checks
from edge_node.core.interview.orders import is_order
from edge_node.core.interview.plan import PlannedQuestion
from edge_node.core.interview.text import sentences

PLACEHOLDER = "{resume}"
_WITHOUT_ITEM = {"en": "your recent work", "ko": "최근에 하신 일"}
_AFTER_RIEUL = {
    "를": "을", "가": "이", "는": "은", "와": "과", "으로": "로", "으로는": "로는", "라는": "이라는", "라고": "이라고",
    "을(를)": "을", "이(가)": "이", "은(는)": "은", "과(와)": "과", "(으)로": "로",
}  # fmt: skip
"""Particles a question may have behind the item, as they stand behind 일."""

_FORMS = "|".join(re.escape(form) for form in sorted(_AFTER_RIEUL, key=len, reverse=True))
_PLACE = re.compile(rf"{re.escape(PLACEHOLDER)}(?:({_FORMS})(?![가-힣(]))?")


def fit_to_ask(question: PlannedQuestion, language: str) -> PlannedQuestion:
    """``question``, or what the job asks without the resume where the item it quotes may not be said."""
    unfit = tuple(s for s in question.sources if s.kind == "resume" and not _may_be_said(s.text, language))
    plain = next((s.text for s in question.sources if s.kind == "kit"), "")
    if not unfit or not plain:
        return question
    kept = tuple(s for s in question.sources if s not in unfit)
    text = _PLACE.sub(lambda place: _WITHOUT_ITEM[language] + _AFTER_RIEUL.get(place.group(1) or "", ""), plain)
    return replace(question, text=text, sources=kept)


def _may_be_said(item: str, language: str) -> bool:
    return not checks.protected(item, language) and not any(is_order(sentence) for sentence in sentences(item))
