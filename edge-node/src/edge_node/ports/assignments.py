"""Kits on this node, as the kiosk, the room and the review see them."""

from typing import Protocol

from edge_node.core.interview.plan import Kit


class Assignments(Protocol):
    """The kits dispatched to this node; works without the link."""

    async def kit(self, interview_id: str) -> Kit | None:
        """The kit of one interview, or None. Raises PlanError for one that cannot be held."""
        ...

    async def kits(self) -> list[Kit]:
        """Every holdable kit; a broken one is logged and left out."""
        ...
