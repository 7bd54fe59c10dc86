"""Ending an installation without ending an interview: no new one is opened, the running ones may finish."""

import asyncio
import contextlib
import sys

from provisioning.all_in_one import AllInOne
from provisioning.program import BIN, child_environment

ROOM = "node-room"
"""The first room process, and the beginning of the others' names."""


async def let_interviews_end(system: AllInOne, hurry: asyncio.Event, wait_seconds: float) -> None:
    """Return when no candidate is in an interview any more, at the deadline, or when ``hurry`` is set."""
    rooms = [program for name, program in system.supervisor.programs.items() if name.startswith(ROOM)]
    if not any(room.ready.is_set() for room in rooms):
        return
    argv = (str(BIN / "edge-node"), "drain", "--wait-seconds", str(wait_seconds))
    process = await asyncio.create_subprocess_exec(
        *argv,
        env={**child_environment(), **system.node_environment()},
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
        # A terminal's Ctrl-C goes to the whole group; this program decides what it means.
        start_new_session=True,
    )
    telling = asyncio.create_task(_tell(process), name="drain")
    hurried = asyncio.create_task(hurry.wait(), name="hurry")
    try:
        await asyncio.wait({telling, hurried}, return_when=asyncio.FIRST_COMPLETED)
    finally:
        hurried.cancel()
        telling.cancel()
        with contextlib.suppress(ProcessLookupError):
            process.kill()
        await process.wait()


async def _tell(process: asyncio.subprocess.Process) -> None:
    assert process.stdout
    while line := await process.stdout.readline():
        if line.startswith(b"waiting"):
            text = line.decode().strip()
            sys.stderr.write(f"{text}; no new one is opened. Ctrl-C again stops at once (they can be resumed).\n")
