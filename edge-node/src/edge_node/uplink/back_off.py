"""Waiting before the next try, longer each time."""

import asyncio
import random


class BackOff:
    """Waits that double from the first to the most, each with jitter in [0.5, 1] of it."""

    def __init__(self, first_seconds: float, most_seconds: float) -> None:
        self._first_seconds = first_seconds
        self._most_seconds = most_seconds
        self._next_seconds = first_seconds

    def reset(self) -> None:
        """Begin with the first wait again."""
        self._next_seconds = self._first_seconds

    async def wait(self) -> None:
        """Sleep for the next wait."""
        jitter = 0.5 + random.random() / 2  # noqa: S311 - spreads retries; no secret depends on it
        await asyncio.sleep(self._next_seconds * jitter)
        self._next_seconds = min(self._next_seconds * 2, self._most_seconds)
