"""Seeing over the bus: the port, as the room uses it."""

from interview_proto import subjects

from edge_node.bus.local import Bus
from edge_node.core.observation import Observation
from edge_node.ports.media import Picture
from edge_node.vision import codec


class BusWatcher:
    """Observations by the vision process."""

    def __init__(self, bus: Bus) -> None:
        self._bus = bus

    async def watch(self, interview_id: str, picture: Picture, at_ms: int, timeout_seconds: float) -> Observation:
        """The observation of one picture; ``at_ms`` strictly increases per interview. Raises EngineError."""
        sight = codec.Sight(interview_id, picture.rgb, picture.width, picture.height, at_ms)
        reply = await self._bus.request(subjects.WATCH, codec.encode_sight(sight), timeout_seconds=timeout_seconds)
        return codec.decode_observation(reply, at_ms=at_ms)
