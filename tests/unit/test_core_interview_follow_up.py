"""Proposed questions, good and bad, in both languages."""

import unicodedata

import pytest
from edge_node.core.interview.follow_up import Accepted, FollowUpBrief, Refused, check

EN = FollowUpBrief(
    language="en",
    job_title="Backend engineer",
    competency_id="solving",
    competency_name="Problem solving",
    definition="Finds causes.",
    stage_title="Problem solving",
    question="Tell me about a technical problem you solved.",
    turn_id="t1",
    answer="I added a read replica to the payment service and my wife was pregnant then.",
    asked=("Tell me about a technical problem you solved.", "You mentioned a read replica. What did it cost you?"),
    phrases=("the payment service", "a read replica"),
)
KO = FollowUpBrief(
    language="ko",
    job_title="백엔드 개발자",
    competency_id="solving",
    competency_name="문제 해결",
    definition="원인을 찾는다.",
    stage_title="문제 해결",
    question="해결하신 기술적인 문제를 말씀해 주세요.",
    turn_id="t1",
    answer="결제 서비스에 PostgreSQL 복제본을 추가했습니다.",
    asked=("해결하신 기술적인 문제를 말씀해 주세요.",),
    phrases=("결제 서비스", "PostgreSQL 복제본"),
)


@pytest.mark.parametrize(
    ("brief", "proposal", "quote"),
    [
        (EN, "You mentioned the payment service. What was the hardest part of that?", "the payment service"),
        (EN, "  What made A Read Replica the right choice at the time? ", "a read replica"),
        (EN, '"How did the payment service behave after the change?"', "the payment service"),
        (KO, "결제 서비스에 대해 말씀해 주셨는데, 가장 어려웠던 점은 무엇인가요?", "결제 서비스"),
        (KO, "PostgreSQL 복제본을 선택하신 이유는 무엇인가요?", "PostgreSQL 복제본"),
        (KO, unicodedata.normalize("NFD", "결제 서비스를 맡으며 배우신 점은 무엇인가요?"), "결제 서비스"),
    ],
)
def test_a_question_about_the_answer_is_accepted(brief: FollowUpBrief, proposal: str, quote: str) -> None:
    verdict = check(proposal, brief)
    assert isinstance(verdict, Accepted), verdict
    assert verdict.quote == quote
    assert verdict.turn_id == "t1"
    assert verdict.text == unicodedata.normalize("NFC", verdict.text).strip()


@pytest.mark.parametrize(
    ("brief", "proposal", "code"),
    [
        (EN, "Why?", "too_short"),
        (EN, "What about the payment service " + "and then more of it " * 20 + "?", "too_long"),
        (EN, "Tell me more about the payment service and what you did.", "not_one_question"),
        (EN, "What was the payment service? And who built the payment service?", "not_one_question"),
        (EN, "What was the payment service? Please explain.", "not_one_question"),
        (EN, "What was the response of the payment service to the?", "unfinished"),
        (EN, "결제 서비스에서 가장 어려웠던 점은 무엇인가요?", "wrong_language"),
        (EN, "the payment service 에서 가장 어려웠던 점은 무엇인가요?", "wrong_language"),
        (EN, "How did your marriage change your work on the payment service?", "protected_trait"),
        (EN, "Do you plan to have children while you run the payment service?", "protected_trait"),
        (EN, "Tell me about a technical problem that you solved?", "repetition"),
        (EN, "You mentioned a read replica! What did it cost you?", "repetition"),
        (EN, "What do you like about working in a large company?", "ungrounded"),
        (EN, "What was the hardest part of the payment servicedesk?", "ungrounded"),
        (KO, "왜요?", "too_short"),
        (KO, "결제 서비스를 말씀해 주셨는데 더 설명해 주세요.", "not_one_question"),
        (KO, "What was the hardest part of 결제 서비스 for you?", "wrong_language"),
        (KO, "결제 서비스를 하시면서 결혼 계획은 있으신가요?", "protected_trait"),
        (KO, "결제 서비스를 하셨을 때 나이가 어떻게 되셨나요?", "protected_trait"),
        (KO, "해결하신 기술적인 문제를 말씀해 주세요?", "repetition"),
        (KO, "회사를 선택하실 때 가장 중요한 점은 무엇인가요?", "ungrounded"),
    ],
)
def test_a_bad_question_is_refused_with_its_code(brief: FollowUpBrief, proposal: str, code: str) -> None:
    assert check(proposal, brief) == Refused(code)  # type: ignore[arg-type]
