"""The kits of this node: a mirror of the hub's bucket on the node's own disk, readable with the link down."""

from interview_proto import subjects
from nats.aio.client import Client
from nats.errors import Error as NatsError
from nats.js.api import ExternalStream, StorageType, StreamConfig, StreamConsumerSource, StreamSource
from nats.js.errors import BadRequestError, BucketNotFoundError, KeyNotFoundError, NotFoundError
from nats.js.kv import KeyValue

from edge_node.core.interview.plan import Kit, PlanError
from edge_node.telemetry.logs import get_logger
from edge_node.uplink import codec

log = get_logger("assignments")


class KitMirror:
    """Implements ``ports.assignments.Assignments`` on the node's own JetStream."""

    def __init__(self, client: Client, node_id: str, *, timeout_seconds: float = 3.0) -> None:
        self._node_id = node_id
        self._jetstream = client.jetstream(timeout=timeout_seconds)

    async def kit(self, interview_id: str) -> Kit | None:
        """The kit of one interview, or None. Raises PlanError for one that cannot be held."""
        bucket = await self._bucket()
        data = await self._value(bucket, interview_id) if bucket else None
        return None if data is None else codec.decode_kit(data)

    async def kits(self) -> list[Kit]:
        """Every holdable kit; a broken one is logged and left out. None before the mirror exists."""
        bucket = await self._bucket()
        if bucket is None:
            return []
        found: list[Kit] = []
        for interview_id in await self._keys():
            try:
                data = await self._value(bucket, interview_id)
                if data is not None:
                    found.append(codec.decode_kit(data))
            except PlanError as error:
                log.error("broken kit", interview_id=interview_id, error=str(error))
        return found

    async def ensure_mirror(self) -> None:
        """Create the mirror if it is absent, bound to the hub's durable; the uplink process calls this.

        The hub need not be reachable: the server connects the two when it is. Raises nats errors.
        """
        stream = f"KV_{subjects.kits_bucket(self._node_id)}"
        try:
            await self._jetstream.stream_info(stream)
        except NotFoundError:
            pass
        else:
            return
        config = StreamConfig(
            name=stream,
            storage=StorageType.FILE,
            max_msgs_per_subject=1,
            allow_direct=True,
            mirror_direct=True,
            mirror=StreamSource(
                name=stream,
                external=ExternalStream(api=subjects.HUB_API),
                consumer=StreamConsumerSource(
                    name=subjects.kits_durable(self._node_id),
                    deliver_subject=subjects.kits_delivery(self._node_id),
                ),
            ),
        )
        try:
            await self._jetstream.add_stream(config)
        except BadRequestError:
            # Made by another process in between.
            await self._jetstream.stream_info(stream)

    async def _bucket(self) -> KeyValue | None:
        try:
            return await self._jetstream.key_value(subjects.kits_bucket(self._node_id))
        except BucketNotFoundError:
            return None
        except (TimeoutError, NatsError) as error:
            log.warning("kits not readable", error=type(error).__name__)
            return None

    async def _keys(self) -> list[str]:
        """Keys in the mirror, by the stream's own list: a watch would write a consumer to disk each time."""
        bucket = subjects.kits_bucket(self._node_id)
        prefix = f"$KV.{bucket}."
        try:
            info = await self._jetstream.stream_info(f"KV_{bucket}", subjects_filter=f"{prefix}>")
        except (TimeoutError, NatsError) as error:
            log.warning("kits not readable", error=type(error).__name__)
            return []
        return sorted(subject.removeprefix(prefix) for subject in info.state.subjects or {})

    async def _value(self, bucket: KeyValue, interview_id: str) -> bytes | None:
        try:
            return (await bucket.get(interview_id)).value
        except KeyNotFoundError:
            return None
        except (TimeoutError, NatsError) as error:
            log.warning("kit not readable", interview_id=interview_id, error=type(error).__name__)
            return None
