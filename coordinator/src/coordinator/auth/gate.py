"""The door of every route: who is calling, and may they. A route without :func:`allowed` is refused at start."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Annotated
from uuid import UUID

from fastapi import Depends, Request
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from coordinator.auth.rbac import Action, may
from coordinator.auth.tokens import Caller, Tokens
from coordinator.fault import Fault

_bearer = HTTPBearer(auto_error=False, bearerFormat="JWT", description="The access_token of a login.")


@dataclass(frozen=True)
class Gate:
    """What the doors need; kept in ``app.state.gate``."""

    tokens: Tokens
    login_series: Callable[[UUID], Awaitable[int | None]]
    """Which logins of an account are good now; None: none is."""

    async def holds(self, caller: Caller) -> bool:
        """Whether the login was not ended since it was made."""
        return await self.login_series(caller.account_id) == caller.series


class Allowed:
    """A dependency that lets in who may do ``action`` and returns them; 401 without a login, 403 without the right."""

    def __init__(self, action: Action) -> None:
        self.action = action

    async def __call__(
        self, request: Request, credentials: Annotated[HTTPAuthorizationCredentials | None, Depends(_bearer)]
    ) -> Caller:
        """Raise Fault token_missing, token_invalid, token_expired (401) or forbidden (403)."""
        if credentials is None:
            raise Fault("token_missing", "sign in first", status=401)
        gate: Gate = request.app.state.gate
        caller = gate.tokens.check(credentials.credentials)
        if not await gate.holds(caller):
            raise Fault("token_invalid", "the login was ended; sign in again", status=401)
        if not may(caller.role, self.action):
            raise Fault("forbidden", f"the role {caller.role.value} may not do this", status=403)
        return caller


def allowed(action: Action) -> Callable[..., Awaitable[Caller]]:
    """The door for ``action``: use as ``caller: Annotated[Caller, Depends(allowed(Action.JOBS_READ))]``."""
    return Allowed(action)


async def open_to_all() -> None:
    """The declared door of the few routes anyone may call (login, health, metrics)."""
