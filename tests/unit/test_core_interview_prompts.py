"""What the model is asked: short, only the answer's own phrases, no stem twice."""

import re

import pytest
from edge_node.core.interview import session
from edge_node.core.interview.earlier import Exchange
from edge_node.core.interview.follow_up import Accepted, FollowUpBrief, check
from edge_node.core.interview.prompts import follow_up_prompt
from fakes.walked_interview import ANSWERS, Walk, kit


def _brief(language: str) -> FollowUpBrief:
    walk = Walk(kit(language))
    walk.enter()
    walk.ask()
    walk.say(ANSWERS[language][0])
    move = session.next_move(walk.state)
    assert isinstance(move, session.AskFollowUp)
    return move.brief


def _choices(grammar: str, rule: str) -> list[str]:
    line = next(line for line in grammar.splitlines() if line.startswith(f"{rule} ::="))
    return re.findall(r'"((?:[^"\\]|\\.)*)"', line.partition("::=")[2])


@pytest.mark.parametrize("language", ["en", "ko"])
def test_a_small_model_can_only_say_what_passes_the_checks(language: str) -> None:
    brief = _brief(language)
    grammar = follow_up_prompt(brief).grammar
    openings = re.findall(r'"([^"]*)" phrase "([^"]*)"', grammar)
    phrases = _choices(grammar, "phrase")
    questions = [q for q in _choices(grammar, "asking") if q.endswith("?") and len(q) > 8]
    assert len(openings) >= 2
    assert len(phrases) == 3
    assert len(questions) >= 7
    for before, after in openings:
        for phrase in phrases:
            for question in questions:
                verdict = check(f"{before}{phrase}{after}{question}", brief)
                assert isinstance(verdict, Accepted), (verdict, before, phrase, after, question)


@pytest.mark.parametrize("language", ["en", "ko"])
def test_what_was_asked_by_is_not_offered_again(language: str) -> None:
    brief = _brief(language)
    question = [q for q in _choices(follow_up_prompt(brief).grammar, "asking") if q.endswith("?") and len(q) > 8][0]
    again = FollowUpBrief(**{f: getattr(brief, f) for f in brief.__slots__} | {"asked": (f"... {question}",)})
    assert question not in follow_up_prompt(again).grammar


def test_what_the_candidate_owns_is_theirs() -> None:
    brief = _brief("en")
    changed = {
        "answer": "Our deploy script broke. The build server was slow.",
        "phrases": ("deploy script", "The build server"),
    }
    grammar = follow_up_prompt(FollowUpBrief(**{f: getattr(brief, f) for f in brief.__slots__} | changed)).grammar
    assert _choices(grammar, "phrase") == ["your deploy script", "the build server"]


def test_a_quote_mark_in_an_answer_cannot_leave_the_grammar() -> None:
    brief = _brief("ko")
    changed = {"answer": '"캐시"라는 것', "phrases": ('"캐시\\" | root',)}
    grammar = follow_up_prompt(FollowUpBrief(**{f: getattr(brief, f) for f in brief.__slots__} | changed)).grammar
    assert 'phrase ::= ("\\"캐시\\\\\\" | root")' in grammar


def _with(brief: FollowUpBrief, **changed: object) -> FollowUpBrief:
    return FollowUpBrief(**{f: getattr(brief, f) for f in brief.__slots__} | changed)


@pytest.mark.parametrize("profile", ["starter", "production"])
@pytest.mark.parametrize("language", ["en", "ko"])
def test_only_the_end_of_a_long_answer_is_read(language: str, profile: str) -> None:
    brief = _with(_brief(language), answer=ANSWERS[language][0] * 60, rubric=())
    prompt = follow_up_prompt(brief, profile)
    assert sum(len(text) for _, text in prompt.messages) < 1900
    assert prompt.messages[-1][1].split("\n")[1].endswith(ANSWERS[language][0][-40:])


def _read(brief: FollowUpBrief) -> str:
    """What a model reads, in one piece."""
    return "".join(f"<{role}>{text}" for role, text in follow_up_prompt(brief, "starter").messages)


@pytest.mark.parametrize("language", ["en", "ko"])
def test_an_answer_that_goes_on_only_adds_to_what_was_read(language: str) -> None:
    brief = _brief(language)
    said = brief.answer.split()
    begun = _read(_with(brief, answer=" ".join(said[: len(said) // 2])))
    assert _read(brief).startswith(begun)


def test_the_interview_so_far_stands_before_the_answer_and_stays_as_it_was_read() -> None:
    brief = _brief("en")
    first = Exchange("What did you do last year?", "Planning", "I moved the store.")
    one = _with(brief, earlier=(first,))
    then = Exchange(brief.question, brief.competency_name, brief.answer)
    two = _with(brief, earlier=(first, then), question="And then?", answer="We counted it all again, twice.")
    assert _read(two).startswith(_read(one))
    roles = [role for role, _ in follow_up_prompt(two).messages]
    assert roles == ["system", "user", "assistant", "user", "assistant", "user"]


def test_interviews_of_one_job_begin_alike() -> None:
    brief = _brief("en")
    other = _with(brief, competency_name="Something else", question="Why?", answer="Because of the cold room.")
    assert follow_up_prompt(brief, "production").messages[0] == follow_up_prompt(other, "production").messages[0]
