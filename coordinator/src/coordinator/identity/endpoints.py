"""Enrolment and revocation over HTTP."""

from collections.abc import Callable
from typing import Annotated

from fastapi import APIRouter, Depends, Path, Request

from coordinator.auth.gate import allowed, open_to_all
from coordinator.auth.rbac import Action
from coordinator.auth.tokens import Caller
from coordinator.identity.schemas import NODE_ID, EnrolmentRequest, Issued, Revoked, TokenReply, TokenRequest
from coordinator.identity.service import IdentityService


def router(service: Callable[[], IdentityService]) -> APIRouter:
    """The routes; ``service`` raises Fault identity_unavailable (503) where the installation's keys are not."""
    routes = APIRouter(prefix="/api", tags=["identity"])

    @routes.post("/nodes/enrolment-tokens", status_code=201)
    async def create_enrolment_token(
        body: TokenRequest, caller: Annotated[Caller, Depends(allowed(Action.NODES_ENROL))]
    ) -> TokenReply:
        return await service().make_token(body, caller)

    # The token is the caller's right.
    @routes.post("/enrolments", status_code=201, dependencies=[Depends(open_to_all)])
    async def enrol_node(body: EnrolmentRequest, request: Request) -> Issued:
        return await service().enrol(body, address=request.client.host if request.client else "unknown")

    @routes.post("/nodes/{node_id}/revocation")
    async def revoke_node(
        node_id: Annotated[str, Path(pattern=NODE_ID)],
        caller: Annotated[Caller, Depends(allowed(Action.NODES_REVOKE))],
    ) -> Revoked:
        return await service().revoke(node_id, caller)

    return routes
