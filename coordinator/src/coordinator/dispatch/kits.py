"""Assembling a kit by retrieval: planned questions tied to the resume, fallbacks from the corpus, vocabulary."""

import time
import uuid
from collections.abc import Sequence
from typing import Protocol
from uuid import UUID

from coordinator.corpora.schemas import Filters, Found, Kind
from coordinator.corpora.service import LIMIT_MAX
from coordinator.db.unit_of_work import Database
from coordinator.dispatch import grounding, repository
from coordinator.dispatch.kit import Anchor, Competency, Kit, Question, Source, Stage, check, needs_of
from coordinator.dispatch.naming import Named
from coordinator.dispatch.repository import Applicant
from coordinator.dispatch.unnamed import names_others
from coordinator.fault import Fault
from coordinator.jobs import repository as jobs_repository
from coordinator.jobs.schemas import Job
from coordinator.jobs.schemas import Stage as JobStage
from coordinator.passages.codec import Vectors

FALLBACKS = 4
"""Questions of the corpus a stage takes along."""

STAGES_OF_KIND = {
    "opening": ("opening", "introduction", "motivation"),
    "competency": (
        "competency",
        "skill",
        "experience",
        "problem_solving",
        "communication",
        "responsibility",
        "growth",
    ),
    "closing": ("closing",),
}
"""Stages of the corpus that fit a kind of stage, where a job names its stages its own way."""

RESUME_PASSAGES = 6
QUOTABLE_SECTIONS = frozenset({"experience", "projects", "skills", "certificates", "activities", "other"})


class Retrieval(Protocol):
    """Passages by relational conditions and vector order; see ``corpora.service.CorporaService``."""

    async def nearest(
        self, kinds: Sequence[Kind], query: str | Vectors, filters: Filters | None = None, *, limit: int = 10
    ) -> list[Found]:
        """Passages nearest first."""
        ...

    async def questions(self, query: Vectors, filters: Filters, *, limit: int) -> list[Found]:
        """Questions by similarity and record."""
        ...


class Queries(Protocol):
    """Vectors of search texts; see ``passages.embedder.Embedder``."""

    async def query(self, text: str) -> Vectors:
        """The vector of one text."""
        ...


