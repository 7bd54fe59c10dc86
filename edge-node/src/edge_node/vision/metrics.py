"""Figures of seeing. How many faces there were is in the record only."""

from prometheus_client import Histogram

from edge_node.telemetry.metrics import FAST_SECONDS, registry

picture_seconds = Histogram(
    "edge_node_vision_picture_seconds", "Looking at one picture.", registry=registry, buckets=FAST_SECONDS
)
