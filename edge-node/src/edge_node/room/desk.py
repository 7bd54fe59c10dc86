"""Which rooms are open, and who may enter. Nothing is open after a start: a room is only ever rebuilt from the journal.

A node may have several desks, one a process. An interview is held by one of them at a time (:mod:`.holding`); when
that one's process has died, any other takes it up from the journal as the same one would after a start.

A join code is used up by a fact: ``InterviewOpened`` names the kit whose code was claimed. A kit dispatched anew, with
a fresh code for a candidate who lost the page, has another id and may be claimed once more; the interview then goes on
where it was.
"""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass
from weakref import WeakValueDictionary

from edge_node.core.interview import session
from edge_node.core.interview.events import EngineUsed, Event, InterviewOpened
from edge_node.core.interview.plan import Kit, PlanError
from edge_node.core.interview.session import State
from edge_node.ports.assignments import Assignments
from edge_node.ports.clock import Clock
from edge_node.ports.journal import Journal, JournalError
from edge_node.ports.media import Media, MediaError
from edge_node.room import metrics
from edge_node.room.check import PictureChecks
from edge_node.room.engines import Engines
from edge_node.room.holding import Holding
from edge_node.room.keeping import PURPOSE
from edge_node.room.ledger import Ledger
from edge_node.room.room import Room, Visit
from edge_node.room.rules import RoomRules
from edge_node.tasks import cancel
from edge_node.telemetry.logs import get_logger

log = get_logger("room")


class DeskError(Exception):
    """Refused; ``code`` is what the page words: code_unknown, code_used, interview_closed, consent_missing, rooms_full,
    token_invalid, bad_offer, no_free_port or room_unavailable; for an interview that is not open yet also what the
    node lacks: draining, disk_full, clock_wrong, model_missing, model_damaged or models_unchecked. held_elsewhere:
    another room process has it; for the kiosk, which asks there.
    """

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class RoomView:
    """One interview as the kiosk shows it."""

    claimed: bool
    consented: bool
    closed: bool
    question_id: str
    question_text: str
    stages_done: int
    stages_total: int
    recording: bool
    """Whether the candidate agreed to be recorded, and this node records."""

    purposes: tuple[str, ...]
    """What the candidate agreed to."""


