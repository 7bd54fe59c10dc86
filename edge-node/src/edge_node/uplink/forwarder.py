"""Journal -> hub: one batch in flight, from the position the coordinator has committed.

The coordinator's database is the only memory of what has arrived. The forwarder keeps none: it asks, sends what
comes next, and goes back when the coordinator stays behind (its server lost a tail, or it refused a gap). It also
looks whether the fact at that position is still the one the coordinator got: a journal that lost its end gives the
same sequences to other facts. Such a journal goes on under a new epoch and is sent again from its first fact; the
coordinator keeps what is new, drops what it has, and files what contradicts it.
"""

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from interview_proto import subjects
from nats.aio.client import Client
from nats.errors import Error as NatsError

from edge_node.journal.reader import RolledBack, Stored, Tail, digest, fact_at, read
from edge_node.journal.store import JetStreamJournal
from edge_node.journal.stream import Incarnation
from edge_node.ports.journal import JournalError
from edge_node.telemetry.logs import get_logger
from edge_node.telemetry.machine_clock import read_clock
from edge_node.uplink import codec
from edge_node.uplink.back_off import BackOff

CHECK_SECONDS = 2.0
"""Time between two questions for the position."""

PUBLISH_TIMEOUT_SECONDS = 3.0
POSITION_TIMEOUT_SECONDS = 2.0
BACK_OFF_FIRST_SECONDS = 0.2
BACK_OFF_MOST_SECONDS = 3.0
BEHIND_CHECKS = 2
"""Checks in a row at which the coordinator may stand still behind what was sent before it is sent again."""

log = get_logger("forwarder")


class LinkDown(Exception):
    """The hub or the coordinator did not answer."""


class _Restart(Exception):
    """Ask for the position again and start over from there."""


@dataclass(slots=True)
class Figures:
    """How far the record is. Sequences are the journal's; ages are seconds."""

    last_sequence: int = 0
    sent_sequence: int = 0
    committed_sequence: int = 0
    oldest_unsent_seconds: float = 0.0
    link_up: bool = False
    rewinds: int = 0
    rolled_back: bool = False
    """This journal lost facts the coordinator has, and is not wholly sent again yet."""

    @property
    def lag(self) -> int:
        """Facts the coordinator has not committed."""
        return max(self.last_sequence - self.committed_sequence, 0)


def _age_seconds(stored: Stored, now: float) -> float:
    try:
        at = datetime.fromisoformat(stored.stored_at[:26].rstrip("Z") + "+00:00").timestamp()
    except ValueError:
        return 0.0
    return max(now - at, 0.0)


