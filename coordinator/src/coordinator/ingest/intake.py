"""One batch, one transaction: facts, what is read from them, and the position, or nothing of it."""

from collections.abc import Awaitable, Callable, Collection, Sequence
from dataclasses import dataclass, field
from uuid import UUID

import psycopg

from coordinator.db.unit_of_work import Connection, Database
from coordinator.ingest import position_repository, projection_repository, repository
from coordinator.ingest.codec import Batch, same_fact
from coordinator.ingest.position_repository import Found, Position
from coordinator.ingest.reading import NoBatch, Read, read_batch
from coordinator.ingest.sorting import Bad, Placed, Sorted
from coordinator.telemetry.logs import get_logger

DOES_NOT_FIT = (psycopg.IntegrityError, psycopg.DataError, psycopg.errors.ProgramLimitExceeded)
"""What Postgres says of a fact that it will never take, however often it is asked."""

log = get_logger("ingest")


@dataclass(slots=True)
class Outcome:
    """What became of a batch."""

    kept: int = 0
    known: int = 0
    dead: int = 0
    gap: bool = False
    """The batch does not join what is there; nothing was kept and the node will ask for the position again."""

    waited_ms: int = 0
    """How long the batch lay at the hub."""

    changed: set[UUID] = field(default_factory=set)
    """Interviews with new facts."""


Keep = Callable[[Connection, Batch, Sorted, Outcome], Awaitable[None]]


class Intake:
    """Takes in batches. Safe with several at work: the position's row is held for the transaction."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def position(self, node_id: str, journal_epoch: str) -> int:
        """Last committed sequence of one journal; 0 before the first."""
        async with self._database.transaction() as connection:
            found = await position_repository.position(connection, node_id, journal_epoch)
        return found.sequence if found else 0

    async def meet(self, node_id: str, journal_epoch: str, replaces_epoch: str) -> Position:
        """The position of a journal, which becomes known with this; a node's further journal is noted as an incident.

        Raises Fault.
        """
        async with self._database.transaction() as connection:
            found = await position_repository.position(connection, node_id, journal_epoch)
            if found is None:
                found = (await _locked(connection, node_id, journal_epoch, replaces_epoch)).position
            return found

    async def take(self, node_id: str, raw: bytes, *, waited_ms: int = 0) -> Outcome:
        """Read the message of ``node_id`` (as its subject says) and store it; raises as :meth:`store`."""
        return await self.store(await read_batch(node_id, raw), waited_ms=waited_ms)

    async def store(self, read: Read, *, waited_ms: int = 0) -> Outcome:
        """Take in a message that was read; it lay at the hub for ``waited_ms``. Raises Fault, psycopg.OperationalError.

        What cannot be read is filed as a dead letter. A bad fact inside a good batch does not hold up those behind
        it; a message that is no batch of this node moves no position.
        """
        if isinstance(read, NoBatch):
            log.error("unreadable batch", node_id=read.node_id, reason=read.reason)
            async with self._database.transaction() as connection:
                await repository.bury(
                    connection,
                    node_id=read.node_id,
                    journal_epoch="",
                    sequence=0,
                    reason=read.reason,
                    detail=read.detail,
                    raw=read.raw,
                )
            return Outcome(dead=1)
        batch, facts = read.batch, read.facts
        try:
            async with self._database.pipelined() as connection:
                return await _take(connection, batch, facts, waited_ms, _keep_together)
        except DOES_NOT_FIT:
            async with self._database.transaction() as connection:
                return await _take(connection, batch, facts, waited_ms, _keep_apart)


async def _locked(
    connection: Connection, node_id: str, journal_epoch: str, replaces_epoch: str, interviews: Collection[UUID] = ()
) -> Found:
    """The position, held for this transaction; notes an incident when the node had another journal before."""
    found = await position_repository.locked(connection, node_id, journal_epoch, interviews)
    earlier = await position_repository.earlier_journals(connection, node_id, journal_epoch) if found.first else []
    if earlier:
        code = position_repository.JOURNAL_ROLLED_BACK if replaces_epoch else position_repository.JOURNAL_RECREATED
        log.error("another journal of a known node", node_id=node_id, code=code)
        await position_repository.note_incident(connection, node_id, journal_epoch, code, earlier)
    return found


async def _take(connection: Connection, batch: Batch, facts: Sorted, waited_ms: int, keep: Keep) -> Outcome:
    interviews = {placed.interview_id for placed in facts.good}
    found = await _locked(connection, batch.node_id, batch.journal_epoch, batch.replaces_epoch, interviews)
    position = found.position.sequence
    if batch.first_sequence > position + 1:
        log.warning("gap refused", node_id=batch.node_id, wanted=position + 1, got=batch.first_sequence)
        return Outcome(gap=True)
    known = max(min(position, batch.last_sequence) - batch.first_sequence + 1, 0)
    outcome = Outcome(known=known, waited_ms=waited_ms)
    if known and not await _says_the_same(connection, batch, known):
        log.error("sequences used again", node_id=batch.node_id, first=batch.first_sequence)
        await position_repository.note_incident(
            connection, batch.node_id, batch.journal_epoch, position_repository.JOURNAL_REUSED
        )
        return Outcome(gap=True)
    if batch.last_sequence > position:
        fresh = facts.behind(position).of_interviews(found.interviews)
        await keep(connection, batch, fresh, outcome)
        await _bury(connection, batch, fresh.bad, outcome)
    return outcome


async def _says_the_same(connection: Connection, batch: Batch, count: int) -> bool:
    """Whether the batch's first ``count`` facts are those stored at their sequences; dead letters are not compared."""
    last = batch.first_sequence + count - 1
    stored = await repository.envelopes_at(connection, batch.node_id, batch.journal_epoch, batch.first_sequence, last)
    return all(
        same_fact(stored[incoming.sequence], incoming.raw)
        for incoming in batch.envelopes[:count]
        if incoming.sequence in stored
    )


