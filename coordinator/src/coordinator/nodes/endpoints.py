"""Nodes over HTTP."""

from fastapi import APIRouter, Depends

from coordinator.auth.gate import allowed
from coordinator.auth.rbac import Action
from coordinator.nodes.schemas import DeadLetter, Node
from coordinator.nodes.service import NodeService


def router(service: NodeService) -> APIRouter:
    """The routes."""
    routes = APIRouter(prefix="/api", tags=["nodes"])

    @routes.get("/nodes", dependencies=[Depends(allowed(Action.NODES_READ))])
    async def list_nodes() -> list[Node]:
        return await service.nodes()

    @routes.get("/dead-letters", dependencies=[Depends(allowed(Action.DEAD_LETTERS_READ))])
    async def list_dead_letters() -> list[DeadLetter]:
        return await service.dead_letters()

    return routes
