"""Around every request: an id, a rate limit per address, security headers, a metric, a log line without names."""

import math
import time
import uuid

import structlog
from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from coordinator.api.errors import error_response
from coordinator.fault import Fault
from coordinator.telemetry import metrics
from coordinator.telemetry.logs import get_logger
from coordinator.telemetry.rate import RateWindow

log = get_logger("api")

SECURITY_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
    "Content-Security-Policy": (
        "default-src 'self'; img-src 'self' data: blob:; media-src 'self' blob:; style-src 'self' 'unsafe-inline';"
        " object-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'"
    ),
}
METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
LIMITED = "/api/"


class Guard:
    """ASGI middleware; streams pass through it unbuffered."""

    def __init__(self, app: ASGIApp, *, window: RateWindow, body_bytes_max: int) -> None:
        self._app = app
        self._window = window
        self._body_bytes_max = body_bytes_max

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one connection."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request_id = uuid.uuid4().hex
        started = time.monotonic()
        status = 500
        received = 0

        async def receive_bounded() -> Message:
            nonlocal received
            message = await receive()
            received += len(message.get("body", b""))
            if received > self._body_bytes_max:
                raise HTTPException(413)
            return message

        async def send_guarded(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                headers = MutableHeaders(scope=message)
                headers["X-Request-Id"] = request_id
                for name, value in SECURITY_HEADERS.items():
                    headers.setdefault(name, value)
                if scope["path"].startswith(LIMITED):
                    headers.setdefault("Cache-Control", "no-store")
            await send(message)

        with structlog.contextvars.bound_contextvars(request_id=request_id):
            try:
                refused = self._too_large(scope) or self._limit(scope, started)
                await (error_response(refused) if refused else self._app)(scope, receive_bounded, send_guarded)
            finally:
                self._record(scope, status, time.monotonic() - started)

    def _too_large(self, scope: Scope) -> Fault | None:
        declared = Headers(scope=scope).get("content-length", "0")
        # What declares a wrong length, or none, is cut off when it has grown too large.
        if declared.isascii() and declared.isdigit() and int(declared) > self._body_bytes_max:
            return Fault("too_large", "the request is too large", status=413)
        return None

    def _limit(self, scope: Scope, now_seconds: float) -> Fault | None:
        if not scope["path"].startswith(LIMITED):
            return None
        address = scope["client"][0] if scope.get("client") else "unknown"
        wait = self._window.wait_seconds(address, now_seconds=now_seconds)
        if wait > 0:
            retry = math.ceil(wait)
            return Fault("too_many_requests", "too many requests; wait", status=429, retry_after_seconds=retry)
        self._window.mark(address, now_seconds=now_seconds)
        return None

    def _record(self, scope: Scope, status: int, seconds: float) -> None:
        route = scope.get("route")
        name = getattr(route, "path", "other")
        # Anybody may send any method: as a label it would be a way to fill this process's memory.
        method = scope["method"] if scope["method"] in METHODS else "other"
        metrics.requests_total.labels(method, name, status).inc()
        metrics.request_seconds.labels(method, name).observe(seconds)
        log.info("request", method=scope["method"], route=name, status=status, milliseconds=round(seconds * 1000))
