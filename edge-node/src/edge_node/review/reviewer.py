"""Reviews one closed interview, competency by competency; each outcome is a fact before the next is begun."""

from collections.abc import Sequence

from edge_node.core.evaluation import prompts, rubric, summary
from edge_node.core.evaluation.evidence import verify
from edge_node.core.evaluation.rating import Basis, Proposal, conclude, enough
from edge_node.core.evaluation.signals import level_by_rule
from edge_node.core.interview.events import (
    CompetencyAbstained,
    CompetencyRated,
    Event,
    Evidence,
    Recorded,
    ReviewCompleted,
    SummaryWritten,
    TurnTaken,
)
from edge_node.core.interview.plan import Competency, Kit
from edge_node.core.interview.state import State, replay
from edge_node.ports.journal import Journal
from edge_node.ports.language import DeadlineClass
from edge_node.review.asking import Asker

Outcome = CompetencyRated | CompetencyAbstained


def needs_review(recorded: Sequence[Recorded]) -> bool:
    """Whether an interview is closed and its review is not done."""
    kinds = {type(fact.event).__name__ for fact in recorded}
    return "InterviewClosed" in kinds and ReviewCompleted.__name__ not in kinds


class Reviewer:
    """Rates and sums up from the journal alone. ``profile`` is the model's: a starter picks quotes, others judge."""

    def __init__(self, journal: Journal, asker: Asker, profile: str) -> None:
        self._journal = journal
        self._asker = asker
        self._writes = profile != "starter"

    async def review(self, kit: Kit, recorded: Sequence[Recorded]) -> int:
        """Add what is missing of the review and return how many facts that were.

        Resumes where an earlier review stopped. Raises JournalError; ``conflict`` when another review was faster.
        """
        self._asker.renew()
        state = replay(kit, recorded)
        outcomes: dict[str, Outcome] = {
            fact.event.competency_id: fact.event
            for fact in recorded
            if isinstance(fact.event, CompetencyRated | CompetencyAbstained)
        }
        written = 0
        for competency in kit.competencies:
            if competency.competency_id not in outcomes:
                outcome = await self._rate(state, competency)
                outcomes[competency.competency_id] = outcome
                await self._keep(state, outcome, written)
                written += 1
        if not any(isinstance(fact.event, SummaryWritten) for fact in recorded):
            await self._keep(state, await self._sum_up(state, tuple(outcomes.values())), written)
            written += 1
        ratings = sum(isinstance(o, CompetencyRated) for o in outcomes.values())
        await self._keep(state, ReviewCompleted(ratings, len(outcomes) - ratings), written)
        return written + 1

    async def _keep(self, state: State, event: Event, written: int) -> None:
        await self._journal.append(
            state.kit.interview_id, [event], after=state.last_number + written, interview_ms=state.interview_ms
        )

    async def _rate(self, state: State, competency: Competency) -> Outcome:
        language = state.kit.language
        turns = rubric.turns_about(state, competency.competency_id, small=not self._writes)
        sentences = rubric.quotable(turns, language)
        if not self._writes:
            sentences = rubric.telling(sentences, language)
        sentences = rubric.readable(sentences, language, small=not self._writes)
        at_least = 0 if self._writes else min(rubric.MINIMUM_SPANS, len(sentences))
        if not sentences:
            return self._conclude(state, competency, Proposal(()), turns, "", "")
        asked = prompts.extraction_prompt(competency, sentences, language, at_least=at_least)
        extracted = await self._asker.ask(asked, DeadlineClass.RATING, prompts.parse_quotes)
        if extracted is None:
            return self._conclude(state, competency, None, turns, asked.version, "")
        proposal, version, digest = Proposal(extracted.value), asked.version, extracted.model_digest
        verified = verify(proposal.quotes, turns, language)
        if enough(verified, rubric.MINIMUM_SPANS):
            placed = await self._place(competency, verified.evidence, language)
            if placed is None:
                return self._conclude(state, competency, None, turns, version, digest)
            proposal = Proposal(proposal.quotes, *placed)
        return self._conclude(state, competency, proposal, turns, version, digest)

    async def _place(
        self, competency: Competency, evidence: Sequence[Evidence], language: str
    ) -> tuple[int, str] | None:
        """Level and rationale of verified quotes, or None when the model that should judge them failed."""
        if not self._writes:
            return level_by_rule(competency, evidence, language)
        asked = prompts.level_prompt(competency, evidence, language)
        reply = await self._asker.ask(asked, DeadlineClass.RATING, prompts.parse_level)
        if reply is None:
            return None
        level, reason = reply.value
        grounds = [competency.definition, *(a.text for a in competency.anchors), *(e.quote for e in evidence)]
        if not summary.supported(reason, grounds, language):
            reason = rubric.anchor_as_rationale(competency, level, language)
        return level, reason

    def _conclude(
        self,
        state: State,
        competency: Competency,
        proposal: Proposal | None,
        turns: Sequence[TurnTaken],
        version: str,
        digest: str,
    ) -> Outcome:
        basis = Basis(version or prompts.VERSION, state.kit.rubric_version, digest, state.kit.language)
        return conclude(competency, proposal, turns, rubric.MINIMUM_SPANS, basis)

    async def _sum_up(self, state: State, outcomes: Sequence[Outcome]) -> SummaryWritten:
        found = summary.findings(state.kit, outcomes)
        if self._writes and any(f.evidence for f in found):
            asked = summary.prompt(found, state.kit.language)
            reply = await self._asker.ask(asked, DeadlineClass.SUMMARY, lambda text: text.strip() or None)
            if reply is not None:
                return summary.conclude(state.kit, found, reply.value, asked.version, reply.model_digest)
        return summary.conclude(state.kit, found, None, "", "")
