"""Nodes over HTTP."""

from datetime import datetime
from typing import Literal

from pydantic import BaseModel, Field


class NodeIncident(BaseModel):
    """Something that happened to a node's record and that a person should know of."""

    code: str = Field(description="journal_rolled_back, journal_recreated or journal_reused.")
    noticed_at: datetime


class NodeRelease(BaseModel):
    """Which release runs on a node, and what became of the last change of it."""

    actual: str = Field(description="What it runs.")
    target: str = Field(description="What it was to run.")
    state: Literal["active", "rolled_back", "failed"]
    reason: str = Field(description="Why it went back or failed; empty when active.")


class NodePull(BaseModel):
    """How far a node is that fetches releases itself."""

    group: Literal["canary", "first", "rest"]
    version: str = Field(description="The release head office wants it to run; empty where none was announced to it.")
    state: Literal["", "waiting", "fetching", "checking", "ready", "installing", "active", "failed"] = Field(
        description="`waiting`: it was not heard to know of the release yet."
    )
    received_percent: int = Field(description="Of the bundle, while it is fetched.")
    reason: str = Field(description="Why it failed, or what it waits for.")


class Node(BaseModel):
    """One appliance."""

    node_id: str
    display_name: str
    version: str
    last_seen: datetime
    online: bool = Field(description="A heartbeat came within the last 10 s.")
    rooms_open: int
    rooms_max: int
    problems: list[str] = Field(description="Stable codes; empty when the node can hold an interview.")
    room_url: str
    incidents: list[NodeIncident] = Field(description="Newest first.")
    clock_skew_ms: int = Field(description="The node's wall clock minus the coordinator's.")
    clock_sync: Literal["synchronised", "unsynchronised", "unknown"] = Field(
        description="Whether the node's clock follows a time source, as its kernel tells."
    )
    clock_error_max_ms: int = Field(description="Largest error its kernel reckons with; 0 when not known.")
    clock_wrong: bool = Field(description="The difference is larger than the coordinator's setting allows.")
    release: NodeRelease | None = Field(description="Null where no playbook installs releases.")
    pull: NodePull | None = Field(description="Null where the playbook reaches the node and brings releases.")
    identity: Literal["none", "enrolled", "expired", "revoked"] = Field(
        description="Whether the hub lets it in: never enrolled, let in, its credentials ran out, shut out."
    )
    enrolled_until: datetime | None = Field(description="End of its credentials; it renews them well before.")
    revoked_at: datetime | None


class DeadLetter(BaseModel):
    """Bytes of a node's record that could not be taken in; they are kept in the database."""

    id: int
    node_id: str
    journal_epoch: str
    journal_sequence: int = Field(description="0 when the whole message could not be read.")
    reason: str
    detail: str | None = Field(description="What did not fit; null for a role that may not see it.")
    bytes: int
    received_at: datetime
    settled_at: datetime | None = Field(description="When somebody had seen to it.")


class OpenDeadLetters(BaseModel):
    """How many wait for somebody to see to them."""

    open: int
