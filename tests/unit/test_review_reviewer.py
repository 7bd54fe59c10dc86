"""The review of a closed interview: resumed where it stopped, honest when the model is gone."""

import asyncio
import json
import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import cycle

import pytest
from edge_node.core.interview.camera_events import ObservationNoted, PresenceObserved
from edge_node.core.interview.events import Event, InterviewClosed, Recorded
from edge_node.core.interview.review_events import (
    CompetencyAbstained,
    CompetencyRated,
    RatingRepeated,
    ReviewCompleted,
    SummaryWritten,
)
from edge_node.journal.codec import Place, encode
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
    rated = [RatingRepeated, RatingRepeated, RatingRepeated, CompetencyRated]
    assert [type(e) for e in written] == [*rated, *rated, SummaryWritten, ReviewCompleted]
    assert written[-1] == ReviewCompleted(2, 0)
    assert [e.seed for e in written if isinstance(e, RatingRepeated)] == [1, 2, 3, 1, 2, 3]
    texts = {f.event.turn_id: f.event.text for f in journal.facts[:before] if type(f.event).__name__ == "TurnTaken"}
    for event in written:
        if not isinstance(event, CompetencyRated):
            continue
        assert (event.evidence_refused, event.model_digest) == (3, DIGEST)
        assert (event.repeats, event.spread, set(event.levels)) == (3, 0, {event.level})
        assert event.level == 2 if profile == "production" else event.level in (2, 3)
        assert ("by-rule" in event.prompt_version) is (profile == "starter")
        assert len(event.evidence) >= 2
        assert all(texts[e.turn_id][e.start_char : e.end_char] == e.quote for e in event.evidence)


SEEN = (
    ObservationNoted("looking_away", 1_000, 61_000, 60, 100, "device_check"),
    ObservationNoted("several_faces", 2_000, 9_000, 8, 97),
    ObservationNoted("emotion_angry", 3_000, 13_000, 6, 90),
    PresenceObserved(0, 90_000, 90, 45, 12, 88_000),
)


def _observed(recorded: Sequence[Recorded]) -> list[Recorded]:
    """The same interview with something of the camera behind every fact up to the close."""
    events: list[tuple[Event, int]] = []
    for fact in recorded:
        seen = () if isinstance(fact.event, InterviewClosed) else SEEN
        events.extend((event, fact.interview_ms) for event in (fact.event, *seen))
    return [
        Recorded(recorded[0].interview_id, number, at_ms, recorded[0].wall_time_unix_ms, event)
        for number, (event, at_ms) in enumerate(events, start=1)
    ]


@LANGUAGES
@pytest.mark.parametrize("profile", ["starter", "production"])
async def test_what_the_camera_saw_changes_no_request_and_no_byte_of_a_review(language: str, profile: str) -> None:
    async def reviewed(recorded: Sequence[Recorded]) -> tuple[list[Generation], list[bytes]]:
        journal, model = MemoryJournal(recorded), ScriptedLanguage(_quotes_everything)
        before = len(journal.facts)
        await _rounds(journal, model, profile=profile).once()
        place = Place("n", "e", "i", 1, 0, 0)
        return model.requests, [encode(place, fact.event) for fact in journal.facts[before:]]

    plain = _interview(language).facts
    seen = _observed(plain)
    assert sum(isinstance(fact.event, ObservationNoted) for fact in seen) >= 20
    requests, written = await reviewed(plain)
    assert await reviewed(seen) == (requests, written)
    assert len(written) == 10
    words = " ".join(message.text for request in requests for message in request.messages)
    assert not re.search(r"looking_away|several_faces|emotion|angry|face|camera|얼굴|카메라|61.?000", words)


async def test_a_review_cut_short_anywhere_is_resumed_without_repeating_itself() -> None:
    whole_review = _interview()
    await _rounds(whole_review, ScriptedLanguage(_quotes_everything), profile="production").once()
    closed_at = next(i for i, f in enumerate(whole_review.facts) if isinstance(f.event, InterviewClosed)) + 1
    asked_for_all = ScriptedLanguage(_quotes_everything)
    await _rounds(_interview(), asked_for_all, profile="production").once()
    for kept in range(closed_at, len(whole_review.facts) + 1):
        journal = MemoryJournal(whole_review.facts[:kept])
        model = ScriptedLanguage(_quotes_everything)
        rounds = _rounds(journal, model, profile="production")
        await rounds.once()
        await rounds.once()
        made = sum(isinstance(f.event, RatingRepeated) for f in whole_review.facts[:kept])
        assert len(model.requests) <= len(asked_for_all.requests) - 2 * made, "no repeat is made twice"
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


