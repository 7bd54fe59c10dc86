"""Seeing, as the room sees it."""

from typing import Protocol

from edge_node.core.observation.sample import Sample
from edge_node.ports.media import Picture


class Watcher(Protocol):
    """Reduces a picture to numbers."""

    async def watch(
        self, interview_id: str, picture: Picture, at_ms: int, timeout_seconds: float, *, emotion: bool = False
    ) -> Sample:
        """The sample of one picture; ``at_ms`` strictly increases per interview. Raises EngineError.

        ``emotion``: also what the face expresses. Only of a candidate who agreed to just that.
        """
        ...
