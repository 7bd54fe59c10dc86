"""Figures of reviews, counted from the facts they keep."""

from prometheus_client import Counter, Gauge, Histogram

from edge_node.core.interview.events import Event
from edge_node.core.interview.review_events import CompetencyAbstained, CompetencyRated, RatingRepeated, ReviewCompleted
from edge_node.telemetry.metrics import registry

waiting = Gauge("edge_node_reviews_waiting", "Closed interviews whose review is not done.", registry=registry)
completed_total = Counter("edge_node_reviews_completed", "Reviews done.", registry=registry)
rated_total = Counter("edge_node_competencies_rated", "Ratings given.", registry=registry)
abstained_total = Counter(
    "edge_node_competencies_abstained", "Competencies not rated, by reason.", ("reason",), registry=registry
)
evidence_refused_total = Counter(
    "edge_node_evidence_refused", "Quotes of the model that are not found in a turn.", registry=registry
)
spread_levels = Histogram(
    "edge_node_rating_spread_levels",
    "Levels the repeats of one rating lie apart.",
    registry=registry,
    buckets=(0, 1, 2, 3, 4),
)
model_failed_total = Counter(
    "edge_node_review_model_failed", "Questions to the model that failed, by code.", ("code",), registry=registry
)


def count(event: Event) -> None:
    """Count one fact that is on disk."""
    match event:
        case RatingRepeated():
            evidence_refused_total.inc(event.evidence_refused)
        case CompetencyRated():
            rated_total.inc()
            spread_levels.observe(event.spread)
        case CompetencyAbstained():
            abstained_total.labels(event.reason).inc()
            if event.levels:
                spread_levels.observe(event.spread)
        case ReviewCompleted():
            completed_total.inc()
