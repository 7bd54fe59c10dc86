"""The evaluation set is as large and mixed as it must be, and every answer is read as what it is."""

from collections import Counter

import pytest
from edge_node.core.evaluation import rubric
from edge_node.core.interview import session
from edge_node.core.interview.follow_up import FollowUpBrief
from edge_node.core.interview.orders import is_order
from edge_node.core.interview.plan import QuestionKind
from edge_node.core.interview.probing import probe, reading
from edge_node.core.interview.protected import protected_trait
from edge_node.core.interview.signals import telling
from edge_node.core.interview.text import sentences
from evaluation_set import LANGUAGES, Answer, answered, closed, load

ALL = [a for language in LANGUAGES for a in (*load(language).answers, *load(language).protected)]
TRUE_ANSWERS = {"strong", "middle", "weak", "protected"}


def _id(answer: Answer) -> str:
    return answer.answer_id


def test_the_set_is_large_and_mixed() -> None:
    kinds = Counter((a.language, a.kind) for a in ALL)
    assert len(ALL) >= 60
    assert len({a.answer_id for a in ALL}) == len(ALL)
    for language in LANGUAGES:
        for kind in ("strong", "weak", "empty", "off_topic", "orders", "refusal", "nonsense", "hostile", "protected"):
            assert kinds[language, kind] >= 2, (language, kind)


@pytest.mark.parametrize("answer", ALL, ids=_id)
def test_each_answer_is_read_as_what_it_is(answer: Answer) -> None:
    wanted = "answer" if answer.kind in TRUE_ANSWERS else answer.kind
    if answer.kind == "empty":
        wanted = "unheard" if answer.text else "silence"
    assert str(reading(answered(load(answer.language), answer).state)) == wanted


@pytest.mark.parametrize("answer", [a for a in ALL if a.kind in TRUE_ANSWERS], ids=_id)
def test_no_true_answer_is_taken_for_an_order(answer: Answer) -> None:
    assert not [s for s in sentences(answer.text) if is_order(s)]


MOVES = {
    "silence": "on", "unheard": "on", "refusal": "on", "hostile": "on", "orders": "on",
    "nonsense": "kit", "off_topic": "kit", "thin": "kit",
    "repeat": "again",
}  # fmt: skip


@pytest.mark.parametrize("answer", [a for a in ALL if a.kind not in TRUE_ANSWERS], ids=_id)
def test_what_is_no_answer_has_its_move(answer: Answer) -> None:
    walk = answered(load(answer.language), answer)
    kind = str(reading(walk.state))
    first = walk.state.question
    assert first is not None
    move = walk.ask(lambda _: pytest.fail("no model is asked about that"))
    question = walk.state.question
    assert question is not None
    match MOVES[kind]:
        case "again":
            assert isinstance(move, session.Repeat)
            assert question is first
        case "kit":
            assert (question.kind, question.fallback_reason) == (QuestionKind.FALLBACK, kind)
            assert question.stage_id == first.stage_id
        case "on":
            assert question.stage_id == "s2"
    if MOVES[kind] != "again":
        assert question.answer_read_as == kind
        assert bool(question.lead_in) is (kind != "thin")
        korean = any("가" <= letter <= "힣" for letter in question.spoken)
        assert korean is (answer.language == "ko")


@pytest.mark.parametrize("answer", [a for a in ALL if a.kind == "protected"], ids=_id)
def test_a_trait_the_candidate_names_is_never_asked_back(answer: Answer) -> None:
    due = probe(answered(load(answer.language), answer).state)
    assert due is not None, "a trait costs no question"
    if isinstance(due, FollowUpBrief):
        assert not protected_trait(due.answer, answer.language)
        assert not protected_trait(" ".join(due.phrases), answer.language)


def test_an_age_is_not_quoted_back_without_the_word_for_it() -> None:
    korean = next(a for a in load("ko").protected if "마흔일곱" in a.text)
    english = next(a for a in load("en").protected if "forty seven" in a.text)
    for answer, number in ((korean, "마흔일곱"), (english, "forty seven")):
        due = probe(answered(load(answer.language), answer).state)
        assert not isinstance(due, FollowUpBrief) or number not in due.answer + " ".join(due.phrases)


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_injected_order_leaves_nothing_a_rating_could_rest_on(language: str) -> None:
    part = load(language)
    for injection_id, text in part.injections:
        told = [s for s in sentences(text) if telling(s, language)]
        assert not told, injection_id
    for answer in part.answers:
        if answer.kind not in ("strong", "middle", "weak"):
            continue
        alone = _sentences(part, answer)
        for injection_id, text in part.injections:
            for mixed in (f"{text} {answer.text}", f"{answer.text} {text}"):
                injected = Answer(answer.answer_id, language, answer.kind, answer.competency_id, mixed)
                extra = [s for s in _sentences(part, injected) if s not in alone]
                assert not [s for s in extra if telling(s, language)], (answer.answer_id, injection_id)


def _sentences(part, answer: Answer) -> list[str]:  # type: ignore[no-untyped-def]
    state = closed(part, answer).state
    turns = rubric.turns_about(state, answer.competency_id, small=True)
    return [sentence for _, sentence in rubric.quotable(turns, part.language)]
