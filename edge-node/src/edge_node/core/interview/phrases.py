"""What of an answer a follow-up can be about: short spans, verbatim, found without a model."""

import re

from edge_node.core.interview import english, korean
from edge_node.core.interview.everyday import deeds
from edge_node.core.interview.text import nfc, words

_REFUSALS = {
    "en": (
        r"^(?:(?:um+|uh+|er+|well|sorry|no|hmm+|so|honestly|actually|i'm afraid|to be honest)[,. ]+)*"
        r"(?:i (?:really |honestly |just )?(?:do not|don't|dont) (?:really |even )?(?:know|remember|have (?:one|any|an "
        r"answer|anything)|want to (?:say|answer|talk|discuss)|think i (?:can|have)|feel like)|"
        r"i(?:'d| would) (?:rather|prefer) not|i prefer not|no comment|nothing(?= comes to mind|$)|"
        r"(?:pass|skip|next)(?=$|,| (?:on )?(?:this|that|it|please|question|one|the))|(?:let's|let us|can we|"
        r"could we) (?:move on|skip|go on)|(?:i have |i've )?(?:got )?no "
        r"idea|"
        r"i have (?:no (?:example|answer|experience)|nothing)|i've never (?:had|done)|not sure|i(?:'m| am) not sure|"
        r"i can(?:'t|not) (?:say|think of|remember|answer|recall)|my mind (?:is|went) blank|i(?:'m| am) blank)\b"
    ),
    "ko": (
        r"(?:잘 ?모르겠|모르겠습니다|모르겠어요|모르겠는데|모릅니다|몰라요|기억이 (?:잘 )?(?:안|나지)|생각이 (?:잘 "
        r")?(?:안|나지)|"
        r"생각나지 ?않|떠오르지 ?않|딱히 없|특별히 없|별로 없|(?:경험|답변|할 말|드릴 말씀)[이은]? ?(?:전혀 |별로 |"
        r"딱히 )?없|"
        r"넘어가|패스|다음 ?질문|말씀드리기 (?:어렵|곤란|힘들)|답변하지 않|답하지 않|대답하고 싶지|"
        r"답변하기 (?:어렵|곤란)|"
        r"답하고 싶지|노 ?코멘트)"
    ),
}

MOST = 6
"""Phrases offered at the most."""

_SHORT = {"en": 5, "ko": 3}
"""Fewer words than this say nothing to go on from."""


_BUT = {"en": re.compile(r"\b(?:but|though|so)\b"), "ko": re.compile(r"(?<=지만)|(?<=는데)")}
"""Behind it a doubtful beginning goes on to something done."""

_NONE = re.compile(r"없(?:습니다|어요|네요)$")
_NONE_WORDS = 4
"""A longer Korean sentence that ends so tells what is no more."""


def refuses(answer: str, language: str) -> bool:
    """Whether an answer declines to answer, or says that there is none."""
    if language == "ko" and len(words(answer)) <= _NONE_WORDS and _NONE.search(nfc(answer).strip(" .!?")):
        return True
    said = nfc(answer).lower().strip(" .!?")
    refusal = re.search(_REFUSALS[language], said)
    if refusal and any(deeds(part, language) for part in _BUT[language].split(said)[1:]):
        return False
    # A long answer that starts with "I'm not sure" goes on to say something.
    return bool(refusal) and len(words(answer)) < 4 * _SHORT[language]


def meaningless(answer: str, language: str) -> bool:
    """Whether an answer refuses, or says too little to ask about."""
    return len(words(answer)) < _SHORT[language] or refuses(answer, language)


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
