"""What a node's room processes hold, in memory: ``room.holding.Holding`` for tests of several desks."""

from __future__ import annotations

from collections import Counter


class MemoryHolding:
    """One process's; those made with the same ``node`` exclude each other."""

    def __init__(self, node: dict[str, MemoryHolding] | None = None) -> None:
        self._node = {} if node is None else node
        self.counts: Counter[str] = Counter()

    def take(self, interview_id: str) -> bool:
        if self._node.setdefault(interview_id, self) is not self:
            return False
        self.counts[interview_id] += 1
        return True

    def drop(self, interview_id: str) -> None:
        assert self.counts[interview_id] > 0, "dropped more often than taken"
        self.counts[interview_id] -= 1
        if not self.counts[interview_id]:
            del self.counts[interview_id]
            if self._node.get(interview_id) is self:
                del self._node[interview_id]

    def killed(self) -> None:
        """The process is gone; nothing of it holds anything."""
        for interview_id in [one for one, holder in self._node.items() if holder is self]:
            del self._node[interview_id]
