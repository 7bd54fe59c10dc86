"""The node's own NATS as request, stream and serve: bytes in, bytes out, every wait with a deadline.

A streamed reply is a run of messages to the caller's inbox, ended by one that carries the header ``Bus-End``.
A caller that stops waiting or reading publishes its request's name; the server ends a handler that may be cut short:
every stream's, and a plain one's where it says so.
"""

import asyncio
import contextlib
from collections.abc import AsyncGenerator

import nats
from nats.aio.client import Client
from nats.errors import Error as NatsError
from nats.errors import NoRespondersError
from nats.errors import TimeoutError as NatsTimeoutError

from edge_node.bus.failure import CANCEL_HEADER, CANCELS, END_HEADER, raise_failure
from edge_node.bus.serving import Handler, Serving, StreamHandler
from edge_node.ports.failure import EngineError
from edge_node.telemetry.logs import get_logger

log = get_logger("bus")


class NobodyServes(EngineError):
    """No process is there for a subject, so nothing became of the request."""

    def __init__(self, subject: str) -> None:
        super().__init__("unavailable", f"nobody serves {subject}")


class Bus:
    """One process's connection to the node's own server. Make it with :func:`connect`."""

    def __init__(self, client: Client) -> None:
        self.client = client
        self._serving = Serving(client)

    async def publish(self, subject: str, payload: bytes) -> None:
        """Send without waiting for anyone."""
        await self.client.publish(subject, payload)

    async def request(self, subject: str, payload: bytes, *, timeout_seconds: float) -> bytes:
        """One request, one reply; raises EngineError (unavailable, late, or what the handler raised)."""
        name = self.client.new_inbox()
        sent = self.client.request(subject, payload, timeout=timeout_seconds, headers={CANCEL_HEADER: name})
        try:
            reply = await sent
        except NoRespondersError:
            raise NobodyServes(subject) from None
        except asyncio.CancelledError:
            await self._cancel(name)
            raise
        except NatsTimeoutError:
            await self._cancel(name)
            raise EngineError("late", subject) from None
        except NatsError as error:
            raise EngineError("unavailable", f"{subject}: {type(error).__name__}") from error
        raise_failure(reply)
        return reply.data

    async def stream(self, subject: str, payload: bytes, *, timeout_seconds: float) -> AsyncGenerator[bytes, None]:
        """One request, many replies within ``timeout_seconds`` in all; raises EngineError as :meth:`request`."""
        inbox = self.client.new_inbox()
        subscription = await self.client.subscribe(inbox)
        ended = False
        loop = asyncio.get_running_loop()
        deadline = loop.time() + timeout_seconds
        try:
            await self.client.publish(subject, payload, reply=inbox, headers={CANCEL_HEADER: inbox})
            while True:
                left = deadline - loop.time()
                try:
                    message = await subscription.next_msg(timeout=max(left, 0.001))
                except NatsTimeoutError:
                    raise EngineError("late", subject) from None
                except NatsError as error:
                    raise EngineError("unavailable", f"{subject}: {type(error).__name__}") from error
                headers = message.headers or {}
                if headers.get("Status") == "503":
                    ended = True
                    raise NobodyServes(subject)
                ended = END_HEADER in headers
                raise_failure(message)
                if ended:
                    return
                yield message.data
        finally:
            if not ended:
                await self._cancel(inbox)
            with contextlib.suppress(NatsError):
                await subscription.unsubscribe()

    async def serve(
        self, subject: str, handler: Handler, *, queue: str = "", at_most: int = 16, may_stop: bool = False
    ) -> None:
        """As :meth:`edge_node.bus.serving.Serving.serve`."""
        await self._serving.serve(subject, handler, queue=queue, at_most=at_most, may_stop=may_stop)

    async def serve_stream(self, subject: str, handler: StreamHandler, *, queue: str = "", at_most: int = 16) -> None:
        """As :meth:`edge_node.bus.serving.Serving.serve_stream`."""
        await self._serving.serve_stream(subject, handler, queue=queue, at_most=at_most)

    async def _cancel(self, name: str) -> None:
        with contextlib.suppress(NatsError):
            await self.client.publish(CANCELS, name.encode())

    async def close(self) -> None:
        """Stop serving, let running handlers end for up to 2 s, then cancel them and disconnect."""
        await self._serving.close()
        with contextlib.suppress(NatsError, asyncio.TimeoutError, OSError):
            await asyncio.wait_for(self.client.close(), 3)


async def connect(
    url: str, *, process: str, token: str, wait_seconds: float = 30.0, inbox_prefix: str = "_INBOX"
) -> Bus:
    """Connect to the node's own server, waiting for it to come up; raises EngineError after ``wait_seconds``.

    ``inbox_prefix``: where replies come to; a connection whose requests cross the link to the hub needs the node's.
    """

    async def quiet(error: Exception) -> None:
        log.info("nats", process=process, error=type(error).__name__)

    try:
        async with asyncio.timeout(wait_seconds):
            while True:
                try:
                    # Tries on and on by itself, but for what it does not expect at a first connection.
                    client = await nats.connect(
                        url,
                        name=process,
                        token=token or None,
                        inbox_prefix=inbox_prefix,
                        max_reconnect_attempts=-1,
                        reconnect_time_wait=0.2,
                        ping_interval=5,
                        max_outstanding_pings=2,
                        connect_timeout=2,
                        allow_reconnect=True,
                        error_cb=quiet,
                    )
                except (OSError, NatsError):
                    await asyncio.sleep(0.2)
                else:
                    return Bus(client)
    except TimeoutError:
        raise EngineError("unavailable", f"no nats-server at {url}") from None
