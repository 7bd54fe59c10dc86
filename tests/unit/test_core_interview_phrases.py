"""Phrases of an answer, and answers that say nothing."""

import unicodedata

import pytest
from edge_node.core.interview.phrases import candidate_phrases, meaningless, own
from hypothesis import given
from hypothesis import strategies as st


@pytest.mark.parametrize(
    ("language", "answer", "among"),
    [
        (
            "en",
            "I added a read replica and moved the reports to a nightly batch.",
            {"a read replica", "a nightly batch"},
        ),
        ("en", "We rolled it out with Brightwave Logistics and their handheld scanners.", {"Brightwave Logistics"}),
        ("en", "I reviewed the code of junior developers.", {"junior developers", "the code"}),
        ("ko", "재고 관리 시스템의 응답 속도를 개선했습니다.", {"재고 관리 시스템", "응답 속도"}),
        ("ko", "주니어 개발자들의 코드를 리뷰하고 단위 테스트 작성법을 가르쳤습니다.", {"단위 테스트 작성법"}),
    ],
)
def test_what_a_person_would_name_is_found(language: str, answer: str, among: set[str]) -> None:
    assert among <= set(candidate_phrases(answer, language))


def test_a_decomposed_answer_gives_the_same_phrases() -> None:
    answer = "결제 서비스에 읽기 전용 복제본을 추가했습니다."
    assert candidate_phrases(unicodedata.normalize("NFD", answer), "ko") == candidate_phrases(answer, "ko")


@given(st.text(), st.sampled_from(["en", "ko"]))
def test_every_phrase_stands_in_the_answer(answer: str, language: str) -> None:
    stored = " ".join(unicodedata.normalize("NFC", answer).split())
    phrases = candidate_phrases(answer, language)
    assert len(phrases) <= 6
    assert all(phrase and phrase in stored for phrase in phrases)


@pytest.mark.parametrize("word", ["positive", "responsible", "careful"])
def test_a_quality_alone_is_nothing_to_ask_about(word: str) -> None:
    said = f"Being {word} is what everybody at work should do when a customer waits for an answer."
    assert word not in candidate_phrases(said, "en")


def test_a_noun_that_ends_like_a_quality_is() -> None:
    assert "the initiative" in candidate_phrases("I took the initiative and called the port the same evening.", "en")


def test_my_and_our_are_told_from_the_rest() -> None:
    assert own("Then our test coverage went up.", "test coverage")
    assert not own("Then the test coverage went up.", "test coverage")


@pytest.mark.parametrize(
    ("language", "answer"),
    [
        ("en", "I don't know."),
        ("en", "Um, sorry, I can't think of anything right now."),
        ("en", "No comment."),
        ("en", "Yes."),
        ("ko", "잘 모르겠습니다."),
        ("ko", "음, 기억이 잘 안 나네요."),
        ("ko", "네."),
    ],
)
def test_a_refusal_is_meaningless(language: str, answer: str) -> None:
    assert meaningless(answer, language)


@pytest.mark.parametrize(
    ("language", "answer"),
    [
        (
            "en",
            "I don't know the exact figure, but after the change the nightly batch took ten minutes, not an hour, "
            "and nobody had to wait for reports in the morning.",
        ),
        (
            "ko",
            "처음에는 잘 모르겠다고 생각했지만 로그를 확인하면서 데이터베이스 잠금이 원인이라는 것을 찾아 고쳤습니다.",
        ),
    ],
)
def test_a_doubtful_start_does_not_make_an_answer_meaningless(language: str, answer: str) -> None:
    assert not meaningless(answer, language)
