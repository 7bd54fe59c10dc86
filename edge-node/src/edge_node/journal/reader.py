"""Reading a stream by sequence, without a consumer: nothing to lose when the server restarts."""

import asyncio
import contextlib
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass

from interview_proto import subjects
from nats.aio.client import Client
from nats.aio.msg import Msg
from nats.errors import Error as NatsError
from nats.errors import TimeoutError as NatsTimeoutError

from edge_node.ports.journal import JournalError
from edge_node.telemetry.logs import get_logger

BATCH_MOST = 500
"""Facts read by one request."""

BYTES_MOST = 2 * 1024 * 1024
"""Bytes read by one request; a batch must fit one message to the hub (8 MB)."""

READ_TIMEOUT_SECONDS = 5.0
IDLE_POLL_SECONDS = 1.0
"""Longest wait for a wake-up that got lost."""

log = get_logger("journal")


@dataclass(frozen=True, slots=True)
class Stored:
    """One stored message: its stream sequence, the envelope bytes and when the server stored it (ISO 8601)."""

    sequence: int
    data: bytes
    stored_at: str = ""


async def read(client: Client, subject: str, first: int, most: int = BATCH_MOST) -> list[Stored]:
    """Up to ``most`` messages of ``subject`` (wildcards allowed) from stream sequence ``first`` on, in order.

    Empty when there is none. Raises JournalError (unavailable) when the server or the stream is not there.
    """
    inbox = client.new_inbox()
    query = {"seq": max(first, 1), "batch": most, "max_bytes": BYTES_MOST, "next_by_subj": subject}
    found: list[Stored] = []
    loop = asyncio.get_running_loop()
    deadline = loop.time() + READ_TIMEOUT_SECONDS
    try:
        subscription = await client.subscribe(inbox)
        try:
            address = f"$JS.API.DIRECT.GET.{subjects.JOURNAL_STREAM}"
            await client.publish(address, json.dumps(query).encode(), reply=inbox)
            while True:
                message = await subscription.next_msg(timeout=max(deadline - loop.time(), 0.001))
                headers = message.headers or {}
                status = headers.get("Status")
                if status in ("204", "404"):
                    return found
                if status is not None:
                    raise JournalError("unavailable", f"read refused with status {status}")
                found.append(Stored(int(headers["Nats-Sequence"]), message.data, headers.get("Nats-Time-Stamp", "")))
        finally:
            with contextlib.suppress(NatsError):
                await subscription.unsubscribe()
    except NatsTimeoutError:
        raise JournalError("unavailable", "read timed out") from None
    except NatsError as error:
        raise JournalError("unavailable", type(error).__name__) from error


class Tail:
    """The end of the journal, batch by batch, from a sequence on. One reader; ``next`` may be moved between reads."""

    def __init__(self, client: Client, first: int) -> None:
        self._client = client
        self.next = first
        self._woken = asyncio.Event()

    @contextlib.asynccontextmanager
    async def awake(self) -> AsyncIterator[None]:
        """Listen for new facts while inside; without it a read only polls."""

        async def wake(_: Msg) -> None:
            self._woken.set()

        subscription = await self._client.subscribe(subjects.JOURNAL_SUBJECTS, cb=wake)
        try:
            yield
        finally:
            with contextlib.suppress(NatsError):
                await subscription.unsubscribe()

    async def read(self, wait_seconds: float) -> list[Stored]:
        """The next facts, waiting up to ``wait_seconds`` for the first; moves ``next`` behind them.

        Raises JournalError: unavailable, or conflict when the sequence has a hole (the store lost facts).
        """
        loop = asyncio.get_running_loop()
        deadline = loop.time() + wait_seconds
        settle = 0.005
        while True:
            self._woken.clear()
            found = await read(self._client, subjects.JOURNAL_SUBJECTS, self.next)
            if found:
                wanted = range(self.next, self.next + len(found))
                if [stored.sequence for stored in found] != list(wanted):
                    raise JournalError("conflict", f"hole in the journal at {self.next}")
                self.next = found[-1].sequence + 1
                return found
            left = deadline - loop.time()
            if left <= 0:
                return []
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(min(left, IDLE_POLL_SECONDS)):
                    await self._woken.wait()
            # The wake-up is the publish; the fact is readable only when it is on disk a moment later.
            await asyncio.sleep(min(settle, left))
            settle = min(settle * 2, 0.1)
