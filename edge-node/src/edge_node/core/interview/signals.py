"""What of evidence an answer holds, told by its words: an own action, a reason, a result.

A count of signals claims no understanding. It decides what a follow-up still has to ask for, and on a node whose model
is too small to judge it places a level (ADR 0012).
"""

import re
from collections.abc import Iterable, Sequence
from enum import StrEnum

from edge_node.core.interview.self_rating import no_evidence
from edge_node.core.interview.text import nfc, sentences, words


class Facet(StrEnum):
    """One thing evidence of behaviour is made of."""

    ACTION = "action"
    REASON = "reason"
    RESULT = "result"


FACETS = tuple(Facet)

_SIGNALS = {
    "en": {
        Facet.ACTION: (
            r"\b(?:i|we)\s+(?:\w+\s+)?(?:\w{2,}ed|built|wrote|found|made|took|led|chose|cut|spoke|taught|drew|told|set|"
            r"ran|split|kept|brought|sent|put|held|gave|met)\b"
        ),
        Facet.REASON: (
            r"\b(?:because|since|so that|so (?:i|we)|in order to|reason|therefore|instead of|compared|alternatives?|"
            r"options?|rather than)\b"
        ),
        Facet.RESULT: (
            r"\d|\b(?:percent|half|twice|(?:went|came) (?:up|down)|fell|rose|dropped|grew|improved|reduced|increased|"
            r"delivered|ended|solved|fixed|agreed|worked|since then|as a result)\b"
        ),
    },
    "ko": {
        Facet.ACTION: r"(?:했|었|았|였|렸|켰|겼|줬|봤|꿨|[합봅줍])(?:습니다|어요|고|으며|지만)",
        Facet.REASON: r"때문|위해|위하여|이유|므로|라서|[가-힣](?:해|어|아)서|대신|비교",
        Facet.RESULT: (r"\d|퍼센트|줄었|줄였|늘었|늘렸|높아|높였|개선|해결|성공|넘었|달성|합의|결과|끝냈|마쳤|합쳤"),
    },
}
_TELLING_WORDS = {"en": 6, "ko": 4}
_DID = {
    "en": re.compile(r"\b(?:i|we|my|our)\b", re.IGNORECASE),
    "ko": re.compile(r"(?:했|었|았|였|렸|켰|졌|됐|냈|왔|갔|[합봅줍립칩깁납웁습])(?:습?니다|어요|고|으며|지만|는데|다)"),
}
"""A sentence about oneself or one's group (English), about something done (Korean, whose subject is mostly silent)."""

_OWN = {"en": _DID["en"], "ko": re.compile(r"저는|저도|제가|저의|저희|우리|[했었았였렸켰졌됐냈왔갔겼줬봤꿨]")}

ENOUGH_SENTENCES = 4
"""Telling sentences on one competency that, with every facet among them, leave nothing to ask: twice what a rating
needs at the least, so that it does not hang on each of them.
"""


def facets(texts: Iterable[str], language: str) -> tuple[Facet, ...]:
    """The facets found in ``texts`` taken together, in the order of FACETS."""
    text = nfc(" ".join(texts))
    return tuple(f for f in FACETS if re.search(_SIGNALS[language][f], text, re.IGNORECASE))


def telling(sentence: str, language: str) -> bool:
    """Whether the candidate speaks, in ``sentence``, of something they or their group did; never of their rating."""
    return (
        len(words(sentence)) >= _TELLING_WORDS[language]
        and bool(_DID[language].search(sentence))
        and not no_evidence(sentence)
    )


def about_oneself(text: str, language: str) -> bool:
    """Whether anything in ``text`` is about the candidate or their group, or about something done."""
    return bool(_OWN[language].search(text))


def lacking(answers: Sequence[str], language: str) -> tuple[Facet, ...] | None:
    """What evidence ``answers`` on one competency still lack; None when nothing does.

    With every facet found but few telling sentences, it is more of the same that lacks: an empty tuple.
    """
    said = [s for answer in answers for s in sentences(nfc(answer)) if telling(s, language)]
    missing = tuple(f for f in FACETS if f not in facets(said, language))
    return None if not missing and len(said) >= ENOUGH_SENTENCES else missing
