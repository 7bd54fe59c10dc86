"""What a rating rests on: answers only, telling sentences first, and no reason that wrongly blames the candidate."""

import json
import re
from dataclasses import replace

import pytest
from coordinator.interviews import hearing
from edge_node.core.evaluation import rubric
from edge_node.core.evaluation.unread import in_other_language
from edge_node.core.interview import session, turn_reading
from edge_node.core.interview.events import InterviewClosed, TurnMode, TurnTaken, Word
from edge_node.core.interview.review_events import CompetencyAbstained, CompetencyRated, SummaryWritten
from edge_node.ports.language import Generation
from edge_node.review.asking import Asker
from edge_node.review.reviewer import Reviewer
from fakes.memory_journal import MemoryJournal
from fakes.scripted_language import ScriptedLanguage
from fakes.walked_interview import Walk, kit

REAL = {
    "en": "I pulled two months of logs because we disagreed, and in the end we agreed and the cost fell by half.",
    "ko": "의견이 달랐기 때문에 제가 두 달치 기록을 뽑아 보여 주었고, 결국 합의해서 비용을 절반으로 줄였습니다.",
}
SECOND = {
    "en": "I also wrote a short guide for the new colleagues.",
    "ko": "새로 온 동료들을 위한 안내서도 제가 작성했습니다.",
}
FILLER = {
    "en": "I talked about the usual matters of that day with my group for a while.",
    "ko": "그날의 일상적인 업무를 동료들과 계속 이야기했습니다.",
}
SMALL_TALK = {
    "en": "The weather is so nice today and I love pizza. My two cats are sleeping on the sofa all week.",
    "ko": "오늘 날씨가 정말 좋더라고요. 주말에는 고양이들이랑 라면을 먹었어요.",
}
ASKED = {
    "en": "What would I earn in the first year, and who would my boss be?",
    "ko": "첫해에 제가 얼마를 받게 되고 상사는 누구인가요?",
}
NOTHING = {"en": "I don't know.", "ko": "잘 모르겠습니다."}
LANGUAGES = pytest.mark.parametrize("language", ["en", "ko"])


def _picks_last(request: Generation) -> str:
    """A model that picks the last two sentences it is shown, whatever they say."""
    said = re.findall(r"^(t\d+): (.+)$", request.messages[-1].text, re.MULTILINE)
    return json.dumps([{"turn": turn, "quote": sentence} for turn, sentence in said[-2:]], ensure_ascii=False)


async def _reviewed(language: str, *answers: str, probability: float | None = None) -> MemoryJournal:
    """An interview whose questions on working together got ``answers``, reviewed by a starter model."""
    walk = Walk(kit(language))
    walk.enter()
    walk.ask()
    while walk.state.stage_id != "s3":
        walk.say(NOTHING[language], 1)
        walk.ask()
    question = walk.state.question
    assert question is not None
    for text in answers:
        turn_id, now_ms = f"t{len(walk.state.turns) + 1}", walk.now_ms
        heard = tuple(Word(w, now_ms, now_ms, probability) for w in text.split()) if probability is not None else ()
        mode = TurnMode.TYPED if probability is None else TurnMode.SPOKEN
        walk.keep([TurnTaken(turn_id, question.question_id, text, mode, now_ms, now_ms, heard)])
    walk.keep([InterviewClosed("completed")])
    journal = MemoryJournal(walk.recorded)
    asker = Asker(ScriptedLanguage(_picks_last), timeout_seconds=5, patience_seconds=5)
    await Reviewer(journal, asker, "starter").review(walk.state.kit, walk.recorded)
    return journal


def _outcome(journal: MemoryJournal) -> CompetencyRated | CompetencyAbstained:
    found = [f.event for f in journal.facts if isinstance(f.event, CompetencyRated | CompetencyAbstained)]
    return next(event for event in found if event.competency_id == "working")


def _said(journal: MemoryJournal) -> str:
    return " ".join(
        f.event.text + " ".join(e.quote for e in f.event.evidence)
        for f in journal.facts
        if isinstance(f.event, SummaryWritten)
    )


@LANGUAGES
async def test_turns_read_as_no_answer_and_questions_give_no_quote(language: str) -> None:
    journal = await _reviewed(
        language, SMALL_TALK[language], f"{REAL[language]} {ASKED[language]}", SECOND[language], ASKED[language]
    )
    outcome = _outcome(journal)
    assert isinstance(outcome, CompetencyRated)
    assert {e.quote for e in outcome.evidence} == {REAL[language], SECOND[language]}
    assert ASKED[language] not in _said(journal)


