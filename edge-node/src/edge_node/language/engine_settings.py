"""How large an engine is made."""

from dataclasses import dataclass


@dataclass(frozen=True)
class EngineSettings:
    """Sizes of an engine."""

    context_tokens: int
    """Cells of the key-value memory, shared by all sequences."""

    sequences: int
    """Conversations held in the memory at the same time, and with them requests generated at the same time."""

    threads: int
    gpu_layers: int = 0
    queue_limit: int = 32
    """Requests waiting or running; one more is refused with busy."""

    saved_bytes: int = 256_000_000
    """Most the states of conversations that had to leave the context may take."""
