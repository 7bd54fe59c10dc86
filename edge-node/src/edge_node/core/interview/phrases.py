"""What of an answer a follow-up can be about: short spans, verbatim, found without a model."""

import re

from edge_node.core.interview import english, korean
from edge_node.core.interview.text import nfc, words

_REFUSALS = {
    "en": (
        r"^(?:(?:um+|uh+|er+|well|sorry|no|hmm+|so|honestly|actually)[,. ]+)*"
        r"(?:i (?:do not|don't|dont) (?:really )?(?:know|remember|have (?:one|any|an answer)|want to (?:say|answer))|"
        r"i(?:'d| would) rather not|no comment|nothing(?: comes to mind)?|pass|skip|next(?: question)?|no idea|"
        r"not sure|i have no idea|i(?:'m| am) not sure|i can(?:'t|not) (?:say|think of|remember)|can you repeat|"
        r"what do you mean)\b"
    ),
    "ko": (
        r"(?:잘 ?모르겠|모르겠습니다|모르겠어요|모릅니다|기억이 (?:잘 )?(?:안|나지)|생각이 (?:잘 )?(?:안|나지)|딱히 없|"
        r"특별히 없|"
        r"없습니다$|없어요$|넘어가|패스|말씀드리기 어렵|답변하지 않|노 ?코멘트)"
    ),
}

MOST = 6
"""Phrases offered at the most."""

_SHORT = {"en": 5, "ko": 3}
"""Fewer words than this say nothing to go on from."""


def meaningless(answer: str, language: str) -> bool:
    """Whether an answer refuses, or says too little to ask about."""
    count = len(words(answer))
    if count < _SHORT[language]:
        return True
    refusal = re.search(_REFUSALS[language], nfc(answer).lower().strip(" .!?"))
    # A long answer that starts with "I'm not sure" goes on to say something.
    return bool(refusal) and count < 4 * _SHORT[language]


def candidate_phrases(answer: str, language: str) -> tuple[str, ...]:
    """Spans of ``answer`` worth naming, verbatim (NFC, single blanks), best first, 6 at the most."""
    text = nfc(answer)
    find = korean.spans if language == "ko" else english.spans
    chosen: list[str] = []
    found = find(text)
    telling = [s for s in found if s.score >= 1.0] or found
    for span in sorted(telling, key=lambda s: -s.score):
        phrase = text[span.start : span.end]
        if not any(set(words(phrase)) <= set(words(c)) or set(words(c)) <= set(words(phrase)) for c in chosen):
            chosen.append(phrase)
    return tuple(chosen[:MOST])


def own(answer: str, phrase: str) -> bool:
    """Whether the candidate called it theirs: "my" or "our" stands before the phrase."""
    return bool(re.search(rf"\b(?:my|our) {re.escape(phrase)}", nfc(answer), re.IGNORECASE))
