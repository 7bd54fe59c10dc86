"""Ratings and abstentions, and the grammars that lead to them."""

import pytest
from edge_node.core.evaluation import prompts, rubric
from edge_node.core.evaluation.evidence import Quote
from edge_node.core.evaluation.rating import Basis, Proposal, RatingRules, conclude, once
from edge_node.core.interview.events import TurnMode, TurnTaken
from edge_node.core.interview.review_events import CompetencyAbstained, CompetencyRated, RatingRepeated
from fakes.walked_interview import ANSWERS, kit, whole

SOLVING = kit().competencies[0]
BASIS = Basis("rating/1", "rubric-1", "d", "en")
TURNS = (TurnTaken("t1", "q1", "I found the lock. Then I moved the reports. It was fast.", TurnMode.SPOKEN, 0, 1),)
GOOD = (Quote("t1", "I found the lock."), Quote("t1", "Then I moved the reports."))
INVENTED = Quote("t1", "I led forty engineers.")


def _repeat(proposal: Proposal | None, seed: int = 1) -> RatingRepeated:
    return once(SOLVING, seed, proposal, TURNS, 2, BASIS)


def test_enough_verified_quotes_and_a_level_of_the_scale_make_a_rating() -> None:
    outcome = conclude(SOLVING, [_repeat(Proposal((*GOOD, INVENTED), 3, "Found and moved."))], RatingRules(1), BASIS)
    assert isinstance(outcome, CompetencyRated)
    assert (outcome.level, outcome.rationale, outcome.evidence_refused) == (3, "Found and moved.", 1)
    assert (outcome.levels, outcome.spread, outcome.repeats) == ((3,), 0, 1)
    assert [e.quote for e in outcome.evidence] == [q.text for q in GOOD]


@pytest.mark.parametrize(
    ("proposal", "reason", "refused"),
    [
        (None, "model_unavailable", 0),
        (Proposal(()), "no_evidence", 0),
        (Proposal((INVENTED,), 3), "no_evidence", 1),
        (Proposal((GOOD[0], INVENTED), 3), "too_little_evidence", 1),
        (Proposal((GOOD[0], GOOD[0]), 3), "too_little_evidence", 0),
        (Proposal(GOOD, 4), "model_unavailable", 0),
        (Proposal(GOOD, 0), "model_unavailable", 0),
    ],
)
def test_anything_less_is_an_abstention_with_its_reason(proposal: Proposal | None, reason: str, refused: int) -> None:
    repeat = _repeat(proposal)
    assert (repeat.level, repeat.reason, repeat.evidence_refused) == (0, reason, refused)
    outcome = conclude(SOLVING, [repeat], RatingRules(1), BASIS)
    assert isinstance(outcome, CompetencyAbstained)
    assert (outcome.reason, outcome.evidence_refused) == (reason, refused)


def _levels(*levels: int, widest: int = 1) -> CompetencyRated | CompetencyAbstained:
    made = [_repeat(Proposal(GOOD if n else (), n, f"reason {n}"), seed) for seed, n in enumerate(levels, start=1)]
    return conclude(SOLVING, made, RatingRules(len(levels), widest), BASIS)


@pytest.mark.parametrize(
    ("levels", "level", "spread"),
    [((2, 2, 2), 2, 0), ((3, 2, 3), 3, 1), ((2, 3), 2, 1), ((3, 0, 3), 3, 0), ((2, 3, 3, 2, 3), 3, 1)],
)
def test_the_level_is_the_median_of_the_repeats_and_their_spread_is_kept(
    levels: tuple[int, ...], level: int, spread: int
) -> None:
    outcome = _levels(*levels)
    assert isinstance(outcome, CompetencyRated)
    assert (outcome.level, outcome.spread, outcome.repeats) == (level, spread, len(levels))
    assert outcome.levels == tuple(n for n in levels if n)
    assert outcome.rationale == f"reason {level}"


