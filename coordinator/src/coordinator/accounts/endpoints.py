"""Signing in, and who one is."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request

from coordinator.accounts.schemas import LoginReply, LoginRequest, Me
from coordinator.accounts.service import AccountService
from coordinator.auth.gate import allowed, open_to_all
from coordinator.auth.rbac import Action
from coordinator.auth.tokens import Caller


def router(service: AccountService) -> APIRouter:
    """The routes."""
    routes = APIRouter(prefix="/api", tags=["accounts"])

    @routes.post("/auth/login", dependencies=[Depends(open_to_all)])
    async def login(body: LoginRequest, request: Request) -> LoginReply:
        address = request.client.host if request.client else "unknown"
        made = await service.login(body.email, body.password, address=address, new_password=body.new_password)
        return LoginReply(
            access_token=made.token,
            token_type="bearer",  # noqa: S106 - the scheme's name
            expires_in=made.seconds,
            role=made.caller.role.value,
            name=made.caller.name,
        )

    @routes.get("/me")
    async def me(caller: Annotated[Caller, Depends(allowed(Action.ME_READ))]) -> Me:
        account = await service.account(caller.account_id)
        return Me(id=account.id, email=account.email, name=account.name, role=account.role.value)

    return routes
