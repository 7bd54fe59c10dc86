"""Figures of the language process, in the default registry of prometheus-client."""

from prometheus_client import Counter, Gauge, Histogram

PROMPT_TOKENS = Counter("language_prompt_tokens_total", "Prompt tokens of admitted requests.")
REUSED_TOKENS = Counter(
    "language_reused_tokens_total",
    "Prompt tokens found in memory: own (the conversation's), copied (another's beginning), loaded (saved state).",
    ["found"],
)
READ_AHEAD_TOKENS = Counter("language_read_ahead_tokens_total", "Prompt tokens asked to be read before their request.")
GENERATED_TOKENS = Counter("language_generated_tokens_total", "Tokens generated.")
BATCH_ROWS = Histogram("language_batch_rows", "Tokens of one batch.", buckets=(1, 2, 4, 8, 16, 32, 64, 128, 256, 512))
BATCH_SEQUENCES = Histogram(
    "language_batch_sequences", "Sequences of one batch.", buckets=(1, 2, 3, 4, 6, 8, 12, 16, 32)
)
INTERRUPTED = Counter("language_interrupted_batches_total", "Batches that gave way to a live request.")
QUEUE_SECONDS = Histogram(
    "language_queue_seconds",
    "From the request to its slot.",
    ["deadline_class"],
    buckets=(0.001, 0.005, 0.02, 0.05, 0.1, 0.2, 0.4, 0.8, 1.6, 3.2, 6.4, 12.8),
)
FIRST_TOKEN_SECONDS = Histogram(
    "language_first_token_seconds",
    "From the request to its first token, queue included.",
    ["deadline_class"],
    buckets=(0.05, 0.1, 0.2, 0.4, 0.8, 1.6, 3.2, 6.4, 12.8, 25.6),
)
REFUSED = Counter("language_refused_total", "Requests that ended with a failure.", ["code"])
WAITING = Gauge("language_waiting", "Requests without a slot.")
USED_TOKENS = Gauge("language_context_used_tokens", "Cells of the key-value memory in use.")
SAVED_BYTES = Gauge("language_saved_state_bytes", "States of sequences kept in the machine's memory.")
