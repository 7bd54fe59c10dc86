"""What a monitor sees of nodes, dead letters and the stream: looked up again every few seconds."""

import asyncio
import re
from collections.abc import Iterator
from typing import Any

import psycopg
from interview_proto import subjects
from nats.aio.client import Client
from nats.errors import Error as NatsError
from prometheus_client import Gauge

from coordinator.db.unit_of_work import Database
from coordinator.fault import Fault
from coordinator.ingest import repository
from coordinator.telemetry import metrics
from coordinator.telemetry.logs import get_logger

EVERY_SECONDS = 5.0
TIMEOUT_SECONDS = 2.0
STATUSES = ("scheduled", "open", "running", "closed", "reviewed")
PROBLEMS_MOST = 20
"""Labels one node may cause; a node that names more is broken."""

_CODE = re.compile(r"[a-z][a-z0-9_]{0,63}")
_VERSION = re.compile(r"[0-9A-Za-z.+-]{0,40}")
"""A node may say anything; what is no code becomes no label."""

Told = tuple[Gauge, tuple[str, ...]]
"""A figure with its labels."""

log = get_logger("figures")


class Figures:
    """Keeps the gauges of :mod:`telemetry.metrics` that nobody counts up."""

    def __init__(self, client: Client, database: Database) -> None:
        self._client = client
        self._database = database
        self._told: set[Told] = set()

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
            stopped = await repository.rollout_stopped(connection)
            interviews, review_waits = await repository.interview_figures(connection)
        metrics.dead_letters_open.set(letters)
        metrics.rollout_stopped.set(stopped)
        for status in STATUSES:
            metrics.interviews.labels(status).set(interviews.get(status, 0))
        metrics.review_waits_seconds.set(review_waits)
        told = {figure for node in nodes for figure in _of_node(node)}
        for gauge, labels in self._told - told:
            gauge.remove(*labels)
        self._told = told
        jetstream = self._client.jetstream(timeout=TIMEOUT_SECONDS)
        consumer = await jetstream.consumer_info(subjects.EVENTS_STREAM, subjects.INGEST_DURABLE)
        metrics.pending_batches.set((consumer.num_pending or 0) + (consumer.num_ack_pending or 0))
        metrics.looked_at.set_to_current_time()


def _of_node(node: dict[str, Any]) -> Iterator[Told]:
    """Set a node's figures, and say which they are."""
    name = node["node_id"]
    figures: list[tuple[Gauge, tuple[str, ...], Any]] = [
        (metrics.node_silent_seconds, (name,), node["silent_seconds"]),
        (metrics.node_clock_skew_seconds, (name,), node["clock_skew_ms"] / 1000),
        (metrics.node_position, (name,), node["committed_sequence"]),
        (metrics.node_position_age_seconds, (name,), node["position_age_seconds"]),
        (metrics.node_credentials_end, (name,), node["credentials_end"]),
        (metrics.node_release_behind_seconds, (name,), node["release_behind_seconds"]),
        (metrics.node_rooms_open, (name,), node["rooms_open"]),
        (metrics.node_rooms_limit, (name,), node["rooms_max"]),
        (metrics.node_info, (name, node["version"] if _VERSION.fullmatch(node["version"]) else "unreadable"), 1),
    ]
    codes = {code if _CODE.fullmatch(code) else "unreadable" for code in node["problems"][:PROBLEMS_MOST]}
    figures += [(metrics.node_problem, (name, code), 1) for code in sorted(codes)]
    for gauge, labels, value in figures:
        if value is not None:
            gauge.labels(*labels).set(float(value))
            yield gauge, labels
