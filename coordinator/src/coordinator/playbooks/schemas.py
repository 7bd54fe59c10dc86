"""Runs of playbooks over HTTP."""

import re
from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

Playbook = Literal["upgrade", "rollback", "drift"]
NEED_A_BUNDLE = ("upgrade", "drift")
RunStatus = Literal["waiting", "running", "done", "failed", "drifted", "cancelled", "out_of_time", "not_taken", "lost"]
MachineStatus = Literal["ok", "changed", "failed", "unreachable"]
EventStatus = Literal["play", "note", "changed", "failed", "unreachable"]

MACHINE = r"^[A-Za-z0-9_][A-Za-z0-9_.-]{0,252}$"
"""A name of a machine or group; nothing that means more to Ansible, such as ``!``, ``:`` or ``@``."""

BUNDLE_ID = r"^[0-9a-f]{16}$"
REASON_MOST = 300

MachineName = Annotated[str, Field(pattern=MACHINE)]


def plain(text: str) -> str:
    """The text if it is one line and no template: Ansible carries out what stands in braces. Raises ValueError."""
    if re.search(r"[{}\x00-\x1f\x7f\u2028\u2029]", text):
        raise ValueError("one line without braces")
    return text.strip()


class Machine(BaseModel):
    """A machine of the runner's inventory."""

    name: MachineName
    groups: list[MachineName]


class Bundle(BaseModel):
    """A release the runner has at hand."""

    id: Annotated[str, Field(pattern=BUNDLE_ID)]
    version: Annotated[str, Field(max_length=100)]


class Offers(BaseModel):
    """What the runner can be asked for."""

    machines: list[Machine] = Field(default_factory=list)
    bundles: list[Bundle] = Field(default_factory=list, description="Newest first.")


class NewRun(BaseModel):
    """A run to be started."""

    model_config = ConfigDict(extra="forbid")

    playbook: Playbook
    machines: list[MachineName] = Field(
        default_factory=list, max_length=1000, description="Machines and groups; none: all of the inventory."
    )
    bundle: str = Field("", pattern=rf"{BUNDLE_ID}|^$", description="Id of the release; upgrade and drift need it.")
    reason: Annotated[str, AfterValidator(plain)] = Field(
        "", max_length=REASON_MOST, description="Why nodes go back; rollback needs it, and the fleet page shows it."
    )
    failures_most: int = Field(0, ge=0, le=100, description="Per cent of a group that may fail before it stops.")


class RunMachine(BaseModel):
    """What became of one machine so far."""

    machine: str
    status: MachineStatus
    changed: int = Field(description="Tasks that changed something; drift: that would.")
    task: str = Field(description="The task it is at, or failed at.")
    reason: str = Field(description="Why it failed; empty otherwise.")


class RunEvent(BaseModel):
    """One thing that happened."""

    number: int
    at: datetime
    machine: str
    task: str
    status: EventStatus
    reason: str


class RunSummary(BaseModel):
    """One run."""

    id: UUID
    playbook: Playbook
    machines: list[str]
    bundle_version: str
    reason: str
    status: RunStatus
    note: str = Field(description="Why it ended as it did, where no machine says it.")
    requested_by: str = Field(description="Name of the account.")
    requested_at: datetime
    started_at: datetime | None
    ended_at: datetime | None
    cancelling: bool = Field(description="It was told to stop and has not yet.")


class Run(RunSummary):
    """One run with what it did."""

    play: str = Field(description="The play that is under way.")
    results: list[RunMachine]
    events: list[RunEvent] = Field(description="The newest 200, oldest first.")
    events_dropped: int = Field(description="Events beyond what is kept of a run.")


class PlaybookDesk(BaseModel):
    """What can be started, and what was."""

    switched_on: bool = Field(description="Whether this installation is to have a runner, or ever had one.")
    runner_online: bool
    runner_seen_at: datetime | None = Field(description="Null where there never was a runner.")
    offers: Offers
    runs: list[RunSummary] = Field(description="Newest first, 20 at the most.")
