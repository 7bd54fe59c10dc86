"""Seeing from wire to wire: on the node's own bus, and for the picture socket."""

import time

from interview_proto import subjects

from edge_node.bus.local import Bus
from edge_node.core.observation.sample import Sample
from edge_node.ports.failure import EngineError
from edge_node.telemetry.logs import get_logger
from edge_node.vision import codec, metrics
from edge_node.vision.trackers import Trackers

PICTURES_AT_MOST = 8

log = get_logger("vision")


class VisionService:
    """The trackers behind one subject and one call; pictures beyond a small bound are refused as busy on the bus."""

    def __init__(self, trackers: Trackers) -> None:
        self._trackers = trackers

    async def serve(self, bus: Bus) -> None:
        """Begin to answer. No queue group: tracking state lives here, so one vision process serves the node."""
        await bus.serve(subjects.WATCH, self.watch, at_most=PICTURES_AT_MOST)

    async def watch(self, data: bytes) -> bytes:
        """The answer to one picture; raises EngineError."""
        began = time.perf_counter()
        return _told(await self._trackers.look(codec.decode_sight(data)), began)

    def answer(self, data: bytes) -> bytes:
        """The answer to one picture in parts, by the calling thread; a failure is an answer too."""
        began = time.perf_counter()
        try:
            return _told(self._trackers.look_now(codec.sight_of_parts(data)), began)
        except EngineError as error:
            return codec.encode_failure(error)
        except Exception:  # the edge of a process: logged, and answered so that nobody waits
            log.exception("picture failed")
            return codec.encode_failure(EngineError("internal"))


def _told(seen: Sample, began: float) -> bytes:
    seconds = time.perf_counter() - began
    metrics.picture_seconds.observe(seconds)
    return codec.encode_sample(seen, round(1000 * seconds))
