"""The question corpus over HTTP."""

from fastapi import APIRouter, Depends

from coordinator.auth.gate import allowed
from coordinator.auth.rbac import Action
from coordinator.corpora.schemas import CorpusQuestion
from coordinator.corpora.service import CorporaService


def router(service: CorporaService) -> APIRouter:
    """The routes."""
    routes = APIRouter(prefix="/api", tags=["corpora"])

    @routes.get("/corpus-questions", dependencies=[Depends(allowed(Action.JOBS_READ))])
    async def list_corpus_questions() -> list[CorpusQuestion]:
        return await service.shared_questions()

    return routes
