"""Companies and jobs over HTTP."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends

from coordinator.auth.gate import allowed
from coordinator.auth.rbac import Action
from coordinator.auth.tokens import Caller
from coordinator.jobs import templates
from coordinator.jobs.schemas import Company, Job, JobSummary, JobTemplate, NewCompany, NewJob
from coordinator.jobs.service import JobService


def router(service: JobService) -> APIRouter:
    """The routes."""
    routes = APIRouter(prefix="/api", tags=["jobs"])

    @routes.get("/companies", dependencies=[Depends(allowed(Action.COMPANIES_READ))])
    async def list_companies() -> list[Company]:
        return await service.companies()

    @routes.post("/companies", status_code=201)
    async def create_company(
        body: NewCompany, caller: Annotated[Caller, Depends(allowed(Action.COMPANIES_WRITE))]
    ) -> Company:
        return await service.create_company(body, caller)

    @routes.get("/jobs", dependencies=[Depends(allowed(Action.JOBS_READ))])
    async def list_jobs() -> list[JobSummary]:
        return await service.jobs()

    @routes.get("/jobs/templates", dependencies=[Depends(allowed(Action.JOBS_READ))])
    async def list_job_templates() -> list[JobTemplate]:
        return list(templates.shipped())

    @routes.get("/jobs/{job_id}", dependencies=[Depends(allowed(Action.JOBS_READ))])
    async def get_job(job_id: UUID) -> Job:
        return await service.job(job_id)

    @routes.post("/jobs", status_code=201)
    async def create_job(body: NewJob, caller: Annotated[Caller, Depends(allowed(Action.JOBS_WRITE))]) -> Job:
        return await service.create_job(body, caller)

    return routes
