"""What a written text sounds like: numbers, dates, units and technical terms as words, before any voice speaks them.

The caption keeps the written form.
"""

import re
from collections.abc import Callable

from edge_node.core.dialogue.korean_numbers import counted, sino

_LETTERS = dict(
    zip(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZ",
        (
            *("에이", "비", "씨", "디", "이", "에프", "지", "에이치", "아이", "제이", "케이", "엘", "엠"),
            *("엔", "오", "피", "큐", "알", "에스", "티", "유", "브이", "더블유", "엑스", "와이", "제트"),
        ),
        strict=True,
    )
)

_TERMS_KO = {
    "python": "파이썬", "java": "자바", "javascript": "자바스크립트", "typescript": "타입스크립트", "kotlin": "코틀린",
    "c++": "씨 플러스플러스", "c#": "씨 샤프", "go": "고", "rust": "러스트", "swift": "스위프트", ".net": "닷넷",
    "node.js": "노드 제이에스", "react": "리액트", "vue": "뷰", "spring": "스프링", "spring boot": "스프링 부트",
    "django": "장고", "fastapi": "패스트 에이피아이", "kafka": "카프카", "redis": "레디스", "mysql": "마이에스큐엘",
    "postgresql": "포스트그레스큐엘", "postgres": "포스트그레스", "mongodb": "몽고디비", "oracle": "오라클",
    "elasticsearch": "엘라스틱서치", "kubernetes": "쿠버네티스", "k8s": "쿠버네티스", "docker": "도커",
    "terraform": "테라폼", "ansible": "앤서블", "jenkins": "젠킨스", "git": "깃", "github": "깃허브", "linux": "리눅스",
    "aws": "에이더블유에스", "azure": "애저", "cloud": "클라우드", "server": "서버", "data": "데이터",
    "backend": "백엔드", "frontend": "프런트엔드", "devops": "데브옵스", "saas": "사스", "excel": "엑셀",
    "word": "워드", "powerpoint": "파워포인트", "photoshop": "포토샵", "figma": "피그마",
    "slack": "슬랙", "notion": "노션",
    "jira": "지라", "sap": "에스에이피", "salesforce": "세일즈포스", "google": "구글", "microsoft": "마이크로소프트",
    "naver": "네이버", "kakao": "카카오", "samsung": "삼성", "toeic": "토익", "toefl": "토플", "opic": "오픽",
    "ok": "오케이", "email": "이메일", "e-mail": "이메일", "online": "온라인", "offline": "오프라인", "team": "팀",
    "project": "프로젝트", "manager": "매니저", "ci/cd": "씨아이 씨디", "a/b": "에이비", "b2b": "비투비",
    "b2c": "비투씨", "machine learning": "머신러닝", "deep learning": "딥러닝", "pandas": "판다스",
    "spark": "스파크",
    "hadoop": "하둡", "airflow": "에어플로", "tableau": "태블로", "sql": "에스큐엘", "nosql": "노에스큐엘",
    "mau": "엠에이유", "gpu": "지피유", "ai": "인공지능",
}  # fmt: skip

_UNITS_KO = {
    "%": "퍼센트", "km": "킬로미터", "cm": "센티미터", "mm": "밀리미터", "m": "미터", "kg": "킬로그램", "g": "그램",
    "tb": "테라바이트", "gb": "기가바이트", "mb": "메가바이트", "kb": "킬로바이트", "ms": "밀리초", "s": "초",
    "ghz": "기가헤르츠", "mhz": "메가헤르츠", "hz": "헤르츠", "℃": "도", "°c": "도", "kw": "킬로와트", "l": "리터",
    "m²": "제곱미터", "㎡": "제곱미터", "%p": "퍼센트포인트",
}  # fmt: skip

_MONTHS_KO = {6: "유월", 10: "시월"}
_MONTHS_EN = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)

_NUMBER = r"(?<![\w.])\d{1,3}(?:,\d{3})+(?:\.\d+)?|(?<![A-Za-z\d.])\d+(?:\.\d+)?"
_DATE = re.compile(r"(?<!\d)((?:19|20)\d\d)[-./]\s?(1[0-2]|0?[1-9])[-./]\s?(3[01]|[12]\d|0?[1-9])(?!\d)")
_MONTH = re.compile(r"(?<!\d)(1[0-2]|0?[1-9])\s?월")
_CLOCK = re.compile(r"(?<![\d:])([01]?\d|2[0-3]):([0-5]\d)(?![\d:])")
_PHONE = re.compile(r"(?<![\d-])(0\d{1,2})-(\d{3,4})-(\d{4})(?!\d)")
_MONEY_KO = re.compile(rf"([₩$€¥])\s?({_NUMBER})\s?([만억조]?)")
_CURRENCIES_KO = {"₩": "원", "$": "달러", "€": "유로", "¥": "엔"}
_RANGE = re.compile(r"(?<=\d)\s?[~～–]\s?(?=\d)")
_UNIT_KO = re.compile(
    rf"({_NUMBER})\s?({'|'.join(re.escape(unit) for unit in sorted(_UNITS_KO, key=len, reverse=True))})(?![A-Za-z])",
    re.IGNORECASE,
)
_NUMBER_KO = re.compile(rf"({_NUMBER})(\s?\S{{0,4}})")
_TERM_KO = re.compile(
    "|".join(rf"(?<![A-Za-z]){re.escape(term)}(?![A-Za-z+#])" for term in sorted(_TERMS_KO, key=len, reverse=True)),
    re.IGNORECASE,
)
_CAPITALS = re.compile(r"(?<![A-Za-z])([A-Z]{1,6})(s?)(?![A-Za-z])")

