"""A lock in Postgres that one process of many holds, for as long as its connection lives."""

import asyncio
import contextlib
import math
from collections.abc import AsyncIterator, Awaitable, Callable

import psycopg

from coordinator.tasks import cancel
from coordinator.telemetry.logs import get_logger

ASK_SECONDS = 0.5
"""Time between two tries to get the lock."""

LOOK_SECONDS = 1.0
ANSWER_SECONDS = 5.0

_SERVER_KEEPALIVE = "-c tcp_keepalives_idle=3 -c tcp_keepalives_interval=2 -c tcp_keepalives_count=3"
"""Either side notices after about 9 s that the other's machine is gone."""

log = get_logger("lock")


class Lost(Exception):
    """The connection that held the lock is gone, and with it the lock."""


class AdvisoryLock:
    """A session-level advisory lock. ``url`` is the database, ``key`` the lock's number there."""

    def __init__(self, url: str, key: int, *, name: str) -> None:
        self._url = url
        self._key = key
        self._name = name

    async def work(self, work: Callable[[], Awaitable[None]]) -> None:
        """Wait for the lock and work while it is held; without it, stop the work and wait again. For ever.

        Whatever ``work`` raises comes through; the lock is let go then. What it does must be safe with a second at
        work: a connection may be lost unnoticed for a few seconds.
        """
        while True:
            try:
                async with self._held() as connection:
                    log.info("lock held", lock=self._name)
                    await _both(work(), _watch(connection))
            except (Lost, psycopg.OperationalError, TimeoutError) as error:
                log.warning("lock lost", lock=self._name, error=type(error).__name__)
                await asyncio.sleep(ASK_SECONDS)

    @contextlib.asynccontextmanager
    async def _held(self) -> AsyncIterator[psycopg.AsyncConnection[tuple[object, ...]]]:
        connection = await psycopg.AsyncConnection.connect(
            self._url,
            autocommit=True,
            connect_timeout=5,
            application_name=f"lock {self._name}",
            keepalives_idle=3,
            keepalives_interval=2,
            keepalives_count=3,
            options=_SERVER_KEEPALIVE,
        )
        async with connection:
            while not await self._ask(connection):  # noqa: ASYNC110 - another process lets go of it
                await asyncio.sleep(ASK_SECONDS)
            yield connection

    async def _ask(self, connection: psycopg.AsyncConnection[tuple[object, ...]]) -> bool:
        async with asyncio.timeout(ANSWER_SECONDS):
            cursor = await connection.execute("SELECT pg_try_advisory_lock(%s)", (self._key,))
            row = await cursor.fetchone()
        return bool(row and row[0])


async def _watch(connection: psycopg.AsyncConnection[tuple[object, ...]]) -> None:
    """Look at the connection until it is gone; raises Lost."""
    while True:
        await asyncio.sleep(LOOK_SECONDS)
        try:
            async with asyncio.timeout(ANSWER_SECONDS):
                await connection.execute("SELECT 1")
        except (psycopg.Error, TimeoutError) as error:
            raise Lost from error


async def _both(work: Awaitable[None], watch: Awaitable[None]) -> None:
    """Run both until one ends; the other is cancelled and waited for. Raises what the first raised."""
    tasks = {asyncio.ensure_future(work), asyncio.ensure_future(watch)}
    try:
        done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    finally:
        # However long that takes: while anything is at work, nobody else may have the lock.
        await cancel(*tasks, within_seconds=math.inf)
    for task in done:
        task.result()