@pytest.mark.parametrize(
    ("levels", "widest", "reason"),
    [((1, 3, 2), 1, "unstable"), ((1, 2), 0, "unstable"), ((2, 0, 0), 1, "no_evidence"), ((3, 0), 1, "no_evidence")],
)
def test_repeats_that_disagree_are_no_rating(levels: tuple[int, ...], widest: int, reason: str) -> None:
    outcome = _levels(*levels, widest=widest)
    assert isinstance(outcome, CompetencyAbstained)
    assert outcome.reason == reason
    assert outcome.levels == tuple(n for n in levels if n)
    assert outcome.repeats == len(levels)


def test_turns_of_the_competency_come_first_and_the_rest_only_while_it_fits() -> None:
    long = "We kept on talking about the nightly batch and its reports for a while. " * 10
    answers = iter(["I built the payment service. " * 20, "Short one about that.", *[long] * 8])
    state = whole(kit(), answers).state
    stages = {q.question_id: q.stage_id for q in state.questions}
    turns = rubric.turns_about(state, "working", small=False)
    meant = [t for t in state.turns if stages[t.question_id] == "s3"]
    assert set(meant) <= set(turns), "no answer is too long to be looked at"
    others = sum(len(t.text) for t in turns if t not in meant)
    assert 0 < others <= rubric.READ_CHARACTERS["en"]
    assert any(stages[t.question_id] == "s3" for t in turns)
    assert any(stages[t.question_id] != "s3" for t in turns)
    assert [t.start_ms for t in turns] == sorted(t.start_ms for t in turns)
    assert {stages[t.question_id] for t in rubric.turns_about(state, "working", small=True)} == {"s3"}


@pytest.mark.parametrize("small", [False, True])
@pytest.mark.parametrize("language", ["en", "ko"])
def test_a_long_answer_is_read_evenly_and_each_sentence_once(language: str, small: bool) -> None:
    room = (rubric.READ_CHARACTERS_SMALL if small else rubric.READ_CHARACTERS)[language]
    said = [f"I moved report number {n} to a copy of the database." for n in range(400)]
    quotes = [("t1", sentence) for sentence in said]
    readable = rubric.readable(quotes, language, small=small)
    places = [said.index(sentence) for _, sentence in readable]
    assert room * 0.8 <= sum(len(sentence) for _, sentence in readable) <= room
    assert places == sorted(places)
    assert (
        max(after - before for before, after in zip([0, *places], [*places, 399], strict=True))
        <= 2 * 400 // len(places) + 1
    )
    assert rubric.readable(quotes[:3] * 200, language, small=small) == tuple(quotes[:3])
    endless = ("t1", "and then " * 1000)
    assert rubric.readable([endless], language, small=small) == (endless,)


@pytest.mark.parametrize("language", ["en", "ko"])
def test_only_sentences_about_something_done_are_telling(language: str) -> None:
    turns = [TurnTaken("t1", "q", ANSWERS[language][0], TurnMode.SPOKEN, 0, 1)]
    turns.append(
        TurnTaken(
            "t2", "q", {"en": "Teams are important.", "ko": "협업은 중요합니다."}[language], TurnMode.SPOKEN, 2, 3
        )
    )
    telling = rubric.telling(rubric.quotable(turns, language), language)
    assert len(telling) == 2
    assert {turn_id for turn_id, _ in telling} == {"t1"}


@pytest.mark.parametrize("text", ["", "{", '[{"turn": "t1"}]', '[{"turn": "t1", "quote": "I fou', "3"])
def test_a_cut_off_answer_is_no_answer(text: str) -> None:
    assert prompts.parse_quotes(text) is None
    assert prompts.parse_level(text) is None


def test_the_extraction_names_no_person() -> None:
    prompt = prompts.extraction_prompt(SOLVING, [("t1", "I found the lock.")], "en")
    assert kit().candidate_name not in "".join(text for _, text in prompt.messages) + prompt.grammar
