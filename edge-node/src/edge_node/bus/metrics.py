"""Figures of requests served on the node's own bus."""

from prometheus_client import Counter, Gauge, Histogram

from edge_node.telemetry.metrics import FAST_SECONDS, registry

served_seconds = Histogram(
    "edge_node_bus_served_seconds",
    "From taking up a request to its last reply.",
    ("subject",),
    registry=registry,
    buckets=(*FAST_SECONDS, 10, 30),
)
failed_total = Counter(
    "edge_node_bus_failed",
    "Requests answered with a failure, by code; busy: more were running than may.",
    ("subject", "code"),
    registry=registry,
)
running = Gauge("edge_node_bus_running", "Requests being answered now.", ("subject",), registry=registry)
