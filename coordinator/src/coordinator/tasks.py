"""Ending tasks for good: a cancellation can get lost in a library, and is then said again."""

import asyncio
from collections.abc import Coroutine
from typing import Any, TypeVar

from coordinator.telemetry.logs import get_logger

AGAIN_SECONDS = 0.25
"""After this long without an end a task is told again."""

T = TypeVar("T")

log = get_logger("tasks")


async def cancel(*tasks: asyncio.Future[Any], within_seconds: float = 5.0) -> None:
    """Cancel ``tasks`` and wait until all have ended, ``within_seconds`` at the most; what they raise is dropped.

    One call of ``Task.cancel`` is not enough: before Python 3.12 ``asyncio.wait_for`` returns a result that came in
    the same turn of the loop and forgets that it was cancelled (https://github.com/python/cpython/issues/86296), and
    nats-py swallows a cancellation while it flushes. Whoever then waits for the task waits for ever.

    Who is cancelled while waiting here still waits, and raises CancelledError afterwards: an owner that is told again
    by its own owner must not leave behind what it owns.
    """
    loop = asyncio.get_running_loop()
    deadline = loop.time() + within_seconds
    late, told = set(tasks), None
    while late:
        for task in late:
            task.cancel()
        try:
            await asyncio.wait(late, timeout=min(AGAIN_SECONDS, max(deadline - loop.time(), 0.0)))
        except asyncio.CancelledError as error:
            told = error
        late = {task for task in late if not task.done()}
        if loop.time() >= deadline:
            break
    for task in set(tasks) - late:
        # Looked at, so that the loop does not report it as never retrieved.
        if not task.cancelled():
            task.exception()
    if late:
        names = sorted(task.get_name() if isinstance(task, asyncio.Task) else repr(task) for task in late)
        log.error("tasks do not end", tasks=names)
    if told is not None:
        raise told


async def to_the_end(work: Coroutine[Any, Any, T]) -> T:
    """Wait for ``work`` however often the caller is cancelled meanwhile; CancelledError is raised afterwards.

    For what an owner does last and must not leave half done: :func:`cancel` tells it again while it is at it.
    """
    task, told = asyncio.ensure_future(work), None
    while not task.done():
        try:
            await asyncio.wait({task})
        except asyncio.CancelledError as error:
            told = error
    if told is not None:
        if not task.cancelled():
            task.exception()
        raise told
    return task.result()
