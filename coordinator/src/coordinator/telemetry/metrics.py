"""What the coordinator counts about itself; labels are routes and codes, never people."""

import contextlib
from collections.abc import Iterator

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest, start_http_server

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


reading = Gauge("coordinator_ingest_reading", "1 in the process that reads the hub's stream.", registry=registry)
waited_seconds = Histogram(
    "coordinator_ingest_waited_seconds",
    "Seconds a batch lay at the hub before it was committed.",
    registry=registry,
    buckets=(0.01, 0.05, 0.1, 0.5, 1, 5, 10, 30, 60, 300, 3600),
)
pending_batches = Gauge(
    "coordinator_ingest_pending_batches", "Batches at the hub that are not committed yet.", registry=registry
)
dead_letters_open = Gauge("coordinator_dead_letters_open", "Dead letters nobody has seen to.", registry=registry)
node_silent_seconds = Gauge(
    "coordinator_node_silent_seconds", "Seconds since a node was heard.", ("node",), registry=registry
)
node_clock_skew_seconds = Gauge(
    "coordinator_node_clock_skew_seconds",
    "A node's wall clock minus the coordinator's when it was heard last.",
    ("node",),
    registry=registry,
)
node_position = Gauge(
    "coordinator_node_position", "Last committed sequence of a node's newest journal.", ("node",), registry=registry
)
node_position_age_seconds = Gauge(
    "coordinator_node_position_age_seconds", "Seconds since that last moved.", ("node",), registry=registry
)


@contextlib.contextmanager
def served(port: int) -> Iterator[None]:
    """Serve the figures on this loopback port meanwhile; 0: do not. Raises OSError when it is taken."""
    if not port:
        yield
        return
    server, thread = start_http_server(port, addr="127.0.0.1", registry=registry)
    try:
        yield
    finally:
        server.shutdown()
        server.server_close()
        thread.join(2)


def text() -> bytes:
    """All figures in Prometheus' text format."""
    return generate_latest(registry)
