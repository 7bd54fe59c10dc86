"""Every error leaves as ``{"code", "message", "details"?}`` with the right status."""

import traceback
from http import HTTPStatus
from typing import Any

import psycopg
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel
from starlette.exceptions import HTTPException

from coordinator.fault import Fault
from coordinator.telemetry import metrics
from coordinator.telemetry.logs import get_logger

log = get_logger("api")

_CODES = {HTTPStatus.REQUEST_ENTITY_TOO_LARGE: "too_large"}


class ErrorBody(BaseModel):
    """What every refused request gets."""

    code: str
    message: str
    details: list[dict[str, Any]] | None = None


def error_response(fault: Fault) -> JSONResponse:
    """The answer for ``fault``."""
    metrics.refused_total.labels(fault.code).inc()
    body: dict[str, Any] = {"code": fault.code, "message": fault.message}
    if fault.details:
        body["details"] = fault.details
    headers = {}
    if fault.retry_after_seconds is not None:
        headers["Retry-After"] = str(fault.retry_after_seconds)
    if fault.status == HTTPStatus.UNAUTHORIZED:
        headers["WWW-Authenticate"] = "Bearer"
    return JSONResponse(body, fault.status, headers)


def _validation(error: RequestValidationError) -> Fault:
    # The input itself is left out: it may hold a password or a candidate's words.
    details = [
        {"where": ".".join(str(part) for part in fault["loc"]), "fault": str(fault["msg"])} for fault in error.errors()
    ]
    return Fault("invalid", "the request does not have the expected form", status=422, details=details)


def install(app: FastAPI) -> None:
    """Map every way a request can fail to the one error shape."""

    async def on_fault(_: Request, error: Exception) -> JSONResponse:
        assert isinstance(error, Fault)
        return error_response(error)

    async def on_invalid(_: Request, error: Exception) -> JSONResponse:
        assert isinstance(error, RequestValidationError)
        return error_response(_validation(error))

    async def on_http(_: Request, error: Exception) -> JSONResponse:
        assert isinstance(error, HTTPException)
        status = HTTPStatus(error.status_code)
        code = _CODES.get(status) or status.phrase.lower().replace(" ", "_")
        return error_response(Fault(code, status.phrase, status=status))

    async def on_unstorable(request: Request, error: Exception) -> JSONResponse:
        # The form allows what the database cannot keep, a NUL character say; the transaction left nothing.
        route = getattr(request.scope.get("route"), "path", "other")
        log.warning("value not storable", route=route, error=type(error).__name__)
        return error_response(
            Fault("invalid", "the request holds a character or number that cannot be kept", status=422)
        )

    async def on_bug(request: Request, error: Exception) -> JSONResponse:
        # A message of a library (a database's, say) may quote a person's data; where it happened does not.
        where = "".join(traceback.format_tb(error.__traceback__)[-4:])
        route = getattr(request.scope.get("route"), "path", "other")
        log.error("request failed", route=route, error=type(error).__name__, where=where)
        return error_response(Fault("internal", "the server could not do this", status=500))

    app.add_exception_handler(Fault, on_fault)
    app.add_exception_handler(RequestValidationError, on_invalid)
    app.add_exception_handler(HTTPException, on_http)
    app.add_exception_handler(psycopg.DataError, on_unstorable)
    app.add_exception_handler(Exception, on_bug)
