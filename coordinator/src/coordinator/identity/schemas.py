"""Enrolment and revocation over HTTP."""

import ipaddress
import re
from datetime import datetime
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

NODE_ID = r"^[a-z0-9][a-z0-9-]{0,62}$"
_HOST = re.compile(r"^(?=.{1,253}$)[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*$")

NodeId = Annotated[str, Field(pattern=NODE_ID, description="The node's name in subjects and certificates.")]


def _page_name(value: str) -> str:
    try:
        return str(ipaddress.ip_address(value))
    except ValueError:
        pass
    if not _HOST.match(value):
        raise ValueError("a host name in lower case, or an IP address")
    return value


class TokenRequest(BaseModel):
    """A node to be let in."""

    model_config = ConfigDict(extra="forbid")

    node_id: NodeId
    page_names: list[Annotated[str, AfterValidator(_page_name)]] = Field(
        default_factory=list,
        max_length=16,
        description="Host names or addresses under which room PCs open the node's page; its certificate names them.",
    )


class TokenReply(BaseModel):
    """A one-time token; it is shown this once."""

    node_id: str
    token: str
    expires_at: datetime


class EnrolmentRequest(BaseModel):
    """A node's own words. Both private keys stay on the node."""

    model_config = ConfigDict(extra="forbid")

    node_id: NodeId
    token: str = Field(min_length=20, max_length=200)
    user_key: str = Field(pattern=r"^U[A-Z2-7]{55}$", description="Public NKey of the node's user.")
    page_request: str = Field(max_length=8192, description="Signing request for the room page's certificate (PEM).")


class Issued(BaseModel):
    """What makes a node known: its word at the hub, its page's certificate, and whom it may trust."""

    user_jwt: str
    expires_at: datetime
    page_certificate: str
    link_authority: str
    page_authority: str


class Revoked(BaseModel):
    """A node that is shut out."""

    node_id: str
    revoked_at: datetime
