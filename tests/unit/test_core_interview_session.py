"""Walks through an interview at virtual time: order, follow-ups, time budgets, resume, end."""

from itertools import cycle

import pytest
from edge_node.core.interview import session
from edge_node.core.interview.events import CandidateLeft, InterviewClosed, QuestionAsked, TurnMode
from edge_node.core.interview.plan import QuestionKind
from edge_node.core.interview.text import words
from fakes.walked_interview import ANSWERS, Walk, good_question, kit, whole
from hypothesis import given, settings
from hypothesis import strategies as st

P, U, B, C = QuestionKind.PLANNED, QuestionKind.FOLLOW_UP, QuestionKind.FALLBACK, QuestionKind.CLOSING


def _kinds(walk: Walk) -> list[QuestionKind]:
    return [q.kind for q in walk.state.questions]


@pytest.mark.parametrize("language", ["en", "ko"])
def test_a_whole_interview_keeps_to_the_plan(language: str) -> None:
    walk = whole(kit(language), cycle(ANSWERS[language][:3]))
    assert _kinds(walk) == [P, U, P, U, P, U, P, U, U, C]
    assert walk.state.closed_reason == "completed"
    assert walk.state.stages_done == walk.state.stages_total == 4
    assert [q.question_id for q in walk.state.questions][:3] == ["q1", "q1.1", "q2"]
    for question in walk.state.questions:
        if question.kind is U:
            source, *_ = question.sources
            assert source.kind == "turn"
            assert source.text in walk.state.turn(source.reference).text


@pytest.mark.parametrize("language", ["en", "ko"])
def test_a_refusal_moves_on_without_a_follow_up(language: str) -> None:
    walk = whole(kit(language), cycle([ANSWERS[language][3]]))
    assert _kinds(walk) == [P, P, P, P, C]


@pytest.mark.parametrize(("probability", "kind"), [(0.5, P), (0.9, U)])
def test_what_was_not_heard_clearly_is_not_quoted_back(probability: float, kind: QuestionKind) -> None:
    walk = Walk(kit())
    walk.enter()
    walk.ask()
    walk.say(ANSWERS["en"][0], probability=probability)
    walk.ask()
    assert _kinds(walk) == [P, kind]


def test_a_refused_or_missing_proposal_becomes_a_fallback_with_its_reason() -> None:
    walk = Walk(kit())
    walk.enter()
    for answer in ANSWERS["en"][:2]:
        walk.ask()
        walk.say(answer)
    walk.ask()
    walk.say("I looked for the cause of a fault in the payment service for two days.")
    walk.ask(lambda brief: None, reason="unavailable")
    question = walk.state.question
    assert question is not None
    assert (question.kind, question.fallback_reason) == (B, "unavailable")
    assert question.text == "How do you find the cause of a fault?"
    assert question.sources[0].kind == "corpus"
    walk.say(ANSWERS["en"][0])
    walk.ask()
    walk.say(ANSWERS["en"][2])
    walk.ask(lambda brief: "What is your favourite colour of all of them?")
    assert walk.state.question is not None
    assert walk.state.question.fallback_reason == "ungrounded"
    assert walk.state.question.text == "How do you test a change before it goes live?"


def test_without_a_fallback_the_plan_goes_on() -> None:
    walk = whole(kit(fallbacks=False), cycle(ANSWERS["en"][:1]), lambda brief: None)
    assert _kinds(walk) == [P, P, P, P, B, B, C]


def test_a_stage_out_of_time_is_left_but_absence_is_not_charged() -> None:
    def after(absent_seconds: int, talk_seconds: int) -> list[QuestionKind]:
        walk = Walk(kit())
        walk.enter()
        walk.ask()
        walk.now_ms += 10_000
        walk.keep(session.left(walk.state, "connection_lost"))
        walk.now_ms += absent_seconds * 1000
        walk.keep(session.join(walk.state, True, False))
        walk.say(ANSWERS["en"][0], talk_seconds)
        walk.ask()
        return _kinds(walk)

    assert after(absent_seconds=0, talk_seconds=30) == [P, U]
    assert after(absent_seconds=600, talk_seconds=30) == [P, U]
    assert after(absent_seconds=0, talk_seconds=130) == [P, P]


