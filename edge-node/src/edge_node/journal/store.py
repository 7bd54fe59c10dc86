"""The journal on the node's own JetStream: one stream, one subject an interview, fsync on every write.

A fact's place is guarded by the server: an append names the stream sequence of the interview's last fact, and a
whole append is one atomic batch, so it is there completely or not at all, and of two writers one is refused.
"""

import asyncio
import uuid
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass

from interview_proto import subjects
from nats.aio.client import Client
from nats.errors import Error as NatsError
from nats.js.api import StreamInfo
from nats.js.errors import NotFoundError

from edge_node.core.interview.events import Event, Recorded
from edge_node.journal import codec, metrics, stream
from edge_node.journal.batch import ID_HEADER, Batch, Overtaken, publish
from edge_node.journal.reader import RolledBack, Stored, Tail, digest, fact_at, read
from edge_node.journal.stream import Incarnation
from edge_node.ports.clock import ClockReading
from edge_node.ports.journal import JournalError
from edge_node.telemetry.logs import get_logger
from edge_node.telemetry.machine_clock import read_clock

ATTEMPT_SECONDS = 2.0
EVENTS_MOST = 1000
"""Facts of one append; the server's limit of an atomic batch."""

_TAILS_KEPT = 256

log = get_logger("journal")


@dataclass(frozen=True, slots=True)
class _Tail:
    """An interview's last fact: its number, its stream sequence and the batch it came in."""

    number: int
    sequence: int
    batch: str


