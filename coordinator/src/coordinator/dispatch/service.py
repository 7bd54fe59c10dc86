"""Making an interview's kit and sending it, as the interviews' service asks for it."""

import time
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from coordinator.dispatch import codec, join_code
from coordinator.dispatch.buckets import Buckets
from coordinator.dispatch.kit import from_json, to_json
from coordinator.dispatch.kits import KitMaker


@dataclass(frozen=True)
class Assembled:
    """A kit ready to be stored beside its interview."""

    kit_id: str
    language: str
    rubric_version: str
    resume_id: UUID | None
    kit: dict[str, Any]


class Dispatcher:
    """Implements ``interviews.scheduling.Kits``."""

    def __init__(self, maker: KitMaker, buckets: Buckets, *, join_code_minutes: int) -> None:
        self._maker = maker
        self._buckets = buckets
        self._join_code_minutes = join_code_minutes

    async def assemble(self, interview_id: UUID, job_id: UUID, candidate_id: UUID) -> Assembled:
        """Make the kit; raises Fault as ``KitMaker.make``."""
        kit, resume_id = await self._maker.make(interview_id, job_id, candidate_id)
        return Assembled(kit.kit_id, kit.language, kit.rubric_version, resume_id, to_json(kit))

    async def send(self, node_id: str, kit: dict[str, Any]) -> tuple[str, int]:
        """Send a stored kit to a node under a fresh join code; the code, and when it ends (unix milliseconds).

        A code sent before for the same interview ends with this. Raises Fault hub_unavailable (503).
        """
        made = from_json(kit)
        expires = time.time_ns() // 1_000_000 + self._join_code_minutes * 60_000
        code, sealed = join_code.make(expires)
        await self._buckets.put(node_id, made.interview_id, codec.encode(made, sealed))
        return code, expires
