"""The line to head office falls silent for a minute while 20,000 facts are kept; then all of them arrive."""

import argparse
import asyncio
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any

FACTS = 20_000
CUT_SECONDS = 60.0
CAUGHT_UP_MOST_SECONDS = 8.0
GIVEN_UP_SECONDS = 180.0
SIDE_BY_SIDE = 8


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """How much and how long."""
    parser.add_argument("--facts", type=int, default=FACTS, help=f"facts kept during the cut (default: {FACTS})")
    parser.add_argument("--seconds", type=float, default=CUT_SECONDS, help="length of the cut, at least")


def run(options: argparse.Namespace) -> dict[str, Any]:
    """Head office and branch each in a thread of their own namespace; this thread holds the router."""
    from chaos._installation import data_folder
    from chaos._namespaces import OFFICE_ADDRESS, enter, namespaces

    with namespaces() as nets, data_folder() as data:
        sides = {
            name: ThreadPoolExecutor(1, initializer=enter, initargs=(name,)) for name in (nets.office, nets.branch)
        }
        scene = _Scene(data, OFFICE_ADDRESS, options)
        office = sides[nets.office].submit(asyncio.run, scene.office())
        branch = sides[nets.branch].submit(asyncio.run, scene.branch())
        try:
            scene.wait(scene.linked, office, branch)
            nets.cut()
            scene.cut_at = time.monotonic()
            scene.cut.set()
            scene.wait(scene.written, office, branch)
            time.sleep(max(scene.cut_at + options.seconds - time.monotonic(), 0))
            nets.join()
            scene.joined_at = time.monotonic()
            scene.joined.set()
            figures = office.result(GIVEN_UP_SECONDS + 60)
            branch.result(60)
        finally:
            scene.over()
            for side in sides.values():
                side.shutdown()
    return figures


class _Scene:
    """What the two sides and the router tell each other."""

    def __init__(self, data: Any, hub_address: str, options: argparse.Namespace) -> None:
        self._data = data
        self._hub_address = hub_address
        self._options = options
        self.started, self.linked, self.cut = threading.Event(), threading.Event(), threading.Event()
        self.written, self.joined, self.done = threading.Event(), threading.Event(), threading.Event()
        self.cut_at = self.joined_at = 0.0
        self._system: Any = None
        self._interviews: list[str] = []
        self._sent: dict[str, int] = {}
        self._rooms: dict[str, Any] = {}

    def wait(self, event: threading.Event, *sides: Any) -> None:
        """Wait for a side to say so; raises what a side died of."""
        while not event.wait(0.2):
            for side in sides:
                if side.done():
                    side.result()

    def over(self) -> None:
        """Nobody waits any more."""
        for event in (self.started, self.linked, self.cut, self.written, self.joined, self.done):
            event.set()

    async def office(self) -> dict[str, Any]:
        """Head office, until all is judged."""
        import psycopg
        from fakes.planned_interviews import plan
        from fakes.whole_interview import facts

        from chaos._installation import NODE_ID, head_office, say
        from chaos._record import committed, holds, judged

        try:
            async with head_office(self._data, hub_address=self._hub_address) as self._system:
                url = self._system.database_url
                count = -(-self._options.facts // len(facts())) + 1
                self._interviews = plan(url, NODE_ID, count)
                self.started.set()
                connection = psycopg.connect(url, autocommit=True)
                await _until(lambda: committed(connection) >= len(facts()), 60, "the link did not come up")
                say("linked; the router falls silent")
                self.linked.set()
                await asyncio.to_thread(self.joined.wait)
                before, wanted = committed(connection), sum(self._sent.values())
                say(f"joined again with {before} of {wanted} facts committed")
                caught_up = None
                deadline = self.joined_at + GIVEN_UP_SECONDS
                while time.monotonic() < deadline:
                    if committed(connection) >= wanted:
                        caught_up = round(time.monotonic() - self.joined_at, 2)
                        break
                    await asyncio.sleep(0.05)
                connection.close()
                # Whatever came twice would come now.
                await asyncio.sleep(3)
                figures = {**judged(url, self._sent), "caught_up_s": caught_up, **self._rooms}
                figures["queued"] = wanted - before
                figures["cut_s"] = round(self.joined_at - self.cut_at, 1)
                queued = figures["queued"] >= self._options.facts
                figures["ok"] = holds(figures, CAUGHT_UP_MOST_SECONDS) and queued and not figures["acknowledged_lost"]
                return figures
        finally:
            self.done.set()

    async def branch(self) -> None:
        """The branch, until head office is done."""
        from provisioning.supervisor import Supervisor

        from chaos._branch_work import Rooms, figures_of
        from chaos._installation import NODE_ID, say

        await asyncio.to_thread(self.started.wait)
        async with Supervisor(self._data / "logs") as supervisor:
            await self._system.start_branch(supervisor)
            rooms = await Rooms.opened(self._system.node_url, self._system.node_token, NODE_ID)
            first, *others = self._interviews
            await rooms.hold(first)
            await asyncio.to_thread(self.cut.wait)
            await rooms.hold_all(others, side_by_side=SIDE_BY_SIDE)
            self._sent = await rooms.kept(self._interviews)
            self._rooms = figures_of(rooms, self._sent)
            into = time.monotonic() - self.cut_at
            say(f"{sum(self._sent.values())} facts are in the journal {into:.0f} s into the cut")
            self.written.set()
            await asyncio.to_thread(self.done.wait)
            await rooms.bus.close()


async def _until(holds: Any, seconds: float, otherwise: str) -> None:
    deadline = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > deadline:
            raise RuntimeError(otherwise)
        await asyncio.sleep(0.1)
