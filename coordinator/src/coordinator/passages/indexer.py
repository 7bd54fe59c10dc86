"""Gives every passage a vector of the present model: those stored while no embedder ran, and all after a change.

Where there are many, it learns the axes that searches go along, once a model.
"""

import asyncio

from coordinator.db.unit_of_work import Database
from coordinator.fault import Fault
from coordinator.passages import axes, axes_repository, repository
from coordinator.passages.embedder import Embedder
from coordinator.telemetry.logs import get_logger

BATCH = 16
REDUCED_BATCH = 500
RETRY_SECONDS = 2.0
IDLE_SECONDS = 30.0

log = get_logger("indexer")


async def learn_axes(database: Database, model: str, *, learned_from: int = axes.LEARNED_FROM) -> None:
    """Learn the axes of ``model`` once it has ``learned_from`` passages, and reduce the passages stored before.

    Where it was cut off, the next call goes on; with less to do it does nothing.
    """
    async with database.transaction() as connection:
        known, filled = await axes_repository.learned(connection, model)
        vectors = None if known else await axes_repository.sample(connection, model, learned_from)
    if vectors is not None:
        principal = await asyncio.to_thread(axes.principal, vectors)
        async with database.transaction() as connection:
            await axes_repository.store(connection, model, principal, learned_from)
        log.info("axes learned", model=model, count=learned_from)
    elif filled or not known:
        return
    while True:
        async with database.transaction() as connection:
            if not await axes_repository.reduce(connection, model, REDUCED_BATCH):
                return await axes_repository.finish(connection, model)


class Indexer:
    """Fills in vectors; two of them at once do the same work twice and no harm."""

    def __init__(self, database: Database, embedder: Embedder) -> None:
        self._database = database
        self._embedder = embedder
        self._woken = asyncio.Event()

    def wake(self) -> None:
        """Something without a vector was stored."""
        self._woken.set()

    async def fill_all(self) -> int:
        """Fill until nothing waits; returns how many were filled. Raises Fault embedder_ or database_unavailable."""
        model = (await self._embedder.query("model")).model
        filled = 0
        while True:
            async with self._database.transaction() as connection:
                batch = await repository.waiting(connection, model=model, limit=BATCH)
            if not batch:
                await learn_axes(self._database, model)
                return filled
            vectors = await self._embedder.passages([passage.text for passage in batch])
            async with self._database.transaction() as connection:
                await repository.fill(connection, batch, vectors)
            model = vectors.model
            filled += len(batch)

    async def run(self) -> None:
        """Fill now, whenever woken, and every half minute; without an embedder try again in two seconds."""
        while True:
            self._woken.clear()
            wait_seconds = IDLE_SECONDS
            try:
                filled = await self.fill_all()
                if filled:
                    log.info("passages indexed", count=filled)
            except Fault as fault:
                log.debug("passages wait", code=fault.code)
                wait_seconds = RETRY_SECONDS
            try:
                await asyncio.wait_for(self._woken.wait(), wait_seconds)
            except TimeoutError:
                continue
