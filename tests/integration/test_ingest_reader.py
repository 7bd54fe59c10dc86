"""A reader of the stream that is stopped leaves what it held to the next one."""

import asyncio
from types import SimpleNamespace

import pytest
from coordinator.bus.hub import Hub
from coordinator.fault import Fault
from coordinator.ingest import consumer
from coordinator.ingest.intake import Intake, Outcome
from coordinator.ingest.reading import NoBatch, Read
from coordinator.tasks import AGAIN_SECONDS, cancel
from interview_proto import subjects


class Scripted:
    """An intake; ``broken`` is one without a database."""

    def __init__(self, *, broken: bool) -> None:
        self._broken = broken
        self.asked = asyncio.Event()
        self.taken: list[bytes] = []

    async def store(self, read: Read, *, waited_ms: int) -> Outcome:
        assert waited_ms >= 0
        self.asked.set()
        if self._broken:
            raise Fault("database_unavailable", "away", status=503)
        assert isinstance(read, NoBatch)
        self.taken.append(read.raw)
        return Outcome()


async def test_a_batch_in_hand_goes_to_the_next_reader_first(hub_nats: str, monkeypatch: pytest.MonkeyPatch) -> None:
    # Only handing it back explains that it comes again within the test.
    monkeypatch.setattr(consumer, "ACK_WAIT_SECONDS", 300.0)
    hub = Hub(hub_nats, process="ingest")
    await hub.open()
    try:
        async with asyncio.timeout(30):
            jetstream = hub.client.jetstream()
            await consumer.ensure_stream(jetstream)
            for body in (b"one", b"two"):
                await jetstream.publish(subjects.event_batch("n1"), body)
            first, second = Scripted(broken=True), Scripted(broken=False)
            reading = asyncio.create_task(consumer.Consumer(hub.client, as_intake(first)).run())
            await first.asked.wait()
            await cancel(reading)
            reading = asyncio.create_task(consumer.Consumer(hub.client, as_intake(second)).run())
            while len(second.taken) < 2:
                await asyncio.sleep(0.05)
            await cancel(reading)
    finally:
        await hub.close()
    assert second.taken == [b"one", b"two"]


class Slow:
    """A hub's subscription whose one message is on its way for longer than an owner's patience."""

    def __init__(self) -> None:
        self.asked = asyncio.Event()
        self.handed_back = False
        self.subject, self.data = subjects.event_batch("n1"), b"one"

    async def fetch(self, batch: int, *, timeout: float) -> list["Slow"]:
        self.asked.set()
        await asyncio.sleep(3 * AGAIN_SECONDS)
        return [self]

    async def nak(self) -> None:
        self.handed_back = True

    async def unsubscribe(self) -> None:
        pass

    async def pull_subscribe_bind(self, durable: str, *, stream: str) -> "Slow":
        return self


async def test_a_batch_on_its_way_goes_to_the_next_reader(monkeypatch: pytest.MonkeyPatch) -> None:
    async def nothing(jetstream: object, *, replicas: int) -> None:
        pass

    monkeypatch.setattr(consumer, "ensure_stream", nothing)
    slow = Slow()
    client = SimpleNamespace(jetstream=lambda timeout: slow)
    reader = consumer.Consumer(client, as_intake(Scripted(broken=False)))  # type: ignore[arg-type]
    reading = asyncio.create_task(reader.run())
    async with asyncio.timeout(10):
        await slow.asked.wait()
        await cancel(reading)
    assert slow.handed_back


def as_intake(scripted: Scripted) -> Intake:
    """What a consumer needs of an intake."""
    return scripted  # type: ignore[return-value]
