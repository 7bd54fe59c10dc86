"""Korean particles that agree with the word before them, whatever is put in its place. Pure."""

import re

_FIRST, _LAST, _FINALS = ord("가"), ord("힣"), 28
_RIEUL = 8
"""Index of the final consonant after which 로 stands, not 으로."""

_DIGITS = {"0": 21, "1": _RIEUL, "3": 16, "6": 1, "7": _RIEUL, "8": _RIEUL}
"""Final consonants of the digits as they are read; 2, 4, 5 and 9 end in a vowel."""

_LETTERS = {"L": _RIEUL, "M": 16, "N": 4, "R": _RIEUL}
"""Final consonants of the letters' names."""

_ENGLISH_ENDINGS = ((re.compile(r"(?:l|le)$"), _RIEUL), (re.compile(r"(?:[mn]|ng|[mn]e|ck)$"), 4))
"""How English words are mostly written in Korean: Excel as 엑셀, Python as 파이썬, Slack as 슬랙."""

_PAIRS = (
    ("이라는", "라는"), ("이라고", "라고"), ("으로서", "로서"), ("으로써", "로써"), ("으로는", "로는"),
    ("으로도", "로도"), ("과의", "와의"), ("과는", "와는"), ("이란", "란"), ("이나", "나"), ("으로", "로"),
    ("을", "를"), ("은", "는"), ("이", "가"), ("과", "와"),
)  # fmt: skip
"""After a consonant, after a vowel."""

_KNOWN = {form: pair for pair in _PAIRS for form in pair}
_KNOWN |= {f"{one}({other})": pair for pair in _PAIRS for one, other in (pair, pair[::-1])}
_KNOWN |= {f"({closed.removesuffix(open_)}){open_}": (closed, open_) for closed, open_ in _PAIRS if len(closed) > 1}
_FORMS = "|".join(re.escape(form) for form in sorted(_KNOWN, key=len, reverse=True))


def put(text: str, placeholder: str, word: str) -> str:
    """``text`` with ``word`` for each ``placeholder``, the particle behind it as ``word``'s last sound wants it."""

    def agreed(match: re.Match[str]) -> str:
        form = match.group(1)
        return word + (_agreeing(word, *_KNOWN[form]) if form else "")

    return re.sub(rf"{re.escape(placeholder)}(?:({_FORMS})(?![가-힣(]))?", agreed, text)


def _agreeing(word: str, closed: str, open_: str) -> str:
    final = _final(word)
    if final == _RIEUL and closed.startswith("으로"):
        return open_
    return closed if final else open_


def _final(word: str) -> int:
    """Index of the last sound's final consonant, 0 for a vowel; English words as they are mostly said."""
    heard = re.sub(r"[^0-9A-Za-z가-힣]+$", "", word)
    last = heard[-1:]
    if not last:
        return 0
    if _FIRST <= ord(last) <= _LAST:
        return (ord(last) - _FIRST) % _FINALS
    if last.isdigit():
        return _DIGITS.get(last, 0)
    english = re.findall(r"[A-Za-z]+$", heard)[0]
    if english.isupper():
        return _LETTERS.get(last, 0)
    return next((final for ending, final in _ENGLISH_ENDINGS if ending.search(english.lower())), 0)
