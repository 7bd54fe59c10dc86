"""Serves seeing on the node's own bus."""

import time

from interview_proto import subjects

from edge_node.bus.local import Bus
from edge_node.vision import codec, metrics
from edge_node.vision.trackers import Trackers

PICTURES_AT_MOST = 8


class VisionService:
    """The trackers behind one subject; pictures beyond a small bound are refused as busy."""

    def __init__(self, trackers: Trackers) -> None:
        self._trackers = trackers

    async def serve(self, bus: Bus) -> None:
        """Begin to answer. No queue group: tracking state lives here, so one vision process serves the node."""
        await bus.serve(subjects.WATCH, self.watch, at_most=PICTURES_AT_MOST)

    async def watch(self, data: bytes) -> bytes:
        """The answer to one picture, wire to wire; raises EngineError."""
        started = time.perf_counter()
        sight = codec.decode_sight(data)
        with metrics.picture_seconds.time():
            seen = await self._trackers.look(sight.interview_id, sight.i420, sight.width, sight.height, sight.at_ms)
        return codec.encode_sample(seen, round((time.perf_counter() - started) * 1000))
