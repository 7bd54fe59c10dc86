"""Answering requests of the bus: so many at once, each ended when nobody waits for it any more."""

import asyncio
import contextlib
from collections import deque
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable
from typing import Any

from nats.aio.client import Client
from nats.aio.msg import Msg
from nats.aio.subscription import Subscription
from nats.errors import Error as NatsError

from edge_node.bus import metrics
from edge_node.bus.failure import CANCEL_HEADER, CANCELS, END_HEADER, failure_headers
from edge_node.ports.failure import EngineError
from edge_node.tasks import cancel
from edge_node.telemetry.logs import get_logger

Handler = Callable[[bytes], Awaitable[bytes]]
StreamHandler = Callable[[bytes], AsyncIterator[bytes]]

GIVEN_UP_KEPT = 256
"""Names of requests given up that are remembered: one may be given up before its handler has begun."""

NAME_BYTES_MOST = 256
"""An inbox's name is far shorter; longer ones are nobody's."""

STOP_SECONDS = 2.0
"""How long running handlers may take to end."""

log = get_logger("bus")


class Serving:
    """What one connection serves. Owns the running handlers."""

    def __init__(self, client: Client) -> None:
        self._client = client
        self._tasks: set[asyncio.Task[None]] = set()
        self._subscriptions: list[Subscription] = []
        self._given_up: deque[str] = deque(maxlen=GIVEN_UP_KEPT)
        self._cuttable: dict[str, asyncio.Task[Any]] = {}
        """Running handlers that may be cut short, by their requests' names."""

        self._hears_who_gives_up = False

    async def serve(
        self, subject: str, handler: Handler, *, queue: str = "", at_most: int = 16, may_stop: bool = False
    ) -> None:
        """Answer requests; beyond ``at_most`` at once a request is refused with busy.

        ``may_stop``: the handler is cancelled when its caller no longer waits. Not for handlers that keep facts.
        """

        async def answer(message: Msg) -> None:
            async with self._while_wanted(message) if may_stop else contextlib.nullcontext():
                try:
                    await message.respond(await handler(message.data))
                except EngineError as error:
                    metrics.failed_total.labels(subject, error.code).inc()
                    await self._client.publish(message.reply, b"", headers=failure_headers(error))

        if may_stop:
            await self._hear_who_gives_up()
        await self._serve(subject, answer, queue, at_most)

    async def serve_stream(self, subject: str, handler: StreamHandler, *, queue: str = "", at_most: int = 16) -> None:
        """Answer requests with a stream; a cancel closes the handler's generator."""

        async def answer(message: Msg) -> None:
            async with self._while_wanted(message):
                pieces = handler(message.data)
                try:
                    async for piece in pieces:
                        await self._client.publish(message.reply, piece)
                    await self._client.publish(message.reply, b"", headers={END_HEADER: "1"})
                except EngineError as error:
                    metrics.failed_total.labels(subject, error.code).inc()
                    await self._client.publish(message.reply, b"", headers=failure_headers(error))
                finally:
                    aclose = getattr(pieces, "aclose", None)
                    if aclose:
                        await aclose()

        await self._hear_who_gives_up()
        await self._serve(subject, answer, queue, at_most)

    async def _serve(self, subject: str, answer: Callable[[Msg], Awaitable[None]], queue: str, at_most: int) -> None:
        running = 0

        async def one(message: Msg) -> None:
            nonlocal running
            try:
                with metrics.served_seconds.labels(subject).time(), metrics.running.labels(subject).track_inprogress():
                    await answer(message)
            except NatsError as error:
                log.warning("reply not sent", subject=subject, error=type(error).__name__)
            except Exception:  # the edge of a process: logged, and answered so that nobody waits
                log.exception("handler failed", subject=subject)
                metrics.failed_total.labels(subject, "internal").inc()
                with contextlib.suppress(NatsError):
                    await self._client.publish(message.reply, headers=failure_headers(EngineError("internal", subject)))
            finally:
                running -= 1

        async def on_message(message: Msg) -> None:
            nonlocal running
            if running >= at_most:
                metrics.failed_total.labels(subject, "busy").inc()
                await self._client.publish(message.reply, headers=failure_headers(EngineError("busy", subject)))
                return
            running += 1
            task = asyncio.create_task(one(message), name=f"serve {subject}")
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

        subscription = await self._client.subscribe(subject, queue=queue, cb=on_message)
        self._subscriptions.append(subscription)

    async def close(self) -> None:
        """Stop serving, let running handlers end for a while, then cancel them."""
        for subscription in self._subscriptions:
            with contextlib.suppress(NatsError):
                await subscription.unsubscribe()
        if self._tasks:
            _, late = await asyncio.wait(set(self._tasks), timeout=STOP_SECONDS)
            await cancel(*late)

    async def _hear_who_gives_up(self) -> None:
        """Cut a handler short once its caller no longer waits; heard from before the first request on."""
        if self._hears_who_gives_up:
            return
        self._hears_who_gives_up = True

        async def on_cancel(message: Msg) -> None:
            if len(message.data) > NAME_BYTES_MOST:
                return
            name = message.data.decode(errors="replace")
            self._given_up.append(name)
            if name in self._cuttable:
                self._cuttable[name].cancel()

        self._subscriptions.append(await self._client.subscribe(CANCELS, cb=on_cancel))

    @contextlib.asynccontextmanager
    async def _while_wanted(self, message: Msg) -> AsyncGenerator[None, None]:
        """Cancel the block, and end quietly, once the request's caller says that nobody waits any more."""
        name = (message.headers or {}).get(CANCEL_HEADER, "")
        task = asyncio.current_task()
        if not name or task is None:
            yield
            return
        self._cuttable[name] = task
        if name in self._given_up:
            task.cancel()
        try:
            yield
        except asyncio.CancelledError:
            if name not in self._given_up:
                raise
        finally:
            del self._cuttable[name]
