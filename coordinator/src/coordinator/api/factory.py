"""Build the application from features' routers; opening and closing what they use is the lifespan's."""

import contextlib
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from pathlib import Path

from fastapi import APIRouter, FastAPI
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute

from coordinator.api import dashboard, errors, system
from coordinator.api.errors import ErrorBody
from coordinator.api.guard import Guard
from coordinator.auth.gate import Allowed, Gate, open_to_all
from coordinator.auth.rbac import Action
from coordinator.telemetry.rate import RateWindow


@dataclass(frozen=True)
class Limits:
    """Requests of one address a minute, addresses remembered at once, bytes of one request."""

    requests_per_minute: int = 600
    addresses_max: int = 10_000
    body_bytes_max: int = 11 * 1024 * 1024


@dataclass(frozen=True)
class Parts:
    """What the application is made of. ``running`` holds everything open while requests are served."""

    gate: Gate
    routers: Sequence[APIRouter]
    running: Callable[[], AbstractAsyncContextManager[None]]
    ready: system.Readiness
    dashboard_dir: Path
    limits: Limits = Limits()


class RouteWithoutDoor(Exception):
    """A route declares neither an action nor that anyone may call it, or several at once."""


def create_app(parts: Parts) -> FastAPI:
    """The application; raises RouteWithoutDoor when a route forgot to say who may call it."""

    @contextlib.asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        async with parts.running():
            yield

    app = FastAPI(
        title="Interview coordinator",
        version="0.1.0",
        lifespan=lifespan,
        docs_url=None,
        redoc_url=None,
        responses={
            401: {"model": ErrorBody, "description": "Not signed in."},
            403: {"model": ErrorBody, "description": "The role may not do this."},
            422: {"model": ErrorBody, "description": "The request does not have the expected form."},
            429: {"model": ErrorBody, "description": "Too many requests; see Retry-After."},
        },
        generate_unique_id_function=lambda route: route.name,
    )
    app.state.gate = parts.gate
    errors.install(app)
    routers = [system.router(parts.ready), *parts.routers]
    app.state.doors = doors(routers)
    for router in routers:
        app.include_router(router)
    dashboard.serve(app, parts.dashboard_dir)
    window = RateWindow(limit=parts.limits.requests_per_minute, window_seconds=60, keys_max=parts.limits.addresses_max)
    app.add_middleware(Guard, window=window, body_bytes_max=parts.limits.body_bytes_max)
    return app


def doors(routers: Sequence[APIRouter]) -> dict[tuple[str, str], Action | None]:
    """By method and path, the action each route declares; None where anyone may call it. Raises RouteWithoutDoor."""
    found: dict[tuple[str, str], Action | None] = {}
    for router in routers:
        for route in router.routes:
            if not isinstance(route, APIRoute):
                raise RouteWithoutDoor(str(route))
            declared = _declared(route.dependant)
            if len(declared) != 1:
                raise RouteWithoutDoor(f"{sorted(route.methods or ())} {route.path} declares {len(declared)} doors")
            for method in route.methods or ():
                found[method, route.path] = declared[0]
    return found


def _declared(dependant: Dependant) -> list[Action | None]:
    call = dependant.call
    here: list[Action | None] = [call.action] if isinstance(call, Allowed) else []
    if call is open_to_all:
        here = [None]
    return [*here, *(door for below in dependant.dependencies for door in _declared(below))]
