"""What is known of the nodes."""

from coordinator.audit.repository import Actor, append
from coordinator.auth.rbac import Action, may
from coordinator.auth.tokens import Caller
from coordinator.db.unit_of_work import Database
from coordinator.fault import Fault
from coordinator.nodes import repository
from coordinator.nodes.schemas import DeadLetter, Node, OpenDeadLetters

ONLINE_SECONDS = 10
"""Five heartbeats."""

DEAD_LETTERS_MOST = 500


class NodeService:
    """Reads nodes and dead letters. ``clock_error_seconds``: from where on a node's clock is wrong."""

    def __init__(self, database: Database, *, clock_error_seconds: float = 5.0) -> None:
        self._database = database
        self._clock_error_ms = round(clock_error_seconds * 1000)

    async def nodes(self) -> list[Node]:
        """Every node ever heard of."""
        async with self._database.transaction() as connection:
            return await repository.nodes(connection, ONLINE_SECONDS, self._clock_error_ms)

    async def dead_letters(self, caller: Caller) -> list[DeadLetter]:
        """The newest dead letters, 500 at the most; what did not fit only for who may see it."""
        async with self._database.transaction() as connection:
            letters = await repository.dead_letters(connection, DEAD_LETTERS_MOST)
        if may(caller.role, Action.DEAD_LETTERS_INSPECT):
            return letters
        # It may quote what a node sent, and that may be what a candidate said.
        return [letter.model_copy(update={"detail": None}) for letter in letters]

    async def open_dead_letters(self) -> OpenDeadLetters:
        """How many wait."""
        async with self._database.transaction() as connection:
            return OpenDeadLetters(open=await repository.count_open(connection))

    async def dead_letter_bytes(self, letter_id: int, caller: Caller) -> bytes:
        """What came, byte for byte; that somebody looked is on record. Raises Fault dead_letter_unknown (404)."""
        async with self._database.transaction() as connection:
            found = await repository.raw(connection, letter_id)
            if found is None:
                raise Fault("dead_letter_unknown", "there is no such dead letter", status=404)
            actor = Actor(str(caller.account_id), caller.role.value)
            await append(connection, actor, "dead_letter.inspect", f"dead_letter:{letter_id}", {})
        return found

    async def settle(self, letter_id: int, caller: Caller) -> OpenDeadLetters:
        """Note that somebody has seen to it; how many are left. Raises Fault dead_letter_unknown (404)."""
        async with self._database.transaction() as connection:
            if not await repository.settle(connection, letter_id, caller.account_id):
                raise Fault("dead_letter_unknown", "there is no such dead letter", status=404)
            actor = Actor(str(caller.account_id), caller.role.value)
            await append(connection, actor, "dead_letter.settle", f"dead_letter:{letter_id}", {})
            return OpenDeadLetters(open=await repository.count_open(connection))
