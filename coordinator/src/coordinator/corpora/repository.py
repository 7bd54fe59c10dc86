"""Passages by relational conditions and vector order, and the shipped questions' rows."""

from collections.abc import Sequence
from uuid import UUID

from coordinator.corpora.schemas import Filters, Found, Kind
from coordinator.db.unit_of_work import Connection
from coordinator.passages.repository import literal

# The inner query lets the index choose (its order is relaxed while it looks further for what the filters ask);
# the outer one puts the few rows found in exact order.
_NEAREST = """
WITH found AS MATERIALIZED (
    SELECT passage.id AS passage_id, passage.kind, passage.text, passage.language,
           passage.embedding <=> %(vector)s::halfvec AS distance,
           section.title AS section_title,
           question.id AS corpus_question_id, question.stage, question.competency
    FROM passage
    LEFT JOIN corpus_question AS question ON question.id = passage.corpus_question_id
    LEFT JOIN resume_section AS section ON section.id = passage.resume_section_id
    WHERE passage.kind = ANY (%(kinds)s)
      AND passage.embedding_model = %(model)s
      AND (%(language)s::text IS NULL OR passage.language = %(language)s)
      AND (%(candidate_id)s::uuid IS NULL OR passage.candidate_id IS NULL OR passage.candidate_id = %(candidate_id)s)
      AND (%(company_id)s::uuid IS NULL OR passage.company_id IS NULL OR passage.company_id = %(company_id)s)
      AND (%(job_id)s::uuid IS NULL OR passage.job_id IS NULL OR passage.job_id = %(job_id)s)
      AND (question.job_id IS NULL OR question.job_id = %(job_id)s)
      AND (%(families)s::text[] IS NULL OR question.id IS NULL OR question.family = ANY (%(families)s))
      AND (%(stages)s::text[] IS NULL OR question.id IS NULL OR question.stage = ANY (%(stages)s))
      AND (%(competencies)s::text[] IS NULL OR question.id IS NULL OR question.competency = ANY (%(competencies)s))
    ORDER BY passage.embedding <=> %(vector)s::halfvec
    LIMIT %(limit)s
)
SELECT passage_id, kind, text, language, 1 - distance AS similarity, section_title, corpus_question_id, stage,
       competency
FROM found ORDER BY distance, passage_id
"""


async def nearest(
    connection: Connection, kinds: Sequence[Kind], vector: Sequence[float], model: str, filters: Filters, limit: int
) -> list[Found]:
    """Up to ``limit`` passages of ``kinds`` with vectors of ``model``, nearest first."""
    await connection.execute("SET LOCAL hnsw.iterative_scan = relaxed_order")
    await connection.execute("SET LOCAL hnsw.ef_search = 100")
    parameters = {
        "vector": literal(vector),
        "model": model,
        "kinds": list(kinds),
        "limit": limit,
        "language": filters.language,
        "candidate_id": filters.candidate_id,
        "company_id": filters.company_id,
        "job_id": filters.job_id,
        "families": list(filters.families) if filters.families is not None else None,
        "stages": list(filters.stages) if filters.stages is not None else None,
        "competencies": list(filters.competencies) if filters.competencies is not None else None,
    }
    # Never prepared: a kept plan would not fit the next search's filters.
    cursor = await connection.execute(_NEAREST, parameters, prepare=False)
    return [Found(**row) for row in await cursor.fetchall()]


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