class KitMaker:
    """Makes kits from what is stored."""

    def __init__(self, database: Database, retrieval: Retrieval, queries: Queries) -> None:
        self._database = database
        self._retrieval = retrieval
        self._queries = queries

    async def make(self, interview_id: UUID, job_id: UUID, candidate_id: UUID) -> tuple[Kit, UUID | None]:
        """The kit, and the resume it rests on.

        Raises Fault job_unknown or candidate_unknown (404), kit_invalid (422), embedder_unavailable (503).
        """
        async with self._database.transaction() as connection:
            job = await jobs_repository.job(connection, job_id)
            applicant = await repository.applicant(connection, candidate_id)
        if job is None:
            raise Fault("job_unknown", "there is no such job", status=404)
        if applicant is None:
            raise Fault("candidate_unknown", "there is no such candidate", status=404)
        taken: list[str] = []
        used: set[UUID] = set()
        stages = [await self._stage(job, applicant, stage, taken, used) for stage in job.stages]
        kit = Kit(
            kit_id=uuid.uuid4().hex,
            interview_id=str(interview_id),
            language=job.language,
            company_name=job.company_name,
            job_title=job.title,
            candidate_name=applicant.name,
            competencies=tuple(
                Competency(c.id, c.name, c.definition, tuple(Anchor(a.level, a.text) for a in c.anchors), c.weight)
                for c in job.competencies
            ),
            stages=tuple(stages),
            rubric_version=job.rubric_version,
            vocabulary=grounding.vocabulary(
                (applicant.name, job.company_name, job.title, *applicant.names),
                (applicant.resume_text, job.description),
            ),
            created_unix_ms=time.time_ns() // 1_000_000,
            needs=needs_of(job.language, sum(stage.time_budget_seconds for stage in stages)),
        )
        return check(kit), applicant.resume_id

    async def _stage(self, job: Job, applicant: Applicant, stage: JobStage, taken: list[str], used: set[UUID]) -> Stage:
        competency = next((c for c in job.competencies if c.id == stage.competency_id), None)
        about = f"{stage.title}. {competency.name}. {competency.definition}" if competency else stage.title
        first = stage.questions[0].text if stage.questions else ""
        vector = await self._queries.query(f"{about} {first.replace(grounding.PLACEHOLDER, '')}")
        context = await self._context(job, vector) if competency else ()
        questions: list[Question] = []
        for place, question in enumerate(stage.questions):
            item: tuple[Source, Named] | None = None
            name = competency.name if competency else ""
            if grounding.PLACEHOLDER in question.text or (
                competency and place == 0 and grounding.asks_for_experience(stage.title, name, question.text)
            ):
                wanted = f"{about} {question.text}"
                for_skill = grounding.asks_for_skill(stage.title, question.text)
                item = await self._resume_item(job, applicant, wanted, vector, taken, for_skill=for_skill)
            text = grounding.with_item(question.text, item[1] if item else None, job.language)
            sources = (Source("kit", f"{stage.id}/{question.id}", question.text), *context)
            questions.append(Question(question.id, text, (item[0], *sources) if item else sources))
        return Stage(
            stage_id=stage.id,
            title=stage.title,
            competency_id=stage.competency_id or "",
            questions=tuple(questions),
            follow_up_depth=stage.follow_up_depth,
            time_budget_seconds=stage.time_budget_seconds,
            fallbacks=await self._fallbacks(job, stage, vector, used),
            closing=stage.closing,
        )

    async def _context(self, job: Job, vector: Vectors) -> tuple[Source, ...]:
        """What the job and the company's ideal say of a competency."""
        filters = Filters(job_id=job.id, company_id=job.company_id)
        found = [
            *await self._retrieval.nearest(["job"], vector, filters, limit=1),
            *await self._retrieval.nearest(["company_ideal"], vector, filters, limit=1),
        ]
        return tuple(Source(hit.kind, str(hit.passage_id), hit.text) for hit in found)

    async def _resume_item(
        self, job: Job, applicant: Applicant, wanted: str, vector: Vectors, taken: list[str], *, for_skill: bool
    ) -> tuple[Source, Named] | None:
        """A line of the resume and what to name of it; both go onto ``taken``."""
        if applicant.resume_id is None:
            return None
        filters = Filters(candidate_id=applicant.candidate_id, resume_id=applicant.resume_id)
        found = await self._retrieval.nearest(["resume"], vector, filters, limit=RESUME_PASSAGES)
        async with self._database.transaction() as connection:
            sections = await repository.sections_of(connection, [hit.passage_id for hit in found], applicant.resume_id)
        quotable = [
            (hit, grounding.held_lines(section.text, hit.text))
            for hit in found
            if (section := sections.get(hit.passage_id))
            and section.kind in QUOTABLE_SECTIONS
            and not names_others(section.title)
        ]
        lines = [held for _, held in quotable]
        relevant = f"{job.title} {job.description} {wanted}"
        best = grounding.best_named(lines, wanted, relevant, taken, applicant.stated, for_skill=for_skill)
        if best is None:
            return None
        index, item, what = best
        return Source("resume", str(quotable[index][0].passage_id), item), what

    async def _fallbacks(self, job: Job, stage: JobStage, vector: Vectors, used: set[UUID]) -> tuple[Question, ...]:
        """The job's own questions for the stage, then the nearest of similar jobs; none that another stage has."""
        kind = "closing" if stage.closing else "competency" if stage.competency_id else "opening"
        families = (job.family, "any")
        stages = tuple(dict.fromkeys((stage.id, *STAGES_OF_KIND[kind])))
        limit = min((FALLBACKS + len(used)) * 2, LIMIT_MAX)
        found: list[Found] = []
        for own, of_stages in ((True, (stage.id, kind)), (False, stages)):
            filters = Filters(language=job.language, job_id=job.id, families=families, stages=of_stages, own=own)
            near = await self._retrieval.questions(vector, filters, limit=limit)
            # Stable: within the stage's own and the others the order by similarity and record stays.
            found += sorted(near, key=lambda hit: hit.stage != stage.id)
        chosen = {hit.corpus_question_id: hit.text for hit in found if hit.corpus_question_id}
        if len(chosen.keys() - used) < FALLBACKS:
            # Some may have no vector yet; their relations find them all the same.
            async with self._database.transaction() as connection:
                more = await repository.corpus_questions(
                    connection,
                    job_id=job.id,
                    language=job.language,
                    families=families,
                    stages=stages,
                    limit=FALLBACKS + len(used) + len(chosen),
                )
            chosen.update((question.id, question.text) for question in more if question.id not in chosen)
        taken = [(key, text) for key, text in chosen.items() if key not in used][:FALLBACKS]
        used.update(key for key, _ in taken)
        return tuple(
            Question(f"{stage.id}-f{place}", text, (Source("corpus", str(key), text),))
            for place, (key, text) in enumerate(taken, start=1)
        )