@LANGUAGES
async def test_small_talk_beside_an_answer_gives_no_quote(language: str) -> None:
    journal = await _reviewed(language, f"{SMALL_TALK[language]} {REAL[language]} {SECOND[language]}")
    outcome = _outcome(journal)
    assert isinstance(outcome, CompetencyRated)
    assert {e.quote for e in outcome.evidence} == {REAL[language], SECOND[language]}


@LANGUAGES
async def test_what_holds_action_reason_and_result_is_quoted_before_any_filler(language: str) -> None:
    fillers = " ".join(f"{n}. {FILLER[language]}" for n in range(200)) if language == "en" else FILLER[language]
    many = " ".join(FILLER[language].replace(" ", f" {chr(97 + n % 26)}{n} ", 1) for n in range(200))
    journal = await _reviewed(language, f"{many} {REAL[language]} {fillers}")
    outcome = _outcome(journal)
    assert isinstance(outcome, CompetencyRated)
    assert outcome.evidence[0].quote == REAL[language]
    assert len(set(outcome.levels)) == 1, "a seed does not change what the answers hold"


@LANGUAGES
@pytest.mark.parametrize("small", [True, False])
def test_of_a_long_answer_a_model_reads_what_holds_most(language: str, small: bool) -> None:
    quotes = [("t1", f"{FILLER[language]} {n}x") for n in range(300)]
    quotes.insert(150, ("t1", REAL[language]))
    assert ("t1", REAL[language]) in rubric.readable(quotes, language, small=small)


def test_a_result_told_beside_an_own_action_is_found_and_nobody_elses_is() -> None:
    own = ("t1", "I moved the reports to a copy of the database.")
    result = ("t1", "The error rate fell by half.")
    other = ("t2", "Prices rose by 3 percent.")
    assert rubric.cover([own, result], "en") == (own, result)
    assert rubric.cover([own, other], "en") == (own,)


@LANGUAGES
async def test_speech_not_heard_clearly_is_the_reason_and_gives_no_quote(language: str) -> None:
    outcome = _outcome(await _reviewed(language, REAL[language], SECOND[language], probability=0.45))
    assert isinstance(outcome, CompetencyAbstained)
    assert outcome.reason == "not_heard_clearly"
    clear = _outcome(await _reviewed(language, REAL[language], SECOND[language], probability=0.9))
    assert isinstance(clear, CompetencyRated)
    unheard = _outcome(await _reviewed(language, "[…]", probability=0.0))
    assert isinstance(unheard, CompetencyAbstained)
    assert unheard.reason == "not_heard_clearly"


@LANGUAGES
async def test_an_answer_in_another_language_is_said_to_be_one(language: str) -> None:
    other = {"en": "ko", "ko": "en"}[language]
    outcome = _outcome(await _reviewed(language, f"{REAL[other]} {SECOND[other]}"))
    assert isinstance(outcome, CompetencyAbstained)
    assert outcome.reason == "other_language"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Kubernetes", "ko"),
        ("서울", "en"),
        ("AWS EC2 인스턴스를 Terraform 으로 옮겼습니다.", "ko"),
        ("", "en"),
        ("I met 김민수.", "en"),
    ],
)
def test_a_name_or_a_term_is_no_other_language(text: str, language: str) -> None:
    assert not in_other_language(text, language)


async def test_silence_and_refusals_stay_no_answer() -> None:
    outcome = _outcome(await _reviewed("en", "I don't know."))
    assert isinstance(outcome, CompetencyAbstained)
    assert outcome.reason == "not_answered"


def test_office_and_node_agree_on_what_was_heard_clearly() -> None:
    assert hearing.CLEARLY_HEARD == turn_reading.CLEARLY_HEARD
    walk = Walk(kit())
    walk.enter()
    walk.ask()
    walk.keep(session.answer(walk.state, "x", TurnMode.SPOKEN, 0, 1))
    turn = walk.state.turns[-1]
    for text, chances in (("[…]", ()), ("", ()), ("a b", (0.6, 0.6)), ("a b", (0.5, 0.9)), ("a", ())):
        said = tuple(Word("w", 0, 1, chance) for chance in chances)
        here = turn_reading.heard_clearly(replace(turn, text=text, words=said))
        assert here is hearing.heard_clearly(
            text, [hearing.Word(text="w", start_ms=0, end_ms=1, probability=c) for c in chances]
        )
