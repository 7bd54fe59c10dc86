"""The facts a review adds to an interview that is over: ratings, abstentions, the summary, each with its quotes."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Evidence:
    """A quote a program found verbatim in a turn; [start_char, end_char) of the turn's text."""

    turn_id: str
    quote: str
    start_char: int
    end_char: int


@dataclass(frozen=True, slots=True)
class RatingRepeated:
    """One of several independent ratings of one competency: the same answers, another seed.

    ``level`` is 0 when this repeat gave none; ``reason`` then says why.
    """

    competency_id: str
    seed: int
    level: int
    reason: str
    rationale: str
    evidence: tuple[Evidence, ...]
    evidence_refused: int
    prompt_version: str
    model_digest: str


@dataclass(frozen=True, slots=True)
class CompetencyRated:
    """A level of the rubric with the evidence it rests on: the median of its repeats."""

    competency_id: str
    level: int
    rationale: str
    evidence: tuple[Evidence, ...]
    evidence_refused: int
    prompt_version: str
    rubric_version: str
    model_digest: str
    levels: tuple[int, ...] = ()
    """Levels the repeats gave, in their order."""

    spread: int = 0
    """Highest minus lowest of ``levels``."""

    repeats: int = 0
    """Repeats made, with or without a level."""


@dataclass(frozen=True, slots=True)
class CompetencyAbstained:
    """No rating: not_answered, no_evidence, too_little_evidence, not_heard_clearly, other_language, unstable or
    model_unavailable.
    """

    competency_id: str
    reason: str
    evidence_refused: int
    prompt_version: str
    rubric_version: str
    model_digest: str
    levels: tuple[int, ...] = ()
    spread: int = 0
    repeats: int = 0


@dataclass(frozen=True, slots=True)
class Finding:
    """A strength or an improvement of one competency, tied to quotes."""

    competency_id: str
    text: str
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class SummaryWritten:
    """The summary, tied to quotes."""

    text: str
    evidence: tuple[Evidence, ...]
    prompt_version: str
    model_digest: str
    strengths: tuple[Finding, ...] = ()
    improvements: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class ReviewCompleted:
    """The review is done; counts of ratings and abstentions."""

    ratings: int
    abstentions: int
