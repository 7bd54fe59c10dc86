"""The room page's HTTP: join by code, consent, offer, state, and the page itself."""

import time
from collections.abc import Callable
from typing import Annotated

from fastapi import Depends, FastAPI, Query, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.types import ASGIApp

from edge_node.core.interview.consent import Purpose
from edge_node.core.interview.plan import Kit
from edge_node.kiosk import join_codes, metrics
from edge_node.kiosk.counted import Counted
from edge_node.kiosk.errors import KioskError
from edge_node.kiosk.page import Page
from edge_node.kiosk.protection import Protection
from edge_node.kiosk.readiness import Readiness
from edge_node.kiosk.schemas import (
    LANGUAGES,
    AnswerView,
    ConsentBody,
    InterviewView,
    JoinReply,
    JoinRequest,
    LineView,
    LookView,
    NodeView,
    OfferBody,
    QuestionView,
    StateView,
)
from edge_node.kiosk.signalling import Rooms
from edge_node.kiosk.tokens import RoomTokens, Ticket, TokenError
from edge_node.ports.assignments import Assignments
from edge_node.telemetry.logs import get_logger

NOTICE_VERSION = "4"
Side = Annotated[int, Query(ge=32, le=640, multiple_of=2)]
"""Pixels of a picture of the device check."""

log = get_logger("kiosk")


def create_app(
    *,
    name: str,
    page: Page,
    assignments: Assignments,
    rooms: Rooms,
    readiness: Readiness,
    tokens: RoomTokens,
    tries: join_codes.Tries,
    recording: bool = False,
    emotion: bool = False,
    now: Callable[[], float] = time.time,
) -> ASGIApp:
    """The kiosk's application; ``now`` gives Unix seconds.

    ``recording``: candidates are asked for one; ``emotion``: for a guess of what their face expresses.
    """
    app = FastAPI(openapi_url=None, docs_url=None, redoc_url=None)
    _handle_errors(app)

    def ticket(request: Request) -> Ticket:
        scheme, _, token = request.headers.get("authorization", "").partition(" ")
        if scheme.lower() != "bearer":
            raise KioskError("token_invalid")
        try:
            return tokens.ticket(token.strip(), now())
        except TokenError as error:
            raise KioskError(error.code) from None

    Entered = Annotated[Ticket, Depends(ticket)]

    @app.get("/healthz")
    async def healthz() -> dict[str, str]:
        return {"status": "ok"}

    @app.get("/api/node")
    async def node() -> NodeView:
        return NodeView(
            name=name,
            ready=await readiness.ready(),
            problems=await readiness.problems(),
            rooms_free=await readiness.rooms_free(),
            languages=list(LANGUAGES),
        )

    @app.post("/api/join")
    async def join(body: JoinRequest, request: Request) -> JoinReply:
        address = request.client.host if request.client else ""
        wait_seconds = tries.wait_seconds(address, now())
        if wait_seconds:
            raise KioskError("too_many_tries", retry_after_seconds=wait_seconds)
        try:
            kit = join_codes.find(await assignments.kits(), body.code)
        except TimeoutError:
            raise KioskError("node_not_ready") from None
        if kit is None:
            tries.failed(address, now())
            raise KioskError("code_unknown")
        if now() * 1000 >= kit.join_code.expires_unix_ms:
            raise KioskError("code_expired")
        if not await readiness.answering():
            raise KioskError("node_not_ready")
        await rooms.claim(kit.interview_id)
        log.info("joined", interview_id=kit.interview_id)
        token = tokens.issue(Ticket(kit.interview_id, kit.kit_id), now())
        return JoinReply(
            token=token, interview=_view(kit), notice_version=NOTICE_VERSION, recording=recording, emotion=emotion
        )

    @app.post("/api/look")
    async def look(request: Request, ticket: Entered, width: Side, height: Side) -> LookView:
        i420 = await request.body()
        if len(i420) != width * height * 3 // 2:
            raise KioskError("bad_request")
        return LookView(hints=await rooms.look(ticket, i420, width=width, height=height))

    @app.post("/api/consent", status_code=204)
    async def consent(body: ConsentBody, ticket: Entered) -> None:
        if Purpose.INTERVIEW not in body.purposes:
            raise KioskError("consent_missing")
        if Purpose.RECORDING in body.purposes and not recording:
            # Nobody was asked for it here.
            raise KioskError("bad_request")
        if Purpose.EMOTION in body.purposes and not (emotion and Purpose.OBSERVATION in body.purposes):
            raise KioskError("bad_request")
        await rooms.consent(ticket, body.purposes, body.notice_version)

    @app.post("/api/decline", status_code=204)
    async def decline(ticket: Entered) -> None:
        await rooms.consent(ticket, [], NOTICE_VERSION)

    @app.post("/api/offer")
    async def offer(body: OfferBody, ticket: Entered) -> AnswerView:
        sdp = await rooms.offer(ticket, body.sdp, microphone=body.microphone, camera=body.camera)
        return AnswerView(sdp=sdp)

    @app.get("/api/state")
    async def state(ticket: Entered) -> StateView:
        found = await rooms.state(ticket)
        question = QuestionView(id=found.question_id, text=found.question_text) if found.question_id else None
        return StateView(
            consented=found.consented,
            closed=found.closed,
            question=question,
            stages_done=found.stages_done,
            stages_total=found.stages_total,
            recording=found.recording,
            purposes=list(found.purposes),
            said=[LineView(id=line.line_id, who=line.who, text=line.text) for line in found.said],
        )

    @app.get("/{path:path}", include_in_schema=False)
    async def files(path: str) -> Response:
        return page.file(path)

    return Counted(Protection(app))


def _view(kit: Kit) -> InterviewView:
    return InterviewView(
        id=kit.interview_id,
        language=kit.language,
        company_name=kit.company_name,
        job_title=kit.job_title,
        candidate_name=kit.candidate_name,
        stages=len(kit.stages),
        minutes=max(1, round(sum(stage.time_budget_seconds for stage in kit.stages) / 60)),
    )


def _reply(error: KioskError) -> JSONResponse:
    metrics.refused_total.labels(error.code).inc()
    headers = {"Retry-After": str(error.retry_after_seconds)} if error.retry_after_seconds else None
    return JSONResponse({"code": error.code, "message": error.message}, error.status, headers)


def _handle_errors(app: FastAPI) -> None:
    @app.exception_handler(KioskError)
    async def refused(_: Request, error: KioskError) -> JSONResponse:
        return _reply(error)

    @app.exception_handler(RequestValidationError)
    async def not_understood(_: Request, __: RequestValidationError) -> JSONResponse:
        return _reply(KioskError("bad_request"))

    @app.exception_handler(HTTPException)
    async def framework(_: Request, error: HTTPException) -> JSONResponse:
        codes = {404: "not_found", 405: "method_not_allowed"}
        return _reply(KioskError(codes.get(error.status_code, "bad_request")))

    @app.exception_handler(Exception)
    async def broken(_: Request, error: Exception) -> JSONResponse:
        log.error("request failed", error=type(error).__name__, exc_info=error)
        return _reply(KioskError("internal"))
