"""The data channel ``room``: JSON objects both ways, bounded, garbage dropped and counted."""

import asyncio
import json
from collections import deque
from collections.abc import AsyncIterator, Mapping
from typing import Any

from aiortc import RTCDataChannel

LABEL = "room"
LARGEST_MESSAGE_BYTES = 65_536
LONGEST_QUEUE = 100
LARGEST_BACKLOG_BYTES = 1_048_576


def parse(message: str | bytes) -> dict[str, Any] | None:
    """The JSON object in ``message``, or None: too large, binary, no JSON, or no object."""
    if not isinstance(message, str) or len(message.encode()) > LARGEST_MESSAGE_BYTES:
        return None
    try:
        value = json.loads(message)
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, dict) else None


class Channel:
    """Both directions of the page's data channel; messages sent before it first opens wait, 100 at the most."""

    def __init__(self) -> None:
        self._channel: RTCDataChannel | None = None
        self._outgoing: deque[str] = deque()
        self._incoming: deque[dict[str, Any]] = deque()
        self._changed = asyncio.Event()
        self._ended = False
        self.dropped_in = 0
        self.dropped_out = 0

    def adopt(self, channel: RTCDataChannel) -> None:
        """Use a channel the page opened; any label but ``room`` is closed, a second one replaces the first."""
        if channel.label != LABEL:
            channel.close()
            return
        self._channel = channel
        channel.on("message", self._received)
        if channel.readyState == "open":
            self._flush()
        else:
            channel.on("open", self._flush)

    def send(self, message: Mapping[str, Any]) -> None:
        """Send a JSON object; dropped and counted when it cannot be."""
        text = json.dumps(message, ensure_ascii=False, separators=(",", ":"))
        if self._channel is None and not self._ended and len(self._outgoing) < LONGEST_QUEUE:
            self._outgoing.append(text)
        else:
            self._transmit(text)

    def _flush(self) -> None:
        while self._outgoing:
            self._transmit(self._outgoing.popleft())

    def _transmit(self, text: str) -> None:
        channel = self._channel
        if channel is None or channel.readyState != "open" or channel.bufferedAmount > LARGEST_BACKLOG_BYTES:
            self.dropped_out += 1
        else:
            channel.send(text)

    def _received(self, message: str | bytes) -> None:
        value = parse(message)
        if value is None or len(self._incoming) >= LONGEST_QUEUE:
            self.dropped_in += 1
            return
        self._incoming.append(value)
        self._changed.set()

    def end(self) -> None:
        """Nothing will come any more."""
        self._ended = True
        self._changed.set()

    async def messages(self) -> AsyncIterator[dict[str, Any]]:
        """Objects in order until :meth:`end`; one reader at a time."""
        while True:
            while self._incoming:
                yield self._incoming.popleft()
            if self._ended:
                return
            self._changed.clear()
            await self._changed.wait()
