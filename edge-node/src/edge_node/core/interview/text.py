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


def likeness(one: str, other: str) -> float:
    """How alike two texts are, [0, 1]: Dice overlap of letter pairs of their words, order forgotten."""
    first, second = _pairs(one), _pairs(other)
    if not first or not second:
        return 1.0 if first == second else 0.0
    return 2 * len(first & second) / (len(first) + len(second))


def _pairs(text: str) -> set[str]:
    joined = " ".join(words(text))
    return {joined[i : i + 2] for i in range(len(joined) - 1)}
