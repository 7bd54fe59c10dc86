"""What a few words tell of who wants the floor, in both languages. No recogniser is trusted with punctuation."""

import re
from enum import StrEnum


class Grammar(StrEnum):
    """How the words so far end."""

    OPEN = "open"
    """With a word after which more has to come."""

    CLOSED = "closed"
    """With a word that ends a sentence; told of Korean only, where the verb comes last."""

    UNKNOWN = "unknown"


_LAST = re.compile(r"([^\W_]+(?:['\u2019-][^\W_]+)*)[^\w]*$")


def _set(text: str) -> frozenset[str]:
    return frozenset(text.split())


_OPEN_EN = _set(
    # fillers
    "um uh er erm hmm uhm like well so "
    # conjunctions
    "and but or nor because cause since although though unless until whereas while if when whenever that which who "
    "whom whose where why how than as whether "
    # prepositions after which a noun comes
    "of in with for from by into onto at between through during without within using against towards toward upon "
    "per via despite including the a an my our your his her their its this these those every each some any no "
    "to is are was were am be been being has had have do does did will would can could should must may might shall "
    "i'm we're they're i've we've it's that's there's i'd we'd i'll we'll not very really quite more most less "
    "only even also just mostly mainly "
    # subjects with their verb still to come
    "i we he she they"
)
_OPEN_PAIRS_EN = _set("you.know i.mean kind.of sort.of at.first")
_MAY_CLOSE_EN = _set(
    "i.did we.did it.was i.was i.am we.are it.is i.have we.have i.can i.could i.would i.do we.do not.really "
    "like.that like.this like.it even.more no.more any.more all.this of.this about.that about.this did.that "
    "do.that after.that before.that for.that with.that than.that is.that was.that"
)

_CLOSED_KO = ("다", "요", "죠", "까", "네", "예")
_OPEN_WORDS_KO = _set(
    "음 어 그 저 뭐 아 에 막 좀 약간 그리고 하지만 그런데 근데 그래서 그러나 그러면 그러니까 왜냐하면 또 또는 및 "
    "예를 들어 들면 특히 바로 먼저 그다음에 그때 제가 저는 저희는 저희가 우리는 우리가 이제 사실 뭐랄까"
)

_JOINING_KO = ("고", "서", "데", "지만", "면", "니까", "려고", "며", "느라", "거나", "도록")
"""Endings that join a clause to the next one."""

_BACKCHANNELS = {
    "en": _set("mm mhm hm hmm mmm mm-hm mm-hmm mhmm uh-huh uh huh hum um ah oh yeah yep yes ok okay right sure i see"),
    "ko": _set("네 예 음 아 어 응 흠 넵 네네 예예 그렇군요 그쵸 맞아요 아하 으음"),
}
"""Words with which a listener says no more than that they listen."""

_BACKCHANNEL_WORDS = 3


def backchannel(text: str, language: str) -> bool:
    """Whether ``text`` is a listener's "mm-hm" and no wish to speak: one to three such words and nothing else."""
    said = re.findall(r"[^\W_]+(?:-[^\W_]+)*", text.lower())
    return 0 < len(said) <= _BACKCHANNEL_WORDS and set(said) <= _BACKCHANNELS[language]


def grammar(text: str, language: str) -> Grammar:
    """Whether ``text`` ends in mid-thought, by its last word."""
    last = _LAST.search(text.lower())
    if not last:
        return Grammar.UNKNOWN
    word = last.group(1).replace("\u2019", "'")
    if language == "ko":
        return _korean(word)
    before = _LAST.search(text.lower()[: last.start()])
    pair = f"{before.group(1)}.{word}" if before else word
    if pair in _OPEN_PAIRS_EN:
        return Grammar.OPEN
    return Grammar.OPEN if word in _OPEN_EN and pair not in _MAY_CLOSE_EN else Grammar.UNKNOWN


def trails_off(text: str, language: str) -> bool:
    """Whether ``text`` stops where nobody ends an answer. In Korean only behind a joining word or ending.

    There a last word without a verb's ending is open, too (:func:`grammar`), but short answers end so as well.
    """
    if language != "ko":
        return grammar(text, language) is Grammar.OPEN
    last = _LAST.search(text)
    return last is not None and (last.group(1) in _OPEN_WORDS_KO or last.group(1).endswith(_JOINING_KO))


def _korean(word: str) -> Grammar:
    """A sentence ends with its verb; particles and joining endings leave it open."""
    if word in _OPEN_WORDS_KO or not re.search(r"[\uac00-\ud7a3]", word):
        return Grammar.OPEN if word in _OPEN_WORDS_KO else Grammar.UNKNOWN
    return Grammar.CLOSED if word.endswith(_CLOSED_KO) else Grammar.OPEN
