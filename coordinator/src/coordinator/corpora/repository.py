"""Passages by relational conditions and vector order, and the shipped questions' rows."""

import math
from collections.abc import Sequence
from typing import Any, NamedTuple
from uuid import UUID

from pgvector import HalfVector

from coordinator.corpora.estimates import Estimate
from coordinator.corpora.promotion import Use, promotion
from coordinator.corpora.schemas import CorpusQuestion, Filters, Found, Kind
from coordinator.db.unit_of_work import Connection

WIDTH_LEAST, WIDTH_MOST = 105, 400
"""Neighbours a search keeps in sight (``hnsw.ef_search``) where all passages pass the filters, and where few do."""

COMPARED_LEAST, COMPARED_TIMES = 40, 3
"""Of what the index finds by reduced vectors so many are compared in full, or so many times what is wanted."""

EXACT_ROWS_MAX = 6000
"""So many passages are compared one by one in about ten milliseconds; a filter that leaves no more needs no index."""

_NEAREST = """
WITH near AS MATERIALIZED (
    SELECT passage.id, passage.embedding <=> %(vector)b::halfvec AS distance
    FROM {tables} WHERE {conditions} ORDER BY {order} LIMIT {compared}
), found AS MATERIALIZED (SELECT id, distance FROM near ORDER BY distance, id LIMIT {limit})
SELECT passage.id AS passage_id, passage.kind, passage.text, passage.language, 1 - found.distance AS similarity,
       section.title AS section_title, question.id AS corpus_question_id, question.stage, question.competency,
       coalesce(question.job_id IS NOT NULL, false) AS own
FROM found
JOIN passage ON passage.id = found.id
LEFT JOIN corpus_question AS question ON question.id = passage.corpus_question_id
LEFT JOIN resume_section AS section ON section.id = passage.resume_section_id
ORDER BY found.distance, found.id
"""
_STORED = "SELECT reltuples FROM pg_class WHERE oid = 'passage'::regclass"
# Counting would cost more than the search: how many rows the filters leave is the planner's estimate.
_ESTIMATE = "EXPLAIN (FORMAT JSON) SELECT 1 FROM {tables} WHERE {conditions}"
_BY_INDEX = "passage.reduced <=> %(reduced)b::halfvec"
# No index knows this order, so every row that the filters leave is compared.
_ONE_BY_ONE = "passage.embedding <=> %(vector)b::halfvec"

_OF_RESUME = "passage.resume_section_id IN (SELECT id FROM resume_section WHERE resume_id = %(resume_id)s)"
# Each condition by the filter that asks for it. A filter asks of its own kind of passage; others pass.
_CONDITIONS = {
    "language": "passage.language = %(language)s",
    "candidate_id": "(passage.candidate_id = %(candidate_id)s OR passage.candidate_id IS NULL)",
    "company_id": "(passage.company_id = %(company_id)s OR passage.company_id IS NULL)",
    "job_id": "(passage.job_id = %(job_id)s OR passage.job_id IS NULL)",
    "families": "(question.family = ANY (%(families)s) OR question.id IS NULL)",
    "stages": "(question.stage = ANY (%(stages)s) OR question.id IS NULL)",
    "competencies": "(question.competency = ANY (%(competencies)s) OR question.id IS NULL)",
    "own": "(question.job_id IS NOT NULL) = %(own)s",
    "resume_id": f"({_OF_RESUME} OR passage.resume_section_id IS NULL)",
}
_OF_QUESTIONS = {"families", "stages", "competencies", "own"}
# Where only one kind is looked for, its filter needs no way out and finds its index.
_OF_ONE_KIND = {
    ("resume", "resume_id"): _OF_RESUME,
    ("resume", "candidate_id"): "passage.candidate_id = %(candidate_id)s",
    ("company_ideal", "company_id"): "passage.company_id = %(company_id)s",
    ("job", "job_id"): "passage.job_id = %(job_id)s",
    ("question", "families"): "question.family = ANY (%(families)s)",
    ("question", "stages"): "question.stage = ANY (%(stages)s)",
    ("question", "competencies"): "question.competency = ANY (%(competencies)s)",
}