def test_silence_repeats_the_question_and_an_afterthought_does_not_hide_the_answer() -> None:
    walk = Walk(kit())
    walk.enter()
    walk.ask()
    assert isinstance(walk.ask(), session.Repeat)
    assert len(walk.state.questions) == 1
    walk.say(ANSWERS["en"][0])
    walk.say("That is all.")
    move = session.next_move(walk.state)
    assert isinstance(move, session.AskFollowUp)
    assert move.brief.turn_id == "t1"


def test_enough_said_needs_no_follow_up() -> None:
    walk = Walk(kit())
    walk.enter()
    walk.ask()
    walk.say(" ".join([ANSWERS["en"][0]] * 10), 20)
    assert isinstance(session.next_move(walk.state), session.AskPlanned)


def test_nothing_is_decided_out_of_order() -> None:
    fresh = session.start(kit())
    for decision, code in (
        (session.next_move, "not_open"),
        (lambda s: session.join(s, True, True), "not_open"),
        (lambda s: session.answer(s, "Hello there.", TurnMode.TYPED, 0, 1), "no_question"),
        (lambda s: session.interrupted(s, 5), "no_question"),
    ):
        with pytest.raises(session.DecisionError, match=code):
            decision(fresh)
    opened = session.evolve(fresh, session.open_room(fresh, ())[0])
    with pytest.raises(session.DecisionError, match="no_consent"):
        session.next_move(opened)
    declined = session.evolve(opened, session.close(opened, "declined")[0])
    assert session.next_move(declined) == session.Close(())
    assert session.close(declined, "completed") == []
    with pytest.raises(session.DecisionError, match="closed"):
        session.join(declined, True, True)


def test_coming_and_going_is_counted_once() -> None:
    walk = Walk(kit())
    walk.enter()
    assert session.left(walk.state, "process_restarted") == [CandidateLeft("process_restarted")]
    walk.keep(session.left(walk.state, "connection_lost"))
    assert session.left(walk.state, "process_restarted") == []
    walk.keep(session.join(walk.state, True, False))
    assert walk.state.visit == 2


@pytest.mark.parametrize("language", ["en", "ko"])
def test_the_interviewer_says_what_it_is(language: str) -> None:
    notice = {"en": "I am an AI interviewer", "ko": "인공지능 면접관"}[language]
    assert notice in session.opening_words(kit(language))
    assert session.closing_words(kit(language)) != session.welcome_back_words(kit(language))


_answers = st.lists(
    st.sampled_from([*ANSWERS["en"], "Yes.", "the the the the the the", "(inaudible) 12 !?"]), min_size=1
)
_proposals = st.lists(
    st.sampled_from(
        ["good", None, "You mentioned the payment service. What happened next with it?", "What?", "?" * 50]
    ),
    min_size=1,
)


@settings(max_examples=60, deadline=None)
@given(_answers, _proposals, st.booleans())
def test_replay_of_every_prefix_decides_alike_and_no_question_comes_twice(
    answers: list[str], proposals: list[str | None], fallbacks: bool
) -> None:
    offered = cycle(proposals)

    def propose(brief: session.AskFollowUp) -> str | None:
        proposal = next(offered)
        return good_question(brief) if proposal == "good" else proposal

    plan = kit(fallbacks=fallbacks)
    walk = whole(plan, cycle(answers), propose)
    asked = [tuple(words(e.event.text)) for e in walk.recorded if isinstance(e.event, QuestionAsked)]
    assert len(asked) == len(set(asked))
    assert len({q.question_id for q in walk.state.questions}) == len(walk.state.questions)
    assert isinstance(walk.recorded[-1].event, InterviewClosed)
    live = session.start(plan)
    for count, fact in enumerate(walk.recorded, start=1):
        live = session.record(live, fact)
        replayed = session.replay(plan, walk.recorded[:count])
        assert replayed == live
        if replayed.consented:
            assert session.next_move(replayed) == session.next_move(live)