class Forwarder:
    """Reads with ``local``, sends with ``link`` (both connected to the node's own server)."""

    def __init__(
        self,
        local: Client,
        link: Client,
        journal: JetStreamJournal,
        node_id: str,
        *,
        check_seconds: float = CHECK_SECONDS,
        now: Callable[[], float] = time.time,
    ) -> None:
        self._local = local
        self._link = link
        self._hub = link.jetstream(timeout=PUBLISH_TIMEOUT_SECONDS)
        self._journal = journal
        self._node_id = node_id
        self._check_seconds = check_seconds
        self._now = now
        self._back_off = BackOff(BACK_OFF_FIRST_SECONDS, BACK_OFF_MOST_SECONDS)
        self.figures = Figures()

    async def run(self) -> None:
        """Forward for ever; rides out a lost link, a restarted server and a re-created journal."""
        while True:
            try:
                await self._forward()
            except _Restart:
                continue
            except LinkDown as error:
                self._note_down(str(error))
                await self._note_backlog()
            except JournalError as error:
                log.warning("journal not readable", code=error.code)
            except (NatsError, TimeoutError) as error:
                log.warning("forwarding interrupted", error=type(error).__name__)
            await self._back_off.wait()

    async def _forward(self) -> None:
        await self._journal.last_sequence()
        journal = await self._journal.incarnation()
        try:
            await self._forward_one(journal)
        except RolledBack as error:
            await self._journal.last_sequence()
            if (await self._journal.incarnation()).epoch == journal.epoch:
                log.error("the journal lost facts the coordinator has", detail=str(error))
                self.figures.rolled_back = True
                await self._journal.begin_epoch(journal.epoch)
            else:
                log.warning("the journal was re-created")
            raise _Restart from None

    async def _forward_one(self, journal: Incarnation) -> None:
        """Forward one incarnation of the journal; raises RolledBack when it is found to have lost its end."""
        position = await self._check(journal)
        self.figures.sent_sequence = position.sequence
        log.info("forwarding", first=position.sequence + 1, last=self.figures.last_sequence)
        tail = Tail(self._local, position.sequence + 1, position.digest or None)
        loop = asyncio.get_running_loop()
        next_check = loop.time() + self._check_seconds
        behind = 0
        async with tail.awake():
            while True:
                batch = await tail.read(max(next_check - loop.time(), 0.0))
                if batch:
                    await self._send(journal, batch)
                if loop.time() < next_check:
                    continue
                next_check = loop.time() + self._check_seconds
                before = self.figures.committed_sequence
                committed = (await self._check(journal)).sequence
                stuck = committed <= before and committed < self.figures.sent_sequence
                behind = behind + 1 if stuck else 0
                if behind >= BEHIND_CHECKS:
                    self.figures.rewinds += 1
                    log.warning("sending again", sent=self.figures.sent_sequence, committed=committed)
                    raise _Restart

    async def _check(self, journal: Incarnation) -> codec.Position:
        """Where the coordinator is; raises RolledBack when it has another fact there than the journal."""
        last = await self._journal.last_sequence()
        if (await self._journal.incarnation()).epoch != journal.epoch:
            log.warning("the journal was re-created")
            raise _Restart
        position = await self._position(journal)
        self._see(last, position.sequence)
        if position.sequence:
            here = await fact_at(self._local, position.sequence)
            if here is None or (position.digest and digest(here) != position.digest):
                raise RolledBack(f"the coordinator has another fact at {position.sequence}")
        return position

    def _see(self, last: int, committed: int) -> None:
        figures = self.figures
        figures.last_sequence = last
        figures.committed_sequence = committed
        figures.rolled_back = figures.rolled_back and committed < last

    async def _position(self, journal: Incarnation) -> codec.Position:
        """How far the coordinator has this journal; raises LinkDown."""
        request = codec.encode_position_request(self._node_id, journal.epoch, journal.replaces)
        try:
            reply = await self._link.request(
                subjects.position_request(self._node_id), request, timeout=POSITION_TIMEOUT_SECONDS
            )
            position = codec.decode_position_reply(reply.data)
        except (NatsError, TimeoutError, ValueError) as error:
            raise LinkDown(f"position: {type(error).__name__}") from error
        self._note_up()
        return position

    async def _send(self, journal: Incarnation, batch: list[Stored]) -> None:
        """Send one batch until the hub has it on disk."""
        envelopes = [stored.data for stored in batch]
        while True:
            self.figures.oldest_unsent_seconds = _age_seconds(batch[0], self._now())
            # Made anew at each try: how long its facts lay here is read from when it was sent.
            body = codec.encode_batch(
                self._node_id,
                journal.epoch,
                batch[0].sequence,
                envelopes,
                read_clock(),
                replaces_epoch=journal.replaces,
            )
            try:
                # Without a message id: sending again after a rewind must not be taken for a duplicate.
                ack = await self._hub.publish(subjects.event_batch(self._node_id), body)
            except (NatsError, TimeoutError) as error:
                self._note_down(f"publish: {type(error).__name__}")
                self.figures.last_sequence = max(self.figures.last_sequence, batch[-1].sequence)
                await self._back_off.wait()
                continue
            if ack.domain != subjects.HUB_DOMAIN or ack.stream != subjects.EVENTS_STREAM:
                raise LinkDown(f"batch acknowledged by {ack.stream!r} in domain {ack.domain!r}")
            self._note_up()
            self.figures.sent_sequence = batch[-1].sequence
            self.figures.oldest_unsent_seconds = 0.0
            return

    async def _note_backlog(self) -> None:
        """With nobody to ask, say at least how much waits here and how long."""
        figures = self.figures
        try:
            figures.last_sequence = await self._journal.last_sequence()
            unsent = await read(
                self._local, subjects.JOURNAL_SUBJECTS, max(figures.sent_sequence, figures.committed_sequence) + 1, 1
            )
        except JournalError:
            return
        figures.oldest_unsent_seconds = _age_seconds(unsent[0], self._now()) if unsent else 0.0

    def _note_up(self) -> None:
        self._back_off.reset()
        if not self.figures.link_up:
            log.info("link up")
        self.figures.link_up = True

    def _note_down(self, reason: str) -> None:
        if self.figures.link_up:
            log.warning("link down", reason=reason)
        self.figures.link_up = False
