"""Serve the language model on the node's bus."""

import contextlib
from collections.abc import AsyncIterator

from interview_proto import subjects

from edge_node.bus.local import Bus
from edge_node.language import codec
from edge_node.ports.language import LanguageModel

# More than the engine's own queue, so that it is the engine that refuses, and says so.
_AT_MOST = 64


async def serve(bus: Bus, model: LanguageModel) -> None:
    """Answer generate requests until the bus closes; returns when subscribed."""

    async def generate(payload: bytes) -> AsyncIterator[bytes]:
        pieces = model.generate(codec.decode_request(payload))
        async with contextlib.aclosing(pieces):  # type: ignore[type-var]
            async for piece in pieces:
                yield codec.encode_piece(piece)

    await bus.serve_stream(subjects.GENERATE, generate, queue=subjects.ENGINE_QUEUE, at_most=_AT_MOST)
