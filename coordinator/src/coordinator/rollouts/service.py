"""Announcing releases, and the staged order in which nodes hear of them."""

import asyncio

from coordinator.audit.chain import Detail
from coordinator.audit.repository import SYSTEM, append
from coordinator.db.unit_of_work import Connection, Database
from coordinator.fault import Fault
from coordinator.rollouts import repository
from coordinator.rollouts.schemas import Member, Release, Rollout, Told
from coordinator.rollouts.waves import Done, Open, Stop, decide, waves
from coordinator.telemetry.logs import get_logger

LOOK_SECONDS = 15.0

log = get_logger("rollouts")


class RolloutService:
    """Rollouts, one at a time for the installation."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def announce(self, release: Release, *, failures_most: int, node_minutes: float) -> Rollout:
        """Begin to tell nodes of a release; the canaries first. Raises Fault nobody_pulls, no_canary (422) or
        rollout_going (409).
        """
        async with self._database.transaction() as connection:
            await _advance(connection)
            groups = await repository.pulling(connection)
            if not groups:
                raise Fault("nobody_pulls", "no node was heard of that fetches its releases itself", status=422)
            if "canary" not in groups.values():
                raise Fault("no_canary", "none of the nodes that fetch releases themselves is a canary", status=422)
            rollout_id = await repository.announce(
                connection,
                release,
                failures_most=failures_most,
                node_minutes=node_minutes,
                groups=groups,
                waves=waves(groups),
            )
            if rollout_id is None:
                raise Fault("rollout_going", "another release is on its way to the nodes", status=409)
            detail: Detail = {
                "bundle": release.bundle,
                "version": release.version,
                "nodes": len(groups),
                "failures_most": failures_most,
            }
            await append(connection, SYSTEM, "rollout.announce", f"rollout:{rollout_id}", detail)
            await _advance(connection)
            (rollout,) = await repository.newest(connection)
            return rollout

    async def stop(self, reason: str) -> Rollout:
        """Tell nobody else; who fetches it gives up, who installs it does not. Raises Fault no_rollout (409)."""
        async with self._database.transaction() as connection:
            await _advance(connection)
            rollout = await repository.going(connection)
            if rollout is None:
                raise Fault("no_rollout", "no release is on its way to the nodes", status=409)
            await _end(connection, rollout, "stopped", reason)
            (rollout,) = await repository.newest(connection)
            return rollout

    async def leave(self, node_id: str) -> None:
        """Announce nothing to a node any more; a release on its way to it was not taken. It comes back by asking."""
        async with self._database.transaction() as connection:
            if await repository.leave(connection, node_id):
                await append(connection, SYSTEM, "rollout.leave", f"node:{node_id}", {})
            await _advance(connection)

    async def shown(self) -> tuple[Rollout, list[Member]] | None:
        """The newest rollout and its nodes; None where there never was one."""
        async with self._database.transaction() as connection:
            await _advance(connection)
            found = await repository.newest(connection)
            return (found[0], await repository.members(connection, found[0].rollout_id)) if found else None

    async def kept_bundles(self, most: int) -> set[str]:
        """Bundles of the newest rollouts."""
        async with self._database.transaction() as connection:
            return {rollout.release.bundle for rollout in await repository.newest(connection, most)}

    async def told(self, told: Told) -> Rollout | None:
        """Keep what a node said, and say which release it is to run; None: the one it runs."""
        async with self._database.transaction() as connection:
            await repository.keep_told(connection, told)
            return await repository.wanted(connection, told.node_id)

    async def run(self) -> None:
        """Let deadlines pass also where no node asks, until cancelled."""
        while True:
            try:
                async with self._database.transaction() as connection:
                    await _advance(connection)
            except Fault as fault:
                log.info("rollouts not looked at", code=fault.code)
            await asyncio.sleep(LOOK_SECONDS)


async def _advance(connection: Connection) -> None:
    """Let the rollout that is under way go as far as it can."""
    rollout = await repository.going(connection)
    while rollout is not None:
        await repository.settle_members(connection, rollout.rollout_id)
        members = await repository.members(connection, rollout.rollout_id)
        match decide(members, rollout.failures_most):
            case Open(wave):
                await repository.open_wave(connection, rollout.rollout_id, wave)
                log.info("a wave of nodes is told of the release", release=rollout.release.bundle, wave=wave)
            case Stop(reason):
                return await _end(connection, rollout, "stopped", reason)
            case Done():
                return await _end(connection, rollout, "done", "")
            case None:
                return


async def _end(connection: Connection, rollout: Rollout, status: str, note: str) -> None:
    await repository.end(connection, rollout.rollout_id, status, note)
    await append(connection, SYSTEM, "rollout.end", f"rollout:{rollout.rollout_id}", {"status": status})
    log.info("the rollout ended", release=rollout.release.bundle, status=status)
