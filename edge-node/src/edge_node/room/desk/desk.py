"""Who may claim, agree and enter. Nothing is open after a start: a room is only ever rebuilt from the journal.

A node may have several desks, one a process. An interview is held by one of them at a time (:mod:`.holding`); when
that one's process has died, any other takes it up from the journal as the same one would after a start.

A join code is used up by a fact: ``InterviewOpened`` names the kit whose code was claimed. A kit dispatched anew, with
a fresh code for a candidate who lost the page, has another id and may be claimed once more; the interview then goes on
where it was.
"""

from collections.abc import Callable, Sequence

from edge_node.core.interview import session
from edge_node.core.interview.consent import Purpose
from edge_node.core.interview.events import EngineUsed, InterviewOpened
from edge_node.core.interview.plan import Kit
from edge_node.ports.assignments import Assignments
from edge_node.ports.clock import Clock
from edge_node.ports.journal import Journal
from edge_node.ports.media import Media, MediaError
from edge_node.room import metrics
from edge_node.room.desk.check import PictureChecks
from edge_node.room.desk.holding import Holding
from edge_node.room.desk.open_rooms import OpenRooms
from edge_node.room.desk.records import Records
from edge_node.room.desk.refusal import DeskError, may_enter
from edge_node.room.desk.view import RoomView, view_of
from edge_node.room.engines import Engines
from edge_node.room.room import Room
from edge_node.room.rules import RoomRules
from edge_node.room.visit import Visit
from edge_node.telemetry.logs import get_logger

log = get_logger("room")


