"""Figures of hearing and speaking."""

from prometheus_client import Counter, Histogram

from edge_node.telemetry.metrics import FAST_SECONDS, registry

transcription_seconds = Histogram(
    "edge_node_transcription_seconds",
    "From a request to its transcript, waiting included.",
    ("language", "kind"),
    registry=registry,
    buckets=(*FAST_SECONDS, 10, 30),
)
heard_seconds_total = Counter(
    "edge_node_heard_audio_seconds", "Sound that was transcribed to the end, seconds.", ("language",), registry=registry
)
first_sound_seconds = Histogram(
    "edge_node_synthesis_first_sound_seconds",
    "From a text to its first sound.",
    ("language",),
    registry=registry,
    buckets=FAST_SECONDS,
)
