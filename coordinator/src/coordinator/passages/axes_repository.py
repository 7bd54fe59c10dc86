"""Rows of axes, and which passages have their reduced vectors."""

import numpy as np
from numpy.typing import NDArray
from pgvector import HalfVector

from coordinator.db.unit_of_work import Connection

# Of halfvec's binary form: how many numbers, and two bytes that mean nothing.
_HEAD_BYTES = 4


def _array(rows: list[bytes]) -> NDArray[np.float32]:
    return np.stack([np.frombuffer(row, ">f2", offset=_HEAD_BYTES) for row in rows]).astype(np.float32)


async def load(connection: Connection, model: str) -> NDArray[np.float32] | None:
    """The axes of ``model``, float32 [WIDTH, 1024]; None before every passage of it has its reduced vector."""
    cursor = await connection.execute(
        """
        SELECT halfvec_send(axis) AS axis FROM embedding_axis JOIN embedding_axes USING (model)
        WHERE model = %s AND filled_at IS NOT NULL ORDER BY place
        """,
        (model,),
    )
    rows = [row["axis"] for row in await cursor.fetchall()]
    return _array(rows) if rows else None


async def learned(connection: Connection, model: str) -> tuple[bool, bool]:
    """Whether ``model`` has axes, and whether every passage of it has its reduced vector."""
    cursor = await connection.execute(
        "SELECT filled_at IS NOT NULL AS filled FROM embedding_axes WHERE model = %s", (model,)
    )
    row = await cursor.fetchone()
    return row is not None, bool(row and row["filled"])


async def sample(connection: Connection, model: str, count: int) -> NDArray[np.float32] | None:
    """Vectors of ``count`` passages of ``model``, float32 [count, 1024]; None when there are fewer."""
    # Ids are drawn at random, so that the first ones are a fair sample. Too few of them do not travel.
    cursor = await connection.execute(
        """
        WITH fair AS MATERIALIZED (
            SELECT id, embedding FROM passage WHERE embedding_model = %(model)s ORDER BY id LIMIT %(count)s
        )
        SELECT halfvec_send(embedding) AS vector FROM fair
        WHERE (SELECT count(*) FROM fair) = %(count)s ORDER BY id
        """,
        {"model": model, "count": count},
    )
    rows = [row["vector"] for row in await cursor.fetchall()]
    return _array(rows) if rows else None


async def store(connection: Connection, model: str, axes: NDArray[np.float32], learned_from: int) -> None:
    """Keep the axes of ``model`` unless it has some: passages stored from now on have reduced vectors."""
    # Who is about to store a passage ends first: it would not see the axes, and its passage would not be found.
    await connection.execute("LOCK TABLE passage IN SHARE ROW EXCLUSIVE MODE")
    cursor = await connection.execute(
        "INSERT INTO embedding_axes (model, learned_from) VALUES (%s, %s) ON CONFLICT DO NOTHING",
        (model, learned_from),
    )
    if cursor.rowcount:
        async with connection.cursor() as writing:
            await writing.executemany(
                "INSERT INTO embedding_axis (model, place, axis) VALUES (%s, %s, %b::halfvec)",
                [(model, place, HalfVector(axis)) for place, axis in enumerate(axes)],
            )


async def reduce(connection: Connection, model: str, limit: int) -> int:
    """Give up to ``limit`` passages stored before the axes their reduced vectors; returns how many it gave."""
    cursor = await connection.execute(
        """
        UPDATE passage SET embedding = embedding WHERE id IN (
            SELECT id FROM passage WHERE embedding_model = %s AND reduced IS NULL
            LIMIT %s FOR UPDATE SKIP LOCKED
        )
        """,
        (model, limit),
    )
    return cursor.rowcount


async def finish(connection: Connection, model: str) -> None:
    """From now on searches go along the axes of ``model``, unless a passage still lacks its reduced vector."""
    await connection.execute(
        """
        UPDATE embedding_axes SET filled_at = now() WHERE model = %(model)s AND filled_at IS NULL
            AND NOT EXISTS (SELECT FROM passage WHERE embedding_model = %(model)s AND reduced IS NULL)
        """,
        {"model": model},
    )
