"""The kiosk's side of the room process: claims, consent, offers, state, each with a deadline."""

from interview_proto import subjects

from edge_node.bus.local import Bus
from edge_node.kiosk import codec
from edge_node.kiosk.errors import from_room
from edge_node.kiosk.tokens import Ticket
from edge_node.ports.failure import EngineError

CLAIM_SECONDS = 5.0
CONSENT_SECONDS = 5.0
OFFER_SECONDS = 15.0
LOOK_SECONDS = 4.0
STATE_SECONDS = 3.0


class Rooms:
    """Asks the room process over the node's bus; every failure is a KioskError."""

    def __init__(self, bus: Bus) -> None:
        self._bus = bus

    async def claim(self, interview_id: str) -> None:
        """Take the interview's only place; raises KioskError (code_used, node_not_ready, interview_closed)."""
        try:
            codec.read_claim(await self._ask(subjects.ROOM_CLAIM, codec.claim(interview_id), CLAIM_SECONDS))
        except EngineError as error:
            raise from_room(error, unavailable="node_not_ready") from error

    async def look(self, ticket: Ticket, i420: bytes, *, width: int, height: int) -> list[str]:
        """What could be better in a picture of the device check; raises KioskError."""
        request = codec.look(ticket, i420, width=width, height=height)
        try:
            return codec.read_look(await self._ask(subjects.ROOM_LOOK, request, LOOK_SECONDS))
        except EngineError as error:
            raise from_room(error) from error

    async def consent(self, ticket: Ticket, purposes: list[str], notice_version: str) -> None:
        """Record what the candidate agreed to; no purpose declines. Raises KioskError."""
        request = codec.consent(ticket, purposes, notice_version)
        try:
            codec.read_consent(await self._ask(subjects.ROOM_CONSENT, request, CONSENT_SECONDS))
        except EngineError as error:
            raise from_room(error) from error

    async def offer(self, ticket: Ticket, sdp: str, *, microphone: bool, camera: bool) -> str:
        """The answer to the page's offer; raises KioskError."""
        request = codec.offer(ticket, sdp, microphone=microphone, camera=camera)
        try:
            return codec.read_offer(await self._ask(subjects.ROOM_OFFER, request, OFFER_SECONDS))
        except EngineError as error:
            raise from_room(error) from error

    async def state(self, ticket: Ticket) -> codec.RoomState:
        """Where the interview stands; raises KioskError."""
        try:
            return codec.read_state(await self._ask(subjects.ROOM_STATE, codec.state(ticket), STATE_SECONDS))
        except EngineError as error:
            raise from_room(error) from error

    async def _ask(self, subject: str, request: bytes, timeout_seconds: float) -> bytes:
        return await self._bus.request(subject, request, timeout_seconds=timeout_seconds)
