"""How an answer is read before the next move is decided: it answers, or it is one of the ways not to.

Everything here is told by words. A doubtful case is read as an answer: the worst that a wrong reading may cost is one
question of the kit in place of a follow-up, never a stage and never a rating.
"""

import re
from collections.abc import Sequence
from enum import StrEnum
from functools import lru_cache

from edge_node.core.interview import english, korean
from edge_node.core.interview.candidate_question import asks_about_the_job
from edge_node.core.interview.everyday import deeds
from edge_node.core.interview.off_topic import off_topic
from edge_node.core.interview.orders import without_orders
from edge_node.core.interview.phrases import meaningless, refuses
from edge_node.core.interview.signals import telling
from edge_node.core.interview.text import hangul_share, nfc, sentences, words


class Reading(StrEnum):
    """What an answer is."""

    ANSWER = "answer"
    ANSWER_WITH_ORDERS = "answer_with_orders"
    """An answer, and orders to the program beside it."""

    THIN = "thin"
    """Too little to go on from, but no refusal."""

    SILENCE = "silence"
    UNHEARD = "unheard"
    """There was speech, and no word of it was understood."""

    REPEAT = "repeat"
    """The candidate asks for the question again."""

    QUESTION = "question"
    """The candidate asks about the job, the company or the application: a person answers that."""

    REFUSAL = "refusal"
    NONSENSE = "nonsense"
    OFF_TOPIC = "off_topic"
    HOSTILE = "hostile"
    ORDERS = "orders"
    """Nothing but orders to the program: a prompt injection."""


ANSWERS = (Reading.ANSWER, Reading.ANSWER_WITH_ORDERS)
ASK_ANOTHER_WAY = (Reading.THIN, Reading.NONSENSE)
"""After these a question of the kit is tried once."""

OUTBURSTS = (Reading.OFF_TOPIC, Reading.HOSTILE, Reading.ORDERS)
"""After the first of these the question is put once more; after the second the interview goes on."""

_REPEAT = {
    "en": re.compile(
        r"\b(?:(?:can|could|would|will) you (?:please )?(?:repeat|say)\b|(?<!\bi )(?<!\band )(?:repeat|say) (?:that|"
        r"it|the "
        r"question)\b|"
        r"what (?:was|is) the question|what do you mean|come again|one more time|"
        r"i (?:didn't|did not|couldn't|could not|don't|do not) (?:quite )?(?:hear|catch|understand|get) "
        r"(?:that|it|you|the question|what you))|^(?:pardon|sorry|excuse me|what)(?: me)?\s*\?",
        re.IGNORECASE,
    ),
    "ko": re.compile(
        r"다시 ?(?:한 ?번 ?)?(?:말씀|질문|설명|얘기|들려)|질문[이을]? ?(?:뭐|무엇|다시|이해|못|잘 안)|못 ?들었|안 "
        r"?들(?:려|렸|립)|"
        r"무슨 ?(?:뜻|말|질문)|이해(?:를|가)? ?(?:못|안)|한 ?번 ?더 ?말씀"
    ),
}
_REQUEST = {
    "en": re.compile(r"\?|\bplease\b|\bsorry\b|\bpardon\b|\b(?:can|could|would|will) you\b", re.IGNORECASE),
    "ko": re.compile(r"[?？]|주세요|주시|주실|부탁|죄송"),
}
_HEARD = re.compile(r"들[렸었]\S{0,8}|\b(?:heard|missed|understood)\b")
_ABUSE = {
    "en": re.compile(
        r"\b(?:fuck\w*|motherf\w*|asshole\w*|bitch\w*|bastards?|shut up|screw you|go to hell|drop dead|piece of "
        r"(?:shit|"
        r"crap|junk|garbage|trash)|you suck|i hate (?:you|this)|kill yourself|waste of (?:my )?time)\b|"
        r"\b(?:stupid|dumb|idiot\w*|moron\w*|useless|worthless|ridiculous|shit\w*|bullshit|crap|garbage|trash|damn)\b"
        r".{0,30}\b(?:you|machine|robot|bot|ai|computer|interview\w*|questions?|company)\b|"
        r"\b(?:you|machine|robot|bot|ai|computer|interview\w*|questions?|company)\b.{0,30}"
        r"\b(?:stupid|dumb|idiot\w*|moron\w*|useless|worthless|ridiculous|shit\w*|bullshit|crap|garbage|trash|damn)\b",
        re.IGNORECASE,
    ),
    "ko": re.compile(
        r"씨발|시발|ㅅㅂ|씹|개새끼|새끼야|병신|ㅂㅅ|지랄|닥쳐|닥치|꺼져(?![서가도 있])|꺼지(?:세요|라|시)|"
        r"미친 ?(?:놈|년|것|기계|소리)|엿 ?먹|좆|"
        r"개소리|죽어 ?버|"
        r"(?:멍청|바보|쓰레기|한심|짜증|헛소리|쓸데없|쓸모없|어이없|웃기|시간 ?낭비)[^.]{0,14}(?:기계|로봇|AI|"
        r"인공지능|면접|질문|너|당신|"
        r"회사|네요|군요|거야|하네|해요|합니다)|(?:기계|로봇|AI|인공지능|면접|질문|너|당신)[^.]{0,12}(?:멍청|바보|"
        r"쓰레기|한심|짜증|"
        r"헛소리|쓸데없|쓸모없)"
    ),
}
_MASH = re.compile(
    r"(?:[bcdfghjklmnpqrstvwxz]{5,}|(.)\1{3,}|\b(?:asdf|qwer|zxcv|hjkl|lorem ipsum|bla+h?|la la|ha ha)\b)", re.I
)
_JAMO = re.compile(r"[\u1100-\u11ff\u3131-\u318e]")
_FEWEST_TO_TELL = 5
"""Words from which on their order may be called nonsense."""


