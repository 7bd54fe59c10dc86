"""The language model as another process of the node sees it: ports.language over the bus."""

import asyncio
import contextlib
from collections.abc import AsyncIterator

from interview_proto import subjects

from edge_node.bus.local import Bus
from edge_node.language import codec
from edge_node.ports.failure import EngineError
from edge_node.ports.language import Generation, Piece
from edge_node.tasks import cancel

QUIET_SECONDS = 1.0
"""Silence after which the process is asked whether it lives: a killed one sends nothing more, not even its end."""


class LanguageClient:
    """A LanguageModel behind the bus."""

    def __init__(self, bus: Bus) -> None:
        self._bus = bus

    async def generate(self, request: Generation) -> AsyncIterator[Piece]:
        """Stream pieces; raises EngineError (unavailable when nobody serves, late when the timeout passes)."""
        replies = self._bus.stream(
            subjects.GENERATE, codec.encode_request(request), timeout_seconds=request.timeout_seconds
        )
        async with contextlib.aclosing(replies):
            while True:
                try:
                    payload = await self._next(replies)
                except StopAsyncIteration:
                    raise EngineError("internal", "the stream ended without a last piece") from None
                piece = codec.decode_piece(payload)
                yield piece
                if piece.last:
                    return

    async def _next(self, replies: AsyncIterator[bytes]) -> bytes:
        """The next payload; raises EngineError unavailable once the process that owes it is gone."""
        coming = asyncio.ensure_future(anext(replies))
        try:
            while not (await asyncio.wait({coming}, timeout=QUIET_SECONDS))[0]:
                await self._check_alive()
            return coming.result()
        finally:
            if not coming.done():
                await cancel(coming)

    async def _check_alive(self) -> None:
        try:
            await self._bus.request(subjects.health("language"), b"", timeout_seconds=QUIET_SECONDS)
        except EngineError as error:
            # One that answers late is busy, not dead.
            if error.code == "unavailable":
                raise
