"""The language model as another process of the node sees it: ports.language over the bus."""

import contextlib
from collections.abc import AsyncIterator

from interview_proto import subjects

from edge_node.bus.local import Bus
from edge_node.language import codec
from edge_node.ports.failure import EngineError
from edge_node.ports.language import Generation, Piece


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
            async for payload in replies:
                piece = codec.decode_piece(payload)
                yield piece
                if piece.last:
                    return
        raise EngineError("internal", "the stream ended without a last piece")
