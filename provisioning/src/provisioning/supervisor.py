"""Starts programs in order, keeps them up, stops them in reverse order."""

import asyncio
import contextlib
import sys
import time
from pathlib import Path
from types import TracebackType
from typing import Self

from provisioning.program import Program, ProgramSpec


class Supervisor:
    """The owner of every child process of an all-in-one installation; use as an async context manager."""

    def __init__(self, log_dir: Path) -> None:
        self.log_dir = log_dir
        self.programs: dict[str, Program] = {}

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.stop()

    async def start(self, *specs: ProgramSpec) -> None:
        """Start these side by side and wait until all are ready; raises ProgramError."""
        started = time.monotonic()
        made = [Program(spec, self.log_dir / f"{spec.name}.log") for spec in specs]
        for program in made:
            self.programs[program.spec.name] = program
        async with asyncio.TaskGroup() as group:
            for program in made:
                group.create_task(program.start())
        names = ", ".join(spec.name for spec in specs)
        sys.stderr.write(f"  up: {names} ({time.monotonic() - started:.1f} s)\n")

    async def stop(self) -> None:
        """Stop everything, last started first; shielded, so that a second Ctrl-C leaves no process behind."""
        task = asyncio.create_task(self._stop_all(), name="stop all")
        while not task.done():
            with contextlib.suppress(asyncio.CancelledError):
                await asyncio.shield(task)

    async def _stop_all(self) -> None:
        for program in reversed(list(self.programs.values())):
            await program.stop()
        self.programs.clear()
