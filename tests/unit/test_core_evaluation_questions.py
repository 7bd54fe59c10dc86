"""Questions to the interviewer are told from what was done, in either language, with a question mark or without."""

import pytest
from edge_node.core.evaluation.questions import asks, told

QUESTIONS = (
    "Would my manager be in the same office?",
    "And who decides about my pay",
    "What would a typical day look like",
    "How many days of vacation do you give",
    "Could you tell me what you decided about the team I applied to?",
    "I heard your company has stock options?",
    "I'd like to know when I will hear back.",
    "I was wondering whether the job is permanent.",
    "Which floor is the team on?",
    "So is that everything you need from me?",
    "출장은 자주 갑니까",
    "수습 기간이 따로 있는 건가요",
    "팀 분위기는 어떤지 여쭤보고 싶습니다.",
    "제가 입사하면 어느 지점으로 가게 될까요",
    "급여일은 언제예요?",
    "월급은 얼마나 주시는지 알려 주십시오.",
)
TOLD = (
    "I asked the customer what broke and replaced the pump.",
    "So I asked him: why does it take so long?",
    "What I did was move the reports to a copy.",
    "What was hard was that nobody owned it.",
    "When I was the coach of our team, one of the kids broke his arm.",
    "I wanted to know why it failed, so I read the logs.",
    "Is what I then did was to call both of them.",
    "I fixed the server myself?",
    "May was our busiest month and I planned it alone.",
    "저는 고객을 자주 만나요.",
    "문이 안 열리니까 제가 공구를 가져왔습니다.",
    "제가 먼저 했으니까요.",
    "무엇이 문제인지 궁금해서 로그를 읽었습니다.",
    "고객에게 언제 필요한지 여쭤봤고 납기를 바꿨습니다.",
    "동료에게 알려 주고 같이 고쳤습니다.",
    "그래서 제가 다시 만들었습니다?",
)


@pytest.mark.parametrize("sentence", QUESTIONS)
def test_a_question_tells_nothing(sentence: str) -> None:
    assert asks(sentence)
    assert told(sentence) == ""


@pytest.mark.parametrize("sentence", TOLD)
def test_what_was_done_is_no_question(sentence: str) -> None:
    assert told(sentence) == sentence


@pytest.mark.parametrize(
    ("sentence", "rest"),
    [
        ("I moved the reports to a copy, is that what you mean?", "I moved the reports to a copy"),
        ("In the end we halved the waiting time, right?", "In the end we halved the waiting time"),
        ("두 달치 기록을 뽑아 비용을 줄였습니다, 이런 답이면 될까요?", "두 달치 기록을 뽑아 비용을 줄였습니다"),
        ("포장 방법을 바꿔 파손을 크게 줄였는데 이런 답이면 될까요?", "포장 방법을 바꿔 파손을 크게 줄였는데"),
    ],
)
def test_what_was_done_stays_where_a_question_follows_in_the_same_sentence(sentence: str, rest: str) -> None:
    assert told(sentence) == rest
