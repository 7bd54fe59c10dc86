"""A cancelled task ends, also where a library loses the cancellation."""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable
from types import ModuleType

import coordinator.tasks
import edge_node.tasks
import pytest


@pytest.mark.parametrize("cancel", [edge_node.tasks.cancel, coordinator.tasks.cancel], ids=["node", "coordinator"])
async def test_a_lost_cancellation_is_said_again(cancel: Callable[..., Awaitable[None]]) -> None:
    lost = 0

    async def deaf() -> None:
        nonlocal lost
        while True:
            try:
                await asyncio.sleep(60)
            except asyncio.CancelledError:
                lost += 1
                if lost > 1:
                    raise

    async def failing() -> None:
        raise ValueError

    tasks = [asyncio.create_task(deaf()), asyncio.create_task(failing())]
    await asyncio.sleep(0)
    async with asyncio.timeout(10):
        await cancel(*tasks)
        await cancel()
    assert lost == 2
    assert [task.done() for task in tasks] == [True, True]


@pytest.mark.parametrize("cancel", [edge_node.tasks.cancel, coordinator.tasks.cancel], ids=["node", "coordinator"])
@pytest.mark.parametrize("swallowed", [0, 1, 3])
async def test_an_owner_that_is_told_again_leaves_nothing_behind(
    cancel: Callable[..., Awaitable[None]], swallowed: int
) -> None:
    async def deaf() -> None:
        for _ in range(swallowed):
            with contextlib.suppress(asyncio.CancelledError):
                await asyncio.sleep(3)
        await asyncio.sleep(3)

    work = asyncio.create_task(deaf())

    async def owner() -> None:
        try:
            await asyncio.sleep(60)
        finally:
            await cancel(work)

    owners = asyncio.create_task(owner())
    await asyncio.sleep(0)
    async with asyncio.timeout(10):
        await cancel(owners)
    assert work.done(), "what it owned goes on"
    assert owners.cancelled()


@pytest.mark.parametrize("tasks", [edge_node.tasks, coordinator.tasks], ids=["node", "coordinator"])
async def test_what_an_owner_does_last_is_done_to_the_end(tasks: ModuleType) -> None:
    steps: list[str] = []

    async def last() -> None:
        await asyncio.sleep(3 * tasks.AGAIN_SECONDS)
        steps.append("last")

    async def owner() -> None:
        try:
            await asyncio.sleep(60)
        finally:
            await tasks.to_the_end(last())
            steps.append("not told of the second cancellation")

    owners = asyncio.create_task(owner())
    await asyncio.sleep(0)
    async with asyncio.timeout(10):
        await tasks.cancel(owners)
    assert owners.cancelled()
    assert steps == ["last"]


async def test_one_that_never_ends_is_left_after_the_deadline() -> None:
    let_go = False

    async def stubborn() -> None:
        while not let_go:
            try:
                await asyncio.sleep(60)
            except asyncio.CancelledError:
                continue

    task = asyncio.create_task(stubborn())
    await asyncio.sleep(0)
    async with asyncio.timeout(10):
        await edge_node.tasks.cancel(task, within_seconds=0.5)
    assert not task.done()
    let_go = True
    task.cancel()
    await asyncio.wait({task}, timeout=5)
