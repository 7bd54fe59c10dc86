"""A journal that lost its end, was wiped or has a hole: reported, and no new fact is skipped."""

import asyncio
import contextlib
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from edge_node.core.interview import events as e
from edge_node.journal.reader import BATCH_MOST, Stored, whole
from edge_node.ports.journal import JournalError
from edge_node.tasks import cancel
from linked_servers import LinkedServers
from record_path import Branch, HeadOffice, branch, head_office, planned_interview, rows, until_committed


@pytest.fixture
def servers(tmp_path: Path) -> Iterator[LinkedServers]:
    made = LinkedServers(tmp_path)
    made.start()
    yield made
    made.stop()


async def keep(node: Branch, interview_id: str, count: int) -> None:
    """``count`` facts behind those the interview has."""
    after = await length(node, interview_id)
    facts: list[e.Event] = [e.StageEntered(f"s{after + n}") for n in range(count)]
    await node.journal.append(interview_id, facts, after=after, interview_ms=0)


async def length(node: Branch, interview_id: str) -> int:
    """Facts of an interview; asked again while the server comes up."""
    async with asyncio.timeout(30):
        while True:
            with contextlib.suppress(JournalError):
                return len(await node.journal.replay(interview_id))


async def until_all_there(office: HeadOffice, node: Branch) -> None:
    async with asyncio.timeout(30):
        while True:
            with contextlib.suppress(JournalError):
                last, epoch = await node.journal.last_sequence(), await node.journal.epoch()
                if await office.intake.position("n1", epoch) == last:
                    return
            await asyncio.sleep(0.1)


def restart(servers: LinkedServers, *, store: Path | None) -> None:
    """As after a power cut: the node's store is another, or gone."""
    servers.node.kill()
    shutil.rmtree(servers.node.store)
    if store:
        shutil.copytree(store, servers.node.store)
    servers.node.start()


def copied(servers: LinkedServers, folder: Path) -> Path:
    """The node's store as it is now, on a disk that stopped there."""
    servers.node.kill()
    shutil.copytree(servers.node.store, folder)
    servers.node.start()
    return folder


def incidents(database_url: str) -> list[tuple[Any, ...]]:
    return rows(database_url, "SELECT code, earlier FROM node_incident ORDER BY id")


def count(database_url: str, interview_id: str) -> int:
    ((found,),) = rows(database_url, "SELECT count(*) FROM event WHERE interview_id = %s", interview_id)
    return int(found)


@pytest.mark.parametrize("forwarding", [True, False], ids=["while-forwarding", "before-forwarding"])
async def test_a_store_rolled_back_by_a_hundred_loses_no_new_fact(
    servers: LinkedServers, database_url: str, tmp_path: Path, forwarding: bool
) -> None:
    before, lost, after = (planned_interview(database_url) for _ in range(3))
    async with head_office(servers, database_url) as office:
        async with branch(servers) as node:
            first_epoch = await node.journal.epoch()
            await keep(node, before, 40)
            copy = copied(servers, tmp_path / "copy")
            await keep(node, lost, 100)
            await until_committed(office, "n1", first_epoch, 140)
            if forwarding:
                restart(servers, store=copy)
                # More than was lost: the journal ends behind the coordinator's position again.
                await keep(node, after, 120)
                await until_all_there(office, node)
        if not forwarding:
            restart(servers, store=copy)
            async with branch(servers, forwarding=False) as node:
                await keep(node, after, 120)
            async with branch(servers) as node:
                async with asyncio.timeout(30):
                    while not node.forwarder.figures.rolled_back:
                        await asyncio.sleep(0.01)
                await until_all_there(office, node)
                async with asyncio.timeout(10):
                    # Told in the heartbeat until everything was sent again.
                    while node.forwarder.figures.rolled_back:
                        await asyncio.sleep(0.1)
    assert [count(database_url, iv) for iv in (before, lost, after)] == [40, 100, 120]
    assert rows(database_url, "SELECT count(*) FROM dead_letter") == [(0,)]
    assert incidents(database_url) == [
        ("journal_rolled_back", [{"epoch": first_epoch, "committed_sequence": 140}]),
    ]


async def test_an_interview_that_went_on_after_the_loss_is_filed_where_it_contradicts(
    servers: LinkedServers, database_url: str, tmp_path: Path
) -> None:
    iv = planned_interview(database_url)
    async with head_office(servers, database_url) as office, branch(servers) as node:
        await keep(node, iv, 10)
        copy = copied(servers, tmp_path / "copy")
        await keep(node, iv, 5)
        await until_committed(office, "n1", await node.journal.epoch(), 15)
        restart(servers, store=copy)
        # The same numbers and the same sequences again, with other facts.
        await keep(node, iv, 7)
        async with asyncio.timeout(20):
            while not incidents(database_url):
                await asyncio.sleep(0.1)
        await until_all_there(office, node)
    assert count(database_url, iv) == 17
    assert rows(database_url, "SELECT journal_sequence, reason FROM dead_letter ORDER BY id") == [
        (sequence, "another_fact") for sequence in range(11, 16)
    ]


async def test_a_wiped_store_begins_anew_and_is_an_incident(servers: LinkedServers, database_url: str) -> None:
    one, two = planned_interview(database_url), planned_interview(database_url)
    async with head_office(servers, database_url) as office, branch(servers) as node:
        first_epoch = await node.journal.epoch()
        await keep(node, one, 30)
        await until_committed(office, "n1", first_epoch, 30)
        restart(servers, store=None)
        await keep(node, two, 50)
        assert await node.journal.epoch() != first_epoch
        await until_all_there(office, node)
    assert [count(database_url, iv) for iv in (one, two)] == [30, 50]
    assert incidents(database_url) == [("journal_recreated", [{"epoch": first_epoch, "committed_sequence": 30}])]


async def test_one_who_follows_sees_what_came_after_a_loss(servers: LinkedServers, tmp_path: Path) -> None:
    async with branch(servers, forwarding=False) as node:
        await keep(node, "iv-1", 5)
        copy = copied(servers, tmp_path / "copy")
        await keep(node, "iv-1", 5)
        seen: list[str] = []

        async def follow() -> None:
            async for fact in node.journal.follow():
                seen.append(fact.interview_id)

        task = asyncio.create_task(follow())
        await asyncio.sleep(0.5)
        restart(servers, store=copy)
        await keep(node, "iv-2", 3)
        async with asyncio.timeout(20):
            while seen.count("iv-2") < 3:
                await asyncio.sleep(0.1)
        await cancel(task)


def test_what_the_store_lost_keeps_its_place() -> None:
    found = [Stored(3, b"c"), Stored(6, b"f")]
    assert [(s.sequence, s.data) for s in whole(found, 3)] == [(3, b"c"), (4, b""), (5, b""), (6, b"f")]
    assert [s.sequence for s in whole([Stored(9, b"i")], 8)] == [8, 9]
    assert whole([], 4) == []


def test_a_large_hole_is_passed_in_steps() -> None:
    steps = whole([Stored(BATCH_MOST * 2 + 5, b"x")], 1)
    assert [steps[0].sequence, steps[-1].sequence] == [1, BATCH_MOST]
    assert not any(step.data for step in steps)
