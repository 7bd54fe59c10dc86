"""The runner: takes the run that waits, starts the program that carries it out, keeps what it tells.

It holds the keys to the machines, so it is a process of its own that nobody can reach: what to do it reads from the
database and believes only what its own folder offers.
"""

import asyncio
import contextlib
import re
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID, uuid4

from coordinator.audit.repository import SYSTEM, append
from coordinator.db.unit_of_work import Database
from coordinator.fault import Fault
from coordinator.playbooks import leases
from coordinator.playbooks.child import Child
from coordinator.playbooks.course import Course
from coordinator.playbooks.leases import Taken
from coordinator.playbooks.offers import INVENTORY, bundle_file, fingerprint, offers
from coordinator.playbooks.schemas import MACHINE, NEED_A_BUNDLE, REASON_MOST, Offers, plain
from coordinator.telemetry.logs import get_logger

PLAYBOOKS = ("upgrade", "rollback", "drift")
LOOK_SECONDS = 1.0
ANNOUNCE_SECONDS = 10.0
STOP_SECONDS = 30.0
END_TRIES = 60

log = get_logger("playbooks")


@dataclass(frozen=True)
class Place:
    """Where the runner finds things. ``folder``: inventory and bundles, IT's own; ``state``: what runs leave.

    ``playbook_dir``: the installed playbook; ``signers``: who may sign bundles; ``program``: what runs a playbook.
    """

    folder: Path
    state: Path
    playbook_dir: Path
    signers: Path
    program: tuple[str, ...] = (sys.executable, "-m", "provisioning.runner")


class PlaybookRunner:
    """Carries out one run and ends: the next process starts with the release that is installed by then."""

    def __init__(self, database: Database, place: Place, *, deadline_seconds: float) -> None:
        self._database = database
        self._place = place
        self._deadline_seconds = deadline_seconds
        self._id = uuid4()

    async def announce(self) -> None:
        """Say again and again that the runner is there, and what its folder offers. For ever."""
        known: tuple[object, Offers] = (None, Offers())
        while True:
            seen = await asyncio.to_thread(fingerprint, self._place.folder)
            if seen != known[0]:
                try:
                    self._place.state.mkdir(mode=0o700, parents=True, exist_ok=True)
                    known = (seen, await offers(self._place.folder, self._place.state))
                except (OSError, ValueError, TimeoutError) as error:
                    log.error("inventory not read", error=str(error))
                    known = (None, Offers())
            try:
                async with self._database.transaction() as connection:
                    await leases.announce(connection, known[1])
            except Fault as fault:
                log.warning("not announced", error=fault.code)
            await asyncio.sleep(ANNOUNCE_SECONDS)

    async def work(self, stopping: asyncio.Event) -> None:
        """Wait for a run and carry it out; returns after one, or when ``stopping``."""
        while not stopping.is_set():
            taken = None
            with contextlib.suppress(Fault):
                async with self._database.transaction() as connection:
                    taken = await leases.take(connection, self._id)
            if taken is not None:
                await self._carry_out(taken, stopping)
                return
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(stopping.wait(), LOOK_SECONDS)

    async def _carry_out(self, taken: Taken, stopping: asyncio.Event) -> None:
        course = Course(taken.playbook)
        log.info("playbook begins", program=taken.playbook, subject=str(taken.id))
        try:
            argv = arguments(taken, self._place)
            self._place.state.mkdir(mode=0o700, parents=True, exist_ok=True)
            child = await Child.start(argv, self._place.state)
        except (OSError, ValueError) as error:
            await self._end(taken.id, "failed", str(error)[:REASON_MOST])
            return
        try:
            why = await self._follow(taken, child, course, stopping)
            await child.end(within_seconds=STOP_SECONDS)
        finally:
            child.kill()
        if why != "lost":
            status, note = course.outcome(why)
            await self._end(taken.id, status, note)

    async def _follow(self, taken: Taken, child: Child, course: Course, stopping: asyncio.Event) -> str:
        """Take in and store what the child tells until it ends; why it was told to stop, or nothing."""
        loop = asyncio.get_running_loop()
        deadline, killed_at, why, ended = loop.time() + self._deadline_seconds, float("inf"), "", False
        while not ended:
            try:
                async with asyncio.timeout(LOOK_SECONDS):
                    while True:
                        event = await child.heard()
                        if event is None:
                            ended = True
                            break
                        course.take(event)
            except TimeoutError:
                pass
            told = await self._store(taken.id, course)
            if not why:
                if told is None:
                    why = "lost"
                elif told:
                    why = "cancelled"
                elif loop.time() > deadline:
                    why = "out_of_time"
                elif stopping.is_set():
                    why = "runner_stopped"
                if why:
                    child.stop()
                    killed_at = loop.time() + STOP_SECONDS
            elif loop.time() > killed_at:
                child.kill()
        return why

    async def _store(self, run_id: UUID, course: Course) -> bool | None:
        """Store what is new: True when the run was told to stop, None when it is lost. Without a database, later."""
        events, results = course.unstored()
        try:
            async with self._database.transaction() as connection:
                told = await leases.keep(connection, run_id, self._id, course.play, course.dropped)
                if told is not None:
                    await leases.store(connection, run_id, events, results)
        except Fault as fault:
            log.warning("events not stored yet", error=fault.code)
            return False
        course.stored(events)
        return told

    async def _end(self, run_id: UUID, status: str, note: str) -> None:
        log.info("playbook ended", subject=str(run_id), status=status)
        for _ in range(END_TRIES):
            try:
                async with self._database.transaction() as connection:
                    if await leases.end(connection, run_id, self._id, status, note):
                        detail = {"status": status}
                        await append(connection, SYSTEM, "playbook.end", f"playbook_run:{run_id}", detail)
            except Fault:
                await asyncio.sleep(LOOK_SECONDS)
            else:
                return


def arguments(taken: Taken, place: Place) -> Sequence[str]:
    """The command that carries it out, made of what is known here; raises ValueError or OSError.

    A row of the database is not believed: who could write one would otherwise run commands on every machine.
    """
    if taken.playbook not in PLAYBOOKS:
        raise ValueError("not a playbook that is run from here")
    if not all(re.fullmatch(MACHINE, name) for name in taken.machines):
        raise ValueError("not the name of a machine or group")
    argv = [*place.program, taken.playbook, "--events"]
    argv += ["--inventory", str(place.folder / INVENTORY), "--artifacts", str(place.state / "runs")]
    argv += ["--playbook-dir", str(place.playbook_dir)]
    if taken.machines:
        argv += ["--limit", ",".join(taken.machines)]
    if taken.playbook in NEED_A_BUNDLE:
        argv += ["--bundle", str(bundle_file(place.folder, taken.bundle)), "--signers", str(place.signers)]
        # A release is installed by its own playbook, once its signature was checked.
        argv += ["--own-playbook", str(place.state / "playbooks")]
    if taken.playbook == "rollback":
        if len(taken.reason) > REASON_MOST or not taken.reason:
            raise ValueError("no reason, or a long one")
        argv += ["-e", f"rollback_reason={plain(taken.reason)}"]
    if taken.playbook == "upgrade":
        argv += ["-e", f"rollout_failures_most={int(taken.failures_most)}"]
    return argv
