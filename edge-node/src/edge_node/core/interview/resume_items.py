"""What a planned question may quote of a resume: no trait the law protects, and no order to the program."""

from dataclasses import replace

from edge_node.core.interview import follow_up as checks
from edge_node.core.interview.orders import is_order
from edge_node.core.interview.plan import PlannedQuestion
from edge_node.core.interview.text import sentences

PLACEHOLDER = "{resume}"
_WITHOUT_ITEM = {"en": "your recent work", "ko": "최근에 하신 일"}


def fit_to_ask(question: PlannedQuestion, language: str) -> PlannedQuestion:
    """``question``, or what the job asks without the resume where the item it quotes may not be said."""
    unfit = tuple(s for s in question.sources if s.kind == "resume" and not _may_be_said(s.text, language))
    plain = next((s.text for s in question.sources if s.kind == "kit"), "")
    if not unfit or not plain:
        return question
    kept = tuple(s for s in question.sources if s not in unfit)
    return replace(question, text=plain.replace(PLACEHOLDER, _WITHOUT_ITEM[language]), sources=kept)


def _may_be_said(item: str, language: str) -> bool:
    return not checks.protected(item, language) and not any(is_order(sentence) for sentence in sentences(item))
