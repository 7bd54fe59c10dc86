"""The kiosk's side of the room processes: claims, consent, offers, state, each with a deadline, each at its place."""

import asyncio
from collections.abc import Callable, Sequence
from typing import TypeVar

from interview_proto import subjects

from edge_node.bus import health
from edge_node.bus.local import Bus, NobodyServes
from edge_node.kiosk import codec
from edge_node.kiosk.errors import HELD_ELSEWHERE, from_room
from edge_node.kiosk.placement import Placement, RoomProcess, RoomsFull
from edge_node.kiosk.tokens import Ticket
from edge_node.ports.failure import EngineError

CLAIM_SECONDS = 5.0
CONSENT_SECONDS = 5.0
OFFER_SECONDS = 15.0
LOOK_SECONDS = 4.0
STATE_SECONDS = 3.0
MOVED = (HELD_ELSEWHERE, "rooms_full")
"""What a process answers when another one has the interview, or may take it."""

LOOKED_FOR = (subjects.ROOM_CLAIM, subjects.ROOM_OFFER)
"""Before these every process is asked: one may be full by now, or open nothing."""

Answer = TypeVar("Answer")


class Rooms:
    """Asks the room processes over the node's bus; every failure is a KioskError.

    ``processes``: their names; ``rooms_max``: interviews the node may hold.
    """

    def __init__(self, bus: Bus, processes: Sequence[str] = (subjects.ROOM_PROCESS,), *, rooms_max: int = 1) -> None:
        self._bus = bus
        self._placement = Placement(processes, rooms_max)
        self._entering: dict[str, int] = {}

    async def claim(self, interview_id: str) -> None:
        """Take the interview's only place; raises KioskError (code_used, node_not_ready, interview_closed)."""
        try:
            await self._ask(
                interview_id, subjects.ROOM_CLAIM, codec.claim(interview_id), CLAIM_SECONDS, codec.read_claim
            )
        except EngineError as error:
            raise from_room(error, unavailable="node_not_ready") from error

    async def look(self, ticket: Ticket, i420: bytes, *, width: int, height: int) -> list[str]:
        """What could be better in a picture of the device check; raises KioskError."""
        request = codec.look(ticket, i420, width=width, height=height)
        try:
            return await self._ask(ticket.interview_id, subjects.ROOM_LOOK, request, LOOK_SECONDS, codec.read_look)
        except EngineError as error:
            raise from_room(error) from error

    async def consent(self, ticket: Ticket, purposes: list[str], notice_version: str) -> None:
        """Record what the candidate agreed to; no purpose declines. Raises KioskError."""
        request = codec.consent(ticket, purposes, notice_version)
        try:
            await self._ask(ticket.interview_id, subjects.ROOM_CONSENT, request, CONSENT_SECONDS, codec.read_consent)
        except EngineError as error:
            raise from_room(error) from error

    async def offer(self, ticket: Ticket, sdp: str, *, microphone: bool, camera: bool) -> str:
        """The answer to the page's offer; raises KioskError."""
        request, interview_id = codec.offer(ticket, sdp, microphone=microphone, camera=camera), ticket.interview_id
        self._entering[interview_id] = self._entering.pop(interview_id, 0) + 1
        try:
            return await self._ask(
                interview_id, subjects.ROOM_OFFER, request, OFFER_SECONDS, codec.read_offer, opens=True
            )
        except EngineError as error:
            raise from_room(error) from error
        finally:
            self._entering[interview_id] -= 1
            if not self._entering[interview_id]:
                del self._entering[interview_id]

    async def state(self, ticket: Ticket) -> codec.RoomState:
        """Where the interview stands; raises KioskError."""
        try:
            found = await self._ask(
                ticket.interview_id, subjects.ROOM_STATE, codec.state(ticket), STATE_SECONDS, codec.read_state
            )
        except EngineError as error:
            raise from_room(error) from error
        if found.closed:
            self._placement.forget(ticket.interview_id)
        return found

    async def _ask(
        self,
        interview_id: str,
        subject: str,
        request: bytes,
        timeout_seconds: float,
        read: Callable[[bytes], Answer],
        *,
        opens: bool = False,
    ) -> Answer:
        """Ask where the interview was sent last; where it is not there any more, look for it and ask once more."""
        if self._placement.only:
            process = self._placement.only
        else:
            known = "" if subject in LOOKED_FOR else self._placement.remembered(interview_id, self._now())
            process = known or await self._place(interview_id, opens)
        try:
            return read(await self._request(subject, process, request, timeout_seconds))
        except EngineError as error:
            if self._placement.only:
                raise
            if error.code == "late":
                # Whatever became of it there, the next request looks anew.
                self._placement.forget(interview_id)
            if not isinstance(error, NobodyServes) and error.code not in MOVED:
                raise
        self._placement.forget(interview_id)
        process = await self._place(interview_id, opens)
        return read(await self._request(subject, process, request, timeout_seconds))

    async def _request(self, subject: str, process: str, request: bytes, timeout_seconds: float) -> bytes:
        return await self._bus.request(subjects.of_room(subject, process), request, timeout_seconds=timeout_seconds)

    async def _place(self, interview_id: str, opens: bool) -> str:
        """A process that answers now; raises EngineError (unavailable, rooms_full)."""
        # Taken before anybody is asked: who gets a room in between is among these or among the answers.
        ahead = set(list(self._entering)[: list(self._entering).index(interview_id)]) if opens else None
        node = await health.ask(self._bus, (health.ROOM,), rooms=self._placement.processes)
        seen = {
            name: RoomProcess(frozenset(said.interviews), said.rooms_limit, ready=not said.problems)
            for name, said in node.rooms.items()
        }
        try:
            process = self._placement.choose(interview_id, seen, self._now(), before=ahead)
        except RoomsFull:
            raise EngineError("rooms_full") from None
        if not process:
            raise EngineError("unavailable", "no room process answers")
        return process

    def _now(self) -> float:
        return asyncio.get_running_loop().time()
