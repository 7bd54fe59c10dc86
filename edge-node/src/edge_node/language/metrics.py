"""Figures of the language process, in the default registry of prometheus-client."""

from prometheus_client import Counter, Gauge, Histogram

PROMPT_TOKENS = Counter("language_prompt_tokens_total", "Prompt tokens of admitted requests.")
REUSED_TOKENS = Counter("language_reused_tokens_total", "Prompt tokens found in memory already.")
GENERATED_TOKENS = Counter("language_generated_tokens_total", "Tokens generated.")
BATCH_ROWS = Histogram("language_batch_rows", "Tokens of one batch.", buckets=(1, 2, 4, 8, 16, 32, 64, 128, 256, 512))
FIRST_TOKEN_SECONDS = Histogram(
    "language_first_token_seconds",
    "From the request to its first token, queue included.",
    ["deadline_class"],
    buckets=(0.05, 0.1, 0.2, 0.4, 0.8, 1.6, 3.2, 6.4, 12.8, 25.6),
)
REFUSED = Counter("language_refused_total", "Requests that ended with a failure.", ["code"])
WAITING = Gauge("language_waiting", "Requests without a slot.")