class Desk:
    """Owns every room of the process. Starts nothing by itself; :meth:`close` ends all rooms.

    ``engines_used`` names the engines of an interview in a language; ``refusal`` says why the node cannot open the
    interview of a kit now, empty when it can.
    """

    def __init__(
        self,
        *,
        assignments: Assignments,
        journal: Journal,
        media: Media,
        engines: Engines,
        engines_used: Callable[[str], Sequence[EngineUsed]],
        clock: Clock,
        rules: RoomRules,
        rooms_max: int,
        holding: Holding,
        refusal: Callable[[Kit], str] = lambda _: "",
        checks: PictureChecks | None = None,
    ) -> None:
        self._media = media
        self._engines = engines
        self._engines_used = engines_used
        self._clock = clock
        self._rules = rules
        self.rooms_limit = rooms_max
        """Interviews this process may hold at the same time."""

        self._refusal = refusal
        self._checks = checks
        self._rooms = OpenRooms(holding)
        self._records = Records(assignments, journal, clock, holding, self._rooms)
        metrics.rooms_limit.set(rooms_max)
        metrics.rooms_open.set_function(lambda: self.rooms_open)
        metrics.candidates_present.set_function(lambda: self.candidates_present)

    @property
    def rooms_open(self) -> int:
        """Rooms open now."""
        return len(self._rooms)

    @property
    def interviews(self) -> tuple[str, ...]:
        """Ids of the interviews whose rooms are open now."""
        return self._rooms.interviews

    @property
    def candidates_present(self) -> int:
        """Rooms whose candidate is connected now."""
        return self._rooms.occupied

    async def claim(self, interview_id: str) -> None:
        """Use up the join code the kiosk has verified; raises DeskError."""
        async with self._records.alone(interview_id):
            ledger = await self._records.ledger(interview_id, fresh=True)
            if ledger.state.closed:
                raise DeskError("interview_closed")
            if ledger.claimed_kit_id == ledger.kit.kit_id:
                raise DeskError("code_used")
            if not ledger.state.opened and (reason := self._refusal(ledger.kit)):
                log.warning("interview refused", interview_id=interview_id, reason=reason)
                metrics.refused_total.labels(reason).inc()
                raise DeskError(reason)
            if interview_id in self._rooms:
                # Another page holds the token from now on; the room reads the record again when that page comes.
                await self._rooms.shut(interview_id)
                ledger = await self._records.ledger(interview_id)
            language = ledger.kit.language
            opened = InterviewOpened(ledger.kit.kit_id, language, tuple(self._engines_used(language)))
            await self._records.keep(ledger, [opened])

    async def admit(self, interview_id: str, kit_id: str) -> None:
        """Pass the page that used the newest join code; raises DeskError (token_invalid) for one of an earlier code."""
        if (await self._records.ledger(interview_id)).claimed_kit_id != kit_id:
            raise DeskError("token_invalid")

    async def consent(self, interview_id: str, purposes: Sequence[str], notice_version: str) -> None:
        """Keep what the candidate agreed to; without ``interview`` the interview is closed. Raises DeskError.

        The newest consent counts: without ``recording`` what was recorded before is erased.
        """
        async with self._records.alone(interview_id):
            ledger = await self._records.ledger(interview_id)
            if self._checks and Purpose.OBSERVATION not in purposes:
                self._checks.forget(interview_id)
            if ledger.state.closed:
                raise DeskError("interview_closed")
            if not ledger.state.opened:
                raise DeskError("code_unknown")
            if Purpose.INTERVIEW in purposes:
                await self._records.keep(ledger, session.consent(ledger.state, purposes, notice_version))
            else:
                await self._records.keep(ledger, session.close(ledger.state, "declined"))
            if not {Purpose.INTERVIEW, Purpose.RECORDING} <= set(purposes):
                await self._erase_recording(interview_id)

    async def offer(self, interview_id: str, sdp: str, *, microphone: bool, camera: bool) -> str:
        """Connect the candidate's page; returns the answer's SDP. Raises DeskError."""
        async with self._records.alone(interview_id):
            may_enter((await self._records.ledger(interview_id)).state)
            if interview_id not in self._rooms and len(self._rooms) >= self.rooms_limit:
                raise DeskError("rooms_full")
            try:
                peer, answer = await self._media.answer(sdp, microphone=microphone, camera=camera)
            except MediaError as error:
                raise DeskError(error.code) from error
            try:
                await self._enter(interview_id, Visit(peer, microphone, camera))
            except BaseException:
                await peer.close()
                raise
            return answer

    async def view(self, interview_id: str) -> RoomView:
        """How far the interview is; raises DeskError."""
        state = (await self._records.ledger(interview_id)).state
        return view_of(state, records=self._engines.recorder is not None)

    async def close(self) -> None:
        """End every room; what they kept stays, and an offer after a restart goes on there."""
        await self._rooms.close()

    async def _erase_recording(self, interview_id: str) -> None:
        """Keep nothing of the candidate's sound, and nothing more; nothing where there is none."""
        recorder = self._engines.recorder
        if recorder is None:
            return
        await self._rooms.stop_recording(interview_id)
        try:
            await recorder.erase(interview_id)
        except OSError as error:
            # The uplink reads the consent before it hands anything over, and erases then.
            log.error("recording not erased yet", interview_id=interview_id, error=error.strerror)

    async def _enter(self, interview_id: str, visit: Visit) -> None:
        """Give the visit to the open room, or open one; raises DeskError."""
        if self._rooms.enter(interview_id, visit):
            return
        # One that is ending still keeps facts; they must be in the record before another room reads it.
        await self._rooms.shut(interview_id)
        ledger = await self._records.ledger(interview_id)
        state = ledger.state
        may_enter(state)
        # The record says the candidate is there, but no room was: the process that held it ended.
        await self._records.keep(ledger, session.left(state, "process_restarted"), at_ms=state.interview_ms)
        measured = self._checks.measured(interview_id) if self._checks else None
        if self._rooms.closed:
            raise DeskError("room_unavailable")
        room = Room(ledger, self._engines, self._clock, self._rules, measured)
        room.enter(visit)
        self._rooms.open(interview_id, room)
