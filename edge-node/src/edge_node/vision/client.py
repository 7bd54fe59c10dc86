"""Seeing over the bus: the port, as the room uses it."""

from interview_proto import subjects

from edge_node.bus.local import Bus
from edge_node.core.observation.sample import Sample
from edge_node.ports.media import Picture
from edge_node.vision import codec


class BusWatcher:
    """Samples by the vision process."""

    def __init__(self, bus: Bus) -> None:
        self._bus = bus

    async def watch(self, interview_id: str, picture: Picture, at_ms: int, timeout_seconds: float) -> Sample:
        """The sample of one picture; ``at_ms`` strictly increases per interview. Raises EngineError."""
        sight = codec.Sight(interview_id, picture.i420, picture.width, picture.height, at_ms)
        reply = await self._bus.request(subjects.WATCH, codec.encode_sight(sight), timeout_seconds=timeout_seconds)
        return codec.decode_sample(reply, at_ms=at_ms)
