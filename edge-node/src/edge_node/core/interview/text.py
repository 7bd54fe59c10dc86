"""Text measured and compared the same way everywhere: words, sentences, content, likeness."""

import re
import unicodedata

_WORD = re.compile(r"[0-9A-Za-z\uAC00-\uD7A3]+(?:['\u2019\-.+#/][0-9A-Za-z\uAC00-\uD7A3]+)*[+#]*")
_SENTENCE_END = re.compile(r"(?<=[.!?\u3002\uFF1F\uFF01])\s+|\n+")
_HANGUL = re.compile(r"[\uAC00-\uD7A3]")
_LATIN = re.compile(r"[A-Za-z]")


def nfc(text: str) -> str:
    """``text`` in Unicode form NFC, every run of white space one blank."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def words(text: str) -> list[str]:
    """Words of ``text`` in order, lower case, NFC; a Korean word is one eojeol."""
    return [w.lower() for w in _WORD.findall(nfc(text))]


def sentences(text: str) -> list[str]:
    """Sentences of ``text``, exactly as they stand in it, without surrounding white space."""
    return [s.strip() for s in _SENTENCE_END.split(text) if s.strip()]


def hangul_share(text: str) -> float:
    """Share of Hangul among Hangul and Latin letters, [0, 1]; 0 when there are neither."""
    hangul, latin = len(_HANGUL.findall(nfc(text))), len(_LATIN.findall(text))
    return hangul / (hangul + latin) if hangul + latin else 0.0


def _set(text: str) -> frozenset[str]:
    return frozenset(text.split())


_SMALL = _set(
    "a an the and or of to in on at for with from by as is are was were be been do does did have has had i you we they "
    "it me my your our their that this these those what which who how why when where tell about describe please give "
    "could can would any some more time there so not no let us one most mentioned spoke stay like hear example "
    "experience situation "
    "말씀해 주세요 주시겠어요 주시겠습니까 있으신가요 있나요 무엇인가요 무엇이었나요 어떻게 어떤 대해 "
    "대한 관련 관련하여 경험을 경험이 경험에 경험은 있다면 설명해 이야기해 소개해 구체적으로 방금 그 이 저 "
    "때 것은 것이 점은 조금 더 여쭙겠습니다 말씀해주세요 주셨는데 하신 하셨나요"
)
_LIKES = {
    "colleague": "coworker coworkers teammate teammates peer",
    "disagreement": "conflict dispute disagreed disagree argued",
    "solve": "resolve resolved handle handled overcome overcame fix fixed solved",
    "difficult": "hard hardest challenge challenging challenges tough toughest",
    "mistake": "error failure fault",
    "achievement": "accomplishment success proud",
    "role": "job position",
    "join": "apply applied applying",
    "learn": "learned learnt",
    "manager": "boss",
    "동료": "팀원",
    "갈등": "충돌 의견이",
    "어려웠던": "힘들었던 힘드셨던",
    "해결": "극복",
    "실수": "실패",
    "성취": "성과",
}
_ALIKE = {other: word for word, others in _LIKES.items() for other in others.split()}
"""Words that ask for the same thing."""


def stems(text: str) -> set[str]:
    """What ``text`` speaks of: its words but the small ones, likes made one, cut to 5 letters (2 syllables)."""
    found: set[str] = set()
    for word in words(text):
        if word in _SMALL or (len(word) < 3 and not hangul_share(word)):
            continue
        korean = next((kind for known, kind in _ALIKE.items() if hangul_share(known) and word.startswith(known)), word)
        known = _ALIKE.get(word, korean)
        found.add(known[:2] if hangul_share(known) else known[:5])
    return found


def likeness(one: str, other: str) -> float:
    """How alike two texts are, [0, 1]: Dice overlap of letter pairs of their words, order forgotten."""
    first, second = _pairs(one), _pairs(other)
    if not first or not second:
        return 1.0 if first == second else 0.0
    return 2 * len(first & second) / (len(first) + len(second))


def _pairs(text: str) -> set[str]:
    joined = " ".join(words(text))
    return {joined[i : i + 2] for i in range(len(joined) - 1)}
