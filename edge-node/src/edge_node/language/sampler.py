"""Choose the next token of one sequence: greedy or by temperature, within a grammar if there is one.

The grammar is asked lazily: sample first, test that one token; when it is refused, test the likeliest ones, and the
whole vocabulary only when too few of those are allowed. The choice is the same as if all had been tested.
"""

import ctypes
import math
from typing import Any

import numpy as np
import numpy.typing as npt
from llama_cpp import llama_cpp as native

from edge_node.language.context import Logits
from edge_node.language.weights import Vocabulary

Ids = npt.NDArray[np.int32] | npt.NDArray[np.int64]

_TOKEN_DATA = np.dtype([("id", "<i4"), ("logit", "<f4"), ("p", "<f4")])
_TOP_K, _TOP_P = 40, 0.95
_GRAMMAR_BYTES = 64 * 1024
_LIKELIEST = 256
"""Tokens tested first after a refusal; testing one costs a microsecond, a whole vocabulary several milliseconds."""


class GrammarError(ValueError):
    """The GBNF does not parse, or allows no token."""


class Sampler:
    """State of one sequence's sampling. Raises GrammarError for a bad GBNF. Close it when the sequence ends."""

    def __init__(self, vocabulary: Vocabulary, *, grammar: str, temperature: float, seed: int) -> None:
        self._grammar: Any = None
        self._chain: Any = None
        self._candidates = np.empty(vocabulary.size, _TOKEN_DATA)
        self._ids = np.arange(vocabulary.size, dtype=np.int32)
        if grammar:
            if len(grammar.encode()) > _GRAMMAR_BYTES or "\0" in grammar:
                raise GrammarError("grammar too long")
            self._grammar = native.llama_sampler_init_grammar(vocabulary.handle, grammar.encode(), b"root")
            if not self._grammar:
                raise GrammarError("grammar does not parse")
        if temperature > 0:
            self._chain = native.llama_sampler_chain_init(native.llama_sampler_chain_default_params())
            for step in (
                native.llama_sampler_init_top_k(_TOP_K),
                native.llama_sampler_init_top_p(_TOP_P, 1),
                native.llama_sampler_init_temp(temperature),
                native.llama_sampler_init_dist(seed),
            ):
                native.llama_sampler_chain_add(self._chain, step)

    def sample(self, logits: Logits) -> int:
        """The next token after ``logits`` (float32 [vocabulary]). Raises GrammarError when the grammar allows none."""
        token = self._pick(logits, masked=False)
        if self._grammar is not None:
            if not self._allowed(token):
                token = self._pick(logits, masked=True)
            native.llama_sampler_accept(self._grammar, token)
        if self._chain is not None:
            native.llama_sampler_accept(self._chain, token)
        return token

    def close(self) -> None:
        """Free the native samplers; idempotent."""
        for sampler in (self._grammar, self._chain):
            if sampler is not None:
                native.llama_sampler_free(sampler)
        self._grammar = self._chain = None

    def _pick(self, logits: Logits, *, masked: bool) -> int:
        if self._chain is None and not masked:
            return int(np.argmax(logits))
        if masked and len(logits) > _LIKELIEST:
            likeliest = np.argpartition(logits, -_LIKELIEST)[-_LIKELIEST:]
            # Enough for the choice not to depend on the others: they are all less likely than these.
            token = self._choose(likeliest, logits[likeliest], masked=True, enough=1 if self._chain is None else _TOP_K)
            if token is not None:
                return token
        token = self._choose(self._ids, logits, masked=masked, enough=1)
        if token is None:
            # Accepting a refused token would abort the process.
            raise GrammarError("the grammar allows no token")
        return token

    def _choose(self, ids: Ids, logits: Logits, *, masked: bool, enough: int) -> int | None:
        """One of ``ids``; None when the grammar allows fewer than ``enough`` of them."""
        candidates = self._candidates[: len(ids)]
        candidates["id"], candidates["logit"], candidates["p"] = ids, logits, 0
        array = native.llama_token_data_array(
            data=candidates.ctypes.data_as(ctypes.POINTER(native.llama_token_data)),
            size=len(candidates),
            selected=-1,
            sorted=False,
        )
        if masked:
            native.llama_sampler_apply(self._grammar, ctypes.byref(array))
            if np.count_nonzero(np.isfinite(candidates["logit"])) < enough:
                return None
        if self._chain is None:
            return int(candidates["id"][np.argmax(candidates["logit"])])
        native.llama_sampler_apply(self._chain, ctypes.byref(array))
        return int(array.data[array.selected].id)

    def _allowed(self, token: int) -> bool:
        one = native.llama_token_data(id=token, logit=1.0, p=0.0)
        array = native.llama_token_data_array(data=ctypes.pointer(one), size=1, selected=-1, sorted=False)
        native.llama_sampler_apply(self._grammar, ctypes.byref(array))
        return not math.isinf(one.logit)
