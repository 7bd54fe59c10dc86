"""Recordings: taken in from nodes, played to who may hear them, erased."""

import asyncio
import hmac
from collections.abc import Sequence
from uuid import UUID

from coordinator.audit.repository import SYSTEM, Actor, append
from coordinator.auth.tokens import Caller
from coordinator.db.unit_of_work import Connection, Database
from coordinator.fault import Fault
from coordinator.recordings import codec, playback, repository
from coordinator.recordings.codec import Delivered, Unreadable
from coordinator.recordings.repository import Standing
from coordinator.recordings.schemas import Erased, Name, Segment, Span
from coordinator.recordings.sealing import KEY_BYTES, SealBroken, Wrapping, segment_label, unseal
from coordinator.telemetry.logs import get_logger

log = get_logger("recordings")

Characters = tuple[int, int]
"""Half-open span of a turn's text."""


class RecordingService:
    """Keeps what nodes sealed as it is; only the interview's key is wrapped anew, by the installation's."""

    def __init__(self, database: Database, wrapping: Wrapping) -> None:
        self._database = database
        self._wrapping = wrapping

    async def held(self, node_id: str, interview_id: str) -> tuple[str, list[Name]]:
        """The status a node is told, and what is here. Raises Fault database_unavailable (503)."""
        known = _id_of(interview_id)
        if known is None:
            return "refused", []
        async with self._database.transaction() as connection:
            await repository.hold(connection, known)
            found = await repository.standing(connection, known)
            status = _status(found, node_id)
            if status == "not_agreed" and found is not None and found.wrapped_key is not None:
                # Taken back after it had come, from an interview that went on when nobody expected it any more.
                await repository.erase(connection, known)
                await append(connection, SYSTEM, "recording.erase", f"interview:{known}", {"reason": "not_agreed"})
            return status, await repository.names(connection, known) if status == "held" else []

    async def take(self, node_id: str, delivered: Delivered) -> str:
        """Keep a segment that opens with its key at its place; the status a node is told.

        Raises Fault database_unavailable (503), OSError or SealBroken for an installation without its key.
        """
        interview_id, name = _id_of(delivered.interview_id), delivered.name
        segment = _opened(delivered)
        if interview_id is None or segment is None:
            return "refused"
        async with self._database.transaction() as connection:
            await repository.hold(connection, interview_id)
            found = await repository.standing(connection, interview_id)
            status = _status(found, node_id)
            if status != "held":
                return status
            if not await self._fits(connection, interview_id, found, delivered.data_key):
                log.error("another key for a recording", interview_id=str(interview_id), node_id=node_id)
                return "refused"
            await repository.keep_segment(connection, interview_id, name, playback.time_of(segment), delivered.sealed)
        return "held"

    async def play(self, interview_id: UUID, turn_id: str, part: Characters | None, caller: Caller) -> bytes:
        """An answer, or the words in a part of its text, as an Ogg file; who heard what is in the audit trail.

        Raises Fault recording_unknown (404): no such interview or answer, or nothing of it was recorded.
        """
        async with self._database.transaction() as connection:
            turn = await repository.turn(connection, interview_id, turn_id)
            found = await repository.standing(connection, interview_id)
            if found is None or found.wrapped_key is None or not found.agreed:
                raise _unknown()
            if turn is None or turn["mode"] != "spoken":
                raise _unknown()
            said = Span(turn["start_ms"], turn["end_ms"])
            if part is not None:
                words = codec.words_of(turn["envelope"])
                said = playback.span_of(turn["text"], words, *part) or said
            span = Span(max(0, said.start_ms - playback.LEAD_MS), said.end_ms + playback.TAIL_MS)
            around = Span(span.start_ms - playback.LOOK_AROUND_MS, span.end_ms + playback.LOOK_AROUND_MS)
            sealed = await repository.segments(connection, interview_id, around)
            key = self._wrapping.unwrap(str(interview_id), found.wrapped_key)
            sound = await asyncio.to_thread(_cut, str(interview_id), key, sealed, span)
            if sound is None:
                raise _unknown()
            first, last = part or (None, None)
            detail = {"turn_id": turn_id, "start_char": first, "end_char": last}
            actor = Actor(str(caller.account_id), caller.role.value)
            await append(connection, actor, "recording.play", f"interview:{interview_id}", detail)
        return sound

    async def erase(self, interview_id: UUID, caller: Caller) -> Erased:
        """Erase it here, and on its node when that asks next. Raises Fault interview_unknown (404)."""
        async with self._database.transaction() as connection:
            await repository.hold(connection, interview_id)
            if await repository.standing(connection, interview_id) is None:
                raise Fault("interview_unknown", "there is no such interview", status=404)
            erased_at = await repository.erase(connection, interview_id)
            actor = Actor(str(caller.account_id), caller.role.value)
            await append(connection, actor, "recording.erase", f"interview:{interview_id}")
        return Erased(interview_id=interview_id, erased_at=erased_at)

    async def _fits(self, connection: Connection, interview_id: UUID, found: Standing | None, key: bytes) -> bool:
        """Whether ``key`` is the recording's; the first one is kept."""
        if found is None or found.wrapped_key is None:
            await repository.keep_key(connection, interview_id, self._wrapping.wrap(str(interview_id), key))
            return True
        return hmac.compare_digest(self._wrapping.unwrap(str(interview_id), found.wrapped_key), key)


def _status(found: Standing | None, node_id: str) -> str:
    if found is None or found.node_id != node_id:
        return "refused"
    if found.erased:
        return "erased"
    if found.agreed:
        return "held"
    return "not_agreed" if found.over else "later"


def _opened(delivered: Delivered) -> Segment | None:
    """The segment, if its key opens it where it says that it belongs."""
    label = segment_label(delivered.interview_id, delivered.name.track, delivered.name.number)
    try:
        if len(delivered.data_key) != KEY_BYTES:
            return None
        segment = codec.decode_segment(unseal(delivered.data_key, delivered.sealed, label))
    except (SealBroken, Unreadable):
        return None
    return segment if segment.name == delivered.name else None


def _cut(interview_id: str, key: bytes, sealed: Sequence[tuple[Name, bytes]], span: Span) -> bytes | None:
    opened = [
        codec.decode_segment(unseal(key, data, segment_label(interview_id, name.track, name.number)))
        for name, data in sealed
    ]
    return playback.cut(opened, span)


def _id_of(text: str) -> UUID | None:
    try:
        found = UUID(text)
    except ValueError:
        return None
    return found if str(found) == text else None


def _unknown() -> Fault:
    return Fault("recording_unknown", "nothing of this answer was recorded, or there is no such answer", status=404)
