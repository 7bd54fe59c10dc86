"""A message off the hub's stream as facts, before the database is asked anything."""

import asyncio
import re
from dataclasses import dataclass

from coordinator.ingest.codec import EPOCH, Batch, Unreadable, decode_batch
from coordinator.ingest.sorting import Sorted, sort_into

NODE_ID = re.compile(r"^[a-z0-9][a-z0-9-]{0,62}$")
AT_ONCE = 25
"""Envelopes read before others get their turn: the batch before this one is being stored meanwhile."""


@dataclass(frozen=True, slots=True)
class NoBatch:
    """A message that is no batch of the node it came from; ``reason`` is a stable code."""

    node_id: str
    reason: str
    detail: str
    raw: bytes


@dataclass(frozen=True, slots=True)
class ReadBatch:
    """A batch and what its envelopes are."""

    batch: Batch
    facts: Sorted


Read = ReadBatch | NoBatch


async def read_batch(node_id: str, raw: bytes) -> Read:
    """Read the message of ``node_id``, as its subject says."""
    try:
        batch = decode_batch(raw)
        if batch.node_id != node_id or not NODE_ID.match(node_id):
            raise Unreadable("wrong_node", f"the batch says {batch.node_id!r}")
        if not EPOCH.match(batch.journal_epoch):
            raise Unreadable("wrong_epoch")
    except Unreadable as error:
        return NoBatch(node_id, error.reason, error.detail, raw)
    facts = Sorted()
    for count, incoming in enumerate(batch.envelopes, start=1):
        sort_into(facts, batch, incoming)
        if count % AT_ONCE == 0:
            await asyncio.sleep(0)
    return ReadBatch(batch, facts)
