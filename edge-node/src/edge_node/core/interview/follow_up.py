"""A question a model proposes is asked only when it passes every check here."""

import re
from dataclasses import dataclass
from typing import Literal

from edge_node.core.interview.text import hangul_share, likeness, nfc, words

Code = Literal[
    "ungrounded",
    "not_one_question",
    "unfinished",
    "repetition",
    "too_long",
    "too_short",
    "wrong_language",
    "protected_trait",
]

LENGTH = {"en": (20, 320), "ko": (12, 200)}
"""Characters a proposed question may have."""

ALIKE = 0.85
"""From this likeness on, two questions are the same one."""

_UNFINISHED = re.compile(
    r"\b(?:the|an?|and|or|of|my|your|his|her|their|our|its|which|was|were|is|are|because|than|be|very|more)\W*$",
    re.IGNORECASE,
)
"""A question that stops where an English sentence cannot."""

_PROTECTED = {
    "en": (
        r"\b(?:pregnan\w*|marri(?:ed|age)|spouses?|husband|wife|girlfriend|boyfriend|divorc\w*|children|kids|childcare|"
        r"relig\w*|church|mosque|christian|muslim|jewish|buddhist|ethnic\w*|race|racial|skin colou?r|nationality|"
        r"citizenship|sexual\w*|gender|gay|lesbian|disab\w*|illness|disease|medical|mental health|"
        r"how old are you|your age|born in|date of birth|political part\w*|trade union|military service)\b"
    ),
    "ko": (
        r"(?:결혼|임신|출산|배우자|남편|아내|이혼|자녀|육아|남자 ?친구|여자 ?친구|종교|교회|성당|"
        r"절에 다니|신앙|인종|피부색|"
        r"국적|출신 ?지역|고향|본적|성별|성적 지향|동성애|장애|질병|병력|건강 상태|나이|연세|몇 살|생년월일|정치 성향|"
        r"지지 정당|노동조합|병역|군대|군 복무|부모님|가족 관계|외모|키와 몸무게|재산)"
    ),
}


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
    if repeats(text, brief.asked):
        return Refused("repetition")
    if not quote:
        return Refused("ungrounded")
    return Accepted(text, quote, brief.turn_id)


def protected(text: str, language: str) -> bool:
    """Whether ``text`` touches a trait the law protects; such words are neither asked about nor quoted back."""
    return bool(re.search(_PROTECTED[language], text, re.IGNORECASE))


def repeats(text: str, asked: tuple[str, ...]) -> bool:
    """Whether ``text`` is, but for punctuation and small words changed, one of ``asked``."""
    return any(words(text) == words(other) or likeness(text, other) >= ALIKE for other in asked)


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