async def test_repeats_that_disagree_are_an_abstention_and_all_of_them_are_kept() -> None:
    def by_seed(request: Generation) -> str:
        if '\\"level\\"' in request.grammar:
            return json.dumps({"level": 1 if request.seed == 2 else 3, "rationale": ""})
        assert request.temperature > 0
        return _quotes_everything(request)

    journal = _interview()
    await _rounds(journal, ScriptedLanguage(by_seed), profile="production").once()
    outcomes = [f.event for f in journal.facts if isinstance(f.event, CompetencyAbstained)]
    assert [(o.reason, o.levels, o.spread, o.repeats) for o in outcomes] == [("unstable", (3, 1, 3), 2, 3)] * 2
    assert journal.facts[-1].event == ReviewCompleted(0, 2)


@LANGUAGES
@pytest.mark.parametrize("profile", ["starter", "production"])
async def test_no_prompt_holds_who_the_candidate_is_and_quotes_are_kept_as_they_were_said(
    language: str, profile: str
) -> None:
    said = {
        "en": "I am Dana Reyes, 34 years old, a mother, and I studied at Harbour State University. "
        "As Dana I wrote the plan because my wife knew the port, and the delay fell by half.",
        "ko": "저는 김하늘이고 34살 여성이며 부산해양대학교를 나왔습니다. "
        "김하늘로서 아내가 항구를 잘 알기 때문에 계획을 썼고 지연을 절반으로 줄였습니다.",
    }[language]
    plan = replace(kit(language), candidate_name={"en": "Dana Reyes", "ko": "김하늘"}[language])
    journal = MemoryJournal(whole(plan, cycle([said, *ANSWERS[language][:2]])).recorded)
    model = ScriptedLanguage(_quotes_everything)
    asker = Asker(model, timeout_seconds=5, patience_seconds=60)
    await Rounds(journal, FixedKits(plan), Reviewer(journal, asker, profile)).once()
    hidden = {
        "en": ("Dana", "Reyes", "34", "mother", "wife", "Harbour State"),
        "ko": ("김하늘", "하늘", "34", "여성", "아내", "부산해양대"),
    }[language]
    assert model.requests
    for request in model.requests:
        read = " ".join(m.text for m in request.messages) + request.grammar
        assert not [word for word in hidden if word in read]
    quotes = [e.quote for f in journal.facts if isinstance(f.event, CompetencyRated) for e in f.event.evidence]
    assert any(hidden[4] in quote for quote in quotes), "what was masked for the model is quoted as it was said"


async def test_strengths_and_improvements_rest_on_the_quotes_of_their_ratings() -> None:
    journal = _interview()
    await _rounds(journal, ScriptedLanguage(_quotes_everything), profile="production").once()
    (written,) = [f.event for f in journal.facts if isinstance(f.event, SummaryWritten)]
    rated = {f.event.competency_id: f.event for f in journal.facts if isinstance(f.event, CompetencyRated)}
    found = [*written.strengths, *written.improvements]
    assert {f.competency_id for f in found} == set(rated)
    for finding in found:
        assert finding.evidence
        assert set(finding.evidence) <= set(rated[finding.competency_id].evidence)


async def test_a_declined_interview_is_abstained_from_without_asking_the_model() -> None:
    from edge_node.core.interview import session
    from fakes.walked_interview import Walk

    walk = Walk(kit())
    walk.keep(session.open_room(walk.state, ()))
    walk.keep(session.close(walk.state, "declined"))
    journal, model = MemoryJournal(walk.recorded), ScriptedLanguage(_quotes_everything)
    await _rounds(journal, model, profile="production").once()
    assert model.requests == []
    assert [f.event.reason for f in journal.facts if isinstance(f.event, CompetencyAbstained)] == ["not_answered"] * 2
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
