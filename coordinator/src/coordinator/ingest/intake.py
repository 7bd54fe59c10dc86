"""One batch, one transaction: facts, what is read from them, and the position, or nothing of it."""

import re
from dataclasses import dataclass, field
from uuid import UUID

import psycopg

from coordinator.db.unit_of_work import Connection, Database
from coordinator.ingest import repository
from coordinator.ingest.codec import Batch, Incoming, Unreadable, decode_batch, decode_fact
from coordinator.ingest.handlers import HANDLERS
from coordinator.telemetry.logs import get_logger

NODE_ID = re.compile(r"^[a-z0-9][a-z0-9-]{0,62}$")
EPOCH = re.compile(r"^[A-Za-z0-9_-]{1,64}$")

log = get_logger("ingest")


@dataclass(slots=True)
class Outcome:
    """What became of a batch."""

    kept: int = 0
    known: int = 0
    dead: int = 0
    gap: bool = False
    """The batch begins behind the next wanted sequence; nothing was kept and the node will send again."""

    waited_ms: int = 0
    """How long the batch lay at the hub."""

    changed: set[UUID] = field(default_factory=set)
    """Interviews with new facts."""


class Intake:
    """Takes in batches. Safe with several at work: the position's row is held for the transaction."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def position(self, node_id: str, journal_epoch: str) -> int:
        """Last committed sequence of one journal; 0 before the first."""
        async with self._database.transaction() as connection:
            return await repository.position(connection, node_id, journal_epoch)

    async def take(self, node_id: str, raw: bytes, *, waited_ms: int = 0) -> Outcome:
        """Take in the message of ``node_id`` (as its subject says). Raises Fault or psycopg.OperationalError.

        ``waited_ms`` is how long it lay at the hub.

        What cannot be read is filed as a dead letter. A bad fact inside a good batch does not hold up those behind
        it; a message that is no batch of this node moves no position.
        """
        try:
            batch = decode_batch(raw)
            if batch.node_id != node_id or not NODE_ID.match(node_id):
                raise Unreadable("wrong_node", f"the batch says {batch.node_id!r}")
            if not EPOCH.match(batch.journal_epoch):
                raise Unreadable("wrong_epoch")
        except Unreadable as error:
            log.error("unreadable batch", node_id=node_id, reason=error.reason)
            async with self._database.transaction() as connection:
                await repository.bury(
                    connection,
                    node_id=node_id,
                    journal_epoch="",
                    sequence=0,
                    reason=error.reason,
                    detail=error.detail,
                    raw=raw,
                )
            return Outcome(dead=1)
        async with self._database.transaction() as connection:
            return await self._take(connection, batch, waited_ms)

    async def _take(self, connection: Connection, batch: Batch, waited_ms: int) -> Outcome:
        outcome = Outcome(waited_ms=waited_ms)
        await repository.meet_node(connection, batch.node_id)
        position = await repository.locked_position(connection, batch.node_id, batch.journal_epoch)
        if batch.first_sequence > position + 1:
            log.warning("gap refused", node_id=batch.node_id, wanted=position + 1, got=batch.first_sequence)
            outcome.gap = True
            return outcome
        for incoming in batch.envelopes:
            if incoming.sequence <= position:
                outcome.known += 1
            else:
                await self._take_one(connection, batch, incoming, outcome)
        if batch.last_sequence > position:
            await repository.advance(connection, batch.node_id, batch.journal_epoch, batch.last_sequence)
        return outcome

    async def _take_one(self, connection: Connection, batch: Batch, incoming: Incoming, outcome: Outcome) -> None:
        try:
            async with connection.transaction():
                changed = await _keep(connection, batch, incoming, outcome.waited_ms)
        except (psycopg.IntegrityError, psycopg.DataError) as error:
            # The constraint's name tells what was wrong; the message would quote what was said.
            constraint = error.diag.constraint_name or ""
            reason = "unknown_interview" if constraint == "event_interview_id_fkey" else "does_not_fit"
            detail = f"{type(error).__name__} {constraint}".strip()
        except Unreadable as error:
            reason, detail = error.reason, error.detail
        else:
            if changed is None:
                outcome.known += 1
            else:
                outcome.kept += 1
                outcome.changed.add(changed)
            return
        log.error("dead letter", node_id=batch.node_id, sequence=incoming.sequence, reason=reason, detail=detail)
        outcome.dead += 1
        await repository.bury(
            connection,
            node_id=batch.node_id,
            journal_epoch=batch.journal_epoch,
            sequence=incoming.sequence,
            reason=reason,
            detail=detail,
            raw=incoming.raw,
        )


async def _keep(connection: Connection, batch: Batch, incoming: Incoming, waited_ms: int) -> UUID | None:
    """Store one fact and what is read from it; None when it is known. Raises Unreadable, psycopg.Error."""
    fact = decode_fact(incoming.raw)
    if (fact.node_id, fact.journal_epoch) != (batch.node_id, batch.journal_epoch):
        raise Unreadable("wrong_journal", f"node {fact.node_id!r}, epoch {fact.journal_epoch!r}")
    try:
        interview_id = UUID(fact.interview_id)
    except ValueError:
        raise Unreadable("unknown_interview", "the interview id is no UUID") from None
    if not await repository.keep_fact(connection, fact, interview_id, incoming, waited_ms):
        return None
    try:
        await HANDLERS[fact.kind](connection, interview_id, fact)
    except KeyError as error:
        raise Unreadable("unknown_fact", f"{fact.kind}: {error}") from error
    return interview_id
