"""What the coordinator counts about itself; labels are routes and codes, never people."""

import contextlib
from collections.abc import Iterator
from importlib.metadata import version

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    ProcessCollector,
    generate_latest,
    start_http_server,
)

from coordinator.telemetry.logs import get_logger

log = get_logger("metrics")

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"

registry = CollectorRegistry()
ProcessCollector(registry=registry)

build_info = Gauge("coordinator_build_info", "1; the labels say what runs.", ("process", "version"), registry=registry)
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

node_problem = Gauge(
    "coordinator_node_problem",
    "1 while a node's heartbeat names this problem.",
    ("node", "problem"),
    registry=registry,
)
node_info = Gauge(
    "coordinator_node_info", "1; the labels say which version a node runs.", ("node", "version"), registry=registry
)
node_release_behind_seconds = Gauge(
    "coordinator_node_release_behind_seconds",
    "Seconds for which a node that fetches releases itself has not run the one announced to it; none where it does.",
    ("node",),
    registry=registry,
)
rollout_stopped = Gauge(
    "coordinator_rollout_stopped",
    "1 while the newest release announced to nodes that fetch theirs stopped on its way.",
    registry=registry,
)
node_rooms_open = Gauge(
    "coordinator_node_rooms_open", "Interviews a node held when it was heard last.", ("node",), registry=registry
)
node_rooms_limit = Gauge(
    "coordinator_node_rooms_limit", "Interviews a node can hold at the same time.", ("node",), registry=registry
)
node_credentials_end = Gauge(
    "coordinator_node_credentials_expiry_timestamp_seconds",
    "When a node's credentials end, Unix time.",
    ("node",),
    registry=registry,
)
interviews = Gauge("coordinator_interviews", "Interviews by status.", ("status",), registry=registry)
review_waits_seconds = Gauge(
    "coordinator_review_waits_seconds",
    "How long the interview that waits longest for its review has been closed; 0 when none waits.",
    registry=registry,
)
looked_at = Gauge(
    "coordinator_figures_looked_up_timestamp_seconds",
    "When the figures of nodes, interviews and the stream were last looked up, Unix time.",
    registry=registry,
)
embedding_seconds = Histogram(
    "coordinator_embedding_seconds",
    "Vectors of one request, waiting included.",
    ("kind",),
    registry=registry,
    buckets=(0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60),
)
embedded_texts_total = Counter("coordinator_embedded_texts", "Texts made into vectors.", registry=registry)
embedding_failed_total = Counter(
    "coordinator_embedding_failed", "Requests for vectors that failed, by code.", ("code",), registry=registry
)
embedding_waiting = Gauge(
    "coordinator_embedding_running", "Requests for vectors in work or waiting.", registry=registry
)


@contextlib.contextmanager
def served(process: str, port: int) -> Iterator[None]:
    """Serve the figures on this loopback port meanwhile; 0: do not. Where it is taken, the work goes on without."""
    build_info.labels(process, version("coordinator")).set(1)
    if not port:
        yield
        return
    try:
        server, thread = start_http_server(port, addr="127.0.0.1", registry=registry)
    except OSError as error:
        log.error("metrics port taken", port=port, error=error.strerror)
        yield
        return
    try:
        yield
    finally:
        server.shutdown()
        server.server_close()
        thread.join(2)


def text() -> bytes:
    """All figures in Prometheus' text format."""
    return generate_latest(registry)
