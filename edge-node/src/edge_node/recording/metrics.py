"""Figures of recordings."""

from prometheus_client import Counter, Gauge

from edge_node.telemetry.metrics import registry

stopped_total = Counter(
    "edge_node_recordings_stopped",
    "Recordings that ended before the candidate left, by reason; the interview went on.",
    ("reason",),
    registry=registry,
)
used_bytes = Gauge("edge_node_recordings_bytes", "What recordings take of the node's disk.", registry=registry)