async def _keep_together(connection: Connection, batch: Batch, facts: Sorted, outcome: Outcome) -> None:
    """Keep the good facts, all at once, as is usual, and move the position.

    Raises psycopg.IntegrityError or DataError, in a pipeline later, when one does not fit what is there.
    """
    await repository.keep_facts(connection, batch, facts.good, outcome.waited_ms)
    await projection_repository.write(connection, (write for placed in facts.good for write in placed.writes))
    await position_repository.advance(connection, batch)
    outcome.kept += len(facts.good)
    outcome.changed.update(placed.interview_id for placed in facts.good)


async def _keep_apart(connection: Connection, batch: Batch, facts: Sorted, outcome: Outcome) -> None:
    """Keep what can be kept of the good facts, move the position; what cannot is added to the bad ones.

    Facts that came before under another sequence (of a journal sent again under a new epoch) are left out first.
    """
    fresh = await _without_known(connection, facts, outcome)
    try:
        async with connection.transaction():
            await _keep_together(connection, batch, fresh, outcome)
    except DOES_NOT_FIT:
        for placed in fresh.good:
            await _keep_one(connection, batch, placed, facts, outcome)
        await position_repository.advance(connection, batch)


async def _without_known(connection: Connection, facts: Sorted, outcome: Outcome) -> Sorted:
    """The facts that are not stored yet; one in whose name another is stored is added to the bad of ``facts``."""
    stored = await repository.envelopes_of(connection, [placed.fact.event_id for placed in facts.good])
    fresh = Sorted()
    for placed in facts.good:
        before = stored.get(placed.fact.event_id)
        if before is None:
            fresh.good.append(placed)
        elif same_fact(before, placed.incoming.raw):
            outcome.known += 1
        else:
            facts.bad.append(Bad(placed.incoming, "another_fact", "a different fact of this id is stored"))
    return fresh


async def _keep_one(connection: Connection, batch: Batch, placed: Placed, facts: Sorted, outcome: Outcome) -> None:
    try:
        async with connection.transaction():
            await repository.keep_facts(connection, batch, [placed], outcome.waited_ms)
            await projection_repository.write(connection, placed.writes)
    except DOES_NOT_FIT as error:
        # The constraint's name tells what was wrong; the message would quote what was said.
        constraint = error.diag.constraint_name or ""
        if constraint == repository.ID_TAKEN:
            # Twice in one batch.
            await _without_known(connection, Sorted([placed], facts.bad), outcome)
            return
        reason = "another_fact" if constraint == repository.PLACE_TAKEN else "does_not_fit"
        facts.bad.append(Bad(placed.incoming, reason, f"{type(error).__name__} {constraint}".strip()))
        return
    outcome.kept += 1
    outcome.changed.add(placed.interview_id)


async def _bury(connection: Connection, batch: Batch, bad: Sequence[Bad], outcome: Outcome) -> None:
    for one in sorted(bad, key=lambda one: one.incoming.sequence):
        sequence, reason = one.incoming.sequence, one.reason
        log.error("dead letter", node_id=batch.node_id, sequence=sequence, reason=reason, detail=one.detail)
        outcome.dead += 1
        await repository.bury(
            connection,
            node_id=batch.node_id,
            journal_epoch=batch.journal_epoch,
            sequence=sequence,
            reason=reason,
            detail=one.detail,
            raw=one.incoming.raw,
        )
