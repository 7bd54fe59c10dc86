"""The axes along which a model's vectors differ most: a vector along them is a fifth as long and nearly as telling.

Principal axes without centring, because cosines are measured from the origin (Jolliffe, Principal Component Analysis,
2nd ed., 2002, 14.2.3).
"""

from collections.abc import Sequence
from typing import cast

import numpy as np
from numpy.typing import NDArray

WIDTH = 192
"""Numbers of a reduced vector."""

LEARNED_FROM = 5000
"""Passages that axes are learned from; with fewer every one is compared, and none are needed."""


def principal(vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    """The WIDTH strongest axes of ``vectors`` [n, 1024], strongest first: float32 [WIDTH, 1024], orthonormal."""
    moments = vectors.T.astype(np.float64) @ vectors
    _, axes = np.linalg.eigh(moments)
    return np.ascontiguousarray(axes[:, ::-1][:, :WIDTH].T, np.float32)


def reduced(axes: NDArray[np.float32], vector: Sequence[float]) -> list[float]:
    """``vector``, 1024 numbers, along ``axes``: WIDTH numbers."""
    return cast("list[float]", (axes @ np.asarray(vector, np.float32)).tolist())
