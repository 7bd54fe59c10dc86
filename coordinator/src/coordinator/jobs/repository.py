"""Rows of companies and jobs."""

from typing import Any
from uuid import UUID

from coordinator.db.unit_of_work import Connection
from coordinator.jobs.schemas import Anchor, Company, Competency, Job, JobSummary, NewJob, Stage, StageQuestion


async def _one(connection: Connection, query: bytes, parameters: tuple[Any, ...]) -> dict[str, Any]:
    row = await (await connection.execute(query, parameters)).fetchone()
    assert row is not None
    return row


async def companies(connection: Connection) -> list[Company]:
    """Every company, by name."""
    cursor = await connection.execute("SELECT id, name, ideal, created_at FROM company ORDER BY name")
    return [Company(**row) for row in await cursor.fetchall()]


async def company(connection: Connection, company_id: UUID) -> Company | None:
    """One company."""
    cursor = await connection.execute("SELECT id, name, ideal, created_at FROM company WHERE id = %s", (company_id,))
    row = await cursor.fetchone()
    return Company(**row) if row else None


async def company_named(connection: Connection, name: str) -> Company | None:
    """The company of this name."""
    cursor = await connection.execute("SELECT id, name, ideal, created_at FROM company WHERE name = %s", (name,))
    row = await cursor.fetchone()
    return Company(**row) if row else None


async def insert_company(connection: Connection, name: str, ideal: str) -> Company | None:
    """Add a company; None when the name is taken."""
    cursor = await connection.execute(
        "INSERT INTO company (name, ideal) VALUES (%s, %s) ON CONFLICT (name) DO NOTHING"
        " RETURNING id, name, ideal, created_at",
        (name, ideal),
    )
    row = await cursor.fetchone()
    return Company(**row) if row else None


async def insert_job(
    connection: Connection, job: NewJob, *, company_id: UUID, rubric_version: str, created_by: UUID
) -> UUID:
    """Add a job with its competencies, anchors, stages and questions."""
    row = await _one(
        connection,
        b"""
        INSERT INTO job (company_id, title, family, language, ideal, description, rubric_version, created_by)
        VALUES (%s, %s, %s, %s, %s, %s, %s, %s) RETURNING id
        """,
        (company_id, job.title, job.family, job.language, job.ideal, job.description, rubric_version, created_by),
    )
    job_id: UUID = row["id"]
    async with connection.cursor() as cursor:
        await cursor.executemany(
            "INSERT INTO competency (job_id, competency_id, position, name, definition, weight)"
            " VALUES (%s, %s, %s, %s, %s, %s)",
            [
                (job_id, item.id, place, item.name, item.definition, item.weight)
                for place, item in enumerate(job.competencies)
            ],
        )
        await cursor.executemany(
            "INSERT INTO anchor (job_id, competency_id, level, text) VALUES (%s, %s, %s, %s)",
            [(job_id, item.id, anchor.level, anchor.text) for item in job.competencies for anchor in item.anchors],
        )
        await cursor.executemany(
            """
            INSERT INTO stage (job_id, stage_id, position, title, competency_id, follow_up_depth,
                               time_budget_seconds, closing)
            VALUES (%s, %s, %s, %s, %s, %s, %s, %s)
            """,
            [
                (
                    job_id,
                    stage.id,
                    place,
                    stage.title,
                    stage.competency_id,
                    stage.follow_up_depth,
                    stage.time_budget_seconds,
                    stage.closing,
                )
                for place, stage in enumerate(job.stages)
            ],
        )
        await cursor.executemany(
            "INSERT INTO stage_question (job_id, stage_id, position, question_id, text) VALUES (%s, %s, %s, %s, %s)",
            [
                (job_id, stage.id, place, f"{stage.id}-q{place + 1}", text)
                for stage in job.stages
                for place, text in enumerate(stage.questions)
            ],
        )
    return job_id


async def insert_corpus_question(
    connection: Connection, *, job_id: UUID, family: str, stage: str, competency: str, language: str, text: str
) -> UUID:
    """Add one of a job's own good questions."""
    row = await _one(
        connection,
        b"""
        INSERT INTO corpus_question (job_id, family, stage, competency, language, text)
        VALUES (%s, %s, %s, %s, %s, %s) RETURNING id
        """,
        (job_id, family, stage, competency, language, text),
    )
    question_id: UUID = row["id"]
    return question_id


async def jobs(connection: Connection) -> list[JobSummary]:
    """Every job, newest first."""
    cursor = await connection.execute(
        """
        SELECT job.id, company_id, company.name AS company_name, title, family, language, job.created_at,
               (SELECT count(*) FROM stage WHERE stage.job_id = job.id) AS stages,
               (SELECT count(*) FROM competency WHERE competency.job_id = job.id) AS competencies
        FROM job JOIN company ON company.id = company_id ORDER BY job.created_at DESC, job.id
        """
    )
    return [JobSummary(**row) for row in await cursor.fetchall()]


async def job(connection: Connection, job_id: UUID) -> Job | None:
    """One job, whole."""
    cursor = await connection.execute(
        """
        SELECT job.id, company_id, company.name AS company_name, title, family, language, job.ideal, description,
               rubric_version, job.created_at,
               (SELECT count(*) FROM corpus_question WHERE corpus_question.job_id = job.id) AS corpus_questions
        FROM job JOIN company ON company.id = company_id WHERE job.id = %s
        """,
        (job_id,),
    )
    row = await cursor.fetchone()
    if row is None:
        return None
    return Job(**row, competencies=await _competencies(connection, job_id), stages=await _stages(connection, job_id))


async def _competencies(connection: Connection, job_id: UUID) -> list[Competency]:
    cursor = await connection.execute(
        "SELECT competency_id, level, text FROM anchor WHERE job_id = %s ORDER BY level", (job_id,)
    )
    anchors: dict[str, list[Anchor]] = {}
    for row in await cursor.fetchall():
        anchors.setdefault(row["competency_id"], []).append(Anchor(level=row["level"], text=row["text"]))
    cursor = await connection.execute(
        "SELECT competency_id AS id, name, definition, weight FROM competency WHERE job_id = %s ORDER BY position",
        (job_id,),
    )
    return [Competency(**row, anchors=anchors.get(row["id"], [])) for row in await cursor.fetchall()]


async def _stages(connection: Connection, job_id: UUID) -> list[Stage]:
    cursor = await connection.execute(
        "SELECT stage_id, question_id, text FROM stage_question WHERE job_id = %s ORDER BY position", (job_id,)
    )
    questions: dict[str, list[StageQuestion]] = {}
    for row in await cursor.fetchall():
        question = StageQuestion(id=row["question_id"], text=row["text"])
        questions.setdefault(row["stage_id"], []).append(question)
    cursor = await connection.execute(
        """
        SELECT stage_id AS id, title, competency_id, follow_up_depth, time_budget_seconds, closing
        FROM stage WHERE job_id = %s ORDER BY position
        """,
        (job_id,),
    )
    return [Stage(**row, questions=questions.get(row["id"], [])) for row in await cursor.fetchall()]
