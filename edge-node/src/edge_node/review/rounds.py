"""When to review: once an interview closes, and whenever the process starts; a lost signal costs one round's wait."""

import asyncio
from contextlib import suppress

from edge_node.core.interview.events import InterviewClosed
from edge_node.core.interview.plan import PlanError
from edge_node.ports.assignments import Assignments
from edge_node.ports.journal import Journal, JournalError
from edge_node.review import metrics
from edge_node.review.reviewer import Reviewer, needs_review
from edge_node.telemetry import traces
from edge_node.telemetry.logs import get_logger

ROUND_SECONDS = 30.0
LISTEN_RETRY_SECONDS = 2.0
CONFLICTS_MOST = 5
"""Tries in a row for one interview while others still write to it."""

log = get_logger("review")


class Rounds:
    """Goes through the journal's interviews, reviews what is closed and not reviewed, and waits for the next one.

    Own both ``listen()`` and ``run()``. Two processes may do this at the same time: the journal lets one win.
    """

    def __init__(self, journal: Journal, assignments: Assignments, reviewer: Reviewer) -> None:
        self._journal = journal
        self._assignments = assignments
        self._reviewer = reviewer
        self._woken = asyncio.Event()
        self._done: set[str] = set()
        self._waiting: set[str] = set()

    async def listen(self) -> None:
        """Wake a round whenever an interview closes."""
        while True:
            try:
                async for fact in self._journal.follow():
                    if isinstance(fact.event, InterviewClosed):
                        self._woken.set()
            except JournalError as error:
                log.warning("journal not followed", code=error.code)
            await asyncio.sleep(LISTEN_RETRY_SECONDS)

    async def run(self) -> None:
        """Make rounds until cancelled."""
        while True:
            self._woken.clear()
            await self.once()
            with suppress(TimeoutError):
                await asyncio.wait_for(self._woken.wait(), ROUND_SECONDS)

    async def once(self) -> None:
        """One round. An interview that cannot be reviewed now is tried again in the next round."""
        try:
            interviews = await self._journal.interviews()
        except JournalError as error:
            log.warning("journal not readable", code=error.code)
            return
        self._waiting.clear()
        for interview_id in interviews:
            if interview_id not in self._done:
                await self._one(interview_id)
        metrics.waiting.set(len(self._waiting))

    async def _one(self, interview_id: str) -> None:
        for _ in range(CONFLICTS_MOST):
            try:
                if await self._reviewed(interview_id):
                    self._done.add(interview_id)
            except PlanError as error:
                log.error("broken kit", interview_id=interview_id, error=str(error))
            except JournalError as error:
                # A room's last facts may still come in after the close: look again, and go on from there.
                log.warning("review not kept", interview_id=interview_id, code=error.code)
                if error.code == "conflict":
                    continue
            return

    async def _reviewed(self, interview_id: str) -> bool:
        """Review what is due; whether nothing is left to do. Raises JournalError and PlanError."""
        recorded = await self._journal.replay(interview_id)
        if not needs_review(recorded):
            return any(isinstance(fact.event, InterviewClosed) for fact in recorded)
        kit = await self._assignments.kit(interview_id)
        if kit is None:
            self._waiting.add(interview_id)
            log.warning("no kit to review by", interview_id=interview_id)
            return False
        self._waiting.add(interview_id)
        metrics.waiting.set(len(self._waiting))
        with traces.about(interview_id, "review"):
            facts = await self._reviewer.review(kit, recorded)
        self._waiting.discard(interview_id)
        log.info("reviewed", interview_id=interview_id, facts=facts)
        return True
