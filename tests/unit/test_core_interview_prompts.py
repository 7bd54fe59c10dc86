"""What the model is asked: short, only the answer's own phrases, no stem twice."""

import re

import pytest
from edge_node.core.interview import session
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


@pytest.mark.parametrize("language", ["en", "ko"])
def test_only_the_end_of_a_long_answer_is_read(language: str) -> None:
    brief = _brief(language)
    changed = {"answer": ANSWERS[language][0] * 30}
    prompt = follow_up_prompt(FollowUpBrief(**{f: getattr(brief, f) for f in brief.__slots__} | changed), "production")
    assert sum(len(text) for _, text in prompt.messages) < 1100
    assert prompt.version.endswith("written")
