"""One append as one atomic batch: it is in the stream completely or not at all."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from interview_proto import subjects
from nats.aio.client import Client

from edge_node.core.interview.events import Recorded
from edge_node.journal import codec
from edge_node.ports.clock import ClockReading
from edge_node.ports.journal import JournalError

ID_HEADER = "Nats-Batch-Id"
_WRONG_LAST_SEQUENCE = 10071
_DUPLICATE_IN_BATCH = 10201
_FULL = frozenset({10023, 10047, 10077})
"""Insufficient resources, storage resources exceeded, maximum bytes exceeded."""


class Overtaken(Exception):
    """Something stands in this append's place: another writer's facts, or its own earlier attempt."""


@dataclass(frozen=True, slots=True)
class Batch:
    """Facts of one interview on their way into the journal."""

    id: str
    """Unique for each attempt."""

    node_id: str
    journal_epoch: str
    facts: Sequence[Recorded]
    after_sequence: int
    """Stream sequence of the interview's last fact before these; 0 where there is none."""

    clock: ClockReading


async def publish(client: Client, batch: Batch, *, timeout_seconds: float) -> int:
    """Publish; returns the stream sequence of the last fact once all are on disk.

    Raises NatsError, TimeoutError, Overtaken and JournalError (full, unavailable).
    """
    subject = subjects.journal(batch.facts[0].interview_id)
    payload = b""
    headers: dict[str, str] = {}
    for position, fact in enumerate(batch.facts, start=1):
        place = codec.Place(
            batch.node_id,
            batch.journal_epoch,
            fact.interview_id,
            fact.number,
            fact.interview_ms,
            fact.wall_time_unix_ms,
            batch.clock,
        )
        payload = codec.encode(place, fact.event)
        headers = {ID_HEADER: batch.id, "Nats-Batch-Sequence": str(position), "Nats-Msg-Id": place.event_id}
        if position == 1:
            headers["Nats-Expected-Last-Subject-Sequence"] = str(batch.after_sequence)
        if position < len(batch.facts):
            await client.publish(subject, payload, headers=headers)
    headers["Nats-Batch-Commit"] = "1"
    reply = await client.request(subject, payload, timeout=timeout_seconds, headers=headers)
    return _sequence(json.loads(reply.data), subjects.edge_domain(batch.node_id))


def _sequence(answer: dict[str, Any], domain: str) -> int:
    error = answer.get("error")
    if error:
        code, detail = error.get("err_code"), str(error.get("description", ""))
        if code in (_WRONG_LAST_SEQUENCE, _DUPLICATE_IN_BATCH):
            raise Overtaken(detail)
        raise JournalError("full" if code in _FULL else "unavailable", detail)
    if answer.get("domain") != domain:
        raise JournalError("unavailable", f"acknowledged by domain {answer.get('domain')!r}")
    return int(answer["seq"])
