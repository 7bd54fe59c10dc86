"""Kill -9 of leaf, hub, uplink, ingest and Postgres in turn for a minute, at 400 facts a second."""

import argparse
import asyncio
import os
import signal
import time
from typing import Any

SECONDS = 60.0
FACTS_A_SECOND = 400.0
ROOMS = 24
KILLED = ("nats-node", "nats-hub", "node-uplink", "coordinator-ingest", "postgres")
FIRST_KILL_SECONDS = 2.0
BETWEEN_SECONDS = 4.0
KILLS_LEAST = 13
CAUGHT_UP_MOST_SECONDS = 5.0
GIVEN_UP_SECONDS = 120.0


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """How long."""
    parser.add_argument("--seconds", type=float, default=SECONDS, help=f"length (default: {SECONDS:.0f})")


def run(options: argparse.Namespace) -> dict[str, Any]:
    """Everything on this machine under the product's own supervisor, which starts again what dies."""
    from chaos._installation import data_folder

    with data_folder() as data:
        return asyncio.run(_run(data, options.seconds))


async def _run(data: Any, seconds: float) -> dict[str, Any]:
    from fakes.planned_interviews import plan
    from fakes.whole_interview import facts

    from chaos._branch_work import Pace, Rooms, figures_of
    from chaos._installation import NODE_ID, head_office, say
    from chaos._record import holds, judged

    async with head_office(data) as system:
        supervisor = system.supervisor
        await system.start_branch(supervisor)
        interviews = plan(system.database_url, NODE_ID, int(FACTS_A_SECOND * seconds / len(facts())) + 2 * ROOMS)
        rooms = await Rooms.opened(system.node_url, system.node_token, NODE_ID)
        until = asyncio.get_running_loop().time() + seconds
        waiting = list(reversed(interviews))

        async def room() -> None:
            pace = Pace(ROOMS / FACTS_A_SECOND)
            while waiting and asyncio.get_running_loop().time() < until:
                await rooms.hold(waiting.pop(), pace=pace, until=until)

        async with asyncio.TaskGroup() as group:
            for _ in range(ROOMS):
                group.create_task(room())
            killing = group.create_task(_kill(supervisor, until))
        ended = time.monotonic()
        kept = await rooms.kept([name for name in interviews if name in rooms.acked])
        say(f"{sum(kept.values())} facts in the journal; {sum(killing.result().values())} kills")
        caught_up = await _caught_up(system.database_url, sum(kept.values()), ended)
        await asyncio.sleep(3)
        figures = {**judged(system.database_url, kept), "caught_up_s": caught_up, **figures_of(rooms, kept)}
        await rooms.bus.close()
        kills = killing.result()
        figures |= {"kills": sum(kills.values()), "killed": kills, "seconds": seconds}
        figures["facts_a_second"] = round(figures["sent"] / seconds)
        given_up = [name for name, program in supervisor.programs.items() if program.given_up]
    enough = figures["kills"] >= min(KILLS_LEAST, int(seconds / BETWEEN_SECONDS) - 1)
    figures["ok"] = (
        holds(figures, CAUGHT_UP_MOST_SECONDS) and enough and not given_up and not figures["acknowledged_lost"]
    )
    return figures


async def _kill(supervisor: Any, until: float) -> dict[str, int]:
    """Kill one after the other; the last so that there is time for it to be up again before the end."""
    loop = asyncio.get_running_loop()
    kills = dict.fromkeys(KILLED, 0)
    next_at = loop.time() + FIRST_KILL_SECONDS
    for turn in range(10_000):
        await asyncio.sleep(max(next_at - loop.time(), 0))
        if next_at > until - 1:
            return kills
        name = KILLED[turn % len(KILLED)]
        pid = supervisor.programs[name].pid
        if pid is not None:
            os.kill(pid, signal.SIGKILL)
            kills[name] += 1
        next_at += BETWEEN_SECONDS
    return kills


async def _caught_up(url: str, wanted: int, since: float) -> float | None:
    import psycopg

    from chaos._record import committed

    deadline = since + GIVEN_UP_SECONDS
    while time.monotonic() < deadline:
        try:
            with psycopg.connect(url, autocommit=True, connect_timeout=2) as connection:
                while time.monotonic() < deadline:
                    if committed(connection) >= wanted:
                        return round(time.monotonic() - since, 2)
                    await asyncio.sleep(0.05)
        except psycopg.OperationalError:
            await asyncio.sleep(0.1)
    return None
