"""A question a model proposes is asked only when it passes every check here."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from edge_node.core.interview.earlier import Exchange
from edge_node.core.interview.orders import is_order
from edge_node.core.interview.protected import protected_trait
from edge_node.core.interview.signals import Facet
from edge_node.core.interview.text import hangul_share, likeness, nfc, stems, words

Code = Literal[
    "ungrounded",
    "not_one_question",
    "unfinished",
    "repetition",
    "too_long",
    "too_short",
    "wrong_language",
    "protected_trait",
    "order",
]

LENGTH = {"en": (20, 320), "ko": (12, 200)}
"""Characters a proposed question may have."""

ALIKE = 0.85
"""From this likeness of letters on, two questions are the same one."""

PARAPHRASE = 0.75
"""From this overlap of what they speak of on, two questions are the same one in other words."""

_PARAPHRASE_STEMS = 2
"""Fewer stems say nothing of a question."""

_UNFINISHED = re.compile(
    r"\b(?:the|an?|and|or|of|my|your|his|her|their|our|its|which|was|were|is|are|because|than|be|very|more)\W*$",
    re.IGNORECASE,
)
"""A question that stops where an English sentence cannot."""


@dataclass(frozen=True, slots=True)
class FollowUpBrief:
    """What a follow-up may rest on."""

    language: str
    job_title: str
    competency_id: str
    """Empty for a stage that rates nothing."""

    competency_name: str
    definition: str
    stage_title: str
    question: str
    """The question just answered."""

    turn_id: str
    answer: str
    asked: tuple[str, ...]
    """Every question asked so far, the one just answered among them."""

    phrases: tuple[str, ...]
    """Spans of the answer, verbatim, a follow-up may name; best first, at least one."""

    planned: tuple[str, ...] = ()
    """Questions of the plan still to come; a follow-up must not ask them before."""

    lacking: tuple[Facet, ...] = ()
    """What the rubric's evidence lacks; empty when it only lacks more of the same."""

    earlier: tuple[Exchange, ...] = ()
    """Questions before this one and their answers, oldest first."""

    rubric: tuple[str, ...] = ()
    """Every competency of the job, "name: definition"."""


@dataclass(frozen=True, slots=True)
class Accepted:
    """A question that may be asked, and the span of the answer it names."""

    text: str
    quote: str
    turn_id: str


@dataclass(frozen=True, slots=True)
class Refused:
    """A question that may not be asked; ``code`` is stable and goes into the record."""

    code: Code


def check(proposal: str, brief: FollowUpBrief) -> Accepted | Refused:
    """Accept a proposed question, or say by code why not. The same input always gets the same verdict."""
    text = nfc(proposal).strip("\"'“”‘’ ")
    low, high = LENGTH[brief.language]
    if len(text) < low:
        return Refused("too_short")
    if len(text) > high:
        return Refused("too_long")
    if text.count("?") + text.count("？") != 1 or not text.endswith(("?", "？")):
        return Refused("not_one_question")
    if _UNFINISHED.search(text):
        return Refused("unfinished")
    quote = _named(text, brief)
    if not _in_language(text, quote, brief.language):
        return Refused("wrong_language")
    if protected(text, brief.language):
        return Refused("protected_trait")
    if is_order(text):
        return Refused("order")
    if repeats(text, (*brief.asked, *brief.planned)):
        return Refused("repetition")
    if not quote:
        return Refused("ungrounded")
    return Accepted(text, quote, brief.turn_id)


def protected(text: str, language: str) -> bool:
    """Whether ``text`` touches a trait the law protects; such words are neither asked about nor quoted back."""
    return bool(protected_trait(text, language))


def repeats(text: str, asked: Sequence[str]) -> bool:
    """Whether ``text`` is one of ``asked``, as it stands or in other words."""
    return any(same_question(text, other) for other in asked)


def same_question(one: str, other: str) -> bool:
    """Whether two questions ask the same: the same words, nearly the same letters, or the same things spoken of."""
    if words(one) == words(other) or likeness(one, other) >= ALIKE:
        return True
    first, second = stems(one), stems(other)
    if min(len(first), len(second)) < _PARAPHRASE_STEMS:
        return False
    return 2 * len(first & second) / (len(first) + len(second)) >= PARAPHRASE


def _named(text: str, brief: FollowUpBrief) -> str:
    """The first phrase of the answer the question names; empty without one."""
    haystack = f" {' '.join(words(text))}"
    for phrase in brief.phrases:
        # A Korean particle may follow the phrase directly; an English word may not go on.
        end = "" if hangul_share(phrase) else r"(?![a-z0-9])"
        if re.search(rf"(?<= ){re.escape(' '.join(words(phrase)))}{end}", haystack):
            return phrase
    return ""


def _in_language(text: str, quote: str, language: str) -> bool:
    """Whether the question's own words, the candidate's left out, are in the interview's language."""
    own = nfc(text).replace(nfc(quote), " ") if quote else text
    share = hangul_share(own)
    return share >= 0.6 if language == "ko" else share <= 0.1
