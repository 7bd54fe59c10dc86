"""Figures of the language process."""

from prometheus_client import Counter, Gauge, Histogram

from edge_node.telemetry.metrics import registry

PROMPT_TOKENS = Counter(
    "edge_node_language_prompt_tokens_total", "Prompt tokens of admitted requests.", registry=registry
)
REUSED_TOKENS = Counter(
    "edge_node_language_reused_tokens_total",
    "Prompt tokens found in memory: own (the conversation's), copied (another's beginning), loaded (saved state).",
    ["found"],
    registry=registry,
)
READ_AHEAD_TOKENS = Counter(
    "edge_node_language_read_ahead_tokens_total",
    "Prompt tokens asked to be read before their request.",
    registry=registry,
)
GENERATED_TOKENS = Counter("edge_node_language_generated_tokens_total", "Tokens generated.", registry=registry)
BATCH_ROWS = Histogram(
    "edge_node_language_batch_rows",
    "Tokens of one batch.",
    buckets=(1, 2, 4, 8, 16, 32, 64, 128, 256, 512),
    registry=registry,
)
BATCH_SEQUENCES = Histogram(
    "edge_node_language_batch_sequences",
    "Sequences of one batch.",
    buckets=(1, 2, 3, 4, 6, 8, 12, 16, 32),
    registry=registry,
)
INTERRUPTED = Counter(
    "edge_node_language_interrupted_batches_total", "Batches that gave way to a live request.", registry=registry
)
QUEUE_SECONDS = Histogram(
    "edge_node_language_queue_seconds",
    "From the request to its slot.",
    ["deadline_class"],
    buckets=(0.001, 0.005, 0.02, 0.05, 0.1, 0.2, 0.4, 0.8, 1.6, 3.2, 6.4, 12.8),
    registry=registry,
)
FIRST_TOKEN_SECONDS = Histogram(
    "edge_node_language_first_token_seconds",
    "From the request to its first token, queue included.",
    ["deadline_class"],
    buckets=(0.05, 0.1, 0.2, 0.4, 0.8, 1.6, 3.2, 6.4, 12.8, 25.6),
    registry=registry,
)
REFUSED = Counter(
    "edge_node_language_refused_total", "Requests that ended with a failure.", ["code"], registry=registry
)
WAITING = Gauge("edge_node_language_waiting_requests", "Requests without a slot.", registry=registry)
USED_TOKENS = Gauge(
    "edge_node_language_context_used_tokens", "Cells of the key-value memory in use.", registry=registry
)
SAVED_BYTES = Gauge(
    "edge_node_language_saved_state_bytes", "States of sequences kept in the machine's memory.", registry=registry
)
MODEL_INFO = Gauge(
    "edge_node_language_model_info", "1; the labels name the model.", ["model", "profile"], registry=registry
)
CONTEXT_TOKENS = Gauge("edge_node_language_context_tokens", "Cells of the key-value memory.", registry=registry)
SEQUENCES = Gauge("edge_node_language_sequences", "Conversations the memory holds at once.", registry=registry)
FORECAST_BYTES = Gauge(
    "edge_node_language_forecast_bytes", "Memory the model was forecast to take when it was loaded.", registry=registry
)
