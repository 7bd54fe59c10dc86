"""One process's connection to the hub: request, publish, subscribe, serve, each bounded and with a deadline."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any

import nats
from nats.aio.client import Client
from nats.aio.msg import Msg
from nats.aio.subscription import Subscription
from nats.errors import Error as NatsError
from nats.errors import NoRespondersError
from nats.errors import TimeoutError as NatsTimeoutError

from coordinator.fault import Fault
from coordinator.keys.nkey import Credentials
from coordinator.tasks import cancel
from coordinator.telemetry.logs import get_logger

log = get_logger("bus")


class Hub:
    """A connection to the hub: one of its servers, another when that one goes.

    ``url`` names them, with commas between. Construct anywhere; open and close it in the process that uses it.
    """

    def __init__(self, url: str, *, process: str, credentials_file: Path | None = None) -> None:
        self._url = url
        self.reconnects = 0
        """How often the link was lost and is back; what was published meanwhile was not heard."""

        self._process = process
        self._credentials_file = credentials_file
        self._client: Client | None = None
        self._subscriptions: list[Subscription] = []
        self._tasks: set[asyncio.Task[None]] = set()

    @property
    def client(self) -> Client:
        """The connected client; raises Fault("hub_unavailable", 503) before :meth:`open`."""
        if self._client is None:
            raise Fault("hub_unavailable", "not connected to the hub", status=503)
        return self._client

    @property
    def connected(self) -> bool:
        """Whether the link is up at this moment."""
        return self._client is not None and self._client.is_connected

    async def open(self, *, wait_seconds: float = 30.0) -> None:
        """Connect, waiting for the server to come up; raises Fault("hub_unavailable", 503) after ``wait_seconds``."""

        async def quiet(error: Exception) -> None:
            log.info("nats", process=self._process, error=type(error).__name__)

        async def back() -> None:
            self.reconnects += 1

        servers = [url.strip() for url in self._url.split(",")]
        loop = asyncio.get_running_loop()
        deadline = loop.time() + wait_seconds
        while True:
            try:
                # The client itself tries for ever, also where it is refused.
                async with asyncio.timeout_at(deadline):
                    self._client = await nats.connect(
                        servers,
                        name=self._process,
                        **self._login(),
                        inbox_prefix=b"_INBOX_hub",
                        max_reconnect_attempts=-1,
                        reconnect_time_wait=0.2,
                        ping_interval=5,
                        max_outstanding_pings=2,
                        connect_timeout=2,
                        error_cb=quiet,
                        reconnected_cb=back,
                    )
            except (OSError, NatsError) as error:
                if loop.time() >= deadline:
                    raise Fault("hub_unavailable", f"no nats-server at {self._url}", status=503) from error
                await asyncio.sleep(0.2)
            else:
                return

    def _login(self) -> dict[str, Any]:
        """Who this connection is by the credentials file, read anew at each try; nobody without one."""
        if self._credentials_file is None:
            return {}
        path = self._credentials_file

        def credentials() -> Credentials:
            return Credentials.from_text(path.read_text())

        def user_jwt() -> bytearray:
            return bytearray(credentials().user_jwt.encode())

        def signature(nonce: str) -> bytes:
            return credentials().answer(nonce)

        return {"user_jwt_cb": user_jwt, "signature_cb": signature}

    async def publish(self, subject: str, payload: bytes) -> None:
        """Send without waiting for anyone; raises Fault("hub_unavailable", 503)."""
        try:
            await self.client.publish(subject, payload)
        except NatsError as error:
            raise Fault("hub_unavailable", type(error).__name__, status=503) from error

    async def request(self, subject: str, payload: bytes, *, timeout_seconds: float) -> bytes:
        """One request, one reply; raises Fault("hub_unavailable" or "late", 503)."""
        try:
            reply = await self.client.request(subject, payload, timeout=timeout_seconds)
        except NoRespondersError:
            raise Fault("hub_unavailable", f"nobody serves {subject}", status=503) from None
        except NatsTimeoutError:
            raise Fault("late", f"no answer in time from {subject}", status=503) from None
        except NatsError as error:
            raise Fault("hub_unavailable", type(error).__name__, status=503) from error
        return reply.data

    async def serve(
        self,
        subject: str,
        handler: Callable[[bytes], Awaitable[bytes]],
        *,
        queue: str = "",
        at_most: int = 16,
        when_busy: bytes = b"",
    ) -> None:
        """Answer requests until :meth:`close`; beyond ``at_most`` at once one is answered ``when_busy``."""

        async def without_subject(_: str, payload: bytes) -> bytes:
            return await handler(payload)

        await self.serve_all(subject, without_subject, queue=queue, at_most=at_most, when_busy=when_busy)

    async def serve_all(
        self,
        subject: str,
        handler: Callable[[str, bytes], Awaitable[bytes]],
        *,
        queue: str = "",
        at_most: int = 16,
        when_busy: bytes = b"",
    ) -> None:
        """As :meth:`serve`, for a subject with wildcards: the handler is told which one was asked."""
        running: set[asyncio.Task[None]] = set()

        async def one(message: Msg) -> None:
            try:
                await message.respond(await handler(message.subject, message.data))
            except NatsError as error:
                log.warning("reply not sent", subject=subject, error=type(error).__name__)

        async def answer(message: Msg) -> None:
            if len(running) >= at_most:
                await message.respond(when_busy)
                return
            task = asyncio.create_task(one(message), name=f"serve {subject}")
            for owned in (running, self._tasks):
                owned.add(task)
                task.add_done_callback(owned.discard)

        self._subscriptions.append(await self.client.subscribe(subject, queue=queue, cb=answer))

    @contextlib.asynccontextmanager
    async def listening(self, subject: str, *, pending_max: int = 256) -> AsyncIterator[Subscription]:
        """A subscription for the time of a block, e.g. one live view; beyond ``pending_max`` messages are dropped."""
        subscription = await self.client.subscribe(subject, pending_msgs_limit=pending_max)
        try:
            yield subscription
        finally:
            with contextlib.suppress(NatsError):
                await subscription.unsubscribe()

    async def close(self) -> None:
        """Stop serving, let running answers end for up to 2 s, disconnect within 3 s."""
        for subscription in self._subscriptions:
            with contextlib.suppress(NatsError):
                await subscription.unsubscribe()
        if self._tasks:
            _, late = await asyncio.wait(set(self._tasks), timeout=2)
            await cancel(*late)
        if self._client is not None:
            with contextlib.suppress(NatsError, TimeoutError, OSError):
                await asyncio.wait_for(self._client.close(), 3)
            self._client = None
