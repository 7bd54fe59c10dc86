"""From a model's proposal to a rating that rests on verified quotes, or to an abstention that says why."""

from collections.abc import Sequence
from dataclasses import dataclass

from edge_node.core.evaluation.evidence import Quote, Verified, verify
from edge_node.core.evaluation.rubric import anchor
from edge_node.core.interview.events import CompetencyAbstained, CompetencyRated, TurnTaken
from edge_node.core.interview.plan import Competency


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a model proposes for one competency. ``level`` is 0 when it was not asked for one."""

    quotes: tuple[Quote, ...]
    level: int = 0
    rationale: str = ""


@dataclass(frozen=True, slots=True)
class Basis:
    """What a rating was made with; kept beside it."""

    prompt_version: str
    rubric_version: str
    model_digest: str
    language: str


def enough(verified: Verified, minimum_spans: int) -> bool:
    """Whether a level may be asked for at all."""
    return len(verified.evidence) >= minimum_spans


def conclude(
    competency: Competency,
    proposal: Proposal | None,
    turns: Sequence[TurnTaken],
    minimum_spans: int,
    basis: Basis,
) -> CompetencyRated | CompetencyAbstained:
    """Rate or abstain. ``proposal`` is None when the model failed; a level outside the scale is a failure too."""
    verified = verify(proposal.quotes if proposal else (), turns, basis.language)
    reason = ""
    if proposal is None:
        reason = "model_unavailable"
    elif not verified.evidence:
        reason = "no_evidence"
    elif not enough(verified, minimum_spans):
        reason = "too_little_evidence"
    elif anchor(competency, proposal.level) is None:
        reason = "model_unavailable"
    if reason or proposal is None:
        return CompetencyAbstained(
            competency.competency_id,
            reason,
            verified.refused,
            basis.prompt_version,
            basis.rubric_version,
            basis.model_digest,
        )
    return CompetencyRated(
        competency.competency_id,
        proposal.level,
        proposal.rationale,
        verified.evidence,
        verified.refused,
        basis.prompt_version,
        basis.rubric_version,
        basis.model_digest,
    )
