"""The desk on the bus: claims, consents, offers, questions for the state, and draining."""

from typing import Protocol

from interview_proto import subjects

from edge_node.bus.codec import Health, decode_drain, encode_health
from edge_node.bus.local import Bus
from edge_node.room import codec
from edge_node.room.desk import Desk, DeskError


class Openness(Protocol):
    """Whether new interviews are opened; see :class:`edge_node.room.condition.Condition`."""

    draining: bool

    @property
    def problems(self) -> tuple[str, ...]:
        """Stable codes of what keeps them closed."""
        ...


class RoomService:
    """Serves one desk."""

    def __init__(self, desk: Desk, condition: Openness) -> None:
        self._desk = desk
        self._condition = condition

    async def serve(self, bus: Bus) -> None:
        """Answer the kiosk from now on."""
        await bus.serve(subjects.ROOM_CLAIM, self._claim)
        await bus.serve(subjects.ROOM_CONSENT, self._consent)
        await bus.serve(subjects.ROOM_OFFER, self._offer)
        await bus.serve(subjects.ROOM_STATE, self._state)
        await bus.serve(subjects.ROOM_DRAIN, self._drain)

    def health(self) -> Health:
        """What keeps the node from opening interviews, and how many are live."""
        return Health(self._condition.problems, self._desk.rooms_open, self._desk.candidates_present)

    async def _claim(self, data: bytes) -> bytes:
        try:
            await self._desk.claim(codec.decode_claim(data))
        except DeskError as error:
            return codec.encode_claim(error.code)
        return codec.encode_claim()

    async def _consent(self, data: bytes) -> bytes:
        consent = codec.decode_consent(data)
        try:
            await self._desk.admit(consent.interview_id, consent.kit_id)
            await self._desk.consent(consent.interview_id, consent.purposes, consent.notice_version)
        except DeskError as error:
            return codec.encode_consent(error.code)
        return codec.encode_consent()

    async def _offer(self, data: bytes) -> bytes:
        offer = codec.decode_offer(data)
        try:
            await self._desk.admit(offer.interview_id, offer.kit_id)
            sdp = await self._desk.offer(
                offer.interview_id, offer.sdp, microphone=offer.microphone, camera=offer.camera
            )
        except DeskError as error:
            return codec.encode_offer(code=error.code)
        return codec.encode_offer(sdp)

    async def _state(self, data: bytes) -> bytes:
        interview_id, kit_id = codec.decode_state(data)
        try:
            await self._desk.admit(interview_id, kit_id)
            return codec.encode_state(await self._desk.view(interview_id))
        except DeskError as error:
            return codec.encode_state(None, error.code)

    async def _drain(self, data: bytes) -> bytes:
        self._condition.draining = decode_drain(data)
        return encode_health(self.health())
