"""Kits held in memory: the same interface as the node's mirror of the hub's bucket."""

import hashlib

from edge_node.core.interview.plan import Anchor, Competency, JoinCode, Kit, PlannedQuestion, Stage

SALT = "salt"


class FixedKits:
    """Implements ``ports.assignments.Assignments``."""

    def __init__(self, *kits: Kit) -> None:
        self._kits = {kit.interview_id: kit for kit in kits}

    async def kit(self, interview_id: str) -> Kit | None:
        return self._kits.get(interview_id)

    async def kits(self) -> list[Kit]:
        return list(self._kits.values())


def small_kit(interview_id: str, code: str, *, expires_unix_ms: int = 4_000_000_000_000, language: str = "en") -> Kit:
    """A kit with one stage; ``code`` as the coordinator hashes it: upper case, no dashes."""
    return Kit(
        kit_id=f"kit-{interview_id}",
        interview_id=interview_id,
        language=language,
        company_name="Harbour Tools",
        job_title="Backend engineer",
        candidate_name="Dana Reyes",
        competencies=(
            Competency("ownership", "Ownership", "Sees things through.", (Anchor(1, "Drops."), Anchor(2, "Finishes."))),
        ),
        stages=(
            Stage("s1", "Experience", "ownership", (PlannedQuestion("q1", "What did you build last?"),)),
            Stage("s2", "Closing", "", (PlannedQuestion("q2", "Anything to add?"),), closing=True),
        ),
        rubric_version="1",
        join_code=JoinCode(SALT, hashlib.sha256(f"{SALT}:{code}".encode()).hexdigest(), expires_unix_ms),
    )
