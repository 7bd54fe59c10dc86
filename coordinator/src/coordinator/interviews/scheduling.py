"""Interviews on their way to a node: made and sent in one step, and sent anew under another join code."""

import uuid
from datetime import UTC, datetime
from typing import Any, Protocol
from uuid import UUID

from coordinator.audit.repository import Actor, append
from coordinator.auth.tokens import Caller
from coordinator.db.unit_of_work import Database
from coordinator.fault import Fault
from coordinator.interviews import scheduling_repository as repository
from coordinator.interviews.schemas import Created, NewCode, NewInterview


class Assembled(Protocol):
    """A kit ready to be stored."""

    @property
    def kit_id(self) -> str: ...  # noqa: D102 - a field of the kit, told there
    @property
    def language(self) -> str: ...  # noqa: D102 - a field of the kit, told there
    @property
    def rubric_version(self) -> str: ...  # noqa: D102 - a field of the kit, told there
    @property
    def resume_id(self) -> UUID | None: ...  # noqa: D102 - a field of the kit, told there
    @property
    def kit(self) -> dict[str, Any]: ...  # noqa: D102 - a field of the kit, told there


class Kits(Protocol):
    """Makes kits and sends them."""

    async def assemble(self, interview_id: UUID, job_id: UUID, candidate_id: UUID) -> Assembled:
        """A kit; raises Fault."""
        ...

    async def send(self, node_id: str, kit: dict[str, Any]) -> tuple[str, int]:
        """Send a kit under a fresh join code; the code, and its end in unix milliseconds. Raises Fault."""
        ...


class Scheduling:
    """Makes and sends interviews. ``room_url`` stands in for nodes that do not announce one."""

    def __init__(self, database: Database, kits: Kits, *, room_url: str = "") -> None:
        self._database = database
        self._kits = kits
        self._room_url = room_url

    async def create(self, new: NewInterview, caller: Caller) -> Created:
        """Assemble the kit, store the interview and send the kit, or nothing of it.

        Raises Fault job_unknown, candidate_unknown, node_unknown (404), node_revoked (409), kit_invalid,
        language_differs (422), hub_unavailable, embedder_unavailable (503).
        """
        interview_id = uuid.uuid4()
        async with self._database.transaction() as connection:
            if await repository.node_room_url(connection, new.node_id) is None:
                raise Fault("node_unknown", "no node of this name has reported yet", status=404)
            if await repository.node_is_revoked(connection, new.node_id):
                raise Fault("node_revoked", "the node is shut out: no kit would reach it", status=409)
        made = await self._kits.assemble(interview_id, new.job_id, new.candidate_id)
        if new.language not in (None, made.language):
            raise Fault("language_differs", f"the job's questions are in {made.language!r}", status=422)
        async with self._database.transaction() as connection:
            row = repository.NewRow(
                interview_id,
                new.job_id,
                new.candidate_id,
                made.resume_id,
                new.node_id,
                made.language,
                made.kit_id,
                made.kit,
                made.rubric_version,
                caller.account_id,
            )
            await repository.insert(connection, row)
            room_url = await repository.node_room_url(connection, new.node_id) or self._room_url
            actor = Actor(str(caller.account_id), caller.role.value)
            detail = {"kit_id": made.kit_id, "node_id": new.node_id}
            await append(connection, actor, "interview.create", f"interview:{interview_id}", detail)
            # Last before the commit: when the hub does not take the kit, no row stays.
            code, expires = await self._kits.send(new.node_id, made.kit)
            await repository.set_code_expiry(connection, interview_id, expires)
        return Created(interview_id=interview_id, join_code=code, join_code_expires_at=_at(expires), room_url=room_url)

    async def new_code(self, interview_id: UUID, caller: Caller) -> NewCode:
        """A fresh join code; the one before ends. Raises Fault interview_unknown (404), interview_closed (409)."""
        async with self._database.transaction() as connection:
            row = await repository.locked(connection, interview_id)
            if row is None:
                raise Fault("interview_unknown", "there is no such interview", status=404)
            if row["status"] in ("closed", "reviewed"):
                raise Fault("interview_closed", "the interview is over", status=409)
            # A kit's code lets in once: the same kit under another id lets a candidate who lost the page in again.
            kit = {**row["kit"], "kit_id": uuid.uuid4().hex}
            await repository.set_kit(connection, interview_id, kit["kit_id"], kit)
            actor = Actor(str(caller.account_id), caller.role.value)
            detail = {"kit_id": kit["kit_id"], "node_id": row["node_id"]}
            await append(connection, actor, "interview.join_code", f"interview:{interview_id}", detail)
            code, expires = await self._kits.send(row["node_id"], kit)
            await repository.set_code_expiry(connection, interview_id, expires)
        room_url = row["room_url"] or self._room_url
        return NewCode(join_code=code, join_code_expires_at=_at(expires), room_url=room_url)


def _at(unix_ms: int) -> datetime:
    return datetime.fromtimestamp(unix_ms / 1000, UTC)