_TERMS_EN = (
    (re.compile(r"(?<![A-Za-z])[Cc]\+\+"), "C plus plus"),
    (re.compile(r"(?<![A-Za-z])C#"), "C sharp"),
    (re.compile(r"(?<![A-Za-z])F#"), "F sharp"),
    (re.compile(r"(?<!\w)\.NET\b"), "dot net"),
    (re.compile(r"\bNode\.js\b", re.IGNORECASE), "Node J S"),
    (re.compile(r"\bCI/CD\b"), "C I C D"),
    (re.compile(r"\b[Kk]8s\b"), "Kubernetes"),
    (re.compile(r"\bA/B\b"), "A B"),
    (re.compile(r"\band/or\b"), "and or"),
    (re.compile(r"(?<=\d)\s?%"), " percent"),
    (re.compile(r"(?<=\d)\s?ms\b"), " milliseconds"),
    (re.compile(r"(?<=\d)\s?[~–]\s?(?=\d)"), " to "),
)


def read_aloud(text: str, language: str) -> str:
    """``text`` as it is to be spoken in ``language``; the same text when nothing in it needs words."""
    return _korean(text) if language == "ko" else _english(text)


def _plain(number: str) -> str:
    return number.replace(",", "")


def _english(text: str) -> str:
    def date(found: re.Match[str]) -> str:
        return f"{_MONTHS_EN[int(found[2]) - 1]} {int(found[3])}, {found[1]}"

    text = _DATE.sub(date, text)
    for written, spoken in _TERMS_EN:
        text = written.sub(spoken, text)
    return text


def _date_ko(found: re.Match[str]) -> str:
    month = int(found[2])
    return f"{sino(int(found[1]))}년 {_MONTHS_KO.get(month, sino(month) + '월')} {sino(int(found[3]))}일"


def _month_ko(found: re.Match[str]) -> str:
    month = int(found[1])
    return _MONTHS_KO.get(month, sino(month) + "월")


def _clock_ko(found: re.Match[str]) -> str:
    hour, minute = int(found[1]), int(found[2])
    read = f"{counted(str(hour), '시')} 시"
    return f"{read} {sino(minute)} 분" if minute else read


def _phone_ko(found: re.Match[str]) -> str:
    return ", ".join("".join("공일이삼사오육칠팔구"[int(digit)] for digit in part) for part in found.groups())


def _money_ko(found: re.Match[str]) -> str:
    amount = _plain(found[2])
    return f"{counted(amount, '')}{found[3]} {_CURRENCIES_KO[found[1]]}"


def _number_ko(found: re.Match[str]) -> str:
    after = found[2]
    blank = " " if after[:1] and not after[0].isspace() and counted("1", after) == "한" else ""
    return f"{counted(_plain(found[1]), after)}{blank}{after}"


def _unit_ko(found: re.Match[str]) -> str:
    if found[2] in "GMSL":
        return found[0]  # 5G and 3M are names
    return f"{counted(_plain(found[1]), '')} {_UNITS_KO[found[2].lower()]}"


def _spelled(found: re.Match[str]) -> str:
    return "".join(_LETTERS[letter] for letter in found[1])


_STEPS_KO: tuple[tuple[re.Pattern[str], str | Callable[[re.Match[str]], str]], ...] = (
    (_TERM_KO, lambda found: _TERMS_KO[found[0].lower()]),
    (_DATE, _date_ko),
    (_PHONE, _phone_ko),
    (_CLOCK, _clock_ko),
    (_MONTH, _month_ko),
    (_MONEY_KO, _money_ko),
    (_RANGE, "에서 "),
    (_UNIT_KO, _unit_ko),
    (_CAPITALS, _spelled),
    (_NUMBER_KO, _number_ko),
)


def _korean(text: str) -> str:
    for written, spoken in _STEPS_KO:
        text = written.sub(spoken, text)
    return text
