"""Companies and jobs: all of one or nothing of it."""

from uuid import UUID

from coordinator.audit.repository import Actor, append
from coordinator.auth.tokens import Caller
from coordinator.db.unit_of_work import Connection, Database
from coordinator.fault import Fault
from coordinator.jobs import repository, rules
from coordinator.jobs.schemas import Company, Job, JobSummary, NewCompany, NewJob
from coordinator.passages.chunking import chunks
from coordinator.passages.indexer import Indexer
from coordinator.passages.repository import Language, NewPassage
from coordinator.passages.repository import insert as insert_passages


class JobService:
    """Keeps companies and jobs. Their passages get vectors from the indexer, so that no embedder is needed here."""

    def __init__(self, database: Database, indexer: Indexer) -> None:
        self._database = database
        self._indexer = indexer

    async def companies(self) -> list[Company]:
        """Every company."""
        async with self._database.transaction() as connection:
            return await repository.companies(connection)

    async def create_company(self, new: NewCompany, caller: Caller) -> Company:
        """Add a company; raises Fault company_exists (409)."""
        async with self._database.transaction() as connection:
            company = await self._insert_company(connection, new.name, new.ideal, "en", caller)
        if company is None:
            raise Fault("company_exists", "there is a company of this name", status=409)
        self._indexer.wake()
        return company

    async def jobs(self) -> list[JobSummary]:
        """Every job."""
        async with self._database.transaction() as connection:
            return await repository.jobs(connection)

    async def job(self, job_id: UUID) -> Job:
        """One job; raises Fault job_unknown (404)."""
        async with self._database.transaction() as connection:
            job = await repository.job(connection, job_id)
        if job is None:
            raise Fault("job_unknown", "there is no such job", status=404)
        return job

    async def create_job(self, new: NewJob, caller: Caller) -> Job:
        """Add a job; raises Fault kit_invalid (422, every fault in details) or company_unknown (404)."""
        faults = rules.faults(new)
        if faults:
            raise Fault("kit_invalid", "nobody can be interviewed for this job yet", status=422, details=faults)
        async with self._database.transaction() as connection:
            company_id = await self._company_id(connection, new, caller)
            version = rules.rubric_version(new.competencies)
            job_id = await repository.insert_job(
                connection, new, company_id=company_id, rubric_version=version, created_by=caller.account_id
            )
            await self._insert_texts(connection, new, job_id)
            await append(connection, _actor(caller), "job.create", f"job:{job_id}", {"rubric_version": version})
            job = await repository.job(connection, job_id)
        assert job is not None
        self._indexer.wake()
        return job

    async def _company_id(self, connection: Connection, new: NewJob, caller: Caller) -> UUID:
        if new.company_id is not None:
            company = await repository.company(connection, new.company_id)
            if company is None:
                raise Fault("company_unknown", "there is no such company", status=404)
            return company.id
        assert new.company_name is not None
        made = await self._insert_company(connection, new.company_name, "", new.language, caller)
        company = made or await repository.company_named(connection, new.company_name)
        assert company is not None
        return company.id

    async def _insert_company(
        self, connection: Connection, name: str, ideal: str, language: Language, caller: Caller
    ) -> Company | None:
        company = await repository.insert_company(connection, name, ideal)
        if company is None:
            return None
        passages = [
            NewPassage("company_ideal", place, language_of(text, language), text, company_id=company.id)
            for place, text in enumerate(chunks(ideal))
        ]
        await insert_passages(connection, passages, None)
        await append(connection, _actor(caller), "company.create", f"company:{company.id}")
        return company

    async def _insert_texts(self, connection: Connection, new: NewJob, job_id: UUID) -> None:
        texts = [*chunks(new.ideal), *chunks(new.description)]
        passages = [
            NewPassage("job", place, language_of(text, new.language), text, job_id=job_id)
            for place, text in enumerate(texts)
        ]
        for question in new.corpus_questions:
            question_id = await repository.insert_corpus_question(
                connection,
                job_id=job_id,
                family=new.family,
                stage=question.stage_id or "competency",
                competency=question.competency_id or "",
                language=new.language,
                text=question.text,
            )
            passages.append(NewPassage("question", 0, new.language, question.text, corpus_question_id=question_id))
        await insert_passages(connection, passages, None)


def language_of(text: str, otherwise: Language) -> Language:
    """Korean when a tenth of the letters are Hangul, ``otherwise`` when there are no letters, else English."""
    letters = [character for character in text if character.isalpha()]
    if not letters:
        return otherwise
    hangul = sum("\uac00" <= character <= "\ud7a3" for character in letters)
    return "ko" if hangul * 10 >= len(letters) else "en"


def _actor(caller: Caller) -> Actor:
    return Actor(str(caller.account_id), caller.role.value)
