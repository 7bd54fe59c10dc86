"""Seeing, as the room sees it."""

from typing import Protocol

from edge_node.core.observation import Observation
from edge_node.ports.media import Picture


class Watcher(Protocol):
    """Reduces a picture to an observation."""

    async def watch(self, interview_id: str, picture: Picture, at_ms: int, timeout_seconds: float) -> Observation:
        """The observation of one picture; ``at_ms`` strictly increases per interview. Raises EngineError."""
        ...
