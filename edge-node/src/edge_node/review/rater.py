"""One repeat of one competency's rating: quotes first, found verbatim, then a level."""

from collections.abc import Sequence
from dataclasses import replace

from edge_node.core.evaluation import prompts, redaction, rubric, summary
from edge_node.core.evaluation.evidence import Quote, verify
from edge_node.core.evaluation.rating import Basis, Proposal, RatingRules, enough, once
from edge_node.core.evaluation.signals import level_by_rule
from edge_node.core.interview.events import TurnTaken
from edge_node.core.interview.plan import Competency
from edge_node.core.interview.review_events import Evidence, RatingRepeated
from edge_node.core.interview.state import State
from edge_node.ports.language import DeadlineClass
from edge_node.review.asking import Asker

TEMPERATURE = 0.7
"""Of repeats: at 0 every seed would give the same and the spread would say nothing."""


class Rater:
    """Rates one competency once. ``writes`` is whether the model may judge; a small one only picks the quotes."""

    def __init__(self, asker: Asker, rules: RatingRules, *, writes: bool) -> None:
        self._asker = asker
        self._rules = rules
        self._writes = writes

    def readable(self, state: State, competency: Competency) -> tuple[tuple[str, str], ...]:
        """(turn id, sentence) of what the model may choose evidence from; empty when nobody said anything."""
        sentences = self._quotable(state, competency)
        if not self._writes:
            sentences = rubric.telling(sentences, state.kit.language)
        return rubric.readable(sentences, state.kit.language, small=not self._writes)

    def basis(self, state: State, version: str = "", digest: str = "") -> Basis:
        """What a rating of this interview is made with."""
        return Basis(version or prompts.VERSION, state.kit.rubric_version, digest, state.kit.language)

    async def rate(self, state: State, competency: Competency, seed: int) -> RatingRepeated:
        """One repeat with its seed."""
        language, turns = state.kit.language, self._turns(state, competency)
        mask = redaction.redaction(state.kit, competency)
        known = redaction.masked(self.readable(state, competency), mask)
        at_least = 0 if self._writes else min(self._rules.minimum_spans, len(known.shown))
        asked = prompts.extraction_prompt(competency, known.shown, language, at_least=at_least)
        if self._rules.repeats > 1:
            asked = replace(asked, temperature=TEMPERATURE)
        extracted = await self._asker.ask(asked, DeadlineClass.RATING, prompts.parse_quotes, seed=seed)
        if extracted is None:
            return self._once(state, competency, seed, None, turns, asked.version, "")
        quotes, digest = redaction.restored(extracted.value, known), extracted.model_digest
        if not self._writes:
            # The rule counts what the answers hold, not what a small model happened to pick of it.
            held = rubric.cover(self._quotable(state, competency), language)
            quotes = (*(Quote(turn_id, sentence) for turn_id, sentence in held), *quotes)
        proposal = Proposal(quotes)
        verified = verify(proposal.quotes, turns, language)
        if enough(verified, self._rules.minimum_spans):
            placed = await self._place(competency, verified.evidence, mask, seed)
            if placed is None:
                return self._once(state, competency, seed, None, turns, asked.version, digest)
            proposal = Proposal(proposal.quotes, *placed)
        return self._once(state, competency, seed, proposal, turns, asked.version, digest)

    def _turns(self, state: State, competency: Competency) -> tuple[TurnTaken, ...]:
        return rubric.turns_about(state, competency.competency_id, small=not self._writes)

    def _quotable(self, state: State, competency: Competency) -> tuple[tuple[str, str], ...]:
        return rubric.quotable(self._turns(state, competency), state.kit.language, rubric.matters(state))

    def _once(
        self,
        state: State,
        competency: Competency,
        seed: int,
        proposal: Proposal | None,
        turns: Sequence[TurnTaken],
        version: str,
        digest: str,
    ) -> RatingRepeated:
        basis = self.basis(state, version, digest)
        return once(competency, seed, proposal, turns, self._rules.minimum_spans, basis)

    async def _place(
        self, competency: Competency, evidence: Sequence[Evidence], mask: redaction.Redaction, seed: int
    ) -> tuple[int, str] | None:
        """Level and rationale of verified quotes, or None when the model that should judge them failed."""
        language = mask.language
        if not self._writes:
            return level_by_rule(competency, evidence, language)
        shown = redaction.masked_evidence(evidence, mask)
        asked = prompts.level_prompt(competency, shown, language)
        if self._rules.repeats > 1:
            asked = replace(asked, temperature=TEMPERATURE)
        reply = await self._asker.ask(asked, DeadlineClass.RATING, prompts.parse_level, seed=seed)
        if reply is None:
            return None
        level, reason = reply.value
        grounds = [competency.definition, *(a.text for a in competency.anchors), *(e.quote for e in shown)]
        if not summary.supported(reason, grounds, language):
            reason = rubric.anchor_as_rationale(competency, level, language)
        return level, reason
