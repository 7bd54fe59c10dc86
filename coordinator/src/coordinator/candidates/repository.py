"""Rows of candidates and resumes."""

import hashlib
from collections.abc import Collection, Sequence
from uuid import UUID

from coordinator.candidates.facts.model import Fact
from coordinator.candidates.schemas import (
    Candidate,
    CandidateSummary,
    KnownCandidate,
    Resume,
    ResumeFact,
    ResumeSection,
    Section,
)
from coordinator.db.lock_keys import LockKey
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


async def lock(connection: Connection) -> None:
    """Have others who add candidates or resumes wait until this transaction ends."""
    await connection.execute("SELECT pg_advisory_xact_lock(%s)", (LockKey.CANDIDATES,))


async def known(connection: Connection, *, emails: Collection[str], file: bytes) -> list[KnownCandidate]:
    """Candidates with one of these e-mails (lower case) or with this very file, newest first, 10 at the most."""
    cursor = await connection.execute(
        """
        SELECT id AS candidate_id, name, email, created_at,
               coalesce(lower(email) = ANY (%(emails)s), false) AS by_email,
               id IN (SELECT candidate_id FROM resume WHERE sha256 = %(sha256)s) AS by_file
        FROM candidate
        WHERE lower(email) = ANY (%(emails)s) OR id IN (SELECT candidate_id FROM resume WHERE sha256 = %(sha256)s)
        ORDER BY created_at DESC, id LIMIT 10
        """,
        {"emails": list(emails), "sha256": hashlib.sha256(file).hexdigest()},
    )
    found = []
    for row in await cursor.fetchall():
        by = {"email": row.pop("by_email"), "file": row.pop("by_file")}
        found.append(KnownCandidate(**row, same=[what for what in ("email", "file") if by[what]]))
    return found


async def newest_resume_of(connection: Connection, candidate_id: UUID, file: bytes) -> UUID | None:
    """The candidate's newest resume, if it is this very file."""
    cursor = await connection.execute(
        "SELECT id, sha256 FROM resume WHERE candidate_id = %s ORDER BY uploaded_at DESC LIMIT 1", (candidate_id,)
    )
    row = await cursor.fetchone()
    same = row is not None and row["sha256"] == hashlib.sha256(file).hexdigest()
    return row["id"] if row and same else None


async def fill_email(connection: Connection, candidate_id: UUID, email: str | None) -> tuple[bool, str | None]:
    """Keep an e-mail for a candidate who has none; whether there is such a candidate, and the e-mail kept."""
    cursor = await connection.execute(
        "UPDATE candidate SET email = coalesce(email, %s) WHERE id = %s RETURNING email", (email, candidate_id)
    )
    row = await cursor.fetchone()
    return row is not None, row["email"] if row else None


async def insert_resume(
    connection: Connection, *, candidate_id: UUID, file: bytes, pages: int, text: str, hidden_words: int
) -> UUID:
    """Add a resume file with its text."""
    cursor = await connection.execute(
        "INSERT INTO resume (candidate_id, file, sha256, pages, text, hidden_words) VALUES (%s, %s, %s, %s, %s, %s)"
        " RETURNING id",
        (candidate_id, file, hashlib.sha256(file).hexdigest(), pages, text, hidden_words),
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


async def insert_facts(connection: Connection, resume_id: UUID, facts: Sequence[Fact]) -> None:
    """Add what a resume says."""
    async with connection.cursor() as cursor:
        await cursor.executemany(
            """
            INSERT INTO resume_fact (resume_id, position, kind, entry, field, text, value, start_char, end_char)
            VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s)
            """,
            [
                (
                    resume_id,
                    place,
                    fact.kind,
                    fact.entry,
                    fact.field,
                    fact.span.text,
                    fact.value,
                    fact.span.start,
                    fact.span.end,
                )
                for place, fact in enumerate(facts)
            ],
        )


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
        """
        SELECT id, sha256, pages, hidden_words, uploaded_at FROM resume
        WHERE candidate_id = %s ORDER BY uploaded_at DESC LIMIT 1
        """,
        (candidate_id,),
    )
    row = await cursor.fetchone()
    if row is None:
        return None
    cursor = await connection.execute(
        "SELECT kind, title, text FROM resume_section WHERE resume_id = %s ORDER BY position", (row["id"],)
    )
    sections = [ResumeSection(**part) for part in await cursor.fetchall()]
    return Resume(**row, sections=sections, facts=await _facts(connection, row["id"]))


async def _facts(connection: Connection, resume_id: UUID) -> list[ResumeFact]:
    """Each fact with the line of the resume it stands in."""
    cursor = await connection.execute(
        """
        SELECT kind, entry, field, resume_fact.text, value, start_char, end_char, resume.text AS resume_text
        FROM resume_fact JOIN resume ON resume.id = resume_fact.resume_id
        WHERE resume_id = %s ORDER BY position
        """,
        (resume_id,),
    )
    found: list[ResumeFact] = []
    for row in await cursor.fetchall():
        whole: str = row.pop("resume_text")
        start, end = row.pop("start_char"), row.pop("end_char")
        first = whole.rfind("\n", 0, start) + 1
        last = whole.find("\n", end)
        line = whole[first : last if last >= 0 else len(whole)]
        found.append(ResumeFact(**row, line=line, start_char=start - first, end_char=end - first))
    return found
