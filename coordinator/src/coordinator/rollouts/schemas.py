"""What is known of a rollout and of the nodes it goes to."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

Group = Literal["canary", "first", "rest"]
GROUPS: tuple[Group, ...] = ("canary", "first", "rest")
"""In the order in which a release reaches them."""

MemberState = Literal["waiting", "active", "failed", "silent"]
REASON_MOST = 300


@dataclass(frozen=True, slots=True)
class Release:
    """A signed bundle at the hub."""

    bundle: str
    version: str
    size: int
    """Bytes."""

    sha256: str
    """Hexadecimal, of the whole file."""


@dataclass(frozen=True, slots=True)
class Member:
    """A node a rollout goes to."""

    node_id: str
    group: str
    wave: int
    opened: bool
    state: MemberState
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Rollout:
    """A release on its way. ``status``: going, done or stopped."""

    rollout_id: UUID
    release: Release
    failures_most: int
    """Per cent of a group beyond the canaries."""

    status: str
    note: str
    announced_at: datetime


@dataclass(frozen=True, slots=True)
class Told:
    """What a node said of itself when it asked."""

    node_id: str
    group: str
    announcement: str
    state: str
    reason: str
    received_bytes: int
