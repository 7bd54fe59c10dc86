"""Figures of the room page's HTTP."""

from prometheus_client import Counter, Gauge, Histogram

from edge_node.telemetry.metrics import FAST_SECONDS, registry

requests_total = Counter(
    "edge_node_kiosk_requests", "Answered requests.", ("method", "route", "status"), registry=registry
)
request_seconds = Histogram(
    "edge_node_kiosk_request_seconds",
    "From request to answer.",
    ("method", "route"),
    registry=registry,
    buckets=FAST_SECONDS,
)
refused_total = Counter("edge_node_kiosk_refused", "Requests refused, by code.", ("code",), registry=registry)
certificate_ends = Gauge(
    "edge_node_page_certificate_expiry_timestamp_seconds",
    "When the page's certificate ends, Unix time; 0 without one.",
    registry=registry,
)
