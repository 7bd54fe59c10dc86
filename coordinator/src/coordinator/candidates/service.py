"""A candidate comes with a resume: read, cut, given vectors, and stored in one transaction or not at all."""

from uuid import UUID

from coordinator.audit.repository import Actor, append
from coordinator.auth.tokens import Caller
from coordinator.candidates import repository
from coordinator.candidates.reading import ResumeReader
from coordinator.candidates.schemas import Candidate, CandidateSummary, Language, SectionSize, UploadReply
from coordinator.db.unit_of_work import Database
from coordinator.fault import Fault
from coordinator.passages.chunking import chunks
from coordinator.passages.embedder import Embedder
from coordinator.passages.repository import NewPassage, searchable
from coordinator.passages.repository import insert as insert_passages


class CandidateService:
    """Keeps candidates."""

    def __init__(self, database: Database, embedder: Embedder, reader: ResumeReader) -> None:
        self._database = database
        self._embedder = embedder
        self._reader = reader

    async def candidates(self) -> list[CandidateSummary]:
        """Every candidate."""
        async with self._database.transaction() as connection:
            return await repository.candidates(connection)

    async def candidate(self, candidate_id: UUID) -> Candidate:
        """One candidate with the resume's sections; raises Fault candidate_unknown (404)."""
        async with self._database.transaction() as connection:
            candidate = await repository.candidate(connection, candidate_id)
        if candidate is None:
            raise Fault("candidate_unknown", "there is no such candidate", status=404)
        return candidate

    async def create(
        self, *, name: str, email: str | None, language: Language, file: bytes, caller: Caller
    ) -> UploadReply:
        """Add a candidate with a resume; raises the reader's Faults and embedder_unavailable (503)."""
        resume = await self._reader.read(file, language)
        texts = [(place, text) for place, section in enumerate(resume.sections) for text in chunks(section.text)]
        vectors = await self._embedder.passages(
            [searchable(text, resume.sections[place].title) for place, text in texts]
        )
        async with self._database.transaction() as connection:
            candidate_id = await repository.insert_candidate(
                connection, name=name, email=email, language=language, created_by=caller.account_id
            )
            resume_id = await repository.insert_resume(
                connection,
                candidate_id=candidate_id,
                file=file,
                pages=resume.pages,
                text=resume.text,
                hidden_words=resume.hidden_words,
            )
            section_ids = await repository.insert_sections(connection, resume_id, resume.sections)
            await repository.insert_facts(connection, resume_id, resume.facts)
            passages = [
                NewPassage(
                    "resume", order, language, text, resume_section_id=section_ids[place], candidate_id=candidate_id
                )
                for order, (place, text) in enumerate(texts)
            ]
            await insert_passages(connection, passages, vectors)
            actor = Actor(str(caller.account_id), caller.role.value)
            await append(connection, actor, "candidate.create", f"candidate:{candidate_id}", {"pages": resume.pages})
        return UploadReply(
            candidate_id=candidate_id,
            resume_id=resume_id,
            pages=resume.pages,
            hidden_words=resume.hidden_words,
            sections=[
                SectionSize(kind=section.kind, title=section.title, characters=len(section.text))
                for section in resume.sections
            ],
            chunks=len(passages),
        )
