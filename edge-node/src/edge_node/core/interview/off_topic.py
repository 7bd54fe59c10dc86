"""Whether an answer is about something else than the interview: told by words, where nothing speaks against it.

A true answer taken for small talk costs the candidate more than small talk taken for an answer, so one word of work,
one thing done that is no part of an idle day, or a word of what was asked is enough to let an answer through.
"""

import re
from collections.abc import Sequence

from edge_node.core.interview.everyday import (
    ASKS_BACK,
    ASKS_WHAT_IS_MEANT,
    EVERYDAY,
    LEISURE,
    PLEASANTRIES,
    RECITED,
    WORK,
    deeds,
)
from edge_node.core.interview.signals import about_oneself
from edge_node.core.interview.text import hangul_share, nfc, sentences, stems, words

_WORDS_A_SIGN = 30
"""One everyday word is sign enough in so many words; a longer answer needs one more for each as many again."""

_SHARED_BY_CHANCE = 2
"""So many stems any two texts about people have in common."""

_QUESTION = {
    "en": re.compile(
        r"\?\s*$|^(?:and |so |but |well,? )?(?:what|how|why|when|where|who|do|did|have|are|what about|can|could) you\b",
        re.I,
    ),
    "ko": re.compile(
        r"[?？]\s*$|(?:나요|까요|까|[은는인]가요|셨어요|궁금합니다|궁금해요|알고 ?싶(?:습니다|어요))[.\s]*$"
    ),
}


def off_topic(answer: str, question: str, about: Sequence[str], *, personal: bool = False) -> bool:
    """Whether ``answer`` speaks of something else than ``question``, and of nothing done.

    ``about`` are all texts an answer on topic shares words with, ``question`` among them. ``personal``: what was asked
    is about the person (an introduction, a motive), so that their own life is no other matter, and no greeting.
    """
    text = nfc(answer)
    script = "ko" if hangul_share(text) >= 0.3 else "en"
    said = sentences(text)
    if _asks_back(said, script):
        return True
    if WORK[script].search(text) or stems(answer) & stems(question):
        return False
    shared = {stem for each in about for stem in stems(each)} & stems(answer)
    if personal and (about_oneself(text, script) or _pleasant(said, script)):
        return False
    return len(shared) <= _SHARED_BY_CHANCE and _idle(text, said, script, about)


def _asks_back(said: Sequence[str], script: str) -> bool:
    """Whether the candidate only asks, about the interviewer or the application, not what the question means."""
    if not said or not _QUESTION[script].search(said[-1]) or ASKS_WHAT_IS_MEANT[script].search(" ".join(said)):
        return False
    told = [each for each in said if not _QUESTION[script].search(each)]
    return any(ASKS_BACK[script].search(each) for each in said) and not any(
        WORK[script].search(each) or deeds(each, script) for each in told
    )


def _pleasant(said: Sequence[str], script: str) -> bool:
    return all(PLEASANTRIES[script].search(each) for each in said)


def _idle(text: str, said: Sequence[str], script: str, about: Sequence[str]) -> bool:
    """Whether it is something recited, nothing but pleasantries, or everyday matters of which nothing was made."""
    if RECITED[script].search(text) or _pleasant(said, script):
        return True
    if not LEISURE[script].search(text):
        return False
    asked = nfc(" ".join(about)).lower()
    # A cook's interview may speak of food.
    signs = {found.lower() for found in EVERYDAY[script].findall(text) if found.lower() not in asked}
    return len(signs) > len(words(text)) // _WORDS_A_SIGN and not any(
        deeds(each, script) for each in said if not PLEASANTRIES[script].search(each)
    )
