"""Recordings to head office, segment by segment, and off this node when their time is over.

Requests, not a stream: nothing of a recording lies on a server in between, and facts never wait behind one. What the
coordinator has is asked for, so that a cut link or a killed process costs at most one segment sent again.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable

from interview_proto import subjects

from edge_node.core.interview.consent import Purpose
from edge_node.core.interview.events import ConsentGiven, InterviewClosed, Recorded
from edge_node.ports.failure import EngineError
from edge_node.ports.journal import Journal, JournalError
from edge_node.recording import metrics
from edge_node.recording.codec import Name, Reply, ask_held, hand_over, read_reply
from edge_node.recording.sealing import SealBroken
from edge_node.recording.shelf import Shelf
from edge_node.telemetry.logs import get_logger

LOOK_SECONDS = 10.0
AGREE_SECONDS = 3600.0
"""Between two questions whether a recording that was handed over has been erased there."""

ANSWER_SECONDS = 10.0
ABANDONED_SECONDS = 24 * 3600.0
"""An interview that was left and never closed is handed over after this long."""

DAY_SECONDS = 24 * 3600.0
UNKNOWN_SECONDS = 30 * DAY_SECONDS
"""What head office does not take as its own (an interview that was removed there) goes after this long."""

SHARE_LEFT = 0.9
"""Used part of the share from which recordings head office has leave early, the oldest first."""

GONE = ("erased", "not_agreed")
"""What head office says of a recording nobody may keep."""

Ask = Callable[[str, bytes, float], Awaitable[bytes]]
"""A request over the link: subject, payload, seconds. Raises EngineError."""

log = get_logger("recordings")


class _Away(Exception):
    """The coordinator does not answer, or facts wait for the link."""


class _Later(Exception):
    """The coordinator has not got as far with this interview's facts."""


class Recordings:
    """Hands recordings over and removes them. ``behind``: whether facts wait for the link; they go first."""

    def __init__(
        self,
        shelf: Shelf,
        journal: Journal,
        ask: Ask,
        node_id: str,
        *,
        kept_days: float,
        behind: Callable[[], bool],
        now: Callable[[], float] = time.time,
    ) -> None:
        self._shelf = shelf
        self._journal = journal
        self._ask = ask
        self._node_id = node_id
        self._kept_seconds = kept_days * DAY_SECONDS
        self._behind = behind
        self._now = now
        self._agree_at = 0.0
        self._away = False
        self._refused: set[str] = set()
        """Interviews of which a segment was refused; tried again with the next question for erased ones."""

    async def run(self) -> None:
        """Look every 10 s until cancelled; rides out whatever is away."""
        while True:
            await self.look()
            await asyncio.sleep(LOOK_SECONDS)

    async def look(self) -> None:
        """Do what is due now for every recording; one that cannot be read keeps no other waiting."""
        self._away = self._behind()
        agree = self._now() >= self._agree_at
        if agree:
            self._refused.clear()
        for interview_id in await asyncio.to_thread(self._shelf.interviews):
            try:
                await self._see_to(interview_id, agree=agree)
            except _Away:
                self._away = True
            except (_Later, JournalError):
                continue
            except (OSError, SealBroken, ValueError) as error:
                log.error("recording not readable", interview_id=interview_id, error=type(error).__name__)
        if agree and not self._away:
            self._agree_at = self._now() + AGREE_SECONDS
        await asyncio.to_thread(self._make_room)
        metrics.used_bytes.set(await asyncio.to_thread(self._shelf.used_bytes))

    async def _see_to(self, interview_id: str, *, agree: bool) -> None:
        delivered = await asyncio.to_thread(self._shelf.delivered_unix, interview_id)
        if delivered is not None:
            if self._now() >= delivered + self._kept_seconds:
                await self._erase(interview_id, "kept long enough")
            elif agree and not self._away and (await self._held(interview_id)).status in GONE:
                await self._erase(interview_id, "erased at head office")
            return
        if self._away or interview_id in self._refused:
            return
        facts = await self._journal.replay(interview_id)
        if _taken_back(facts):
            await self._erase(interview_id, "consent taken back")
        elif _closed(facts) or self._now() - self._shelf.newest_unix(interview_id) > ABANDONED_SECONDS:
            await self._hand_over(interview_id)

    async def _hand_over(self, interview_id: str) -> None:
        names = await asyncio.to_thread(self._shelf.segments, interview_id)
        held = await self._held(interview_id)
        if held.status in GONE:
            await self._erase(interview_id, held.status)
            return
        if held.status == "refused":
            self._refused.add(interview_id)
            if self._now() - self._shelf.newest_unix(interview_id) > UNKNOWN_SECONDS:
                await self._erase(interview_id, "unknown at head office")
            return
        key = await asyncio.to_thread(self._shelf.data_key, interview_id)
        for name in (name for name in names if name not in held.held):
            if self._behind():
                raise _Away
            if not await self._send(interview_id, name, key):
                return
        if await asyncio.to_thread(self._shelf.mark_delivered, interview_id, names, self._now()):
            log.info("recording handed over", interview_id=interview_id, count=len(names))

    async def _send(self, interview_id: str, name: Name, key: bytes) -> bool:
        sealed = await asyncio.to_thread(self._shelf.sealed, interview_id, name)
        reply = await self._request(hand_over(self._node_id, interview_id, name, sealed, key))
        if reply.status == "held":
            return True
        self._refused.add(interview_id)
        log.error("segment refused", interview_id=interview_id)
        return False

    async def _held(self, interview_id: str) -> Reply:
        return await self._request(ask_held(self._node_id, interview_id))

    async def _request(self, payload: bytes) -> Reply:
        try:
            answer = await self._ask(subjects.recording_request(self._node_id), payload, ANSWER_SECONDS)
            reply = read_reply(answer)
        except (EngineError, ValueError) as error:
            raise _Away from error
        if reply.status == "later":
            raise _Later
        if not reply.status:
            raise _Away
        return reply

    async def _erase(self, interview_id: str, reason: str) -> None:
        await asyncio.to_thread(self._shelf.erase, interview_id)
        log.info("recording removed", interview_id=interview_id, reason=reason)

    def _make_room(self) -> None:
        """While the share runs out, recordings head office has leave before their time."""
        had = [(at, one) for one in self._shelf.interviews() if (at := self._shelf.delivered_unix(one)) is not None]
        for _, interview_id in sorted(had):
            if not self._shelf.nearly_full(SHARE_LEFT):
                return
            self._shelf.erase(interview_id)
            log.warning("recording removed", interview_id=interview_id, reason="the share of the disk runs out")


def _taken_back(facts: list[Recorded]) -> bool:
    """Whether the newest consent has no recording in it. Nothing is erased because a journal lost its facts: then head
    office, which has them, decides.
    """
    consents = [fact.event for fact in facts if isinstance(fact.event, ConsentGiven)]
    declined = any(isinstance(fact.event, InterviewClosed) and fact.event.reason == "declined" for fact in facts)
    return declined or bool(consents and Purpose.RECORDING not in consents[-1].purposes)


def _closed(facts: list[Recorded]) -> bool:
    return any(isinstance(fact.event, InterviewClosed) for fact in facts)
