"""Candidates over HTTP."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, File, Form, UploadFile
from pydantic import StringConstraints

from coordinator.auth.gate import allowed
from coordinator.auth.rbac import Action
from coordinator.auth.tokens import Caller
from coordinator.candidates.schemas import Candidate, CandidateSummary, Language, UploadReply
from coordinator.candidates.service import CandidateService


def router(service: CandidateService) -> APIRouter:
    """The routes."""
    routes = APIRouter(prefix="/api", tags=["candidates"])

    @routes.get("/candidates", dependencies=[Depends(allowed(Action.CANDIDATES_READ))])
    async def list_candidates() -> list[CandidateSummary]:
        return await service.candidates()

    @routes.get("/candidates/{candidate_id}", dependencies=[Depends(allowed(Action.CANDIDATES_READ))])
    async def get_candidate(candidate_id: UUID) -> Candidate:
        return await service.candidate(candidate_id)

    @routes.post("/candidates", status_code=201)
    async def upload_candidate(
        caller: Annotated[Caller, Depends(allowed(Action.CANDIDATES_WRITE))],
        resume: Annotated[UploadFile, File(description="A PDF of at most 50 pages and 10 MB.")],
        name: Annotated[str, Form(max_length=200), StringConstraints(strip_whitespace=True, min_length=1)],
        language: Annotated[Language, Form()],
        email: Annotated[str | None, Form(max_length=254)] = None,
    ) -> UploadReply:
        content = await resume.read()
        return await service.create(
            name=name, email=(email or "").strip() or None, language=language, file=content, caller=caller
        )

    return routes
