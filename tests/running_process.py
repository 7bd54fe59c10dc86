"""A process of the product as an operator starts it: its log lines and its figures, looked at while it runs."""

import asyncio
import contextlib
import json
import os
import sys
from collections.abc import AsyncIterator
from typing import Any

import httpx
from edge_node.bus.local import Bus, NobodyServes

READY_SECONDS = 150
SHOWN_SECONDS = 30


class Running:
    """One process. ``lines`` are what it has logged by now."""

    def __init__(self, child: asyncio.subprocess.Process, metrics_port: int) -> None:
        self.child = child
        self.lines: list[dict[str, Any]] = []
        self._port = metrics_port
        self._reading = asyncio.create_task(self._read(), name="read log")

    async def _read(self) -> None:
        assert self.child.stderr
        while line := await self.child.stderr.readline():
            with contextlib.suppress(json.JSONDecodeError):
                self.lines.append(json.loads(line))

    def logged(self, event: str) -> bool:
        """Whether a line with this event is there."""
        return any(line["event"] == event for line in self.lines)

    async def figures(self) -> str:
        """What it tells Prometheus now."""
        async with httpx.AsyncClient(timeout=5) as http:
            return (await http.get(f"http://127.0.0.1:{self._port}/metrics")).raise_for_status().text

    async def tells(self, sample: str) -> str:
        """Wait until one of its samples begins with ``sample``, and return its value; raises TimeoutError."""
        async with asyncio.timeout(SHOWN_SECONDS):
            while True:
                with contextlib.suppress(httpx.HTTPError):
                    for line in (await self.figures()).splitlines():
                        if line.startswith(sample):
                            return line.rpartition(" ")[2]
                await asyncio.sleep(0.2)

    async def says(self, event: str) -> None:
        """Wait for a line with this event; raises TimeoutError."""
        async with asyncio.timeout(SHOWN_SECONDS):
            while not self.logged(event):
                await asyncio.sleep(0.05)

    async def answers(self, bus: Bus, subject: str) -> bytes:
        """Its first reply on ``subject``, served perhaps a moment after "ready"; raises TimeoutError."""
        async with asyncio.timeout(SHOWN_SECONDS):
            while True:
                with contextlib.suppress(NobodyServes):
                    return await bus.request(subject, b"", timeout_seconds=5)
                await asyncio.sleep(0.05)

    async def close(self) -> None:
        """End it."""
        if self.child.returncode is None:
            self.child.terminate()
        await asyncio.wait_for(self.child.wait(), 20)
        await self._reading


@contextlib.asynccontextmanager
async def running(program: str, name: str, environment: dict[str, str], metrics_port: int) -> AsyncIterator[Running]:
    """``edge_node`` or ``coordinator`` as this process, once it says that it is ready."""
    child = await asyncio.create_subprocess_exec(
        sys.executable, "-m", program, name, env=os.environ | environment, stderr=asyncio.subprocess.PIPE
    )
    made = Running(child, metrics_port)
    try:
        async with asyncio.timeout(READY_SECONDS):
            while not made.logged("ready"):
                assert child.returncode is None, made.lines[-5:]
                await asyncio.sleep(0.05)
        yield made
    finally:
        await made.close()
