"""Accounts over HTTP."""

from typing import Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

RoleName = Literal["admin", "recruiter", "candidate"]


class LoginRequest(BaseModel):
    """Who wants in; with ``new_password``, that becomes the account's."""

    model_config = ConfigDict(extra="forbid")

    email: str = Field(min_length=3, max_length=254)
    password: str = Field(min_length=1, max_length=1024)
    new_password: str | None = Field(
        None,
        min_length=1,
        max_length=1024,
        description="Needed with a one-time password (else 403 password_change_needed); at least 12 characters.",
    )


class LoginReply(BaseModel):
    """A login; ``expires_in`` in seconds."""

    access_token: str
    token_type: Literal["bearer"]
    expires_in: int
    role: RoleName
    name: str


class Me(BaseModel):
    """The caller's own account."""

    id: UUID
    email: str
    name: str
    role: RoleName
