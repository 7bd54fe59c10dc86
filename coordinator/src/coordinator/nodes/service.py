"""What is known of the nodes."""

from coordinator.db.unit_of_work import Database
from coordinator.nodes import repository
from coordinator.nodes.schemas import DeadLetter, Node

ONLINE_SECONDS = 10
"""Five heartbeats."""

DEAD_LETTERS_MOST = 500


class NodeService:
    """Reads nodes and dead letters."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def nodes(self) -> list[Node]:
        """Every node ever heard of."""
        async with self._database.transaction() as connection:
            return await repository.nodes(connection, ONLINE_SECONDS)

    async def dead_letters(self) -> list[DeadLetter]:
        """The newest dead letters, 500 at the most."""
        async with self._database.transaction() as connection:
            return await repository.dead_letters(connection, DEAD_LETTERS_MOST)
