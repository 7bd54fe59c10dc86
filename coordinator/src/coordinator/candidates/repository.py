"""Rows of candidates and resumes."""

import hashlib
from collections.abc import Sequence
from uuid import UUID

from coordinator.candidates.schemas import Candidate, CandidateSummary, Resume, ResumeSection, Section
from coordinator.db.unit_of_work import Connection


async def insert_candidate(
    connection: Connection, *, name: str, email: str | None, language: str, created_by: UUID
) -> UUID:
    """Add a candidate."""
    cursor = await connection.execute(
        "INSERT INTO candidate (name, email, language, created_by) VALUES (%s, %s, %s, %s) RETURNING id",
        (name, email, language, created_by),
    )
    row = await cursor.fetchone()
    assert row is not None
    candidate_id: UUID = row["id"]
    return candidate_id


async def insert_resume(connection: Connection, *, candidate_id: UUID, file: bytes, pages: int, text: str) -> UUID:
    """Add a resume file with its text."""
    cursor = await connection.execute(
        "INSERT INTO resume (candidate_id, file, sha256, pages, text) VALUES (%s, %s, %s, %s, %s) RETURNING id",
        (candidate_id, file, hashlib.sha256(file).hexdigest(), pages, text),
    )
    row = await cursor.fetchone()
    assert row is not None
    resume_id: UUID = row["id"]
    return resume_id


async def insert_sections(connection: Connection, resume_id: UUID, sections: Sequence[Section]) -> list[UUID]:
    """Add a resume's sections; their ids in the same order."""
    ids: list[UUID] = []
    for place, section in enumerate(sections):
        cursor = await connection.execute(
            "INSERT INTO resume_section (resume_id, position, kind, title, text) VALUES (%s, %s, %s, %s, %s)"
            " RETURNING id",
            (resume_id, place, section.kind, section.title, section.text),
        )
        row = await cursor.fetchone()
        assert row is not None
        ids.append(row["id"])
    return ids


async def candidates(connection: Connection) -> list[CandidateSummary]:
    """Every candidate with the newest resume, newest first."""
    cursor = await connection.execute(
        """
        SELECT candidate.id, name, email, language, created_at, newest.id AS resume_id, newest.pages
        FROM candidate
        LEFT JOIN LATERAL (
            SELECT id, pages FROM resume WHERE candidate_id = candidate.id ORDER BY uploaded_at DESC LIMIT 1
        ) AS newest ON true
        ORDER BY created_at DESC, candidate.id
        """
    )
    return [CandidateSummary(**row) for row in await cursor.fetchall()]


async def candidate(connection: Connection, candidate_id: UUID) -> Candidate | None:
    """One candidate with the newest resume."""
    cursor = await connection.execute(
        "SELECT id, name, email, language, created_at FROM candidate WHERE id = %s", (candidate_id,)
    )
    row = await cursor.fetchone()
    if row is None:
        return None
    return Candidate(**row, resume=await _newest_resume(connection, candidate_id))


async def _newest_resume(connection: Connection, candidate_id: UUID) -> Resume | None:
    cursor = await connection.execute(
        "SELECT id, sha256, pages, uploaded_at FROM resume WHERE candidate_id = %s ORDER BY uploaded_at DESC LIMIT 1",
        (candidate_id,),
    )
    row = await cursor.fetchone()
    if row is None:
        return None
    cursor = await connection.execute(
        "SELECT kind, title, text FROM resume_section WHERE resume_id = %s ORDER BY position", (row["id"],)
    )
    return Resume(**row, sections=[ResumeSection(**part) for part in await cursor.fetchall()])