class JetStreamJournal:
    """Implements ``ports.journal.Journal``. Starts nothing; the stream is created at first use.

    ``before_write`` is called in front of every write; it must not block.
    """

    def __init__(
        self,
        client: Client,
        node_id: str,
        *,
        timeout_seconds: float = 5.0,
        clock: Callable[[], ClockReading] = read_clock,
        before_write: Callable[[], None] = lambda: None,
    ) -> None:
        self._client = client
        self._node_id = node_id
        self._timeout_seconds = timeout_seconds
        self._clock = clock
        self._before_write = before_write
        self._jetstream = client.jetstream(timeout=timeout_seconds)
        self._incarnation = Incarnation("")
        self._tails: dict[str, _Tail] = {}

    async def append(
        self, interview_id: str, events: Sequence[Event], *, after: int, interview_ms: int
    ) -> list[Recorded]:
        """Keep ``events`` behind fact number ``after``; returns when all are on disk. Raises JournalError.

        conflict: another writer was faster; replay. full: no room on disk. unavailable: not known to be kept;
        the facts may still arrive, and then the next append from the same place meets a conflict.
        """
        if not events:
            return []
        if len(events) > EVENTS_MOST:
            raise ValueError(f"{len(events)} facts in one append; {EVENTS_MOST} at the most")
        try:
            with metrics.append_seconds.time():
                recorded = await self._append(interview_id, events, after, interview_ms)
        except JournalError as error:
            metrics.failed_total.labels(error.code).inc()
            raise
        metrics.facts_total.inc(len(recorded))
        return recorded

    async def _append(
        self, interview_id: str, events: Sequence[Event], after: int, interview_ms: int
    ) -> list[Recorded]:
        tail = self._tails.get(interview_id)
        if tail is None or tail.number != after:
            tail = await self._read_tail(interview_id)
        if tail.number != after:
            raise JournalError("conflict", f"the last fact is number {tail.number}, not {after}")
        clock = self._clock()
        recorded = [
            Recorded(interview_id, after + n, interview_ms, clock.unix_ms, event)
            for n, event in enumerate(events, start=1)
        ]
        sequence = await self._store(interview_id, recorded, tail, clock)
        if len(self._tails) >= _TAILS_KEPT:
            self._tails.clear()
        self._tails[interview_id] = _Tail(after + len(events), sequence, "")
        return recorded

    async def replay(self, interview_id: str) -> list[Recorded]:
        """Every fact of one interview, in order; empty for an unknown one. Raises JournalError."""
        await self.epoch()
        subject = subjects.journal(interview_id)
        facts: list[Recorded] = []
        first = 1
        while page := await read(self._client, subject, first):
            facts.extend(codec.decode(stored.data) for stored in page)
            first = page[-1].sequence + 1
        return facts

    async def interviews(self) -> list[str]:
        """Ids of all interviews with at least one fact. Raises JournalError."""
        info = await self._opened(subjects.JOURNAL_SUBJECTS)
        prefix = len(subjects.journal("x")) - 1
        return sorted(subject[prefix:] for subject in (info.state.subjects or {}))

    async def follow(self) -> AsyncIterator[Recorded]:
        """Facts of all interviews as they are kept, from now on; rides out a restart of the server."""
        last = (await self._opened()).state.last_seq
        before = await fact_at(self._client, last) if last else None
        tail = Tail(self._client, last + 1, None if before is None else digest(before))
        async with tail.awake():
            while True:
                for stored in await self._next(tail):
                    try:
                        yield codec.decode(stored.data)
                    except ValueError as error:
                        log.error("unreadable fact", sequence=stored.sequence, error=str(error))

    async def epoch(self) -> str:
        """Identity of this incarnation of the journal; a re-created one has another. Raises JournalError."""
        return (await self.incarnation()).epoch

    async def incarnation(self) -> Incarnation:
        """Which journal this is, as it was when last looked at. Raises JournalError."""
        if not self._incarnation.epoch:
            await self._opened()
        return self._incarnation

    async def begin_epoch(self, replaced: str) -> None:
        """Go on under a new epoch: the journal known as ``replaced`` lost facts that others have. Raises JournalError.

        Nothing in it changes; what is sent of it from now on is held against what arrived before, fact by fact.
        """
        self._incarnation = stream.incarnation_of(await stream.renew(self._jetstream, replaced))

    async def last_sequence(self) -> int:
        """Stream sequence of the newest fact of all; 0 when there is none. Raises JournalError."""
        return int((await self._opened()).state.last_seq)

    async def _next(self, tail: Tail) -> list[Stored]:
        try:
            return await tail.read(5.0)
        except RolledBack as error:
            log.error("the journal was re-created or rolled back", detail=str(error))
            tail.restart()
        except JournalError as error:
            log.warning("journal not readable", code=error.code)
            await asyncio.sleep(0.5)
        return []

    async def _opened(self, subjects_filter: str | None = None) -> StreamInfo:
        """The stream, created if absent; remembers which it is. Raises JournalError."""
        info = await stream.opened(self._jetstream, subjects_filter=subjects_filter)
        self._incarnation = stream.incarnation_of(info)
        return info

    async def _read_tail(self, interview_id: str) -> _Tail:
        """The interview's last fact as the server knows it; also looks up the epoch again."""
        self._tails.pop(interview_id, None)
        await self._opened()
        try:
            last = await self._jetstream.get_last_msg(subjects.JOURNAL_STREAM, subjects.journal(interview_id))
        except NotFoundError:
            return _Tail(0, 0, "")
        except (NatsError, TimeoutError) as error:
            raise JournalError("unavailable", type(error).__name__) from error
        batch = (last.headers or {}).get(ID_HEADER, "")
        return _Tail(codec.number_of(last.data or b""), last.seq or 0, batch)

    async def _store(self, interview_id: str, recorded: Sequence[Recorded], tail: _Tail, clock: ClockReading) -> int:
        """Publish until it is known what became of it; returns the stream sequence of the last fact."""
        loop = asyncio.get_running_loop()
        deadline = loop.time() + self._timeout_seconds
        batches: set[str] = set()
        while True:
            batch = Batch(uuid.uuid4().hex, self._node_id, self._incarnation.epoch, recorded, tail.sequence, clock)
            batches.add(batch.id)
            self._before_write()
            try:
                wait = min(ATTEMPT_SECONDS, deadline - loop.time())
                return await publish(self._client, batch, timeout_seconds=wait)
            except (NatsError, TimeoutError) as error:
                log.warning("append not acknowledged", error=type(error).__name__)
            except Overtaken:
                pass
            # An earlier attempt may have landed although its acknowledgement did not.
            try:
                now = await self._read_tail(interview_id)
            except JournalError:
                now = tail
            if now.batch in batches:
                return now.sequence
            if now.number != tail.number:
                raise JournalError("conflict", f"the last fact is number {now.number}, not {tail.number}")
            tail = now
            if deadline - loop.time() <= 0.1:
                raise JournalError("unavailable", "the append was not acknowledged in time")
            await asyncio.sleep(0.1)
