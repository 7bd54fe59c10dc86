"""A desk on the bus: claims, pictures of device checks, consents, offers, questions for the state, and draining."""

from typing import Protocol

from interview_proto import subjects

from edge_node.bus.codec import Health, decode_drain, encode_health
from edge_node.bus.local import Bus
from edge_node.ports.failure import EngineError
from edge_node.room.desk import codec
from edge_node.room.desk.check import PictureChecks
from edge_node.room.desk.desk import Desk
from edge_node.room.desk.refusal import DeskError

LOOKS_AT_MOST = 4
"""Pictures of device checks at once; more than that waits for its page to ask again."""


class Openness(Protocol):
    """Whether new interviews are opened; see :class:`edge_node.room.desk.condition.Condition`."""

    draining: bool

    @property
    def problems(self) -> tuple[str, ...]:
        """Stable codes of what keeps them closed."""
        ...


class RoomService:
    """Serves one desk; ``process`` is the name of the room process it is in."""

    def __init__(
        self,
        desk: Desk,
        condition: Openness,
        checks: PictureChecks | None = None,
        *,
        process: str = subjects.ROOM_PROCESS,
    ) -> None:
        self._desk = desk
        self._condition = condition
        self._checks = checks
        self._process = process

    async def serve(self, bus: Bus) -> None:
        """Answer the kiosk from now on."""
        await bus.serve(self._here(subjects.ROOM_CLAIM), self._claim)
        await bus.serve(self._here(subjects.ROOM_LOOK), self._look, at_most=LOOKS_AT_MOST)
        await bus.serve(self._here(subjects.ROOM_CONSENT), self._consent)
        await bus.serve(self._here(subjects.ROOM_OFFER), self._offer)
        await bus.serve(self._here(subjects.ROOM_STATE), self._state)
        await bus.serve(self._here(subjects.ROOM_DRAIN), self._drain)

    def health(self) -> Health:
        """What keeps the process from opening interviews, which ones are live in it, and how many may be."""
        desk = self._desk
        return Health(
            self._condition.problems,
            desk.rooms_open,
            desk.candidates_present,
            interviews=desk.interviews,
            rooms_limit=desk.rooms_limit,
        )

    def _here(self, subject: str) -> str:
        return subjects.of_room(subject, self._process)

    async def _claim(self, data: bytes) -> bytes:
        try:
            await self._desk.claim(codec.decode_claim(data))
        except DeskError as error:
            return codec.encode_claim(error.code)
        return codec.encode_claim()

    async def _look(self, data: bytes) -> bytes:
        look = codec.decode_look(data)
        if self._checks is None:
            raise EngineError("unavailable", "nothing is watched here")
        try:
            await self._desk.admit(look.interview_id, look.kit_id)
            state = await self._desk.view(look.interview_id)
            if state.closed:
                raise DeskError("interview_closed")
            if state.consented:
                raise DeskError("bad_request")  # the device check is over
        except DeskError as error:
            return codec.encode_look(code=error.code)
        return codec.encode_look(await self._checks.look(look.interview_id, look.picture))

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