def _sources(kinds: Sequence[Kind], filters: dict[str, Any]) -> tuple[str, str]:
    """The tables to look in and the conditions on them."""
    only = kinds[0] if len(kinds) == 1 else None
    # Where no question can pass, the planner would take what is asked of questions for a narrow filter.
    questions = only in (None, "question")
    conditions = ["passage.kind = ANY (%(kinds)s)", "passage.embedding_model = %(model)s"]
    conditions += [
        _OF_ONE_KIND.get((only or "", name), condition)
        for name, condition in _CONDITIONS.items()
        if filters[name] is not None and (questions or name not in _OF_QUESTIONS)
    ]
    tables = "passage"
    if questions:
        join = "JOIN" if only else "LEFT JOIN"
        tables += f" {join} corpus_question AS question ON question.id = passage.corpus_question_id"
        # A job's own questions are nobody else's.
        conditions.append("(question.job_id IS NULL OR question.job_id = %(job_id)s)")
    return tables, " AND ".join(conditions)


async def estimate(connection: Connection, kinds: Sequence[Kind], model: str, filters: Filters) -> Estimate:
    """How many passages of ``kinds`` with vectors of ``model`` the filters leave, by the planner's statistics."""
    parameters = _parameters(kinds, model, filters)
    tables, conditions = _sources(kinds, parameters)
    statement = _ESTIMATE.format(tables=tables, conditions=conditions)
    # Never prepared: a kept plan would not fit the next filters.
    cursor = await connection.execute(statement.encode(), parameters, prepare=False)
    counting = await connection.execute(_STORED)
    planned, stored = await cursor.fetchone(), await counting.fetchone()
    assert planned is not None
    assert stored is not None
    return Estimate(planned["QUERY PLAN"][0]["Plan"]["Plan Rows"], stored["reltuples"])


async def nearest_of_all(
    connection: Connection, kinds: Sequence[Kind], vector: Sequence[float], model: str, filters: Filters, limit: int
) -> list[Found]:
    """Up to ``limit`` passages of ``kinds`` with vectors of ``model``, nearest first: all that the filters leave are
    compared."""
    parameters = _parameters(kinds, model, filters) | {"vector": HalfVector(list(vector))}
    tables, conditions = _sources(kinds, parameters)
    query = _NEAREST.format(tables=tables, conditions=conditions, order=_ONE_BY_ONE, compared=limit, limit=limit)
    # A kept plan would not fit the next filters.
    cursor = await connection.execute(query.encode(), parameters, prepare=False)
    return [Found(**row) for row in await cursor.fetchall()]


async def nearest_by_index(
    connection: Connection,
    kinds: Sequence[Kind],
    vector: Sequence[float],
    reduced: Sequence[float],
    model: str,
    filters: Filters,
    limit: int,
) -> list[Found]:
    """As :func:`nearest_of_all`, but only those are compared that a walk of the index finds by their ``reduced``
    vectors; ``connection`` has the settings of that :class:`Walk`."""
    parameters = _parameters(kinds, model, filters)
    parameters |= {"vector": HalfVector(list(vector)), "reduced": HalfVector(list(reduced))}
    tables, conditions = _sources(kinds, parameters)
    query = _NEAREST.format(
        tables=tables, conditions=conditions, order=_BY_INDEX, compared=compared(limit), limit=limit
    )
    # By the index every search has the same plan, and making it anew costs a tenth of the search.
    cursor = await connection.execute(query.encode(), parameters, prepare=True)
    return [Found(**row) for row in await cursor.fetchall()]


def _parameters(kinds: Sequence[Kind], model: str, filters: Filters) -> dict[str, Any]:
    return {
        "model": model,
        "kinds": list(kinds),
        "language": filters.language,
        "candidate_id": filters.candidate_id,
        "company_id": filters.company_id,
        "job_id": filters.job_id,
        "families": list(filters.families) if filters.families is not None else None,
        "stages": list(filters.stages) if filters.stages is not None else None,
        "competencies": list(filters.competencies) if filters.competencies is not None else None,
        "own": filters.own,
        "resume_id": filters.resume_id,
    }


