"""Commands that ask the running node: they reach its own server, or say in one line that it is not there."""

import contextlib
from collections.abc import AsyncIterator

from edge_node.bus.local import Bus, connect
from edge_node.ports.failure import EngineError
from edge_node.settings import Settings, read_secret
from edge_node.telemetry import logs

CONNECT_SECONDS = 3.0


class NoNodeRuns(Exception):
    """Nothing answers where the node's server should; the message says where that is and what to do."""


@contextlib.asynccontextmanager
async def reached(settings: Settings, command: str) -> AsyncIterator[Bus]:
    """The running node's bus; raises NoNodeRuns."""
    # One line says what is wrong; every try is for a service's log.
    logs.configure(command, level="error", personal=settings.log_personal_data)
    try:
        token = read_secret(settings.nats_token_file)
        bus = await connect(settings.nats_url, process=command, token=token, wait_seconds=CONNECT_SECONDS)
    except EngineError:
        raise NoNodeRuns(
            f"no node is running here: its own server, {settings.nats_url}, does not answer; start the node first"
            " (or name the right server: EDGE_NODE_NATS_URL)"
        ) from None
    except OSError as error:
        raise NoNodeRuns(
            f"the token of the node's own server cannot be read: {settings.nats_token_file}: {error.strerror}"
        ) from None
    try:
        yield bus
    finally:
        await bus.close()
