"""The hub's stream of batches, one after the other, into the database; acknowledged after the commit."""

import asyncio
import contextlib
import time

import psycopg
from interview_proto import subjects
from nats.aio.client import Client
from nats.aio.msg import Msg
from nats.errors import Error as NatsError
from nats.js.api import AckPolicy, ConsumerConfig, StorageType, StreamConfig
from nats.js.client import JetStreamContext

from coordinator.fault import Fault
from coordinator.ingest.intake import Intake, Outcome
from coordinator.ingest.reading import Read, read_batch
from coordinator.tasks import to_the_end
from coordinator.telemetry import metrics
from coordinator.telemetry.logs import get_logger

FETCH_SECONDS = 1.0
"""A server that dies takes the question with it; asked again soon, another answers."""

LOOK_SECONDS = 30.0
"""Silence after which the consumer is looked for."""

ACK_WAIT_SECONDS = 3.0
"""After this a batch whose reader was killed goes to the next one; a slow reader gets it again and knows it."""

RETRY_FIRST_SECONDS = 0.2
RETRY_MOST_SECONDS = 1.0
KEPT_DAYS = 14
"""The hub is a buffer: what the database holds is no longer needed there, and nodes send again what it lost."""

log = get_logger("ingest")


async def ensure_stream(jetstream: JetStreamContext, *, replicas: int = 1) -> None:
    """Create or update the stream of batches and the consumer that is read. Raises nats errors."""
    stream = StreamConfig(
        name=subjects.EVENTS_STREAM,
        subjects=[subjects.EVENTS_SUBJECTS],
        storage=StorageType.FILE,
        max_age=KEPT_DAYS * 86_400,
        duplicate_window=1,
        num_replicas=replicas,
    )
    try:
        await jetstream.update_stream(stream)
    except NatsError:
        await jetstream.add_stream(stream)
    await jetstream.add_consumer(
        subjects.EVENTS_STREAM,
        ConsumerConfig(
            durable_name=subjects.INGEST_DURABLE,
            ack_policy=AckPolicy.EXPLICIT,
            ack_wait=ACK_WAIT_SECONDS,
            max_ack_pending=64,
        ),
    )


class Consumer:
    """Feeds the intake. A database that is away holds the stream up; nothing is dropped.

    ``replicas`` servers of the hub hold the stream.
    """

    def __init__(self, client: Client, intake: Intake, *, replicas: int = 1) -> None:
        self._client = client
        self._intake = intake
        self._replicas = replicas
        self._ensured = False

    async def prepare(self) -> None:
        """Make the stream ready, so that a takeover need not, as far as the hub answers."""
        try:
            await self._ensure()
        except (NatsError, TimeoutError) as error:
            log.warning("stream not ready yet", error=type(error).__name__)

    async def _ensure(self) -> None:
        await ensure_stream(self._client.jetstream(timeout=5), replicas=self._replicas)
        self._ensured = True

    async def run(self) -> None:
        """Consume for ever; rides out a hub or a database that restarts. Another may have read before."""
        with metrics.reading.track_inprogress():
            await self._read()

    async def _read(self) -> None:
        retry_seconds = RETRY_FIRST_SECONDS
        while True:
            try:
                if not self._ensured:
                    await self._ensure()
                jetstream = self._client.jetstream(timeout=5)
                subscription = await jetstream.pull_subscribe_bind(
                    subjects.INGEST_DURABLE, stream=subjects.EVENTS_STREAM
                )
                try:
                    await self._consume(subscription)
                finally:
                    with contextlib.suppress(NatsError):
                        await subscription.unsubscribe()
            except (NatsError, TimeoutError) as error:
                log.warning("stream not readable", error=type(error).__name__)
                self._ensured = isinstance(error, TimeoutError) and self._ensured
                await asyncio.sleep(retry_seconds)
                retry_seconds = min(retry_seconds * 2, RETRY_MOST_SECONDS)
            else:
                retry_seconds = RETRY_FIRST_SECONDS

    async def _consume(self, subscription: JetStreamContext.PullSubscription) -> None:
        idle_seconds = 0.0
        # One message ahead: it is fetched and read while the one before it is stored.
        coming = asyncio.create_task(self._next(subscription), name="next batch")
        try:
            while True:
                await asyncio.wait({coming})
                arrived = coming.result()
                coming = asyncio.create_task(self._next(subscription), name="next batch")
                if arrived:
                    idle_seconds = 0.0
                    await self._take(*arrived)
                    continue
                idle_seconds += FETCH_SECONDS
                if idle_seconds >= LOOK_SECONDS:
                    idle_seconds = 0.0
                    # Raises when the consumer is gone, so that it is made again.
                    await subscription.consumer_info()
        finally:
            # Waited out, not cancelled: what the hub has sent by then would be nobody's until the wait for its
            # acknowledgement is over.
            await to_the_end(_hand_back_ahead(coming))

    async def _next(self, subscription: JetStreamContext.PullSubscription) -> tuple[Msg, Read] | None:
        try:
            (message,) = await subscription.fetch(1, timeout=FETCH_SECONDS)
        except TimeoutError:
            return None
        try:
            return message, await read_batch(_node_of(message), message.data)
        except asyncio.CancelledError:
            await _hand_back(message)
            raise

    async def _take(self, message: Msg, read: Read) -> None:
        try:
            outcome = await self._stored(message, read)
        except asyncio.CancelledError:
            await _hand_back(message)
            raise
        await message.ack()
        metrics.waited_seconds.observe(_waited_ms(message) / 1000)
        _count(_node_of(message), outcome)
        for interview_id in outcome.changed:
            await self._client.publish(subjects.interview_changed(str(interview_id)), b"")

    async def _stored(self, message: Msg, read: Read) -> Outcome:
        """What became of a batch once the database took it."""
        retry_seconds = RETRY_FIRST_SECONDS
        while True:
            try:
                return await self._intake.store(read, waited_ms=_waited_ms(message))
            except (Fault, psycopg.OperationalError) as error:
                log.warning("database not writable", error=type(error).__name__)
                await asyncio.sleep(retry_seconds)
                retry_seconds = min(retry_seconds * 2, RETRY_MOST_SECONDS)
                await message.in_progress()


async def _hand_back_ahead(coming: asyncio.Task[tuple[Msg, Read] | None]) -> None:
    (ahead,) = await asyncio.gather(coming, return_exceptions=True)
    if isinstance(ahead, tuple):
        await _hand_back(ahead[0])


async def _hand_back(message: Msg) -> None:
    """Let the next reader, here or elsewhere, have a message at once and in its place."""
    with contextlib.suppress(NatsError):
        await message.nak()


def _node_of(message: Msg) -> str:
    return message.subject.split(".")[1]


def _waited_ms(message: Msg) -> int:
    """How long a message has been at the hub."""
    return max(round((time.time() - message.metadata.timestamp.timestamp()) * 1000), 0)


def _count(node_id: str, outcome: Outcome) -> None:
    for result, number in (("kept", outcome.kept), ("known", outcome.known), ("dead", outcome.dead)):
        if number:
            metrics.facts_total.labels(node_id, result).inc(number)
    if outcome.gap:
        metrics.gaps_total.labels(node_id).inc()
