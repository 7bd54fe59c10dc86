"""Headings that count on through a resume: 1, 2, 3; I, II, III; 가, 나, 다; 하나, 둘, 셋. Pure."""

import re
from collections import Counter
from collections.abc import Sequence

from coordinator.candidates.headings.prints import Print, print_of
from coordinator.candidates.schemas import Line

COUNTED_MIN = 3
MOSTLY = 0.8

_ORDERS = (
    tuple(map(str, range(1, 13))),
    tuple(f"0{place}" for place in range(1, 10)),
    ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii"),
    tuple("ⅰⅱⅲⅳⅴⅵⅶⅷⅸⅹ"),
    tuple("①②③④⑤⑥⑦⑧⑨⑩"),
    tuple("abcdefghijkl"),
    tuple("가나다라마바사아자차카타파하"),
    ("하나", "둘", "셋", "넷", "다섯", "여섯", "일곱", "여덟", "아홉", "열"),
    ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"),
    ("첫째", "둘째", "셋째", "넷째", "다섯째", "여섯째", "일곱째", "여덟째", "아홉째", "열째"),
)
_SIGN = re.compile(r"\W*([^\W_]{1,5})[.):,]?(?=\s)")


def counted_on(numbered: Sequence[Line], lines: Sequence[Line]) -> set[Print]:
    """The prints whose ``numbered`` lines begin the count once and go on with it, three at least, and few others."""
    printed = Counter(print_of(line) for line in lines)
    signs: dict[Print, list[str]] = {}
    for line in numbered:
        if found := _SIGN.match(line.text):
            signs.setdefault(print_of(line), []).append(found[1].lower())
    return {
        one
        for one, said in signs.items()
        if len(said) >= max(COUNTED_MIN, MOSTLY * printed[one])
        and len(set(said)) == len(said)
        and any(set(said) == set(order[: len(said)]) for order in _ORDERS)
    }
