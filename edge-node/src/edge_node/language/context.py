"""One llama.cpp context: the key-value memory of several sequences and the decode call, guarded.

llama.cpp aborts the whole process on a batch larger than it was made for; every size is checked here first.
Not thread-safe: one thread owns a context.
"""

import ctypes
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from llama_cpp import llama_cpp as native

from edge_node.language.jobs import Row
from edge_node.language.weights import Weights

Logits = npt.NDArray[np.float32]

_NO_SLOT, _ABORTED = 1, 2

# Between two operations llama.cpp's threads ask whether to go on. A C function answers, so that none of them waits for
# the interpreter: the length of a text, which is empty until somebody wants the processor.
_ASK = native.ggml_abort_callback(ctypes.cast(ctypes.CDLL(None).strlen, ctypes.c_void_p).value or 0)
_NEVER = native.ggml_abort_callback()


class ContextFull(Exception):
    """No room in the key-value memory for this batch; nothing was decoded."""


class Interrupted(Exception):
    """A batch gave way to something more urgent; nothing of it was decoded."""


class Context:
    """Decodes batches of up to ``batch_rows`` rows over ``sequences`` sequences sharing ``context_tokens`` cells."""

    def __init__(self, weights: Weights, *, context_tokens: int, sequences: int, batch_rows: int, threads: int) -> None:
        parameters = native.llama_context_default_params()
        parameters.n_ctx = context_tokens
        parameters.n_batch = parameters.n_ubatch = batch_rows
        parameters.n_seq_max = sequences
        # The default is every core: its spinning workers would starve the other engines of this machine.
        parameters.n_threads = parameters.n_threads_batch = threads
        parameters.kv_unified = True
        parameters.no_perf = True
        self._handle = native.llama_init_from_model(weights.handle, parameters)
        if not self._handle:
            raise ValueError(f"no context of {context_tokens} tokens can be made")
        self._memory = native.llama_get_memory(self._handle)
        self._sequences = sequences
        self._vocabulary_size = weights.vocabulary.size
        self.context_tokens = int(native.llama_n_ctx(self._handle))
        self.batch_rows = min(batch_rows, int(native.llama_n_batch(self._handle)))
        self._batch = native.llama_batch_init(self.batch_rows, 0, 1)
        self._wanted = ctypes.create_string_buffer(2)

    def interrupt(self) -> None:
        """End the batch under way, and every further one, if it may be interrupted. From any thread."""
        self._wanted[0] = b"x"

    def go_on(self) -> None:
        """Nobody waits any more."""
        self._wanted[0] = b"\0"

    def decode(self, rows: Sequence[Row], *, interruptible: bool = False) -> None:
        """Run one batch. Raises ContextFull, Interrupted, ValueError for rows out of bounds, RuntimeError for failures.

        Only a processor can be interrupted within a batch; a GPU finishes it.
        """
        if not 0 < len(rows) <= self.batch_rows:
            raise ValueError(f"{len(rows)} rows, at most {self.batch_rows}")
        batch = self._batch
        batch.n_tokens = len(rows)
        for index, row in enumerate(rows):
            in_bounds = (
                0 <= row.token < self._vocabulary_size
                and 0 <= row.position < self.context_tokens
                and 0 <= row.sequence < self._sequences
            )
            if not in_bounds:
                raise ValueError(f"row out of bounds: {row}")
            batch.token[index] = row.token
            batch.pos[index] = row.position
            batch.n_seq_id[index] = 1
            batch.seq_id[index][0] = row.sequence
            batch.logits[index] = row.wants_logits
        native.llama_set_abort_callback(
            self._handle, _ASK if interruptible else _NEVER, ctypes.cast(self._wanted, ctypes.c_void_p)
        )
        status = native.llama_decode(self._handle, batch)
        if status == _NO_SLOT:
            raise ContextFull
        if status == _ABORTED:
            raise Interrupted
        if status:
            raise RuntimeError(f"llama_decode returned {status}")

    def logits(self, index: int) -> Logits:
        """Logits after row ``index`` of the last batch: float32 [vocabulary]; valid until the next decode."""
        pointer = native.llama_get_logits_ith(self._handle, index)
        return np.ctypeslib.as_array(pointer, shape=(self._vocabulary_size,))

    def keep(self, sequence: int, tokens: int) -> bool:
        """Forget all of a sequence but its first ``tokens``; False when this model cannot forget a part."""
        return bool(native.llama_memory_seq_rm(self._memory, sequence, tokens, -1))

    def copy(self, source: int, target: int, tokens: int) -> None:
        """Share the first ``tokens`` of ``source`` with ``target``, which must be empty."""
        native.llama_memory_seq_cp(self._memory, source, target, 0, tokens)

    def save(self, sequence: int) -> bytes:
        """A sequence's part of the memory, written out; empty when it cannot be."""
        size = int(native.llama_state_seq_get_size(self._handle, sequence))
        buffer = (ctypes.c_uint8 * size)()
        written = int(native.llama_state_seq_get_data(self._handle, buffer, size, sequence)) if size else 0
        return bytes(memoryview(buffer)[:written])

    def load(self, sequence: int, state: bytes) -> bool:
        """Fill the empty ``sequence`` with what :meth:`save` wrote; False leaves it empty."""
        buffer = (ctypes.c_uint8 * len(state)).from_buffer_copy(state)
        if native.llama_state_seq_set_data(self._handle, buffer, len(state), sequence):
            return True
        self.keep(sequence, 0)
        return False

    def close(self) -> None:
        """Free the memory."""
        native.llama_batch_free(self._batch)
        native.llama_free(self._handle)
