"""A kit of four stages in either language, answers for it, and a walk through it at virtual time."""

from collections.abc import Callable, Iterable, Iterator

from edge_node.core.interview import session
from edge_node.core.interview.events import Event, Recorded, TurnMode, Word
from edge_node.core.interview.follow_up import FollowUpBrief
from edge_node.core.interview.plan import Anchor, Competency, JoinCode, Kit, PlannedQuestion, Source, Stage
from edge_node.core.interview.state import State

ANSWERS = {
    "en": (
        "In my last job I was responsible for the payment service. We had slow database queries during the month end, "
        "so I added a read replica and moved the reports to a nightly batch.",
        "I wrote a dashboard first. It showed that two reports caused most of the load.",
        "When two colleagues disagreed about the deployment schedule I set up a short meeting and proposed a pilot.",
        "I don't know.",
        "No, thank you. I enjoyed our conversation about the payment service.",
    ),
    "ko": (
        "저는 이전 회사에서 결제 서비스를 담당했습니다. 읽기 전용 복제본을 추가하고 보고서를 야간 배치로 옮겼습니다.",
        "먼저 대시보드를 만들었습니다. 보고서 두 개가 부하의 대부분을 일으켰습니다.",
        "동료들과 배포 일정에 대해 의견이 달라서 제가 짧은 회의를 열고 시범 운영을 제안했습니다.",
        "잘 모르겠습니다.",
        "아니요, 감사합니다. 즐거운 대화였습니다.",
    ),
}

_WORDS = {
    "en": {
        "intro": "Please introduce yourself and your last project.",
        "solving": "Tell me about a technical problem you solved.",
        "solving2": "Which problem did you fail to solve?",
        "working": "Tell me about a disagreement in your group.",
        "closing": "Is there anything you would like to add?",
        "fallbacks": ("How do you find the cause of a fault?", "How do you test a change before it goes live?"),
        "names": ("Problem solving", "Collaboration"),
    },
    "ko": {
        "intro": "본인과 최근 프로젝트를 소개해 주세요.",
        "solving": "해결하신 기술적인 문제를 말씀해 주세요.",
        "solving2": "해결하지 못한 문제는 무엇이었나요?",
        "working": "동료와 의견이 달랐던 경험을 말씀해 주세요.",
        "closing": "마지막으로 하고 싶은 말씀이 있으신가요?",
        "fallbacks": ("장애의 원인을 어떻게 찾으시나요?", "변경 사항을 배포하기 전에 어떻게 시험하시나요?"),
        "names": ("문제 해결", "협업"),
    },
}

Proposer = Callable[[FollowUpBrief], str | None]


def kit(language: str = "en", *, fallbacks: bool = True) -> Kit:
    """Four stages: an introduction, one with two questions, one with a depth of two, the closing."""
    text = _WORDS[language]
    anchors = (Anchor(1, "Names it only."), Anchor(2, "Says what was done."), Anchor(3, "Says what came of it."))
    spare = tuple(
        PlannedQuestion(f"corpus-{n}", question, (Source("corpus", f"c{n}", question),))
        for n, question in enumerate(text["fallbacks"], start=1)
    )
    return Kit(
        kit_id="kit-1",
        interview_id="interview-1",
        language=language,
        company_name="Harbour Tools",
        job_title="Backend engineer",
        candidate_name="Dana Reyes",
        competencies=(
            Competency("solving", text["names"][0], "Finds causes and tests solutions.", anchors),
            Competency("working", text["names"][1], "Works with others.", anchors),
        ),
        stages=(
            Stage("s1", "Introduction", "", (PlannedQuestion("q1", text["intro"]),), 1, 120),
            Stage(
                "s2",
                "Problem solving",
                "solving",
                (PlannedQuestion("q2", text["solving"]), PlannedQuestion("q3", text["solving2"])),
                1,
                240,
                spare if fallbacks else (),
            ),
            Stage("s3", "Working together", "working", (PlannedQuestion("q4", text["working"]),), 2, 240, spare),
            Stage("s4", "Closing", "", (PlannedQuestion("q5", text["closing"]),), closing=True),
        ),
        rubric_version="rubric-1",
        join_code=JoinCode("salt", "0" * 64, 4_000_000_000_000),
    )


_ASPECTS = {
    "en": (
        "cost you most",
        "surprised your colleagues",
        "broke at first",
        "would you repeat",
        "got measured",
        "took longest",
    ),
    "ko": (
        "가장 힘들었던 점은",
        "동료들의 반응은",
        "처음의 실수는",
        "다시 한다면 바꿀 점은",
        "측정하신 수치는",
        "오래 걸린 일은",
    ),
}


def good_question(brief: FollowUpBrief) -> str:
    """A follow-up that passes every check and is new each time, up to six a walk."""
    aspects = _ASPECTS[brief.language]
    aspect = next((a for a in aspects if not any(a in q for q in brief.asked)), aspects[0])
    if brief.language == "ko":
        return f"{brief.phrases[0]}에 대해 말씀해 주셨는데, {aspect} 무엇이었나요?"
    return f"You mentioned {brief.phrases[0]}. What {aspect}?"


class Walk:
    """Keeps facts as a journal would, time passing with them."""

    def __init__(self, plan: Kit) -> None:
        self.state: State = session.start(plan)
        self.recorded: list[Recorded] = []
        self.now_ms = 0

    def keep(self, events: Iterable[Event]) -> None:
        """Record ``events`` as having happened now."""
        for event in events:
            number = len(self.recorded) + 1
            fact = Recorded(self.state.kit.interview_id, number, self.now_ms, 1_700_000_000_000 + self.now_ms, event)
            self.recorded.append(fact)
            self.state = session.record(self.state, fact)

    def enter(self) -> None:
        """Open, consent, join."""
        self.keep(session.open_room(self.state, ()))
        self.keep(session.consent(self.state, ("interview",), "1"))
        self.keep(session.join(self.state, True, True))

    def ask(self, propose: Proposer = good_question, reason: str = "late") -> session.Move:
        """Do the next move; a follow-up is proposed by ``propose``."""
        move = session.next_move(self.state)
        match move:
            case session.AskPlanned(events) | session.Close(events):
                self.keep(events)
            case session.AskFollowUp(brief):
                self.keep(session.follow_up(self.state, propose(brief), reason, session.Asked("test/1", 7, 900)))
            case session.Repeat():
                pass
        self.now_ms += 4_000
        return move

    def say(self, text: str, seconds: int = 15, *, probability: float = 0.9) -> None:
        """Answer for that long; every word is heard with ``probability``."""
        start_ms = self.now_ms
        self.now_ms += seconds * 1000
        heard = [Word(word, start_ms, self.now_ms, probability) for word in text.split()]
        self.keep(session.answer(self.state, text, TurnMode.SPOKEN, start_ms, self.now_ms, heard))


def whole(plan: Kit, answers: Iterator[str], propose: Proposer = good_question) -> Walk:
    """An interview from the first greeting to the close."""
    walk = Walk(plan)
    walk.enter()
    for _ in range(60):
        walk.ask(propose)
        if walk.state.closed:
            return walk
        walk.say(next(answers))
    raise AssertionError("the interview does not end")
