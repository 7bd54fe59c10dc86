"""``edge-node drain``: open no new interview, wait for the running ones, then let the operator stop the node."""

import argparse
import asyncio
import sys
from collections.abc import Sequence

from interview_proto import subjects

from edge_node.app.running_node import NoNodeRuns, reached
from edge_node.bus.codec import Health, decode_health, encode_drain
from edge_node.bus.local import Bus
from edge_node.ports.failure import EngineError
from edge_node.settings import Settings

ASK_SECONDS = 3.0
AGAIN_SECONDS = 1.0
STILL_RUNNING = 3
NO_ANSWER = 4
"""Not 1, which is what a program that broke ends with."""


def run(arguments: Sequence[str], settings: Settings) -> int:
    """0 when no candidate is in an interview any more, 3 when some still are at the deadline, 4 without an answer."""
    parser = argparse.ArgumentParser(prog="edge-node drain", description=__doc__)
    parser.add_argument("--wait-seconds", type=float, default=7200.0, help="deadline (default: 7200)")
    parser.add_argument("--cancel", action="store_true", help="open interviews again")
    options = parser.parse_args(arguments)
    try:
        return asyncio.run(_drain(options, settings))
    except KeyboardInterrupt:
        sys.stderr.write("stopped waiting; the node still opens no new interview (--cancel opens them again)\n")
        return STILL_RUNNING
    except NoNodeRuns as error:
        sys.stderr.write(f"{error}\n")
        return NO_ANSWER
    except EngineError:
        sys.stderr.write("the room process does not answer, so nobody is in an interview; its log says why\n")
        return NO_ANSWER


async def _drain(options: argparse.Namespace, settings: Settings) -> int:
    async with reached(settings, "drain") as bus:
        if options.cancel:
            await _tell(bus, settings.rooms, False)
            _say("interviews are opened again")
            return 0
        return await _wait(bus, settings.rooms, options.wait_seconds)


async def _wait(bus: Bus, rooms: Sequence[str], wait_seconds: float) -> int:
    """Ask again and again: a room process that was started anew in between must be told, too."""
    loop = asyncio.get_running_loop()
    deadline = loop.time() + wait_seconds
    said = -1
    while True:
        present = await _tell(bus, rooms, True)
        if present == 0:
            _say("no candidate is in an interview; the node may be stopped")
            return 0
        if present != said:
            _say(f"waiting for {present} running interview(s)")
            said = present
        if loop.time() >= deadline:
            _say(f"{present} interview(s) still running at the deadline; stopping now would interrupt them")
            return STILL_RUNNING
        await asyncio.sleep(AGAIN_SECONDS)


async def _tell(bus: Bus, rooms: Sequence[str], draining: bool) -> int:
    """Tell every room process; how many candidates are in an interview. Raises EngineError when none answers.

    Nobody is in an interview where one of several does not.
    """
    told = await asyncio.gather(*(_ask(bus, room, draining) for room in rooms), return_exceptions=True)
    failed = [reply for reply in told if isinstance(reply, BaseException)]
    for error in failed:
        if len(failed) == len(told) or not isinstance(error, EngineError):
            raise error
    return sum(reply.candidates_present for reply in told if not isinstance(reply, BaseException))


async def _ask(bus: Bus, room: str, draining: bool) -> Health:
    """Tell a room process; rides out its restart for a few seconds. Raises EngineError."""
    subject = subjects.of_room(subjects.ROOM_DRAIN, room)
    for left in range(5, -1, -1):
        try:
            reply = await bus.request(subject, encode_drain(draining), timeout_seconds=ASK_SECONDS)
        except EngineError:
            if not left:
                raise
            await asyncio.sleep(AGAIN_SECONDS)
        else:
            break
    return decode_health(reply)


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()
