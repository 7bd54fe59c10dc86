"""How Koreans read numbers: Sino-Korean for amounts and dates, native words before the counters that want them."""

import re

_DIGITS = "영일이삼사오육칠팔구"
_PLACES = ("", "십", "백", "천")
_GROUPS = ("", "만", "억", "조", "경")
_ONES = ("", "한", "두", "세", "네", "다섯", "여섯", "일곱", "여덟", "아홉")
_TENS = ("", "열", "스물", "서른", "마흔", "쉰", "예순", "일흔", "여든", "아흔")

NATIVE_COUNTERS = (
    "개월치", "가지", "사람", "시간", "마리", "군데", "차례", "개", "명", "살", "번", "대", "권", "잔", "달",
    "곳", "배", "건", "팀", "쪽", "장", "줄", "채", "켤레", "송이",
)  # fmt: skip
"""Counters read with native numbers. 분 counts minutes far more often than persons: it is not one of them."""

_SINO_FIRST = ("개월", "번째 줄", "분", "대학", "장애", "명령")
"""Words that begin like a counter and are none, or one that takes Sino-Korean numbers."""

_HOUR = re.compile(r"^시(?!간|도|작|장|험|스|리)")


def sino(number: int) -> str:
    """``number`` (0 to 10^20 - 1) in Sino-Korean: 12345 is 만 이천삼백사십오."""
    if number == 0:
        return _DIGITS[0]
    groups: list[str] = []
    for name in _GROUPS:
        number, group = divmod(number, 10_000)
        if group:
            # 만 alone is ten thousand; 일억 keeps its one.
            read = "" if group == 1 and name == "만" and number == 0 else _group(group)
            groups.append(read + name)
    return " ".join(reversed(groups))


def _group(group: int) -> str:
    read = ""
    for place in (3, 2, 1, 0):
        digit = group // 10**place % 10
        if digit:
            read += ("" if digit == 1 and place else _DIGITS[digit]) + _PLACES[place]
    return read


def native(number: int) -> str:
    """``number`` (1 to 99) as it stands before a counter: 한, 스무, 스물한; raises ValueError outside."""
    if not 1 <= number <= 99:
        raise ValueError("native numbers go from 1 to 99")
    if number == 20:
        return "스무"
    return _TENS[number // 10] + _ONES[number % 10]


def digits(text: str) -> str:
    """Each digit by itself, as after a decimal point or in a telephone number; zero is 공 there, or 영."""
    return "".join(_DIGITS[int(digit)] for digit in text)


def counted(number: str, after: str) -> str:
    """``number`` (digits, perhaps with a decimal point) as it is read in front of ``after``."""
    whole, _, fraction = number.partition(".")
    value = int(whole)
    if len(whole) > 20:
        return digits(whole)
    if fraction:
        return f"{sino(value)} 점 {digits(fraction)}"
    if len(whole) > 1 and whole.startswith("0"):
        return digits(whole).replace("영", "공")
    if _wants_native(value, after):
        return native(value)
    return sino(value)


def _wants_native(value: int, after: str) -> bool:
    counter = after.lstrip(" ")
    if not 1 <= value <= 99 or counter.startswith(_SINO_FIRST):
        return False
    if _HOUR.match(counter):
        return value <= 12
    return counter.startswith(NATIVE_COUNTERS)
