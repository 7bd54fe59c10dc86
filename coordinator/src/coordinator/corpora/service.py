"""Retrieval: passages near a text or a vector. And the questions shipped with the program."""

import json
import time
from collections.abc import Sequence
from dataclasses import replace
from importlib import resources
from typing import Any

import numpy as np
from numpy.typing import NDArray

from coordinator.corpora import repository
from coordinator.corpora.estimates import Estimate, Estimates
from coordinator.corpora.promotion import Use, promotion
from coordinator.corpora.schemas import CorpusQuestion, Filters, Found, Kind
from coordinator.db.unit_of_work import Database
from coordinator.passages import axes, axes_repository
from coordinator.passages.codec import Vectors
from coordinator.passages.embedder import Embedder
from coordinator.passages.repository import NewPassage
from coordinator.passages.repository import insert as insert_passages

LIMIT_MAX = 200
POOL = 3
"""So many times what is wanted is looked at, so that a record can bring a question forward."""


class CorporaService:
    """Finds passages."""

    def __init__(self, database: Database, embedder: Embedder) -> None:
        self._database = database
        self._embedder = embedder
        self._estimates = Estimates(time.monotonic)
        self._known_axes: dict[str, NDArray[np.float32]] = {}

    async def nearest(
        self,
        kinds: Sequence[Kind],
        query: str | Vectors,
        filters: Filters | None = None,
        *,
        limit: int = 10,
    ) -> list[Found]:
        """Up to ``limit`` (1 to 200) passages, nearest first; a ``query`` of Vectors holds exactly one.

        Only vectors of the query's own model are looked at. Raises Fault embedder_unavailable (503) for a text
        while no embedder runs, ValueError for a limit out of range.
        """
        if not 1 <= limit <= LIMIT_MAX:
            raise ValueError(f"limit must be 1 to {LIMIT_MAX}, not {limit}")
        vectors = await self._embedder.query(query) if isinstance(query, str) else query
        (vector,) = vectors.values
        wanted = filters or Filters()
        walk = repository.walk(await self._estimate(kinds, vectors.model, wanted), limit)
        along = await self._axes(vectors.model) if walk else None
        if walk is None or along is None:
            async with self._database.reading({}) as connection:
                return await repository.nearest_of_all(connection, kinds, vector, vectors.model, wanted, limit)
        short = axes.reduced(along, vector)
        while True:
            async with self._database.reading(walk.settings) as connection:
                found = await repository.nearest_by_index(
                    connection, kinds, vector, short, vectors.model, wanted, limit
                )
            if len(found) == limit or walk.onwards:
                return found
            walk = walk._replace(onwards=True)

    async def _estimate(self, kinds: Sequence[Kind], model: str, filters: Filters) -> Estimate:
        asked = (tuple(kinds), model, filters)
        if (known := self._estimates.get(asked)) is not None:
            return known
        async with self._database.pipelined() as connection:
            estimated = await repository.estimate(connection, kinds, model, filters)
        self._estimates.put(asked, estimated)
        return estimated

    async def _axes(self, model: str) -> NDArray[np.float32] | None:
        """The axes of ``model``, asked for until they are there: they do not change afterwards."""
        if (known := self._known_axes.get(model)) is not None:
            return known
        async with self._database.transaction() as connection:
            learned = await axes_repository.load(connection, model)
        if learned is not None:
            self._known_axes[model] = learned
        return learned

    async def questions(self, query: Vectors, filters: Filters, *, limit: int) -> list[Found]:
        """Up to ``limit`` questions by similarity and by what their record adds to it; ``query`` holds one vector."""
        near = await self.nearest(["question"], query, filters, limit=min(limit * POOL, LIMIT_MAX))
        async with self._database.transaction() as connection:
            known = await repository.uses(
                connection, [one.corpus_question_id for one in near if one.corpus_question_id]
            )
        promoted = [
            replace(one, promotion=promotion(known.get(one.corpus_question_id, Use())))
            if one.corpus_question_id
            else one
            for one in near
        ]
        return sorted(promoted, key=lambda one: -(one.similarity + one.promotion))[:limit]

    async def shared_questions(self) -> list[CorpusQuestion]:
        """The shipped questions and how they fared."""
        async with self._database.transaction() as connection:
            return await repository.shared_questions(connection)


def shipped_questions() -> list[dict[str, Any]]:
    """The questions of ``questions.json``, each with key, family, stage, competency, language and text."""
    text = (resources.files("coordinator.corpora") / "questions.json").read_text(encoding="utf-8")
    return [
        {
            "seed_key": f"{group['key']}-{language}-{place + 1}",
            "family": group["family"],
            "stage": group["stage"],
            "competency": group["competency"],
            "language": language,
            "text": question,
        }
        for group in json.loads(text)
        for language in ("en", "ko")
        for place, question in enumerate(group[language])
    ]


async def load_shipped_questions(database: Database) -> int:
    """Bring the shipped questions into the database; the number new or changed. Vectors come from the indexer."""
    changed = 0
    async with database.transaction() as connection:
        for question in shipped_questions():
            question_id = await repository.upsert_shipped_question(connection, **question)
            if question_id is not None:
                passage = NewPassage(
                    "question", 0, question["language"], question["text"], corpus_question_id=question_id
                )
                await insert_passages(connection, [passage], None)
                changed += 1
    return changed
