"""States of sequences that had to leave the context, kept in the machine's memory: the oldest goes first."""

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass

from edge_node.language.jobs import common


@dataclass(frozen=True, slots=True)
class Saved:
    """A sequence as llama.cpp wrote it out, and the tokens it holds."""

    tokens: tuple[int, ...]
    state: bytes


class Shelf:
    """At most ``bytes_most`` of saved states, by whose they are."""

    def __init__(self, bytes_most: int) -> None:
        self._bytes_most = bytes_most
        self._saved: OrderedDict[str, Saved] = OrderedDict()
        self.bytes_held = 0

    def put(self, key: str, saved: Saved) -> None:
        """Keep a state in place of an older one of the same key; one larger than the whole shelf is not kept."""
        self.drop(key)
        if len(saved.state) > self._bytes_most:
            return
        self._saved[key] = saved
        self.bytes_held += len(saved.state)
        while self.bytes_held > self._bytes_most:
            self.drop(next(iter(self._saved)))

    def get(self, key: str) -> Saved | None:
        """What is kept of ``key``."""
        return self._saved.get(key)

    def shared(self, key: str, tokens: Sequence[int]) -> int:
        """How many of the first ``tokens`` a saved state of ``key`` holds."""
        saved = self._saved.get(key)
        return common(saved.tokens, tuple(tokens)) if saved else 0

    def drop(self, key: str) -> None:
        """Forget what is kept of ``key``, if anything."""
        saved = self._saved.pop(key, None)
        if saved:
            self.bytes_held -= len(saved.state)
