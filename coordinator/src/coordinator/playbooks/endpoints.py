"""Playbooks over HTTP, and one run live."""

import time
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Request
from fastapi.responses import StreamingResponse

from coordinator.auth.gate import Gate, allowed
from coordinator.auth.rbac import Action
from coordinator.auth.tokens import Caller
from coordinator.playbooks.schemas import NewRun, PlaybookDesk, Run
from coordinator.playbooks.service import PlaybookService

HEARTBEAT_SECONDS = 15.0
LONGEST_SECONDS = 900.0
"""A live view ends then and the page connects again, so that it does not outlive its login for long."""


async def live(service: PlaybookService, run_id: UUID, still_in: Callable[[], Awaitable[bool]]) -> AsyncIterator[str]:
    """Server-sent events: the run now, then after each change until it has ended; a comment when nothing happens.

    It ends with the login of who looks.
    """
    ends = time.monotonic() + LONGEST_SECONDS
    async for run in service.changes(run_id, within_seconds=HEARTBEAT_SECONDS):
        if not await still_in():
            return
        yield f"event: changed\ndata: {run.model_dump_json()}\n\n" if run else ": beat\n\n"
        if time.monotonic() > ends:
            return


def router(service: PlaybookService) -> APIRouter:
    """The routes."""
    routes = APIRouter(prefix="/api/playbooks", tags=["playbooks"])

    @routes.get("", dependencies=[Depends(allowed(Action.PLAYBOOKS_READ))])
    async def get_playbook_desk() -> PlaybookDesk:
        return await service.desk()

    @routes.post("/runs", status_code=201)
    async def start_playbook(body: NewRun, caller: Annotated[Caller, Depends(allowed(Action.PLAYBOOKS_RUN))]) -> Run:
        return await service.start(body, caller)

    @routes.get("/runs/{run_id}", dependencies=[Depends(allowed(Action.PLAYBOOKS_READ))])
    async def get_playbook_run(run_id: UUID) -> Run:
        return await service.run(run_id)

    @routes.post("/runs/{run_id}/cancellation")
    async def cancel_playbook(run_id: UUID, caller: Annotated[Caller, Depends(allowed(Action.PLAYBOOKS_RUN))]) -> Run:
        return await service.cancel(run_id, caller)

    @routes.get(
        "/runs/{run_id}/events",
        response_class=StreamingResponse,
        responses={200: {"content": {"text/event-stream": {}}, "description": "`changed` events with the run."}},
    )
    async def follow_playbook_run(
        run_id: UUID, caller: Annotated[Caller, Depends(allowed(Action.PLAYBOOKS_READ))], request: Request
    ) -> StreamingResponse:
        gate: Gate = request.app.state.gate
        await service.run(run_id)  # refuses an unknown one while there still is a status to say it with
        return StreamingResponse(live(service, run_id, lambda: gate.holds(caller)), media_type="text/event-stream")

    return routes
