"""Follow-ups and a whole review by the real starter model, the review on the real journal."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from itertools import cycle
from pathlib import Path

import pytest
from edge_node.bus.local import Bus
from edge_node.core.interview import session
from edge_node.core.interview.follow_up import Accepted, FollowUpBrief, check
from edge_node.core.interview.prompts import follow_up_prompt
from edge_node.core.interview.review_events import (
    CompetencyAbstained,
    CompetencyRated,
    RatingRepeated,
    ReviewCompleted,
    SummaryWritten,
)
from edge_node.journal.store import JetStreamJournal
from edge_node.language.engine import Engine
from edge_node.language.engine_settings import EngineSettings
from edge_node.models.registry import Registry
from edge_node.ports.language import DeadlineClass, Generation, Message
from edge_node.review.asking import Asker
from edge_node.review.reviewer import Reviewer
from edge_node.review.rounds import Rounds
from fakes.fixed_kits import FixedKits
from fakes.walked_interview import ANSWERS, Walk, kit, whole


@pytest.fixture
async def engine(models_dir: Path) -> AsyncIterator[Engine]:
    ready = Registry(models_dir, "starter").path("language")
    made = Engine(ready.path, ready.digest, EngineSettings(context_tokens=4096, sequences=1, threads=1, queue_limit=2))
    work = asyncio.create_task(made.run())
    try:
        yield made
    finally:
        work.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await work


async def _propose(engine: Engine, brief: FollowUpBrief, profile: str) -> str:
    prompt = follow_up_prompt(brief, profile)
    messages = tuple(Message(role, text) for role, text in prompt.messages)
    request = Generation(messages, prompt.max_tokens, DeadlineClass.LIVE, 60, prompt.grammar, prompt.temperature)
    return "".join([piece.text async for piece in engine.generate(request)])


@pytest.mark.parametrize("language", ["en", "ko"])
async def test_what_the_starter_model_proposes_passes_every_check(engine: Engine, language: str) -> None:
    walk = Walk(kit(language))
    walk.enter()
    accepted = []
    for answer in cycle(ANSWERS[language][:3]):
        move = session.next_move(walk.state)
        if isinstance(move, session.AskFollowUp):
            proposal = await _propose(engine, move.brief, "starter")
            verdict = check(proposal, move.brief)
            assert isinstance(verdict, Accepted), (verdict, proposal)
            accepted.append(proposal)
            walk.ask(lambda _, given=proposal: given)  # type: ignore[misc]
        else:
            walk.ask()
        if walk.state.closed:
            break
        walk.say(answer)
    assert len(accepted) == len(set(accepted)) == 5


@pytest.mark.parametrize("language", ["en", "ko"])
async def test_the_grammar_for_a_model_that_writes_is_a_grammar(engine: Engine, language: str) -> None:
    walk = Walk(kit(language))
    walk.enter()
    walk.ask()
    walk.say(ANSWERS[language][0])
    move = session.next_move(walk.state)
    assert isinstance(move, session.AskFollowUp)
    text = await _propose(engine, move.brief, "production")
    assert any(phrase.lower() in text.lower() for phrase in move.brief.phrases)


async def test_a_closed_interview_is_reviewed_in_the_journal(engine: Engine, bus: Bus) -> None:
    journal = JetStreamJournal(bus.client, "test")
    recorded = whole(kit(), cycle(ANSWERS["en"][:3])).recorded
    await journal.append("interview-1", [f.event for f in recorded], after=0, interview_ms=recorded[-1].interview_ms)
    asker = Asker(engine, timeout_seconds=120, patience_seconds=5)
    await Rounds(journal, FixedKits(kit()), Reviewer(journal, asker, "starter")).once()
    added = [fact.event for fact in (await journal.replay("interview-1"))[len(recorded) :]]
    *rated, written, completed = added
    repeats = [e for e in rated if isinstance(e, RatingRepeated)]
    outcomes = [e for e in rated if isinstance(e, CompetencyRated | CompetencyAbstained)]
    assert len(repeats) + len(outcomes) == len(rated)
    assert {(e.competency_id, e.seed) for e in repeats} == {(c, s) for c in ("solving", "working") for s in (1, 2, 3)}
    assert isinstance(written, SummaryWritten)
    assert isinstance(completed, ReviewCompleted)
    assert completed.ratings + completed.abstentions == len(outcomes) == 2
    assert completed.ratings >= 1
    texts = {t.turn_id: t.text for t in session.replay(kit(), recorded).turns}
    for outcome in outcomes:
        assert outcome.repeats == 3
        assert outcome.spread == max(outcome.levels) - min(outcome.levels)
        for quote in getattr(outcome, "evidence", ()):
            assert texts[quote.turn_id][quote.start_char : quote.end_char] == quote.quote
    for quote in written.evidence:
        assert quote.quote in written.text
