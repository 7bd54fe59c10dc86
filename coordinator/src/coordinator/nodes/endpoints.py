"""Nodes over HTTP."""

from typing import Annotated

from fastapi import APIRouter, Depends, Path, Request, Response
from fastapi.security import HTTPBasic, HTTPBasicCredentials

from coordinator.auth.gate import allowed, open_to_all
from coordinator.auth.rbac import Action
from coordinator.auth.tokens import Caller
from coordinator.fault import Fault
from coordinator.nodes.figures import FigureDesk
from coordinator.nodes.schemas import DeadLetter, Node, OpenDeadLetters
from coordinator.nodes.service import NodeService

LetterId = Annotated[int, Path(ge=1, le=2**63 - 1)]
BYTES = "application/octet-stream"
_basic = HTTPBasic(auto_error=False)


def router(service: NodeService, figures: FigureDesk) -> APIRouter:
    """The routes."""
    routes = APIRouter(prefix="/api", tags=["nodes"])

    @routes.get("/nodes", dependencies=[Depends(allowed(Action.NODES_READ))])
    async def list_nodes() -> list[Node]:
        return await service.nodes()

    # Nodes' Prometheus alone calls it, with a password of its own; the dashboard's client has no use for it.
    @routes.post("/nodes/figures", include_in_schema=False, dependencies=[Depends(open_to_all)])
    async def take_figures(
        request: Request, credentials: Annotated[HTTPBasicCredentials | None, Depends(_basic)]
    ) -> Response:
        if credentials is None:
            raise Fault("node_unknown", "a node's name and password are needed", status=401)
        await figures.check(credentials.username, credentials.password)
        return Response(status_code=await figures.take(await request.body(), request.headers))

    @routes.get("/dead-letters")
    async def list_dead_letters(
        caller: Annotated[Caller, Depends(allowed(Action.DEAD_LETTERS_READ))],
    ) -> list[DeadLetter]:
        return await service.dead_letters(caller)

    @routes.get("/dead-letters/open", dependencies=[Depends(allowed(Action.DEAD_LETTERS_READ))])
    async def count_open_dead_letters() -> OpenDeadLetters:
        return await service.open_dead_letters()

    @routes.get(
        "/dead-letters/{letter_id}/bytes",
        response_class=Response,
        responses={200: {"content": {BYTES: {}}, "description": "What came, byte for byte."}},
    )
    async def get_dead_letter_bytes(
        letter_id: LetterId, caller: Annotated[Caller, Depends(allowed(Action.DEAD_LETTERS_INSPECT))]
    ) -> Response:
        content = await service.dead_letter_bytes(letter_id, caller)
        head = {"Content-Disposition": f'attachment; filename="dead-letter-{letter_id}.bin"'}
        return Response(content, media_type=BYTES, headers=head)

    @routes.post("/dead-letters/{letter_id}/settle")
    async def settle_dead_letter(
        letter_id: LetterId, caller: Annotated[Caller, Depends(allowed(Action.DEAD_LETTERS_SETTLE))]
    ) -> OpenDeadLetters:
        return await service.settle(letter_id, caller)

    return routes
