"""A candidate comes with a resume: read, cut, given vectors, and stored in one transaction or not at all."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from uuid import UUID

from coordinator.audit.repository import Actor, append
from coordinator.auth.tokens import Caller
from coordinator.candidates import repository
from coordinator.candidates.reading import ResumeReader
from coordinator.candidates.schemas import Candidate, CandidateSummary, IfKnown, Language, SectionSize, UploadReply
from coordinator.db.unit_of_work import Connection, Database
from coordinator.fault import Fault
from coordinator.passages.chunking import chunks
from coordinator.passages.embedder import Embedder
from coordinator.passages.repository import NewPassage, searchable
from coordinator.passages.repository import insert as insert_passages


@dataclass(frozen=True)
class Upload:
    """A resume and what is said with it; ``candidate_id``: to whom it is added, only with ``if_known`` add."""

    name: str
    email: str | None
    language: Language
    file: bytes
    if_known: IfKnown = "new"
    candidate_id: UUID | None = None


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

    async def take(self, upload: Upload, caller: Caller) -> UploadReply:
        """Keep a resume with its candidate, a new one or one who is there; a file that is there already stays one.

        Raises Fault candidate_known (409, the candidates as details) when asked to ask, candidate_unknown (404), the
        reader's Faults and embedder_unavailable (503).
        """
        resume = await self._reader.read(upload.file, upload.language)
        stated = next((fact.value for fact in resume.facts if (fact.kind, fact.field) == ("person", "email")), None)
        upload = replace(upload, email=upload.email or stated)
        emails = {email.lower() for email in (upload.email, stated) if email}
        # Looked at before what costs most, and again where nobody else can come between.
        async with self._database.transaction() as connection:
            await _ask(connection, upload, emails)
        texts = [(place, text) for place, section in enumerate(resume.sections) for text in chunks(section.text)]
        vectors = await self._embedder.passages(
            [searchable(text, resume.sections[place].title) for place, text in texts]
        )
        async with self._database.transaction() as connection:
            await repository.lock(connection)
            await _ask(connection, upload, emails)
            candidate_id, email = await _person(connection, upload, caller)
            resume_id = await repository.newest_resume_of(connection, candidate_id, upload.file)
            if resume_id is None:
                resume_id = await repository.insert_resume(
                    connection,
                    candidate_id=candidate_id,
                    file=upload.file,
                    pages=resume.pages,
                    text=resume.text,
                    hidden_words=resume.hidden_words,
                )
                section_ids = await repository.insert_sections(connection, resume_id, resume.sections)
                await repository.insert_facts(connection, resume_id, resume.facts)
                passages = [
                    NewPassage(
                        "resume",
                        order,
                        upload.language,
                        text,
                        resume_section_id=section_ids[place],
                        candidate_id=candidate_id,
                    )
                    for order, (place, text) in enumerate(texts)
                ]
                await insert_passages(connection, passages, vectors)
                action = "candidate.resume" if upload.candidate_id else "candidate.create"
                actor = Actor(str(caller.account_id), caller.role.value)
                await append(connection, actor, action, f"candidate:{candidate_id}", {"pages": resume.pages})
        return UploadReply(
            candidate_id=candidate_id,
            resume_id=resume_id,
            email=email,
            pages=resume.pages,
            hidden_words=resume.hidden_words,
            sections=[
                SectionSize(kind=section.kind, title=section.title, characters=len(section.text))
                for section in resume.sections
            ],
            chunks=len(texts),
        )


async def _ask(connection: Connection, upload: Upload, emails: Collection[str]) -> None:
    """Raise Fault candidate_known when somebody who may be the same person is there and nobody has decided yet."""
    if upload.if_known != "ask":
        return
    found = await repository.known(connection, emails=emails, file=upload.file)
    if found:
        details = [one.model_dump(mode="json") for one in found]
        raise Fault("candidate_known", "this may be somebody who is there already", status=409, details=details)


async def _person(connection: Connection, upload: Upload, caller: Caller) -> tuple[UUID, str | None]:
    """Whose resume it is, and the e-mail kept; raises Fault candidate_unknown (404)."""
    if upload.candidate_id is None:
        made = await repository.insert_candidate(
            connection,
            name=upload.name,
            email=upload.email,
            language=upload.language,
            created_by=caller.account_id,
        )
        return made, upload.email
    there, email = await repository.fill_email(connection, upload.candidate_id, upload.email)
    if not there:
        raise Fault("candidate_unknown", "there is no such candidate", status=404)
    return upload.candidate_id, email
