"""What a monitor sees of nodes, dead letters and the stream: looked up again every few seconds."""

import asyncio

import psycopg
from interview_proto import subjects
from nats.aio.client import Client
from nats.errors import Error as NatsError

from coordinator.db.unit_of_work import Database
from coordinator.fault import Fault
from coordinator.ingest import repository
from coordinator.telemetry import metrics
from coordinator.telemetry.logs import get_logger

EVERY_SECONDS = 5.0
TIMEOUT_SECONDS = 2.0

log = get_logger("figures")


class Figures:
    """Keeps the gauges of :mod:`telemetry.metrics` that nobody counts up."""

    def __init__(self, client: Client, database: Database) -> None:
        self._client = client
        self._database = database

    async def run(self) -> None:
        """Look for ever; what cannot be looked up keeps its last figure."""
        while True:
            try:
                await self.look()
            except (Fault, psycopg.Error, NatsError, TimeoutError) as error:
                log.info("figures not looked up", error=type(error).__name__)
            await asyncio.sleep(EVERY_SECONDS)

    async def look(self) -> None:
        """Look once. Raises Fault, psycopg.Error, nats errors, TimeoutError."""
        async with self._database.transaction() as connection:
            nodes = await repository.node_figures(connection)
            letters = await repository.open_dead_letters(connection)
        metrics.dead_letters_open.set(letters)
        for node in nodes:
            name = node["node_id"]
            metrics.node_silent_seconds.labels(name).set(float(node["silent_seconds"]))
            metrics.node_clock_skew_seconds.labels(name).set(node["clock_skew_ms"] / 1000)
            if node["committed_sequence"] is not None:
                metrics.node_position.labels(name).set(node["committed_sequence"])
                metrics.node_position_age_seconds.labels(name).set(float(node["position_age_seconds"]))
        jetstream = self._client.jetstream(timeout=TIMEOUT_SECONDS)
        consumer = await jetstream.consumer_info(subjects.EVENTS_STREAM, subjects.INGEST_DURABLE)
        metrics.pending_batches.set((consumer.num_pending or 0) + (consumer.num_ack_pending or 0))
