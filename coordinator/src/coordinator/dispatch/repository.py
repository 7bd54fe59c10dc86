"""What a kit is made of, read from the database."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from coordinator.db.unit_of_work import Connection
from coordinator.dispatch.naming import Stated


@dataclass(frozen=True)
class Applicant:
    """A candidate and the newest resume, if there is one."""

    candidate_id: UUID
    name: str
    resume_id: UUID | None
    resume_text: str
    names: tuple[str, ...] = ()
    """Employers, schools, skills, certificates and titles the resume states, in its order."""

    stated: Stated = Stated()


@dataclass(frozen=True)
class SectionHeld:
    """The section of a resume a passage was cut from."""

    kind: str
    title: str
    text: str


@dataclass(frozen=True)
class CorpusQuestion:
    """A good question of similar jobs."""

    id: UUID
    text: str


async def applicant(connection: Connection, candidate_id: UUID) -> Applicant | None:
    """The candidate; None for an unknown one."""
    cursor = await connection.execute(
        """
        SELECT candidate.id AS candidate_id, candidate.name, resume.id AS resume_id,
               coalesce(resume.text, '') AS resume_text
        FROM candidate LEFT JOIN resume ON resume.candidate_id = candidate.id
        WHERE candidate.id = %s ORDER BY resume.uploaded_at DESC NULLS LAST LIMIT 1
        """,
        (candidate_id,),
    )
    row = await cursor.fetchone()
    if row is None:
        return None
    cursor = await connection.execute(
        """
        SELECT kind, field, text FROM resume_fact
        WHERE resume_id = %s AND field IN ('employer', 'institution', 'name', 'title') AND kind <> 'person'
        ORDER BY array_position(ARRAY['employer', 'name', 'institution', 'title'], field), position
        """,
        (row["resume_id"],),
    )
    facts = await cursor.fetchall()

    def texts(kind: str, field: str) -> tuple[str, ...]:
        return tuple(dict.fromkeys(f["text"] for f in facts if (f["kind"], f["field"]) == (kind, field)))

    stated = Stated(
        texts("employment", "employer"),
        texts("employment", "title"),
        texts("skill", "name"),
        texts("certificate", "name"),
    )
    return Applicant(**row, names=tuple(dict.fromkeys(fact["text"] for fact in facts)), stated=stated)


async def sections_of(connection: Connection, passage_ids: Sequence[UUID], resume_id: UUID) -> dict[UUID, SectionHeld]:
    """The sections of those of the passages that belong to the resume."""
    cursor = await connection.execute(
        """
        SELECT passage.id, section.kind, section.title, section.text FROM passage
        JOIN resume_section AS section ON section.id = passage.resume_section_id
        WHERE passage.id = ANY (%s) AND section.resume_id = %s
        """,
        (list(passage_ids), resume_id),
    )
    return {row["id"]: SectionHeld(row["kind"], row["title"], row["text"]) for row in await cursor.fetchall()}


async def corpus_questions(
    connection: Connection,
    *,
    job_id: UUID,
    language: str,
    families: Sequence[str],
    stages: Sequence[str],
    limit: int,
) -> list[CorpusQuestion]:
    """Questions by their relations alone: the job's own, then its family's, then anyone's."""
    cursor = await connection.execute(
        """
        SELECT id, text FROM corpus_question
        WHERE language = %(language)s AND family = ANY (%(families)s) AND stage = ANY (%(stages)s)
          AND (job_id IS NULL OR job_id = %(job_id)s)
        ORDER BY job_id IS NULL, family = 'any', id LIMIT %(limit)s
        """,
        {
            "job_id": job_id,
            "language": language,
            "families": list(families),
            "stages": list(stages),
            "limit": limit,
        },
    )
    return [CorpusQuestion(**row) for row in await cursor.fetchall()]
