"""Words of the dialogue: how a written text is read aloud, and whether what was said so far ends in mid-thought."""

import pytest
from edge_node.core.dialogue.grammar import Grammar, grammar, trails_off
from edge_node.core.dialogue.korean_numbers import native, sino
from edge_node.core.dialogue.reading import read_aloud
from hypothesis import given
from hypothesis import strategies as st


@pytest.mark.parametrize(
    ("written", "spoken"),
    [
        ("3명이 5개월 동안 API 20개를 만들었습니다.", "세 명이 오개월 동안 에이피아이 스무 개를 만들었습니다."),
        ("매출이 25% 늘어 1,200만 원이 되었습니다.", "매출이 이십오 퍼센트 늘어 천이백만 원이 되었습니다."),
        ("2024-06-15에 시작했고 10월에 끝났습니다.", "이천이십사년 유월 십오일에 시작했고 시월에 끝났습니다."),
        ("15:30에 3시간 회의", "십오 시 삼십 분에 세 시간 회의"),
        ("3~5년 경력", "삼에서 오년 경력"),
        ("Kafka와 PostgreSQL, C++를 쓰셨나요?", "카프카와 포스트그레스큐엘, 씨 플러스플러스를 쓰셨나요?"),
        ("010-1234-5678로", "공일공, 일이삼사, 오육칠팔로"),
        ("1시와 15시에", "한 시와 십오 시에"),
        ("21명과 20살, 100개", "스물한 명과 스무 살, 백 개"),
        ("응답 시간을 3.5초에서 120ms로", "응답 시간을 삼 점 오초에서 백이십 밀리초로"),
        ("AWS EC2에서 5G로", "에이더블유에스 이씨이에서 오지로"),
        ("$5만", "오만 달러"),
        ("어려운 점은 무엇이었나요?", "어려운 점은 무엇이었나요?"),
    ],
)
def test_numbers_units_and_terms_are_words_in_korean(written: str, spoken: str) -> None:
    assert read_aloud(written, "ko") == spoken


@pytest.mark.parametrize(
    ("written", "spoken"),
    [
        ("You used C++ and C# since 2021-03-05.", "You used C plus plus and C sharp since March 5, 2021."),
        ("25% less in 5-10 ms, with CI/CD on K8s", "25 percent less in 5-10 milliseconds, with C I C D on Kubernetes"),
        ("What was hard about it?", "What was hard about it?"),
    ],
)
def test_signs_and_terms_are_words_in_english(written: str, spoken: str) -> None:
    assert read_aloud(written, "en") == spoken


@given(text=st.text(max_size=60), language=st.sampled_from(["en", "ko"]))
def test_any_text_can_be_read(text: str, language: str) -> None:
    read_aloud(text, language)
    grammar(text, language)


@given(number=st.integers(min_value=0, max_value=10**20 - 1))
def test_a_korean_number_can_be_counted_back(number: int) -> None:
    assert _value(sino(number)) == number


def _value(read: str) -> int:
    digits = {name: value for value, name in enumerate("영일이삼사오육칠팔구")}
    places = {"십": 10, "백": 100, "천": 1000}
    groups = {"만": 10**4, "억": 10**8, "조": 10**12, "경": 10**16}
    total = group = 0
    digit: int | None = None
    for letter in read.replace(" ", ""):
        if letter in digits:
            digit = digits[letter]
        elif letter in places:
            group += (1 if digit is None else digit) * places[letter]
            digit = None
        else:
            total += (group + (digit or 0) or 1) * groups[letter]
            group, digit = 0, None
    return total + group + (digit or 0)


def test_native_numbers_before_a_counter() -> None:
    assert [native(n) for n in (1, 3, 11, 20, 21, 99)] == ["한", "세", "열한", "스무", "스물한", "아흔아홉"]
    with pytest.raises(ValueError, match="1 to 99"):
        native(100)


@pytest.mark.parametrize(
    ("said", "language", "expected"),
    [
        ("We moved it because", "en", Grammar.OPEN),
        ("and then I, um...", "en", Grammar.OPEN),
        ("We cleaned the data, you know,", "en", Grammar.OPEN),
        ("I was responsible for the", "en", Grammar.OPEN),
        ("That is what I did.", "en", Grammar.UNKNOWN),
        ("I talked to the users.", "en", Grammar.UNKNOWN),
        ("", "en", Grammar.UNKNOWN),
        ("저는 시스템을 옮겼는데", "ko", Grammar.OPEN),
        ("고객이 화가 나셨지만, 음", "ko", Grammar.OPEN),
        ("그래서 데이터베이스와", "ko", Grammar.OPEN),
        ("백업을 맡았습니다.", "ko", Grammar.CLOSED),
        ("네", "ko", Grammar.CLOSED),
        ("그건 제가 했어요", "ko", Grammar.CLOSED),
    ],
)
def test_the_last_word_tells_whether_more_has_to_come(said: str, language: str, expected: Grammar) -> None:
    assert grammar(said, language) is expected


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("I rebuilt the export because", "en", True),
        ("I rebuilt it, um...", "en", True),
        ("I rebuilt the export.", "en", False),
        ("That is all I did", "en", False),
        ("고객이 화가 나셨지만", "ko", True),
        ("작은 시험을 먼저 작성했고,", "ko", True),
        ("그래서 왜냐하면", "ko", True),
        ("회의를 세 번 했습니다.", "ko", False),
        ("삼 년 정도", "ko", False),
        ("", "ko", False),
    ],
)
def test_an_answer_that_trails_off_is_told_from_one_that_is_short(text: str, language: str, expected: bool) -> None:
    assert trails_off(text, language) == expected
