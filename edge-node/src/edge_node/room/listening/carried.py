"""What was said of an answer before its present turn: left over by a lost connection, or by a question put again."""

import asyncio
from collections.abc import Callable, Sequence
from itertools import chain

from edge_node.room.listening.draft import Draft
from edge_node.room.signals import UNHEARD, Said
from edge_node.tasks import cancel


class Carried:
    """Stands in front of the next turn until that is kept. ``now_ms``: interview time, milliseconds."""

    def __init__(self, said: Sequence[Said], now_ms: Callable[[], int]) -> None:
        self._said = tuple(said)
        self._now_ms = now_ms
        self._aside: list[tuple[Draft, asyncio.Task[tuple[Said, ...]]]] = []

    def add(self, said: Sequence[Said]) -> None:
        """What was said of an answer that goes on."""
        self._said = (*self._said, *said)

    def set_aside(self, draft: Draft, last_sample: int) -> None:
        """A turn that is broken off after ``last_sample``, its transcript still to come."""
        draft.speculate(last_sample)
        task = asyncio.create_task(draft.text(last_sample), name="set aside")
        self._aside.append((draft, task))

    async def said(self) -> tuple[Said, ...]:
        """All of it, in its order; it stays until it is cleared. What stayed without a transcript is marked."""
        tasks = [task for _, task in self._aside]
        if tasks:
            await asyncio.wait(tasks)
        now_ms = self._now_ms()
        unheard = (Said(UNHEARD, (), now_ms, now_ms),)
        aside = [unheard if task.cancelled() or task.exception() else task.result() for task in tasks]
        return (*self._said, *chain.from_iterable(aside))

    def clear(self) -> None:
        """It is in the record, with the turn behind it."""
        self._said, self._aside = (), []

    async def close(self) -> None:
        """Stop every transcript under way."""
        await cancel(*(task for _, task in self._aside))
        for draft, _ in self._aside:
            await draft.close()
