"""Facts on disk, as the rest of the node sees them."""

from collections.abc import AsyncIterator, Sequence
from typing import Protocol

from edge_node.core.interview.events import Event, Recorded


class JournalError(Exception):
    """A fact could not be kept; ``code`` is stable: full, unavailable or conflict (another writer was faster)."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(f"{code}: {detail}" if detail else code)
        self.code = code


class Journal(Protocol):
    """The node's record of every interview."""

    async def append(
        self, interview_id: str, events: Sequence[Event], *, after: int, interview_ms: int
    ) -> list[Recorded]:
        """Keep ``events`` behind fact number ``after``; returns when they are on disk. Raises JournalError.

        ``conflict`` when the interview's last number is not ``after``: replay and decide again.
        """
        ...

    async def replay(self, interview_id: str) -> list[Recorded]:
        """Every fact of one interview, in order; empty for an unknown one."""
        ...

    async def interviews(self) -> list[str]:
        """Ids of all interviews with at least one fact."""
        ...

    def follow(self) -> AsyncIterator[Recorded]:
        """Facts of all interviews as they are kept, from now on."""
        ...
