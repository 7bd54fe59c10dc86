"""Counts what the kiosk answers, by route; a path nobody serves is no label."""

import time

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from edge_node.kiosk import metrics

PAGE = "page"
"""Route of every file of the page, and of what is not there."""

_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH"})


class Counted:
    """ASGI application around another."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one connection."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        status = 500

        async def noting(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        began = time.perf_counter()
        try:
            await self._app(scope, receive, noting)
        finally:
            # The router has left its route in the scope, where it found one.
            route = getattr(scope.get("route"), "path", PAGE)
            route = route if route.startswith(("/api/", "/healthz")) else PAGE
            method = scope["method"] if scope["method"] in _METHODS else "other"
            metrics.requests_total.labels(method, route, str(status)).inc()
            metrics.request_seconds.labels(method, route).observe(time.perf_counter() - began)
