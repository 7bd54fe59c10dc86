"""Reviews one closed interview, competency by competency; each outcome is a fact before the next is begun."""

from collections.abc import Sequence
from dataclasses import replace

from edge_node.core.evaluation import redaction, summary
from edge_node.core.evaluation.findings import findings
from edge_node.core.evaluation.rating import RatingRules, conclude
from edge_node.core.evaluation.unread import answered, unread
from edge_node.core.interview.events import Event, Recorded
from edge_node.core.interview.plan import Competency, Kit
from edge_node.core.interview.review_events import (
    CompetencyAbstained,
    CompetencyRated,
    RatingRepeated,
    ReviewCompleted,
    SummaryWritten,
)
from edge_node.core.interview.state import State, replay
from edge_node.ports.journal import Journal
from edge_node.ports.language import DeadlineClass
from edge_node.review import metrics
from edge_node.review.asking import Asker
from edge_node.review.rater import Rater

Outcome = CompetencyRated | CompetencyAbstained


def needs_review(recorded: Sequence[Recorded]) -> bool:
    """Whether an interview is closed and its review is not done."""
    kinds = {type(fact.event).__name__ for fact in recorded}
    return "InterviewClosed" in kinds and ReviewCompleted.__name__ not in kinds


class Reviewer:
    """Rates and sums up from the journal alone. ``profile`` is the model's: a starter picks quotes, others judge."""

    def __init__(self, journal: Journal, asker: Asker, profile: str, rules: RatingRules | None = None) -> None:
        self._journal = journal
        self._asker = asker
        self._writes = profile != "starter"
        self._rules = rules or RatingRules()
        self._rater = Rater(asker, self._rules, writes=self._writes)

    async def review(self, kit: Kit, recorded: Sequence[Recorded]) -> int:
        """Add what is missing of the review and return how many facts that were.

        Resumes where an earlier review stopped, down to the repeat of a rating. Raises JournalError; ``conflict`` when
        another review was faster.
        """
        self._asker.renew()
        work = _Work(self._journal, replay(kit, recorded))
        events = [fact.event for fact in recorded]
        outcomes: dict[str, Outcome] = {
            event.competency_id: event for event in events if isinstance(event, CompetencyRated | CompetencyAbstained)
        }
        for competency in kit.competencies:
            if competency.competency_id not in outcomes:
                done = [
                    event
                    for event in events
                    if isinstance(event, RatingRepeated) and event.competency_id == competency.competency_id
                ]
                outcomes[competency.competency_id] = await self._rate(work, competency, done)
        if not any(isinstance(event, SummaryWritten) for event in events):
            await work.keep(await self._sum_up(work.state, tuple(outcomes.values())))
        ratings = sum(isinstance(o, CompetencyRated) for o in outcomes.values())
        await work.keep(ReviewCompleted(ratings, len(outcomes) - ratings))
        return work.written

    async def _rate(self, work: "_Work", competency: Competency, repeated: list[RatingRepeated]) -> Outcome:
        """Make the repeats that are missing, then conclude; a model that is gone is not asked for the rest."""
        if self._rater.readable(work.state, competency):
            seeds = [s for s in range(1, self._rules.repeats + 1) if all(r.seed != s for r in repeated)]
            for seed in seeds:
                if any(r.reason == "model_unavailable" for r in repeated):
                    break
                made = await self._rater.rate(work.state, competency, seed)
                await work.keep(made)
                repeated.append(made)
        outcome = conclude(
            competency, repeated, self._rules, self._rater.basis(work.state),
            answered=answered(work.state, competency.competency_id),
            unread=unread(work.state, competency.competency_id),
        )  # fmt: skip
        await work.keep(outcome)
        return outcome

    async def _sum_up(self, state: State, outcomes: Sequence[Outcome]) -> SummaryWritten:
        strengths, improvements = findings(state.kit, outcomes)
        written = await self._summary(state, outcomes)
        return replace(written, strengths=strengths, improvements=improvements)

    async def _summary(self, state: State, outcomes: Sequence[Outcome]) -> SummaryWritten:
        found = summary.findings(state.kit, outcomes)
        if self._writes and any(f.evidence for f in found):
            mask = redaction.Redaction(state.kit.language, redaction.names_of(state.kit.candidate_name))
            shown = [replace(f, evidence=redaction.masked_evidence(f.evidence, mask)) for f in found]
            asked = summary.prompt(shown, state.kit.language)
            reply = await self._asker.ask(asked, DeadlineClass.SUMMARY, lambda text: text.strip() or None)
            if reply is not None:
                return summary.conclude(state.kit, found, reply.value, asked.version, reply.model_digest)
        return summary.conclude(state.kit, found, None, "", "")


class _Work:
    """Facts of one review on their way into the journal, one at a time."""

    def __init__(self, journal: Journal, state: State) -> None:
        self._journal = journal
        self.state = state
        self.written = 0

    async def keep(self, event: Event) -> None:
        """Keep one fact behind the last; raises JournalError."""
        await self._journal.append(
            self.state.kit.interview_id,
            [event],
            after=self.state.last_number + self.written,
            interview_ms=self.state.interview_ms,
        )
        self.written += 1
        metrics.count(event)
