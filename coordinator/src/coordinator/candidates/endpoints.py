"""Candidates over HTTP."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, File, Form, UploadFile
from pydantic import StringConstraints

from coordinator.auth.gate import allowed
from coordinator.auth.rbac import Action
from coordinator.auth.tokens import Caller
from coordinator.candidates.schemas import Candidate, CandidateSummary, IfKnown, Language, UploadReply
from coordinator.candidates.service import CandidateService, Upload
from coordinator.fault import Fault


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
        email: Annotated[
            str | None, Form(max_length=254, description="Without one, the e-mail the resume states is taken.")
        ] = None,
        if_known: Annotated[
            IfKnown,
            Form(
                description="When somebody with the same e-mail or file is there: `ask` refuses with 409 and who it is;"
                " `add` gives the resume to `candidate_id`; `new`, also without a word, makes another candidate."
            ),
        ] = "new",
        candidate_id: Annotated[UUID | None, Form(description="Whose resume it is; with `add` only.")] = None,
    ) -> UploadReply:
        if (if_known == "add") is not (candidate_id is not None):
            raise Fault("invalid", "candidate_id goes with if_known=add, and only with that", status=422)
        upload = Upload(
            name=name,
            email=(email or "").strip() or None,
            language=language,
            file=await resume.read(),
            if_known=if_known,
            candidate_id=candidate_id,
        )
        return await service.take(upload, caller)

    return routes
