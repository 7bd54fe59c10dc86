"""A branch with rooms, as head office meets it: its own connection, heartbeats, questions for its position, batches."""

import asyncio
import random
import time
from collections.abc import Sequence
from typing import Any

from edge_node.core.interview.events import EngineUsed, Event
from edge_node.journal.codec import Place, encode
from edge_node.telemetry.machine_clock import read_clock
from edge_node.uplink.codec import (
    Presence,
    decode_position_reply,
    encode_batch,
    encode_heartbeat,
    encode_position_request,
)
from edge_node.uplink.forwarder import CHECK_SECONDS
from edge_node.uplink.presence import EVERY_SECONDS
from interview_proto import subjects

BATCH_MOST = 100
TIMEOUT_SECONDS = 10.0
ENGINES = tuple(EngineUsed(role, f"{role}-model", "starter", "ab" * 32) for role in ("language", "stt", "tts", "vad"))


class FleetNode:
    """One node. ``interviews`` are held side by side, one a room; ``fact_seconds`` lie between two facts of a room."""

    def __init__(
        self, name: str, hub: Any, interviews: Sequence[str], facts: Sequence[Event], fact_seconds: float
    ) -> None:
        self.name = name
        self.interviews = tuple(interviews)
        self._client = hub.client
        self._hub = hub
        self._facts = facts
        self._fact_seconds = fact_seconds
        self._epoch = f"epoch-of-{name}"
        self._journal: list[bytes] = []
        self._written = dict.fromkeys(self.interviews, 0)
        self._hurry = asyncio.Event()
        self._random = random.Random(name)
        self.committed = 0
        self.late_answers = 0

    @property
    def kept(self) -> int:
        """Facts in its journal."""
        return len(self._journal)

    def finish(self) -> None:
        """Let every room go through the rest of its interview at once."""
        self._hurry.set()

    async def run(self) -> None:
        """Be there until head office has committed every fact of every interview."""
        beats = asyncio.create_task(self._beat(), name=f"beat {self.name}")
        rooms = [asyncio.create_task(self._room(i), name=f"room {i}") for i in self.interviews]
        try:
            await asyncio.sleep(self._random.uniform(0, CHECK_SECONDS))
            while not all(room.done() for room in rooms) or self.committed < self.kept:
                await self._forward()
                await asyncio.sleep(CHECK_SECONDS)
        finally:
            for task in (beats, *rooms):
                task.cancel()
            await asyncio.gather(beats, *rooms, return_exceptions=True)

    async def _beat(self) -> None:
        await asyncio.sleep(self._random.uniform(0, EVERY_SECONDS))
        presence = Presence(ENGINES, rooms_open=len(self.interviews), rooms_max=len(self.interviews), problems=())
        while True:
            body = encode_heartbeat(
                presence,
                node_id=self.name,
                display_name=self.name,
                version="0",
                clock=read_clock(),
                kits_ready=self.interviews,
                room_url="https://room.example",
            )
            await self._client.publish(subjects.heartbeat(self.name), body)
            await asyncio.sleep(EVERY_SECONDS)

    async def _room(self, interview: str) -> None:
        await self._pause(self._random.uniform(0, self._fact_seconds))
        for fact in self._facts:
            number = self._written[interview] = self._written[interview] + 1
            place = Place(self.name, self._epoch, interview, number, number * 1000, time.time_ns() // 1_000_000)
            self._journal.append(encode(place, fact))
            await self._pause(self._fact_seconds)

    async def _pause(self, seconds: float) -> None:
        try:
            await asyncio.wait_for(self._hurry.wait(), seconds)
        except TimeoutError:
            return

    async def _forward(self) -> None:
        """As the forwarder: what comes after the committed position, one batch in flight, then ask again."""
        jetstream = self._client.jetstream(timeout=TIMEOUT_SECONDS)
        first, last = self.committed + 1, self.kept
        while first <= last:
            batch = self._journal[first - 1 : min(first - 1 + BATCH_MOST, last)]
            payload = encode_batch(self.name, self._epoch, first, batch)
            await jetstream.publish(subjects.event_batch(self.name), payload)
            first += len(batch)
        request = encode_position_request(self.name, self._epoch)
        try:
            reply = await self._client.request(subjects.position_request(self.name), request, timeout=TIMEOUT_SECONDS)
        except TimeoutError:
            self.late_answers += 1
            return
        self.committed = max(self.committed, decode_position_reply(reply.data).sequence)

    async def close(self) -> None:
        """Hang up."""
        await self._hub.close()
