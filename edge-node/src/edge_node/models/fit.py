"""Whether a language model fits: its weights, its key-value memory and its work space, and what would fit instead."""

from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, replace

from edge_node.models.errors import ModelError
from edge_node.models.shapes import QUANTIZATIONS, SHAPES, Shape, WeightBytes, weights_of

MORE_SEQUENCES = 2
"""Sequences beside those of the rooms: reviews, and a conversation that comes while all are held."""

CPU_BATCH_ROWS, GPU_BATCH_ROWS = 128, 512
"""Small enough that a cancel or a live request waits a fraction of a second on a processor, large enough to be fast."""

PROGRAM_BYTES = 110_000_000
"""The language process without a model, its native libraries included (measured)."""

DRIVER_BYTES = 450_000_000
"""What a CUDA driver and its libraries take of a GPU for one process (as reported, not measured here)."""

_CELLS_AT_ONCE = 256
_SMALLEST_CONTEXT = 1024


class DoesNotFit(ModelError):
    """The memory is too small for this model, context and number of rooms."""

    code = "does_not_fit"


@dataclass(frozen=True, slots=True)
class Plan:
    """What shall run."""

    shape: Shape
    weights: WeightBytes
    rooms: int
    room_context_tokens: int
    """Tokens of one interview's prompt and answer."""

    gpu: bool
    context_tokens: int = 0
    """Tokens of the whole key-value memory; 0: as many for each sequence as for a room."""

    sequences: int = 0
    """0: one for each room and MORE_SEQUENCES."""

    saved_bytes: int = 0
    """Most that saved conversations may take of main memory."""

    @property
    def pool(self) -> tuple[int, int]:
        """Tokens of the key-value memory, and sequences in it."""
        return pool(self.rooms, self.room_context_tokens, self.context_tokens, self.sequences)


@dataclass(frozen=True, slots=True)
class Forecast:
    """Bytes by part, all on the side that is short: the GPU, or main memory."""

    weights: int
    repacked: int
    key_value: int
    work: int
    saved: int
    program: int

    @property
    def total(self) -> int:
        """All parts together."""
        return sum(asdict(self).values())


def pool(rooms: int, room_context_tokens: int, context_tokens: int = 0, sequences: int = 0) -> tuple[int, int]:
    """Tokens of the key-value memory and sequences in it; what is 0 follows from the rooms."""
    made = sequences or rooms + MORE_SEQUENCES
    return context_tokens or made * room_context_tokens, made


def forecast(plan: Plan) -> Forecast:
    """What a plan takes."""
    shape, weights = plan.shape, plan.weights
    cells, sequences = plan.pool
    cells = -(-cells // _CELLS_AT_ONCE) * _CELLS_AT_ONCE
    rows = GPU_BATCH_ROWS if plan.gpu else CPU_BATCH_ROWS
    # The widest moment is either the logits of a whole batch or the attention mask over the whole memory.
    at_the_end = rows * (shape.vocabulary + 2 * shape.embedding) * 4
    in_a_layer = rows * cells * 6 + rows * (4 * shape.embedding + 2 * shape.feed_forward) * 4
    outputs = sequences * shape.vocabulary * 4
    return Forecast(
        weights=weights.rest if plan.gpu else weights.total,
        repacked=0 if plan.gpu else weights.repacked,
        key_value=cells * shape.kv_bytes_per_token,
        work=max(at_the_end, in_a_layer) + (0 if plan.gpu else outputs),
        saved=0 if plan.gpu else plan.saved_bytes,
        program=DRIVER_BYTES if plan.gpu else PROGRAM_BYTES,
    )


def what_would_fit(plan: Plan, budget_bytes: int) -> list[str]:
    """Changes, each by itself, that would make ``plan`` fit; the smallest change first."""
    found = [
        _largest(plan, budget_bytes, "rooms", range(plan.rooms - 1, 0, -1), "{} rooms"),
        _largest(
            plan,
            budget_bytes,
            "room_context_tokens",
            (plan.room_context_tokens * part // 8 for part in range(7, 0, -1)),
            "{} tokens of context a room",
        ),
        *_other_weights(plan, budget_bytes),
    ]
    return [one for one in found if one]


def require(plan: Plan, budget_bytes: int | None) -> Forecast:
    """The forecast of a plan that fits in ``budget_bytes`` (None: unknown); raises DoesNotFit, saying what would."""
    needed = forecast(plan)
    if budget_bytes is not None and needed.total > budget_bytes:
        other = what_would_fit(plan, budget_bytes) or ["a smaller model, or more memory"]
        where = "of GPU memory" if plan.gpu else "of main memory"
        raise DoesNotFit(
            f"the language model needs {gigabytes(needed.total)} {where} for {plan.rooms} rooms of "
            f"{plan.room_context_tokens} tokens, {gigabytes(budget_bytes)} are free. What would fit: {'; '.join(other)}"
        )
    return needed


def gigabytes(size: int) -> str:
    """Bytes for people."""
    return f"{size / 1e9:.2f} GB"


def _largest(plan: Plan, budget: int, field: str, values: Iterator[int] | range, text: str) -> str:
    for value in values:
        if field == "room_context_tokens" and value < _SMALLEST_CONTEXT:
            break
        smaller = replace(plan, **{field: value}, context_tokens=0, sequences=0)  # type: ignore[arg-type]
        total = forecast(smaller).total
        if total <= budget:
            return f"{text.format(value)} ({gigabytes(total)})"
    return ""


def _other_weights(plan: Plan, budget: int) -> Iterator[str]:
    """The best smaller quantization of this model, and the largest smaller model."""
    fits: Callable[[Plan], bool] = lambda other: forecast(other).total <= budget  # noqa: E731 - a name for one line
    for quantization in QUANTIZATIONS:
        weights = weights_of(plan.shape, quantization)
        other = replace(plan, weights=weights)
        if weights.total < plan.weights.total and fits(other):
            yield f"quantization {quantization} ({gigabytes(forecast(other).total)})"
            break
    for name in reversed(SHAPES):
        shape = SHAPES[name]
        weights = weights_of(shape, "Q4_K_M")
        other = replace(plan, shape=shape, weights=weights)
        if weights.total < plan.weights.total and shape != plan.shape and fits(other):
            yield f"{name} as Q4_K_M ({gigabytes(forecast(other).total)})"
            break
