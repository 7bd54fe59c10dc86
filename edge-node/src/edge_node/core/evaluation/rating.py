"""From a model's proposals to a rating that rests on verified quotes, or to an abstention that says why.

One competency is rated several times from the same answers, each time with another seed. The level is the median of the
repeats; repeats that lie too far apart are no rating.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from edge_node.core.evaluation.evidence import Quote, Verified, distinct, verify
from edge_node.core.evaluation.rubric import anchor
from edge_node.core.interview.events import TurnTaken
from edge_node.core.interview.plan import Competency
from edge_node.core.interview.review_events import CompetencyAbstained, CompetencyRated, Evidence, RatingRepeated

MOST_EVIDENCE = 6
"""Quotes a rating shows."""

_WITHOUT_EVIDENCE = ("not_answered", "no_evidence", "too_little_evidence")


@dataclass(frozen=True, slots=True)
class RatingRules:
    """How ratings are made, set once by the composition root."""

    repeats: int = 3
    """Ratings of one competency, each with another seed; at least 1."""

    widest_spread: int = 1
    """Levels the repeats may lie apart; further apart they are no rating."""

    minimum_spans: int = 2
    """Verified quotes a rating needs."""


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


def once(
    competency: Competency,
    seed: int,
    proposal: Proposal | None,
    turns: Sequence[TurnTaken],
    minimum_spans: int,
    basis: Basis,
) -> RatingRepeated:
    """One repeat: a level, or why there is none.

    ``proposal`` is None when the model failed; a level outside the scale is a failure too.
    """
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
    return RatingRepeated(
        competency.competency_id,
        seed,
        0 if reason or proposal is None else proposal.level,
        reason,
        "" if reason or proposal is None else proposal.rationale,
        verified.evidence,
        verified.refused,
        basis.prompt_version,
        basis.model_digest,
    )


def conclude(
    competency: Competency,
    repeated: Sequence[RatingRepeated],
    rules: RatingRules,
    basis: Basis,
    *,
    answered: bool = False,
    unread: str = "",
) -> CompetencyRated | CompetencyAbstained:
    """Rate by the median of the repeats, or abstain: for want of evidence or a model, or as they lie too far apart.

    More than half of the repeats must have given a level. Without any repeat there was nothing to read; ``answered``
    is whether something was said all the same. ``unread`` is why most of it could not be read, or empty: it is the
    reason then, for lacking evidence would be put down to the candidate.
    """
    levelled = [r for r in repeated if r.level]
    levels = tuple(r.level for r in levelled)
    spread = max(levels) - min(levels) if levels else 0
    refused = sum(r.evidence_refused for r in repeated)
    reason = ""
    if not repeated:
        reason = "no_evidence" if answered else "not_answered"
    elif 2 * len(levelled) <= len(repeated):
        reason = Counter(r.reason for r in repeated if not r.level).most_common(1)[0][0]
    elif spread > rules.widest_spread:
        reason = "unstable"
    if unread and reason in _WITHOUT_EVIDENCE:
        reason = unread
    version = next((r.prompt_version for r in (*levelled, *repeated)), basis.prompt_version)
    digest = next((r.model_digest for r in repeated if r.model_digest), basis.model_digest)
    if reason:
        return CompetencyAbstained(
            competency.competency_id, reason, refused, version, basis.rubric_version, digest,
            levels, spread, len(repeated),
        )  # fmt: skip
    level = sorted(levels)[(len(levels) - 1) // 2]
    chosen = [r for r in levelled if r.level == level]
    return CompetencyRated(
        competency.competency_id, level, chosen[0].rationale, _together(chosen), refused, chosen[0].prompt_version,
        basis.rubric_version, digest, levels, spread, len(repeated),
    )  # fmt: skip


def _together(repeated: Sequence[RatingRepeated]) -> tuple[Evidence, ...]:
    """Quotes of the repeats that gave the level, each once, those most repeats chose first."""
    picked = Counter(e for r in repeated for e in r.evidence)
    return distinct(sorted(picked, key=lambda e: -picked[e]))[:MOST_EVIDENCE]
