"""Searches along learned axes: they find what a comparison with every passage finds, and lose nothing on the way."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Mapping
from typing import Any, cast
from uuid import UUID

import numpy as np
import psycopg
import pytest
from coordinator.corpora import repository
from coordinator.corpora.schemas import Filters, Found
from coordinator.corpora.service import CorporaService
from coordinator.db.unit_of_work import Connection, Database
from coordinator.passages import axes_repository
from coordinator.passages import repository as passages
from coordinator.passages.codec import Vectors
from coordinator.passages.indexer import learn_axes
from coordinator.passages.repository import NewPassage
from numpy.typing import NDArray

MODEL = "drawn"
COUNT = 700
COMPANY = UUID(int=1)


def drawn(count: int, seed: int) -> list[list[float]]:
    """Unit vectors of 1024 numbers that differ in sixty directions mostly, the same ones for every seed."""
    shared = np.random.default_rng(1).standard_normal((60, 1024))
    random = np.random.default_rng(seed)
    made: NDArray[np.float64] = random.standard_normal((count, 60)) @ shared + random.standard_normal((count, 1024))
    return cast("list[list[float]]", (made / np.linalg.norm(made, axis=1, keepdims=True)).tolist())


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    made = Database(database_url, connections_max=3)
    await made.open()
    try:
        yield made
    finally:
        await made.close()


async def stored(database: Database, vectors: list[list[float]], language: Any = "en") -> None:
    async with database.transaction() as connection:
        rows = [
            NewPassage("company_ideal", place, language, f"text {place}", company_id=COMPANY)
            for place in range(len(vectors))
        ]
        await passages.insert(connection, rows, Vectors(MODEL, vectors))


async def lacking(database: Database) -> int:
    async with database.transaction() as connection:
        cursor = await connection.execute("SELECT count(*) AS n FROM passage WHERE reduced IS NULL")
        row = await cursor.fetchone()
    assert row is not None
    return int(row["n"])


async def found(service: CorporaService, vector: list[float], **filters: Any) -> list[Found]:
    return await service.nearest(["company_ideal"], Vectors(MODEL, [vector]), Filters(**filters), limit=10)


@pytest.fixture
async def filled(database: Database) -> Database:
    """Seven hundred passages, every tenth in Korean, and what the planner has to know of them."""
    vectors = drawn(COUNT, seed=2)
    async with database.transaction() as connection:
        await connection.execute("INSERT INTO company (id, name) VALUES (%s, 'Example')", (COMPANY,))
    await stored(database, vectors[: COUNT - 70])
    await stored(database, vectors[COUNT - 70 :], "ko")
    async with database.transaction() as connection:
        await connection.execute("ANALYZE passage")
    return database


async def test_the_index_finds_what_a_comparison_with_all_finds(
    filled: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    exact = CorporaService(filled, cast("Any", None))
    queries = drawn(20, seed=3)
    wanted = [[one.passage_id for one in await found(exact, query)] for query in queries]
    in_korean = [[one.passage_id for one in await found(exact, query, language="ko")] for query in queries]
    monkeypatch.setattr(repository, "EXACT_ROWS_MAX", 50)
    not_learned = CorporaService(filled, cast("Any", None))
    assert [[one.passage_id for one in await found(not_learned, query)] for query in queries] == wanted

    await learn_axes(filled, MODEL, learned_from=300)
    assert await lacking(filled) == 0
    walked: list[str] = []
    reading = filled.reading

    def counted(settings: Mapping[str, str]) -> contextlib.AbstractAsyncContextManager[Connection]:
        walked.append(settings["hnsw.iterative_scan"])
        return reading(settings)

    monkeypatch.setattr(filled, "reading", counted)
    # A service that asked for axes before there were any asks again.
    service = not_learned
    same = [
        len({one.passage_id for one in await found(service, query)} & set(ids))
        for query, ids in zip(queries, wanted, strict=True)
    ]
    assert sum(same) >= 0.97 * 10 * len(queries)
    assert walked == ["off"] * len(queries)
    same = [
        len({one.passage_id for one in await found(service, query, language="ko")} & set(ids))
        for query, ids in zip(queries, in_korean, strict=True)
    ]
    assert sum(same) >= 0.97 * 10 * len(queries)


async def test_a_filter_the_walk_did_not_foresee_makes_it_go_on(
    filled: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    await learn_axes(filled, MODEL, learned_from=300)
    monkeypatch.setattr(repository, "EXACT_ROWS_MAX", 50)
    monkeypatch.setattr(repository, "WIDTH_LEAST", 40)
    monkeypatch.setattr(repository, "walk", lambda estimated, limit: repository.Walk(40, onwards=False))
    service = CorporaService(filled, cast("Any", None))
    # Of the forty nearest about four are Korean.
    for query in drawn(5, seed=4):
        assert len(await found(service, query, language="ko")) == 10


async def test_passages_stored_after_the_axes_are_found(filled: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    await learn_axes(filled, MODEL, learned_from=300)
    (vector,) = drawn(1, seed=5)
    await stored(filled, [vector], "ko")
    assert await lacking(filled) == 0
    monkeypatch.setattr(repository, "EXACT_ROWS_MAX", 0)
    nearest, *_ = await found(CorporaService(filled, cast("Any", None)), vector)
    assert (nearest.language, nearest.similarity > 0.999) == ("ko", True)


async def test_who_was_storing_while_axes_were_learned_is_waited_for(filled: Database, database_url: str) -> None:
    async with await psycopg.AsyncConnection.connect(database_url) as writer:
        (vector,) = drawn(1, seed=6)
        await writer.execute(
            "INSERT INTO passage (kind, language, text, company_id, embedding, embedding_model)"
            " VALUES ('company_ideal', 'en', 'late', %s, %s::halfvec, %s)",
            (COMPANY, str(vector), MODEL),
        )
        learning = asyncio.create_task(learn_axes(filled, MODEL, learned_from=300))
        async with await psycopg.AsyncConnection.connect(database_url, autocommit=True) as looking:
            waits = "SELECT count(*) FROM pg_locks WHERE relation = 'passage'::regclass AND NOT granted"
            while not (await (await looking.execute(waits)).fetchone() or (0,))[0]:
                assert not learning.done()
                await asyncio.sleep(0.01)
        await writer.commit()
    await learning
    assert await lacking(filled) == 0


async def test_a_reduction_that_was_cut_off_is_gone_on_with(filled: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    async def cut_off(*_: Any) -> int:
        raise ConnectionError

    with monkeypatch.context() as patched:
        patched.setattr(axes_repository, "reduce", cut_off)
        with pytest.raises(ConnectionError):
            await learn_axes(filled, MODEL, learned_from=300)
    async with filled.transaction() as connection:
        # Searches do not go along axes that some passages do not have.
        assert await axes_repository.load(connection, MODEL) is None
    assert await lacking(filled) == COUNT
    await learn_axes(filled, MODEL, learned_from=300)
    assert await lacking(filled) == 0
    async with filled.transaction() as connection:
        axes = await axes_repository.load(connection, MODEL)
    assert axes is not None
    assert axes @ axes.T == pytest.approx(np.eye(len(axes)), abs=2e-3)


async def test_few_passages_need_no_axes(filled: Database) -> None:
    await learn_axes(filled, MODEL, learned_from=COUNT + 1)
    async with filled.transaction() as connection:
        assert await axes_repository.learned(connection, MODEL) == (False, False)


async def test_each_walk_is_as_wide_as_it_should_be_whatever_the_connection_did_before(
    filled: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    await learn_axes(filled, MODEL, learned_from=300)
    monkeypatch.setattr(repository, "EXACT_ROWS_MAX", 0)
    seen: list[tuple[str, str]] = []
    by_index = repository.nearest_by_index

    async def looked_at(connection: Connection, *given: Any) -> list[Found]:
        cursor = await connection.execute(
            "SELECT current_setting('hnsw.ef_search') AS sight, current_setting('hnsw.iterative_scan') AS onwards"
        )
        row = await cursor.fetchone()
        assert row is not None
        seen.append((row["sight"], row["onwards"]))
        return await by_index(connection, *given)

    monkeypatch.setattr(repository, "nearest_by_index", looked_at)
    (query,) = drawn(1, seed=7)
    walks = [repository.Walk(105, False), repository.Walk(300, True), repository.Walk(300, False)] * 2
    for one in walks:
        monkeypatch.setattr(repository, "walk", lambda estimated, limit, one=one: one)
        assert len(await found(CorporaService(filled, cast("Any", None)), query)) == 10
    assert seen == [(one.settings["hnsw.ef_search"], one.settings["hnsw.iterative_scan"]) for one in walks]
    async with filled.transaction() as connection:
        # What stood for itself before is a unit of work again.
        assert not connection.autocommit
