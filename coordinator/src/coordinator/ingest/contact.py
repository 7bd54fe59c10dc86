"""What nodes ask and say outside the stream: positions and heartbeats."""

import time
from collections.abc import Awaitable, Callable

import psycopg
from interview_proto import subjects
from nats.aio.client import Client
from nats.aio.msg import Msg
from nats.errors import Error as NatsError

from coordinator.db.unit_of_work import Database
from coordinator.fault import Fault
from coordinator.ingest import codec, repository
from coordinator.ingest.intake import Intake
from coordinator.ingest.reading import NODE_ID
from coordinator.telemetry.logs import get_logger

log = get_logger("contact")

PENDING_MOST = 1024


class Contact:
    """Answers positions, keeps heartbeats; ``prepare`` gets ready at the hub what a node needs there."""

    def __init__(
        self, client: Client, database: Database, intake: Intake, prepare: Callable[[str], Awaitable[None]]
    ) -> None:
        self._client = client
        self._database = database
        self._intake = intake
        self._prepare = prepare
        self._met: set[str] = set()

    async def start(self) -> None:
        """Begin to listen."""
        await self._client.subscribe(
            subjects.POSITION_REQUESTS, queue="ingest", cb=self._on_position, pending_msgs_limit=PENDING_MOST
        )
        await self._client.subscribe(
            subjects.HEARTBEATS, queue="ingest", cb=self._on_heartbeat, pending_msgs_limit=PENDING_MOST
        )
        await self._client.flush()

    async def _on_position(self, message: Msg) -> None:
        node_id = message.subject.split(".")[1]
        try:
            request = codec.decode_position_request(message.data)
            if request.node_id != node_id or not NODE_ID.match(node_id):
                raise codec.Unreadable("wrong_node", request.node_id)
            committed = await self._intake.meet(node_id, request.journal_epoch, request.replaces_epoch)
            await message.respond(codec.encode_position_reply(committed.sequence, committed.digest))
            await self._meet(node_id)
        except codec.Unreadable as error:
            log.warning("position not answered", node_id=node_id, reason=error.reason)
        except (Fault, psycopg.Error, NatsError, TimeoutError) as error:
            # Without an answer the node asks again.
            log.warning("position not answered", node_id=node_id, error=type(error).__name__)

    async def _on_heartbeat(self, message: Msg) -> None:
        node_id = message.subject.split(".")[1]
        try:
            heartbeat = codec.decode_heartbeat(message.data)
            if heartbeat.node_id != node_id or not NODE_ID.match(node_id):
                raise codec.Unreadable("wrong_node", heartbeat.node_id)
            async with self._database.transaction() as connection:
                await repository.keep_heartbeat(connection, heartbeat, time.time_ns() // 1_000_000)
            await self._meet(node_id)
        except codec.Unreadable as error:
            log.warning("heartbeat not kept", node_id=node_id, reason=error.reason)
        except (Fault, psycopg.Error, NatsError, TimeoutError) as error:
            log.warning("heartbeat not kept", node_id=node_id, error=type(error).__name__)

    async def _meet(self, node_id: str) -> None:
        if node_id not in self._met:
            await self._prepare(node_id)
            self._met.add(node_id)
