"""Texts to vectors with llama.cpp: the coordinator's only use of it.

A GGUF of architecture ``bert`` (e5-small with 384 dimensions, bge-m3 with 1024). Vectors are padded with zeros to the
width of the database column, which changes no cosine.
"""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from llama_cpp import Llama

DIMENSIONS = 1024
# The embedder shares the machine with the database; llama.cpp's default is every core.
_THREADS = 1
# Positions an e5 model was trained with; a longer text is cut, as its own tokenizer does.
_LONGEST_TOKENS = 512


class EmbeddingEngine:
    """One loaded embedding model. Not thread-safe; a short text takes about 15 ms of one core.

    Raises ValueError for a file that does not load or is wider than the database column.
    """

    def __init__(self, model_path: Path) -> None:
        if not model_path.is_file():
            raise ValueError(f"no embedding weights at {model_path}: run `edge-node models pull --role embedding`")
        self._model = Llama(
            str(model_path),
            embedding=True,
            n_ctx=_LONGEST_TOKENS,
            n_batch=_LONGEST_TOKENS,
            n_ubatch=_LONGEST_TOKENS,
            n_threads=_THREADS,
            n_threads_batch=_THREADS,
            verbose=False,
        )
        self.width: int = self._model.n_embd()
        """Dimensions of the model itself; the rest of a vector is zeros."""
        if self.width > DIMENSIONS:
            raise ValueError(f"{model_path.name} has {self.width} dimensions, the database holds {DIMENSIONS}")
        self.name: str = self._model.metadata.get("general.name") or model_path.stem
        """Stored beside every vector: vectors of different models are never compared."""
        # The e5 family was trained with a word that says which side of a search a text is on; bge-m3 was not.
        self._prefixed = "e5" in self.name.lower()

    def embed(self, texts: Sequence[str], query: bool) -> list[list[float]]:
        """One unit vector of 1024 numbers for each text; ``query`` for what searches, not for what is found.

        A text longer than 512 tokens is cut. Raises ValueError for an empty text.
        """
        return [self._embed(text, query) for text in texts]

    def _embed(self, text: str, query: bool) -> list[float]:
        if not text.strip():
            raise ValueError("an empty text has no meaning to embed")
        prefix = ("query: " if query else "passage: ") if self._prefixed else ""
        values = np.asarray(self._model.embed(prefix + text, normalize=False, truncate=True), np.float64)
        length = float(np.linalg.norm(values))
        padded = np.zeros(DIMENSIONS)
        padded[: self.width] = values / length if length else values
        return [float(value) for value in padded]

    def close(self) -> None:
        """Free the weights."""
        self._model.close()
