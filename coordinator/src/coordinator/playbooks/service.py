"""Starting, watching and cancelling runs. Who may start what was checked at the door; here, whether it makes sense."""

import asyncio
from collections.abc import AsyncIterator
from uuid import UUID

from coordinator.audit.chain import Detail
from coordinator.audit.repository import SYSTEM, Actor, append
from coordinator.auth.tokens import Caller
from coordinator.db.unit_of_work import Connection, Database
from coordinator.fault import Fault
from coordinator.playbooks import repository
from coordinator.playbooks.schemas import NEED_A_BUNDLE, NewRun, Offers, PlaybookDesk, Run

LOOK_SECONDS = 1.0
"""The runner has no way to the hub, so a live view looks at the rows."""

OPEN = ("waiting", "running")


class PlaybookService:
    """Runs of playbooks, one at a time for the installation."""

    def __init__(self, database: Database, *, switched_on: bool = False) -> None:
        self._database = database
        self._switched_on = switched_on

    async def desk(self) -> PlaybookDesk:
        """What the runner offers, and the newest runs."""
        async with self._database.transaction() as connection:
            await _settle(connection)
            online, seen_at, offers = await repository.runner(connection)
            runs = await repository.runs(connection)
        return PlaybookDesk(
            switched_on=self._switched_on or seen_at is not None or bool(runs),
            runner_online=online,
            runner_seen_at=seen_at,
            offers=offers,
            runs=runs,
        )

    async def run(self, run_id: UUID) -> Run:
        """One run. Raises Fault playbook_run_unknown (404)."""
        async with self._database.transaction() as connection:
            await _settle(connection)
            return await _run(connection, run_id)

    async def start(self, new: NewRun, caller: Caller) -> Run:
        """Put a run down for the runner. Raises Fault runner_unavailable (503), playbook_running (409),
        machine_unknown, bundle_unknown or reason_missing (422)."""
        async with self._database.transaction() as connection:
            await _settle(connection)
            online, _, offers = await repository.runner(connection)
            if not online:
                raise Fault("runner_unavailable", "no runner of playbooks was heard of lately", status=503)
            version = _fits(new, offers)
            run_id = await repository.start(connection, new, version, caller.account_id)
            if run_id is None:
                raise Fault("playbook_running", "another playbook is under way", status=409)
            actor = Actor(str(caller.account_id), caller.role.value)
            # The reason is somebody's own words, so it stays with the run.
            detail: Detail = {
                "playbook": new.playbook,
                "machines": ",".join(new.machines),
                "bundle": new.bundle,
                "failures_most": new.failures_most,
            }
            await append(connection, actor, "playbook.start", f"playbook_run:{run_id}", detail)
            return await _run(connection, run_id)

    async def cancel(self, run_id: UUID, caller: Caller) -> Run:
        """Tell it to stop. Raises Fault playbook_run_unknown (404) or playbook_ended (409)."""
        async with self._database.transaction() as connection:
            await _settle(connection)
            await _run(connection, run_id)
            if not await repository.cancel(connection, run_id):
                raise Fault("playbook_ended", "it has ended already", status=409)
            actor = Actor(str(caller.account_id), caller.role.value)
            await append(connection, actor, "playbook.cancel", f"playbook_run:{run_id}", {})
            return await _run(connection, run_id)

    async def changes(self, run_id: UUID, *, within_seconds: float) -> AsyncIterator[Run | None]:
        """The run now and after each change until it has ended; None when nothing changed for ``within_seconds``."""
        loop = asyncio.get_running_loop()
        shown, told_at = None, loop.time()
        while True:
            now = await self.run(run_id)
            if now != shown:
                shown, told_at = now, loop.time()
                yield now
            elif loop.time() - told_at >= within_seconds:
                told_at = loop.time()
                yield None
            if now.status not in OPEN:
                return
            await asyncio.sleep(LOOK_SECONDS)


def _fits(new: NewRun, offers: Offers) -> str:
    """The version of the bundle; raises Fault where the runner could not do it."""
    known = {name for machine in offers.machines for name in (machine.name, *machine.groups)}
    unknown = sorted(set(new.machines) - known)
    if unknown or not known:
        raise Fault(
            "machine_unknown",
            "the runner's inventory has no such machine or group",
            status=422,
            details=[{"machine": name} for name in unknown[:20]],
        )
    if new.playbook == "rollback" and not new.reason:
        raise Fault("reason_missing", "say why nodes go back; the fleet page shows it", status=422)
    if new.playbook not in NEED_A_BUNDLE:
        return ""
    for bundle in offers.bundles:
        if bundle.id == new.bundle:
            return bundle.version
    raise Fault("bundle_unknown", "the runner has no such release", status=422)


async def _settle(connection: Connection) -> None:
    for run_id, status in await repository.settle_overdue(connection):
        await append(connection, SYSTEM, "playbook.end", f"playbook_run:{run_id}", {"status": status})


async def _run(connection: Connection, run_id: UUID) -> Run:
    found = await repository.run(connection, run_id)
    if found is None:
        raise Fault("playbook_run_unknown", "there is no such run", status=404)
    return found
