"""A journal in memory, as strict about order as the one on disk."""

import asyncio
from collections.abc import AsyncIterator, Iterable, Sequence

from edge_node.core.interview.events import Event, Recorded
from edge_node.ports.journal import JournalError


class MemoryJournal:
    """Implements ``ports.journal.Journal``; ``fail_next`` makes that many appends fail as unavailable."""

    def __init__(self, recorded: Iterable[Recorded] = ()) -> None:
        self.facts: list[Recorded] = list(recorded)
        self.fail_next = 0
        self._followers: list[asyncio.Queue[Recorded]] = []

    async def append(
        self, interview_id: str, events: Sequence[Event], *, after: int, interview_ms: int
    ) -> list[Recorded]:
        if self.fail_next:
            self.fail_next -= 1
            raise JournalError("unavailable")
        if len(await self.replay(interview_id)) != after:
            raise JournalError("conflict")
        kept = [Recorded(interview_id, after + n, interview_ms, 0, event) for n, event in enumerate(events, start=1)]
        self.facts.extend(kept)
        for queue in self._followers:
            for fact in kept:
                queue.put_nowait(fact)
        return kept

    async def replay(self, interview_id: str) -> list[Recorded]:
        return [fact for fact in self.facts if fact.interview_id == interview_id]

    async def interviews(self) -> list[str]:
        return sorted({fact.interview_id for fact in self.facts})

    async def follow(self) -> AsyncIterator[Recorded]:
        queue: asyncio.Queue[Recorded] = asyncio.Queue(1000)
        self._followers.append(queue)
        while True:
            yield await queue.get()
