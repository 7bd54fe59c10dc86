"""Choose the next token of one sequence: greedy or by temperature, within a grammar if there is one.

The grammar is asked lazily: sample first, test that one token, and mask the whole vocabulary only when it is refused.
"""

import ctypes
import math
from typing import Any

import numpy as np
from llama_cpp import llama_cpp as native

from edge_node.language.context import Logits
from edge_node.language.weights import Vocabulary

_TOKEN_DATA = np.dtype([("id", "<i4"), ("logit", "<f4"), ("p", "<f4")])
_TOP_K, _TOP_P = 40, 0.95
_GRAMMAR_BYTES = 64 * 1024


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
        self._candidates["id"], self._candidates["logit"], self._candidates["p"] = self._ids, logits, 0
        array = native.llama_token_data_array(
            data=self._candidates.ctypes.data_as(ctypes.POINTER(native.llama_token_data)),
            size=len(self._candidates),
            selected=-1,
            sorted=False,
        )
        if masked:
            native.llama_sampler_apply(self._grammar, ctypes.byref(array))
            if not np.isfinite(self._candidates["logit"]).any():
                # Accepting a refused token would abort the process.
                raise GrammarError("the grammar allows no token")
        if self._chain is None:
            return int(self._candidates["id"][np.argmax(self._candidates["logit"])])
        native.llama_sampler_apply(self._chain, ctypes.byref(array))
        return int(array.data[array.selected].id)

    def _allowed(self, token: int) -> bool:
        one = native.llama_token_data(id=token, logit=1.0, p=0.0)
        array = native.llama_token_data_array(data=ctypes.pointer(one), size=1, selected=-1, sorted=False)
        native.llama_sampler_apply(self._grammar, ctypes.byref(array))
        return not math.isinf(one.logit)
