"""Health and figures."""

from collections.abc import Awaitable, Callable
from ipaddress import ip_address
from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response
from pydantic import BaseModel

from coordinator.auth.gate import open_to_all
from coordinator.fault import Fault
from coordinator.telemetry import metrics

# Names of the parts that do not work; empty when all do.
Readiness = Callable[[], Awaitable[list[str]]]


class Health(BaseModel):
    """What a monitor asks."""

    ready: bool
    problems: list[str]


async def only_loopback(request: Request) -> None:
    """Let in callers of this machine; raises Fault("forbidden", 403)."""
    host = request.client.host if request.client else ""
    try:
        here = ip_address(host).is_loopback
    except ValueError:
        here = False
    if not here:
        raise Fault("forbidden", "only from this machine", status=403)


def router(ready: Readiness) -> APIRouter:
    """The routes."""
    routes = APIRouter(tags=["system"], dependencies=[Depends(open_to_all)])

    @routes.get("/healthz", responses={503: {"model": Health}})
    async def health(response: Response) -> Health:
        problems = await ready()
        if problems:
            response.status_code = 503
        return Health(ready=not problems, problems=problems)

    @routes.get("/metrics", response_class=Response, include_in_schema=False)
    async def figures(_: Annotated[None, Depends(only_loopback)]) -> Response:
        return Response(metrics.text(), media_type=metrics.CONTENT_TYPE)

    return routes
