"""The review of a closed interview: resumed where it stopped, honest when the model is gone."""

import asyncio
import json
import re

import pytest
from edge_node.core.interview.events import (
    CompetencyAbstained,
    CompetencyRated,
    InterviewClosed,
    Recorded,
    ReviewCompleted,
    SummaryWritten,
)
from edge_node.ports.failure import EngineError
from edge_node.ports.language import DeadlineClass, Generation
from edge_node.review.asking import Asker
from edge_node.review.reviewer import Reviewer
from edge_node.review.rounds import Rounds
from fakes.fixed_kits import FixedKits
from fakes.memory_journal import MemoryJournal
from fakes.scripted_language import DIGEST, ScriptedLanguage
from fakes.walked_interview import ANSWERS, kit, whole

LANGUAGES = pytest.mark.parametrize("language", ["en", "ko"])


def _interview(language: str = "en") -> MemoryJournal:
    return MemoryJournal(whole(kit(language), iter([*ANSWERS[language][:3] * 4])).recorded)


def _quotes_everything(request: Generation) -> str:
    """Copies every sentence it was given, and one nobody said; level 2; a summary of one quote."""
    if '\\"level\\"' in request.grammar:
        return json.dumps({"level": 2, "rationale": "The candidate set up a short meeting."})
    if request.deadline_class is DeadlineClass.SUMMARY:
        return "The candidate moved the reports to a nightly batch."
    said = re.findall(r"^(t\d+): (.+)$", request.messages[-1].text, re.MULTILINE)
    quotes = [{"turn": turn, "quote": sentence} for turn, sentence in said]
    return json.dumps([*quotes, {"turn": "t1", "quote": "I once led forty people."}], ensure_ascii=False)


class Nights:
    """Time that passes only by sleeping."""

    def __init__(self) -> None:
        self.slept: list[float] = []

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)


def _rounds(journal: MemoryJournal, model: ScriptedLanguage, *, profile: str, nights: Nights | None = None) -> Rounds:
    language = journal.facts[0].event.language  # type: ignore[union-attr]
    asker = Asker(model, timeout_seconds=5, patience_seconds=60, sleep=(nights or Nights()).sleep)
    return Rounds(journal, FixedKits(kit(language)), Reviewer(journal, asker, profile))


@LANGUAGES
@pytest.mark.parametrize("profile", ["starter", "production"])
async def test_each_competency_is_rated_on_quotes_that_stand_in_their_turns(language: str, profile: str) -> None:
    journal = _interview(language)
    before = len(journal.facts)
    await _rounds(journal, ScriptedLanguage(_quotes_everything), profile=profile).once()
    written = [fact.event for fact in journal.facts[before:]]
    assert [type(e) for e in written] == [CompetencyRated, CompetencyRated, SummaryWritten, ReviewCompleted]
    assert written[-1] == ReviewCompleted(2, 0)
    texts = {f.event.turn_id: f.event.text for f in journal.facts[:before] if type(f.event).__name__ == "TurnTaken"}
    for event in written[:2]:
        assert isinstance(event, CompetencyRated)
        assert (event.evidence_refused, event.model_digest) == (1, DIGEST)
        assert event.level == 2 if profile == "production" else event.level in (2, 3)
        assert ("by-rule" in event.prompt_version) is (profile == "starter")
        assert len(event.evidence) >= 2
        assert all(texts[e.turn_id][e.start_char : e.end_char] == e.quote for e in event.evidence)


async def test_a_review_cut_short_anywhere_is_resumed_without_repeating_itself() -> None:
    whole_review = _interview()
    await _rounds(whole_review, ScriptedLanguage(_quotes_everything), profile="production").once()
    closed_at = next(i for i, f in enumerate(whole_review.facts) if isinstance(f.event, InterviewClosed)) + 1
    for kept in range(closed_at, len(whole_review.facts) + 1):
        journal = MemoryJournal(whole_review.facts[:kept])
        rounds = _rounds(journal, ScriptedLanguage(_quotes_everything), profile="production")
        await rounds.once()
        await rounds.once()
        assert [f.event for f in journal.facts] == [f.event for f in whole_review.facts]


