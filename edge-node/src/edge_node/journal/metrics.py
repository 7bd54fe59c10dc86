"""Figures of keeping facts."""

from prometheus_client import Counter, Histogram

from edge_node.telemetry.metrics import FAST_SECONDS, registry

append_seconds = Histogram(
    "edge_node_journal_append_seconds",
    "From handing facts over to their being on disk.",
    registry=registry,
    buckets=FAST_SECONDS,
)
facts_total = Counter("edge_node_journal_facts", "Facts kept by this process.", registry=registry)
failed_total = Counter(
    "edge_node_journal_append_failed",
    "Appends that were not kept, by code: conflict, full, unavailable.",
    ("code",),
    registry=registry,
)