@dataclass(frozen=True, slots=True)
class _Open:
    room: Room
    task: asyncio.Task[None]


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
        self._assignments = assignments
        self._journal = journal
        self._media = media
        self._engines = engines
        self._engines_used = engines_used
        self._clock = clock
        self._rules = rules
        self.rooms_limit = rooms_max
        """Interviews this process may hold at the same time."""

        self._holding = holding
        metrics.rooms_limit.set(rooms_max)
        metrics.rooms_open.set_function(lambda: self.rooms_open)
        metrics.candidates_present.set_function(lambda: self.candidates_present)
        self._refusal = refusal
        self._checks = checks
        self._rooms: dict[str, _Open] = {}
        self._locks: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()
        self._leaving: set[asyncio.Task[None]] = set()

    @property
    def rooms_open(self) -> int:
        """Rooms open now."""
        return len(self._rooms)

    @property
    def interviews(self) -> tuple[str, ...]:
        """Ids of the interviews whose rooms are open now."""
        return tuple(self._rooms)

    @property
    def candidates_present(self) -> int:
        """Rooms whose candidate is connected now."""
        return sum(open_room.room.occupied for open_room in self._rooms.values())

    async def claim(self, interview_id: str) -> None:
        """Use up the join code the kiosk has verified; raises DeskError."""
        async with self._alone(interview_id):
            ledger = await self._ledger(interview_id, fresh=True)
            if ledger.state.closed:
                raise DeskError("interview_closed")
            if ledger.claimed_kit_id == ledger.kit.kit_id:
                raise DeskError("code_used")
            if not ledger.state.opened and (reason := self._refusal(ledger.kit)):
                log.warning("interview refused", interview_id=interview_id, reason=reason)
                metrics.refused_total.labels(reason).inc()
                raise DeskError(reason)
            open_room = self._rooms.get(interview_id)
            if open_room:
                # Another page holds the token from now on; the room reads the record again when that page comes.
                await self._shut(interview_id, open_room)
                ledger = await self._ledger(interview_id)
            language = ledger.kit.language
            opened = InterviewOpened(ledger.kit.kit_id, language, tuple(self._engines_used(language)))
            await self._keep(ledger, [opened])

    async def admit(self, interview_id: str, kit_id: str) -> None:
        """Pass the page that used the newest join code; raises DeskError (token_invalid) for one of an earlier code."""
        if (await self._ledger(interview_id)).claimed_kit_id != kit_id:
            raise DeskError("token_invalid")

    async def consent(self, interview_id: str, purposes: Sequence[str], notice_version: str) -> None:
        """Keep what the candidate agreed to; without ``interview`` the interview is closed. Raises DeskError.

        The newest consent counts: without ``recording`` what was recorded before is erased.
        """
        async with self._alone(interview_id):
            ledger = await self._ledger(interview_id)
            if self._checks and "observation" not in purposes:
                self._checks.forget(interview_id)
            if ledger.state.closed:
                raise DeskError("interview_closed")
            if not ledger.state.opened:
                raise DeskError("code_unknown")
            if "interview" in purposes:
                await self._keep(ledger, session.consent(ledger.state, purposes, notice_version))
            else:
                await self._keep(ledger, session.close(ledger.state, "declined"))
            if not {"interview", PURPOSE} <= set(purposes):
                await self._erase_recording(interview_id)

    async def offer(self, interview_id: str, sdp: str, *, microphone: bool, camera: bool) -> str:
        """Connect the candidate's page; returns the answer's SDP. Raises DeskError."""
        async with self._alone(interview_id):
            _may_enter((await self._ledger(interview_id)).state)
            if interview_id not in self._rooms and len(self._rooms) >= self.rooms_limit:
                raise DeskError("rooms_full")
            try:
                peer, answer = await self._media.answer(sdp, microphone=microphone, camera=camera)
            except MediaError as error:
                raise DeskError(error.code) from error
            try:
                await self._enter(interview_id, Visit(peer, microphone, camera))
            except DeskError:
                await peer.close()
                raise
            return answer

    async def view(self, interview_id: str) -> RoomView:
        """How far the interview is; raises DeskError."""
        state = (await self._ledger(interview_id)).state
        question = state.question
        return RoomView(
            claimed=state.opened,
            consented=state.consented,
            closed=state.closed,
            question_id=question.question_id if question else "",
            question_text=question.text if question else "",
            stages_done=state.stages_done,
            stages_total=state.stages_total,
            recording=self._engines.recorder is not None and PURPOSE in state.purposes,
            purposes=state.purposes,
        )

    async def close(self) -> None:
        """End every room; what they kept stays, and an offer after a restart goes on there."""
        for interview_id, open_room in list(self._rooms.items()):
            await self._shut(interview_id, open_room)
        if self._leaving:
            await asyncio.wait(set(self._leaving))

    @contextlib.asynccontextmanager
    async def _alone(self, interview_id: str) -> AsyncIterator[None]:
        """One writer for an interview at a time, on the whole node; raises DeskError (held_elsewhere)."""
        # The lock lives as long as somebody holds or awaits it.
        async with self._locks.setdefault(interview_id, asyncio.Lock()):
            if not self._holding.take(interview_id):
                raise DeskError("held_elsewhere")
            try:
                yield
            finally:
                self._holding.drop(interview_id)

    async def _ledger(self, interview_id: str, *, fresh: bool = False) -> Ledger:
        """The live room's ledger, or one replayed from the journal; ``fresh`` reads the newest kit in any case."""
        open_room = self._rooms.get(interview_id)
        if open_room and not fresh:
            return open_room.room.ledger
        try:
            kit = await self._assignments.kit(interview_id)
            if kit is None:
                raise DeskError("code_unknown")
            if open_room:
                await open_room.room.ledger.settled()
            return await Ledger.load(self._journal, self._clock, kit)
        except (PlanError, JournalError) as error:
            log.error("interview not readable", interview_id=interview_id, error=type(error).__name__)
            raise DeskError("room_unavailable") from error

    async def _keep(self, ledger: Ledger, events: Sequence[Event], *, at_ms: int | None = None) -> None:
        try:
            await ledger.keep(lambda _: events, at_ms=at_ms)
        except JournalError as error:
            log.error("facts not kept", interview_id=ledger.kit.interview_id, code=error.code)
            raise DeskError("room_unavailable") from error

    async def _erase_recording(self, interview_id: str) -> None:
        """Keep nothing of the candidate's sound, and nothing more; nothing where there is none."""
        recorder, open_room = self._engines.recorder, self._rooms.get(interview_id)
        if recorder is None:
            return
        if open_room:
            await open_room.room.stop_recording()
        try:
            await recorder.erase(interview_id)
        except OSError as error:
            # The uplink reads the consent before it hands anything over, and erases then.
            log.error("recording not erased yet", interview_id=interview_id, error=error.strerror)

    async def _enter(self, interview_id: str, visit: Visit) -> None:
        """Give the visit to the open room, or open one; raises DeskError."""
        open_room = self._rooms.get(interview_id)
        if open_room and open_room.room.open:
            open_room.room.enter(visit)
            return
        if open_room:
            # It is ending; what it still keeps must be in the record before another room reads it.
            await self._shut(interview_id, open_room)
        ledger = await self._ledger(interview_id)
        state = ledger.state
        _may_enter(state)
        # The record says the candidate is there, but no room was: the process that held it ended.
        await self._keep(ledger, session.left(state, "process_restarted"), at_ms=state.interview_ms)
        measured = self._checks.measured(interview_id) if self._checks else None
        room = Room(ledger, self._engines, self._clock, self._rules, measured)
        room.enter(visit)
        self._holding.take(interview_id)
        task = asyncio.create_task(room.run(), name=f"room {interview_id}")
        self._rooms[interview_id] = _Open(room, task)
        task.add_done_callback(lambda ended: self._ended(interview_id, room, ended))

    def _ended(self, interview_id: str, room: Room, task: asyncio.Task[None]) -> None:
        """A room that dies takes no other with it; its page comes back with a new offer and finds the record."""
        leaving = asyncio.create_task(self._leave(interview_id, room), name=f"leave {interview_id}")
        self._leaving.add(leaving)
        leaving.add_done_callback(self._leaving.discard)
        open_room = self._rooms.get(interview_id)
        if open_room and open_room.task is task:
            del self._rooms[interview_id]
        if not task.cancelled() and task.exception():
            metrics.died_total.inc()
            log.error("room died", interview_id=interview_id, exc_info=task.exception())

    async def _leave(self, interview_id: str, room: Room) -> None:
        """Hold the interview until nothing of this room is on its way to the journal any more."""
        try:
            await room.ledger.settled()
        finally:
            self._holding.drop(interview_id)

    async def _shut(self, interview_id: str, open_room: _Open) -> None:
        open_room.room.open = False
        await cancel(open_room.task)
        await open_room.room.ledger.settled()
        self._rooms.pop(interview_id, None)


def _may_enter(state: State) -> None:
    if state.closed:
        raise DeskError("interview_closed")
    if not state.consented:
        raise DeskError("consent_missing")
