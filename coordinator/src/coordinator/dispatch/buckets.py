"""One key-value bucket a node at the hub, and the durable consumer the node's mirror of it is bound to."""

from interview_proto import subjects
from nats.errors import Error as NatsError
from nats.js.api import AckPolicy, ConsumerConfig, KeyValueConfig, StorageType
from nats.js.errors import BucketNotFoundError

from coordinator.bus.hub import Hub
from coordinator.fault import Fault

MAX_ACK_PENDING = 256
TIMEOUT_SECONDS = 5.0


class Buckets:
    """Puts kits where nodes find them."""

    def __init__(self, hub: Hub) -> None:
        self._hub = hub
        self._ready: set[str] = set()

    async def prepare(self, node_id: str) -> None:
        """Create the node's bucket and durable if they are absent. Raises nats errors, TimeoutError."""
        jetstream = self._hub.client.jetstream(timeout=TIMEOUT_SECONDS)
        bucket = subjects.kits_bucket(node_id)
        try:
            await jetstream.key_value(bucket)
        except BucketNotFoundError:
            await jetstream.create_key_value(
                KeyValueConfig(bucket=bucket, history=1, direct=True, storage=StorageType.FILE)
            )
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
        """Store a kit; returns when the hub has it on disk. Raises Fault hub_unavailable (503)."""
        try:
            if node_id not in self._ready:
                await self.prepare(node_id)
            jetstream = self._hub.client.jetstream(timeout=TIMEOUT_SECONDS)
            subject = f"$KV.{subjects.kits_bucket(node_id)}.{interview_id}"
            ack = await jetstream.publish(subject, kit, stream=f"KV_{subjects.kits_bucket(node_id)}")
        except (NatsError, TimeoutError) as error:
            self._ready.discard(node_id)
            raise Fault("hub_unavailable", f"the kit was not stored: {type(error).__name__}", status=503) from error
        if ack.domain != subjects.HUB_DOMAIN:
            raise Fault("hub_unavailable", f"the kit went to domain {ack.domain!r}", status=503)
