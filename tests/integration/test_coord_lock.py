"""One process of several at work, another as soon as it is gone."""

import asyncio
import contextlib

import psycopg
import pytest
from coordinator.db.lock import ASK_SECONDS, AdvisoryLock
from coordinator.tasks import to_the_end

KEY = 77


class Worker:
    """Works while it holds the lock, and says so."""

    def __init__(self, url: str, name: str) -> None:
        self.at_work = asyncio.Event()
        self.stopped = asyncio.Event()
        self.task = asyncio.create_task(AdvisoryLock(url, KEY, name=name).work(self._work))

    async def _work(self) -> None:
        self.at_work.set()
        try:
            await asyncio.Event().wait()
        finally:
            self.at_work.clear()
            self.stopped.set()

    async def end(self) -> None:
        self.task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await self.task


async def test_one_works_and_another_follows_when_its_connection_is_cut(database_url: str) -> None:
    async with asyncio.timeout(30):
        first = Worker(database_url, "first")
        await first.at_work.wait()
        second = Worker(database_url, "second")
        await asyncio.sleep(1.2)
        assert not second.at_work.is_set()
        async with await psycopg.AsyncConnection.connect(database_url, autocommit=True) as connection:
            await connection.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'lock first'"
            )
        await first.stopped.wait()
        # Either may be faster, but never are both at work.
        await asyncio.wait(
            {asyncio.ensure_future(first.at_work.wait()), asyncio.ensure_future(second.at_work.wait())},
            return_when=asyncio.FIRST_COMPLETED,
        )
        assert first.at_work.is_set() != second.at_work.is_set()
        mine, other = (first, second) if first.at_work.is_set() else (second, first)
        await mine.end()
        await other.at_work.wait()
        await other.end()


async def test_work_that_fails_ends_it_and_frees_the_lock(database_url: str) -> None:
    async def fails() -> None:
        raise RuntimeError("broken")

    async with asyncio.timeout(20):
        with pytest.raises(RuntimeError, match="broken"):
            await AdvisoryLock(database_url, KEY, name="failing").work(fails)
        next_one = Worker(database_url, "next")
        await next_one.at_work.wait()
        await next_one.end()


async def test_the_lock_is_let_go_when_the_work_has_ended_and_not_before(database_url: str) -> None:
    begun, may_end = asyncio.Event(), asyncio.Event()

    async def slow_to_end() -> None:
        begun.set()
        try:
            await asyncio.Event().wait()
        finally:
            await to_the_end(wait_for_it())

    async def wait_for_it() -> None:
        await may_end.wait()

    async with asyncio.timeout(30):
        first = asyncio.create_task(AdvisoryLock(database_url, KEY, name="first").work(slow_to_end))
        await begun.wait()
        second = Worker(database_url, "second")
        for _ in range(3):
            first.cancel()
            await asyncio.sleep(ASK_SECONDS)
        assert not second.at_work.is_set()
        may_end.set()
        await second.at_work.wait()
        assert first.done()
        await second.end()
