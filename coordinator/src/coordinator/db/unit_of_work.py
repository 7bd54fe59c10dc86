"""The pool and the one way to a connection: a transaction that commits at the end or leaves nothing."""

import contextlib
import select
from collections.abc import AsyncIterator, Mapping
from weakref import WeakKeyDictionary

import psycopg
from psycopg.rows import DictRow, dict_row
from psycopg_pool import AsyncConnectionPool

from coordinator.db import half_vectors
from coordinator.fault import Fault

Connection = psycopg.AsyncConnection[DictRow]


async def _configured(connection: Connection) -> None:
    half_vectors.register(connection)


async def _as_before(connection: Connection) -> None:
    await connection.set_autocommit(False)


async def _checked(connection: Connection) -> None:
    """Raise when the connection was closed while it lay idle; asks the server only where something came from it."""
    waiting = select.poll()
    waiting.register(connection.fileno(), select.POLLIN)
    if waiting.poll(0):
        await AsyncConnectionPool.check_connection(connection)


class Database:
    """A bounded pool of connections. Construct anywhere; open and close it in the process that uses it."""

    def __init__(self, url: str, *, connections_max: int = 8, wait_seconds: float = 10.0) -> None:
        self._wait_seconds = wait_seconds
        self._settings: WeakKeyDictionary[Connection, dict[str, str]] = WeakKeyDictionary()
        self._pool: AsyncConnectionPool[Connection] = AsyncConnectionPool(
            url,
            connection_class=psycopg.AsyncConnection[DictRow],
            kwargs={"row_factory": dict_row, "connect_timeout": 5},
            min_size=1,
            max_size=connections_max,
            max_waiting=connections_max * 16,
            timeout=wait_seconds,
            open=False,
            configure=_configured,
            check=_checked,
            reset=_as_before,
            name="coordinator",
        )

    async def open(self) -> None:
        """Connect; raises Fault("database_unavailable") when Postgres does not answer in time."""
        try:
            await self._pool.open(wait=True, timeout=self._wait_seconds)
        except psycopg.OperationalError as error:
            raise Fault("database_unavailable", "Postgres does not answer", status=503) from error

    async def close(self) -> None:
        """Close every connection."""
        await self._pool.close(timeout=5)

    @contextlib.asynccontextmanager
    async def transaction(self) -> AsyncIterator[Connection]:
        """One unit of work: committed when the block ends, rolled back when it raises.

        Raises Fault("database_unavailable", 503) when no connection is free in time or it is lost on the way; a
        caller may do the whole again.
        """
        try:
            async with self._pool.connection() as connection, connection.transaction():
                yield connection
        except psycopg.errors.ProgramLimitExceeded:
            # What was to be written is too large for an index; again it would be, too.
            raise
        except psycopg.OperationalError as error:
            raise Fault("database_unavailable", type(error).__name__, status=503, retry_after_seconds=2) from error

    @contextlib.asynccontextmanager
    async def pipelined(self) -> AsyncIterator[Connection]:
        """As :meth:`transaction`, but statements travel without waiting for each other, the commit with the last.

        One that fails raises where a result is read next, or at the end; everything is rolled back then.
        """
        try:
            async with self._pool.connection() as connection, connection.pipeline():
                yield connection
                await connection.commit()
        except psycopg.errors.ProgramLimitExceeded:
            # What was to be written is too large for an index; again it would be, too.
            raise
        except psycopg.OperationalError as error:
            raise Fault("database_unavailable", type(error).__name__, status=503, retry_after_seconds=2) from error

    @contextlib.asynccontextmanager
    async def reading(self, settings: Mapping[str, str]) -> AsyncIterator[Connection]:
        """A connection on which every statement stands for itself, in a session with ``settings``: a read in one way
        there and back, where a transaction costs as much as a short search.

        A connection keeps its settings for later units of work, so they must be such as mean nothing to those.
        """
        try:
            async with self._pool.connection() as connection:
                await connection.set_autocommit(True)
                known = self._settings.setdefault(connection, {})
                for name in [name for name, value in settings.items() if known.get(name) != value]:
                    await connection.execute("SELECT set_config(%s, %s, false)", (name, settings[name]))
                    known[name] = settings[name]
                yield connection
        except psycopg.OperationalError as error:
            raise Fault("database_unavailable", type(error).__name__, status=503, retry_after_seconds=2) from error