class Walk(NamedTuple):
    """How the index is walked: neighbours kept in sight, and whether it goes on until enough rows pass the filters."""

    sight: int
    onwards: bool

    @property
    def settings(self) -> dict[str, str]:
        """What a session has to be set to; only walks of such an index ask for it."""
        return {"hnsw.iterative_scan": "relaxed_order" if self.onwards else "off", "hnsw.ef_search": str(self.sight)}


def compared(limit: int) -> int:
    """How many passages are compared in full to find ``limit``."""
    return max(COMPARED_LEAST, COMPARED_TIMES * limit)


def walk(estimated: Estimate, limit: int) -> Walk | None:
    """How to find ``limit`` passages by the index; None where the filters leave so few that all are compared."""
    if estimated.passing <= EXACT_ROWS_MAX:
        return None
    share = min(max(estimated.passing, 1.0) / max(estimated.stored, 1.0), 1.0)
    sight = max(min(round(WIDTH_LEAST / math.sqrt(share)), WIDTH_MOST), compared(limit))
    # A walk that may have to go on keeps what it passed by, which costs a sixth of its time.
    return Walk(sight, onwards=sight * share < 2 * limit)


async def uses(connection: Connection, question_ids: Sequence[UUID]) -> dict[UUID, Use]:
    """How those of the questions fared that were asked in a rated stage of a reviewed interview."""
    cursor = await connection.execute(
        "SELECT corpus_question_id, asked, useful FROM corpus_question_use WHERE corpus_question_id = ANY (%s)",
        (list(question_ids),),
    )
    return {row["corpus_question_id"]: Use(row["asked"], row["useful"]) for row in await cursor.fetchall()}


async def shared_questions(connection: Connection) -> list[CorpusQuestion]:
    """The shipped questions and how they fared, those asked most often first."""
    cursor = await connection.execute(
        """
        SELECT id, family, stage, competency, language, text, coalesce(asked, 0) AS asked, coalesce(useful, 0) AS useful
        FROM corpus_question LEFT JOIN corpus_question_use AS used ON used.corpus_question_id = corpus_question.id
        WHERE job_id IS NULL ORDER BY asked DESC NULLS LAST, family, stage, language, seed_key
        """
    )
    return [
        CorpusQuestion(**row, promotion=promotion(Use(row["asked"], row["useful"]))) for row in await cursor.fetchall()
    ]


async def upsert_shipped_question(
    connection: Connection, *, seed_key: str, family: str, stage: str, competency: str, language: str, text: str
) -> UUID | None:
    """Add or correct a shipped question; its id when its text is new and needs a passage, else None."""
    cursor = await connection.execute(
        """
        INSERT INTO corpus_question (seed_key, family, stage, competency, language, text)
        VALUES (%(key)s, %(family)s, %(stage)s, %(competency)s, %(language)s, %(text)s)
        ON CONFLICT (seed_key) DO UPDATE
            SET family = EXCLUDED.family, stage = EXCLUDED.stage, competency = EXCLUDED.competency,
                language = EXCLUDED.language, text = EXCLUDED.text
            WHERE (corpus_question.family, corpus_question.stage, corpus_question.competency,
                   corpus_question.language, corpus_question.text)
                  IS DISTINCT FROM (EXCLUDED.family, EXCLUDED.stage, EXCLUDED.competency, EXCLUDED.language,
                                    EXCLUDED.text)
        RETURNING id
        """,
        {
            "key": seed_key,
            "family": family,
            "stage": stage,
            "competency": competency,
            "language": language,
            "text": text,
        },
    )
    row = await cursor.fetchone()
    if row is None:
        return None
    question_id: UUID = row["id"]
    await connection.execute("DELETE FROM passage WHERE corpus_question_id = %s", (question_id,))
    return question_id
