"""Interviews over HTTP, and one interview live."""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Request
from fastapi.responses import StreamingResponse

from coordinator.auth.gate import Gate, allowed
from coordinator.auth.rbac import Action
from coordinator.auth.tokens import Caller
from coordinator.interviews.scheduling import Scheduling
from coordinator.interviews.schemas import Created, Integrity, Interview, InterviewSummary, NewCode, NewInterview
from coordinator.interviews.service import InterviewService

HEARTBEAT_SECONDS = 15.0
SETTLE_SECONDS = 0.1
"""Changes that come closer together than this are shown as one."""

LONGEST_SECONDS = 900.0
"""A live view ends then and the page connects again, so that it does not outlive its login for long."""


async def live(
    service: InterviewService, interview_id: UUID, still_in: Callable[[], Awaitable[bool]]
) -> AsyncIterator[str]:
    """Server-sent events: the interview now, then again after each change; a comment when nothing happens.

    It ends with the login of who looks. A notice may be lost with the process or the server that should have sent it,
    so that silence is looked into.
    """
    ends = time.monotonic() + LONGEST_SECONDS
    async with service.changes(interview_id) as changed:
        shown = _event(await service.interview(interview_id))
        yield shown
        while time.monotonic() < ends:
            noticed = await changed(HEARTBEAT_SECONDS)
            if noticed:
                await asyncio.sleep(SETTLE_SECONDS)
            now = _event(await service.interview(interview_id))
            # Asked last: whoever was signed out before this was read is not shown it.
            if not await still_in():
                return
            yield now if noticed or now != shown else ": beat\n\n"
            shown = now


def _event(interview: Interview) -> str:
    return f"event: changed\ndata: {interview.model_dump_json()}\n\n"


def router(service: InterviewService, scheduling: Scheduling) -> APIRouter:
    """The routes."""
    routes = APIRouter(prefix="/api/interviews", tags=["interviews"])

    @routes.post("", status_code=201)
    async def create_interview(
        body: NewInterview, caller: Annotated[Caller, Depends(allowed(Action.INTERVIEWS_WRITE))]
    ) -> Created:
        return await scheduling.create(body, caller)

    @routes.post("/{interview_id}/join-code")
    async def create_join_code(
        interview_id: UUID, caller: Annotated[Caller, Depends(allowed(Action.INTERVIEWS_WRITE))]
    ) -> NewCode:
        return await scheduling.new_code(interview_id, caller)

    @routes.get("", dependencies=[Depends(allowed(Action.INTERVIEWS_READ))])
    async def list_interviews() -> list[InterviewSummary]:
        return await service.interviews()

    @routes.get("/{interview_id}", dependencies=[Depends(allowed(Action.INTERVIEWS_READ))])
    async def get_interview(interview_id: UUID) -> Interview:
        return await service.interview(interview_id)

    @routes.get("/{interview_id}/integrity")
    async def get_integrity(
        interview_id: UUID, caller: Annotated[Caller, Depends(allowed(Action.INTEGRITY_READ))]
    ) -> Integrity:
        return await service.integrity(interview_id, caller)

    @routes.get(
        "/{interview_id}/events",
        response_class=StreamingResponse,
        responses={200: {"content": {"text/event-stream": {}}, "description": "`changed` events with the interview."}},
    )
    async def follow_interview(
        interview_id: UUID, caller: Annotated[Caller, Depends(allowed(Action.INTERVIEWS_READ))], request: Request
    ) -> StreamingResponse:
        gate: Gate = request.app.state.gate
        await service.interview(interview_id)  # refuses an unknown one while there still is a status to say it with
        return StreamingResponse(
            live(service, interview_id, lambda: gate.holds(caller)), media_type="text/event-stream"
        )

    return routes