async def test_a_dead_model_is_waited_for_then_abstained_from_and_nothing_is_invented() -> None:
    journal, nights = _interview(), Nights()
    model = ScriptedLanguage(lambda _: EngineError("unavailable"))
    await _rounds(journal, model, profile="production", nights=nights).once()
    events = [f.event for f in journal.facts]
    reasons = [e.reason for e in events if isinstance(e, CompetencyAbstained)]
    assert reasons == ["model_unavailable", "model_unavailable"]
    assert events[-1] == ReviewCompleted(0, 2)
    assert sum(nights.slept) == pytest.approx(60)
    assert len(model.requests) < 12


async def test_a_model_that_comes_back_in_time_is_used() -> None:
    failures = iter([EngineError("busy"), EngineError("late"), EngineError("unavailable")])
    journal = _interview()
    model = ScriptedLanguage(lambda request: next(failures, None) or _quotes_everything(request))
    await _rounds(journal, model, profile="starter").once()
    assert journal.facts[-1].event == ReviewCompleted(2, 0)


@pytest.mark.parametrize("answer", ["", "[{", '{"level": 99}', "null", "I think it was great."])
async def test_an_answer_that_is_not_what_was_asked_for_rates_nothing(answer: str) -> None:
    journal = _interview()
    await _rounds(journal, ScriptedLanguage(lambda _: answer), profile="production").once()
    assert journal.facts[-1].event == ReviewCompleted(0, 2)


async def test_only_closed_interviews_are_reviewed_and_a_close_wakes_the_round() -> None:
    recorded = _interview().facts
    journal = MemoryJournal(recorded[:-1])
    rounds = _rounds(journal, ScriptedLanguage(_quotes_everything), profile="starter")
    tasks = [asyncio.create_task(rounds.listen()), asyncio.create_task(rounds.run())]
    try:
        await asyncio.sleep(0)
        await rounds.once()
        assert len(journal.facts) == len(recorded) - 1
        await journal.append("interview-1", [recorded[-1].event], after=len(recorded) - 1, interview_ms=1)
        async with asyncio.timeout(5):
            while not isinstance(journal.facts[-1].event, ReviewCompleted):
                await asyncio.sleep(0)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def test_a_declined_interview_is_abstained_from_without_asking_the_model() -> None:
    from edge_node.core.interview import session
    from fakes.walked_interview import Walk

    walk = Walk(kit())
    walk.keep(session.open_room(walk.state, ()))
    walk.keep(session.close(walk.state, "declined"))
    journal, model = MemoryJournal(walk.recorded), ScriptedLanguage(_quotes_everything)
    await _rounds(journal, model, profile="production").once()
    assert model.requests == []
    assert [f.event.reason for f in journal.facts if isinstance(f.event, CompetencyAbstained)] == ["no_evidence"] * 2
    assert journal.facts[-1].event == ReviewCompleted(0, 2)


async def test_a_journal_that_fails_is_tried_again_in_the_next_round() -> None:
    journal = _interview()
    journal.fail_next = 1
    rounds = _rounds(journal, ScriptedLanguage(_quotes_everything), profile="starter")
    await rounds.once()
    assert isinstance(journal.facts[-1].event, InterviewClosed)
    await rounds.once()
    assert journal.facts[-1].event == ReviewCompleted(2, 0)


async def test_facts_that_come_after_the_close_do_not_hold_the_review_up() -> None:
    journal = _interview()
    late = iter([journal.facts[3].event])

    def disturbed(request: Generation) -> str:
        for event in late:
            number = len(journal.facts)
            journal.facts.append(Recorded("interview-1", number + 1, 1, 0, event))
        return _quotes_everything(request)

    rounds = _rounds(journal, ScriptedLanguage(disturbed), profile="starter")
    await rounds.once()
    assert journal.facts[-1].event == ReviewCompleted(2, 0)
    assert [f.number for f in journal.facts] == list(range(1, len(journal.facts) + 1))
