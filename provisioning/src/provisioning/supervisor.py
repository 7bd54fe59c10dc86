"""Starts programs in order, keeps them up, stops them in reverse order."""

import asyncio
import contextlib
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

from provisioning.program import Program, ProgramSpec

HURRY_SECONDS = 3.0


class Supervisor:
    """The owner of every child process of an all-in-one installation; use as an async context manager.

    Programs are stopped one after the other; once ``hurry`` is set, all at the same time, and killed a moment later.
    """

    def __init__(self, log_dir: Path, hurry: asyncio.Event | None = None) -> None:
        self.log_dir = log_dir
        self._hurry = hurry or asyncio.Event()
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
        programs = list(reversed(self.programs.values()))
        hurried = asyncio.create_task(self._hurry.wait(), name="hurry")
        orderly = asyncio.create_task(_one_by_one(programs), name="stop one by one")
        await asyncio.wait({hurried, orderly}, return_when=asyncio.FIRST_COMPLETED)
        hurried.cancel()
        if not orderly.done():
            async with asyncio.TaskGroup() as group:
                for program in programs:
                    group.create_task(program.stop(at_most_seconds=HURRY_SECONDS))
        await orderly
        self.programs.clear()


async def _one_by_one(programs: Sequence[Program]) -> None:
    for program in programs:
        await program.stop()
