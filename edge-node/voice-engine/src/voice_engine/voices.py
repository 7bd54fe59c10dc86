# SPDX-License-Identifier: GPL-3.0-or-later
"""What a voice is: text in, samples out, piece by piece."""

from collections.abc import Callable, Iterator
from typing import Protocol

import numpy as np
import numpy.typing as npt

Samples = npt.NDArray[np.int16]
Stopped = Callable[[], bool]


class Voice(Protocol):
    """One speaker of one language."""

    @property
    def rate_hz(self) -> int:
        """The rate to play the samples at; a rate above the engine's own raises the pitch."""
        ...

    def pieces(self, text: str) -> list[str]:
        """What to speak one after the other; together the whole text."""
        ...

    def speak(self, text: str, stopped: Stopped) -> Iterator[Samples]:
        """Samples (int16 [n], mono) of ``text``; ends early once ``stopped()`` is true."""
        ...
