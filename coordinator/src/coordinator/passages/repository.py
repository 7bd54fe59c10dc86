"""Rows of passages."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal
from uuid import UUID

from pgvector import HalfVector

from coordinator.db.unit_of_work import Connection
from coordinator.passages.codec import Vectors

Kind = Literal["resume", "company_ideal", "job", "question"]
Language = Literal["en", "ko"]


@dataclass(frozen=True)
class NewPassage:
    """A text to keep, and the one row it belongs to (a resume's section also names its candidate)."""

    kind: Kind
    position: int
    language: Language
    text: str
    resume_section_id: UUID | None = None
    candidate_id: UUID | None = None
    company_id: UUID | None = None
    job_id: UUID | None = None
    corpus_question_id: UUID | None = None


async def insert(connection: Connection, passages: Sequence[NewPassage], vectors: Vectors | None) -> None:
    """Store ``passages`` with their vectors, or without any to be filled in later."""
    if vectors is not None and len(vectors.values) != len(passages):
        raise ValueError(f"{len(passages)} passages, {len(vectors.values)} vectors")
    rows = [
        (
            passage.kind,
            passage.position,
            passage.language,
            passage.text,
            passage.resume_section_id,
            passage.candidate_id,
            passage.company_id,
            passage.job_id,
            passage.corpus_question_id,
            HalfVector(vectors.values[index]) if vectors else None,
            vectors.model if vectors else None,
        )
        for index, passage in enumerate(passages)
    ]
    async with connection.cursor() as cursor:
        await cursor.executemany(
            """
            INSERT INTO passage (kind, position, language, text, resume_section_id, candidate_id, company_id, job_id,
                                 corpus_question_id, embedding, embedding_model)
            VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %b::halfvec, %s)
            """,
            rows,
        )


def searchable(text: str, title: str | None) -> str:
    """What a passage's vector is made of: found better when it knows the heading the text stood under."""
    return f"{title}: {text}" if title else text


@dataclass(frozen=True)
class Waiting:
    """A passage without a vector of the present model, and the text to make one of."""

    id: UUID
    text: str


async def waiting(connection: Connection, *, model: str, limit: int) -> list[Waiting]:
    """Up to ``limit`` passages that have no vector, or one of another model than ``model``."""
    cursor = await connection.execute(
        """
        SELECT passage.id, passage.text, section.title
        FROM passage LEFT JOIN resume_section AS section ON section.id = passage.resume_section_id
        WHERE embedding IS NULL OR embedding_model <> %s
        ORDER BY embedding IS NOT NULL, passage.id LIMIT %s
        """,
        (model, limit),
    )
    return [Waiting(row["id"], searchable(row["text"], row["title"])) for row in await cursor.fetchall()]


async def fill(connection: Connection, passages: Sequence[Waiting], vectors: Vectors) -> None:
    """Give ``passages`` their vectors."""
    async with connection.cursor() as cursor:
        await cursor.executemany(
            "UPDATE passage SET embedding = %b::halfvec, embedding_model = %s WHERE id = %s",
            [
                (HalfVector(vector), vectors.model, passage.id)
                for passage, vector in zip(passages, vectors.values, strict=True)
            ],
        )