@lru_cache(maxsize=512)
def read(answer: str, language: str, about: tuple[str, ...] = (), *, personal: bool = False) -> Reading:
    """How ``answer`` is read.

    ``about`` are the texts it could share words with: the question first, then competency, job. ``personal``: the
    question is about the person, whose own life is no other matter then.
    """
    if not words(answer) and not _JAMO.search(answer):
        return Reading.UNHEARD if answer.strip() else Reading.SILENCE
    rest = without_orders(answer)
    if rest != answer:
        return Reading.ANSWER_WITH_ORDERS if _says_something(rest, language) else Reading.ORDERS
    if not _ABUSE[_script(answer)].search(nfc(answer)) and asks_about_the_job(answer, about[0] if about else ""):
        return Reading.QUESTION
    short = len(words(answer)) < 20
    if short and _wants_repeat(nfc(answer), language):
        return Reading.REPEAT
    if _ABUSE[_script(answer)].search(nfc(answer)) and not _long_story(answer, language):
        return Reading.HOSTILE
    if refuses(answer, language):
        return Reading.REFUSAL
    if _nonsense(answer):
        return Reading.NONSENSE
    if meaningless(answer, language):
        return Reading.THIN
    if about and off_topic(answer, about[0], about, personal=personal):
        return Reading.OFF_TOPIC
    return Reading.ANSWER


def _wants_repeat(text: str, language: str) -> bool:
    """Whether the question is asked for again; who tells that somebody had not understood asks for nothing."""
    wish = _REPEAT[language].search(text)
    if not wish:
        return False
    rest = _HEARD.sub("", text[: wish.start()] + text[wish.end() :])
    return bool(_REQUEST[language].search(text)) or not deeds(rest, _script(text))


def _says_something(text: str, language: str) -> bool:
    return (
        bool(text.strip())
        and not meaningless(text, language)
        and any(telling(sentence, language) for sentence in sentences(nfc(text)))
    )


def _script(text: str) -> str:
    return "ko" if hangul_share(text) >= 0.3 or _JAMO.search(text) else "en"


def _long_story(answer: str, language: str) -> bool:
    """Two sentences about something done: a strong word in them belongs to the story."""
    return sum(telling(sentence, language) for sentence in sentences(nfc(answer))) >= 2


def _nonsense(answer: str) -> bool:
    """Keys hit at random, one word over and over, or words that no sentence holds together."""
    heard = words(answer)
    if _script(answer) == "ko":
        letters = [c for c in answer if not c.isspace()]
        if letters and len(_JAMO.findall(answer)) >= 0.4 * len(letters):
            return True
        if re.search(r"([가-힣]{1,3})\1{3,}", answer.replace(" ", "")):
            return True
        if len(heard) < _FEWEST_TO_TELL:
            return False
        return _repeats_itself(heard) or korean.joined_share(answer) < 0.15
    mashed = sum(len(m.group()) for m in _MASH.finditer(answer))
    if mashed >= 0.3 * max(1, len(answer.replace(" ", ""))):
        return True
    if len(heard) < _FEWEST_TO_TELL:
        return False
    return _repeats_itself(heard) or english.joined_share(answer) < 0.12


def _repeats_itself(heard: Sequence[str]) -> bool:
    return len(set(heard)) <= 0.3 * len(heard) and not len(heard) > 60
