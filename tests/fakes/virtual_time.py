"""An event loop that jumps to its next timer: a half-hour interview takes a second, and every wait is exact."""

import asyncio
import selectors
from collections.abc import Coroutine
from typing import Any, TypeVar

T = TypeVar("T")


class _Jumping(selectors.DefaultSelector):
    """Waits for nothing: a wait moves the time on instead."""

    now = 1_000.0

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        ready = super().select(0)
        if ready:
            return ready
        if timeout is None:
            raise RuntimeError("everything waits and no timer is set: a deadlock")
        self.now += max(0.0, timeout)
        return []


class VirtualLoop(asyncio.SelectorEventLoop):
    """Its time is a number."""

    def __init__(self) -> None:
        self._jumping = _Jumping()
        super().__init__(self._jumping)

    def time(self) -> float:
        return self._jumping.now


class VirtualClock:
    """``ports.clock.Clock`` by the running loop's time; ``skew_ms`` may be changed by a test."""

    def __init__(self) -> None:
        self.skew_ms = 0

    def unix_ms(self) -> int:
        return 1_760_000_000_000 + round(self.monotonic() * 1000) + self.skew_ms

    def monotonic(self) -> float:
        return asyncio.get_running_loop().time()


def run_virtual(work: Coroutine[Any, Any, T]) -> T:
    """Run ``work`` to its end at virtual time; a task left over is cancelled and told of."""
    loop = VirtualLoop()
    try:
        result = loop.run_until_complete(work)
        left = _cancel_all(loop)
    except BaseException:
        _cancel_all(loop)
        raise
    finally:
        loop.run_until_complete(loop.shutdown_asyncgens())
        loop.close()
    assert not left, f"left running: {left}"
    return result


def _cancel_all(loop: VirtualLoop) -> list[str]:
    left = asyncio.all_tasks(loop)
    for task in left:
        task.cancel()
    if left:
        loop.run_until_complete(asyncio.wait(left, timeout=60))
    return sorted(task.get_name() for task in left)
