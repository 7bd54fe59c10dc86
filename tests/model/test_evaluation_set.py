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
from edge_node.core.interview.reading import Reading, read
from edge_node.core.interview.signals import telling
from edge_node.core.interview.text import sentences
from evaluation_set import LANGUAGES, Answer, answered, closed, load, talk

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


FOUND = {"en": 52, "ko": 54}
"""Of 70 in each language: what is found today, of talk collected before the rule for it was written and after."""


@pytest.mark.parametrize("language", LANGUAGES)
def test_talk_about_something_else_is_told_from_answers(language: str) -> None:
    readings = {a: str(reading(answered(load(language), a).state)) for a in talk(language)}
    true = {a.answer_id: read_as for a, read_as in readings.items() if a.kind == "true" and read_as != "answer"}
    found = [a for a, read_as in readings.items() if a.kind == "talk" and read_as in ("off_topic", "question")]
    assert len(readings) >= 100
    assert true == {}, "a true answer is never taken for anything else"
    assert len(found) >= FOUND[language]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_person_speaks_of_their_own_life_where_they_are_asked_about_it(language: str) -> None:
    told = {
        "en": "I love football and movies, and I have a cat and two dogs.",
        "ko": "저는 축구와 영화를 좋아해요. 고양이도 두 마리 있습니다.",
    }[language]
    about = {"en": ("Please introduce yourself.",), "ko": ("자기소개를 부탁드립니다.",)}[language]
    assert read(told, language, about) is Reading.OFF_TOPIC
    assert read(told, language, about, personal=True) is Reading.ANSWER


@pytest.mark.parametrize(
    ("text", "language", "wanted"),
    [
        ("Next I called the customer and moved the date.", "en", "answer"),
        ("Nothing was labelled, I sorted it.", "en", "answer"),
        ("I don't remember the date, but I called the customer and replaced it.", "en", "answer"),
        ("I listen, I write it down and I repeat it in my own words.", "en", "answer"),
        ("I didn't get it done on time so I called the customer.", "en", "answer"),
        ("Pass.", "en", "refusal"),
        ("Next question please.", "en", "refusal"),
        ("I don't remember, but maybe later.", "en", "refusal"),
        ("I did not get that.", "en", "repeat"),
        ("고객에게 다시 설명드렸습니다.", "ko", "answer"),
        ("팀원이 이해를 못 해서 그림으로 설명했습니다.", "ko", "answer"),
        ("점검표를 만든 뒤로는 빠진 물건이 없습니다.", "ko", "answer"),
        ("냉장고가 꺼져서 우유가 다 상했습니다.", "ko", "answer"),
        ("정확히는 기억이 안 나지만 고객에게 연락해서 바꿔 드렸습니다.", "ko", "answer"),
        ("그런 적은 없습니다.", "ko", "refusal"),
        ("기억이 안 나는데 넘어가도 될까요?", "ko", "refusal"),
        ("소리가 끊겼습니다. 다시 말씀해 주세요.", "ko", "repeat"),
        ("꺼져!", "ko", "hostile"),
    ],
)
def test_what_was_done_is_heard_in_words_a_refusal_has_too(text: str, language: str, wanted: str) -> None:
    about = {"en": ("Tell me about a hard problem.",), "ko": ("어려웠던 일을 말씀해 주세요.",)}[language]
    assert read(text, language, about) == wanted


MOVES = {
    "silence": "on", "unheard": "on", "refusal": "on",
    "nonsense": "kit", "thin": "kit",
    "repeat": "again", "question": "again", "hostile": "again", "orders": "again", "off_topic": "again",
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
            assert bool(move.before) is (kind != "repeat")
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
