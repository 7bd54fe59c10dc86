"""One key-value bucket a node at the hub, and the durable consumer the node's mirror of it is bound to."""

import asyncio

from interview_proto import subjects
from nats.errors import Error as NatsError
from nats.js.api import AckPolicy, ConsumerConfig, KeyValueConfig, PubAck, StorageType
from nats.js.errors import BucketNotFoundError

from coordinator.bus.hub import Hub
from coordinator.fault import Fault

MAX_ACK_PENDING = 256
TIMEOUT_SECONDS = 2.0
PUT_SECONDS = 9.5
"""How long a kit is tried: three servers need up to nine seconds to choose a new leader when theirs died."""

RETRY_SECONDS = 0.2
LOOK_EVERY = 10
"""Tries after which the bucket itself is looked for: a hub without a leader answers as one without the bucket."""


class Buckets:
    """Puts kits where nodes find them; ``replicas`` servers of the hub hold each bucket."""

    def __init__(self, hub: Hub, *, replicas: int = 1) -> None:
        self._hub = hub
        self._replicas = replicas
        self._ready: set[str] = set()

    async def prepare(self, node_id: str) -> None:
        """Create the node's bucket and durable if they are absent. Raises nats errors, TimeoutError."""
        jetstream = self._hub.client.jetstream(timeout=TIMEOUT_SECONDS)
        bucket = subjects.kits_bucket(node_id)
        try:
            await jetstream.key_value(bucket)
        except BucketNotFoundError:
            await jetstream.create_key_value(
                KeyValueConfig(bucket=bucket, history=1, direct=True, storage=StorageType.FILE, replicas=self._replicas)
            )
        else:
            held = (await jetstream.stream_info(f"KV_{bucket}")).config
            if held.num_replicas != self._replicas:
                await jetstream.update_stream(held.evolve(num_replicas=self._replicas))
        await jetstream.add_consumer(
            f"KV_{bucket}",
            ConsumerConfig(
                name=subjects.kits_durable(node_id),
                durable_name=subjects.kits_durable(node_id),
                deliver_subject=subjects.kits_delivery(node_id),
                ack_policy=AckPolicy.FLOW_CONTROL,
                flow_control=True,
                idle_heartbeat=1,
                max_ack_pending=MAX_ACK_PENDING,
            ),
        )
        self._ready.add(node_id)

    async def put(self, node_id: str, interview_id: str, kit: bytes) -> None:
        """Store a kit; returns when the hub has it on disk. Raises Fault hub_unavailable (503).

        Tried again for a while: the same kit in the same place twice is one kit.
        """
        loop = asyncio.get_running_loop()
        deadline = loop.time() + PUT_SECONDS
        tries = 0
        while True:
            try:
                ack = await self._put(node_id, interview_id, kit)
                break
            except (NatsError, TimeoutError) as error:
                tries += 1
                if tries % LOOK_EVERY == 0:
                    self._ready.discard(node_id)
                alone = self._replicas == 1 and not self._hub.connected
                if alone or loop.time() + RETRY_SECONDS >= deadline:
                    self._ready.discard(node_id)
                    detail = f"the kit was not stored: {type(error).__name__}"
                    raise Fault("hub_unavailable", detail, status=503) from error
            await asyncio.sleep(RETRY_SECONDS)
        if ack.domain != subjects.HUB_DOMAIN:
            raise Fault("hub_unavailable", f"the kit went to domain {ack.domain!r}", status=503)

    async def _put(self, node_id: str, interview_id: str, kit: bytes) -> PubAck:
        if node_id not in self._ready:
            await self.prepare(node_id)
        bucket = subjects.kits_bucket(node_id)
        jetstream = self._hub.client.jetstream(timeout=TIMEOUT_SECONDS)
        return await jetstream.publish(f"$KV.{bucket}.{interview_id}", kit, stream=f"KV_{bucket}")
