"""What the coordinator counts about itself; labels are routes and codes, never people."""

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"

registry = CollectorRegistry()

requests_total = Counter(
    "coordinator_http_requests", "Answered requests.", ("method", "route", "status"), registry=registry
)
request_seconds = Histogram(
    "coordinator_http_request_seconds",
    "Seconds from request to answer.",
    ("method", "route"),
    registry=registry,
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30),
)
refused_total = Counter("coordinator_refused", "Requests refused, by code.", ("code",), registry=registry)
facts_total = Counter(
    "coordinator_facts", "Facts taken in, by node and what became of them.", ("node", "result"), registry=registry
)
gaps_total = Counter(
    "coordinator_batch_gaps", "Batches refused because facts before them are missing.", ("node",), registry=registry
)


def text() -> bytes:
    """All figures in Prometheus' text format."""
    return generate_latest(registry)
