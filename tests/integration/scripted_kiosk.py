"""A room process that answers the kiosk as a test says, and tokens the kiosk knows."""

import time

from edge_node.bus.codec import Health, encode_health
from edge_node.bus.local import Bus
from edge_node.kiosk.tokens import RoomTokens, Ticket
from edge_node.ports.failure import EngineError
from interview_proto import subjects
from interview_proto.v1 import engine_pb2

TOKENS = RoomTokens("k" * 64, "node-1")


class ScriptedRoom:
    """Answers for the room process; one place an interview."""

    def __init__(self) -> None:
        self.claimed: set[str] = set()
        self.consents: dict[str, list[str]] = {}
        self.offer_failure = ""
        self.look_failure = ""
        self.looked: list[tuple[str, str, int, int, int]] = []
        self.problems: tuple[str, ...] = ()

    async def serve(self, bus: Bus) -> None:
        await bus.serve(subjects.ROOM_CLAIM, self.claim)
        await bus.serve(subjects.ROOM_LOOK, self.look)
        await bus.serve(subjects.ROOM_CONSENT, self.consent)
        await bus.serve(subjects.ROOM_OFFER, self.offer)
        await bus.serve(subjects.ROOM_STATE, self.state)
        for name in ("room", "speech"):
            await bus.serve(subjects.health(name), self.healthy)

    async def healthy(self, _: bytes) -> bytes:
        return encode_health(Health(self.problems, rooms_limit=2))

    async def claim(self, data: bytes) -> bytes:
        interview_id = engine_pb2.ClaimRequest.FromString(data).interview_id
        reply = engine_pb2.ClaimReply()
        if self.problems:
            reply.failure.code = self.problems[0]
            return reply.SerializeToString()
        if interview_id in self.claimed:
            reply.failure.code = "code_used"
        self.claimed.add(interview_id)
        return reply.SerializeToString()

    async def look(self, data: bytes) -> bytes:
        request = engine_pb2.LookRequest.FromString(data)
        self.looked.append((request.interview_id, request.kit_id, request.width, request.height, len(request.i420)))
        if self.look_failure:
            raise EngineError(self.look_failure)
        return engine_pb2.LookReply(hints=["too_dark", "face_absent"]).SerializeToString()

    async def consent(self, data: bytes) -> bytes:
        request = engine_pb2.ConsentRequest.FromString(data)
        self.consents[request.interview_id] = list(request.purposes)
        return engine_pb2.ConsentReply().SerializeToString()

    async def offer(self, data: bytes) -> bytes:
        request = engine_pb2.OfferRequest.FromString(data)
        if self.offer_failure:
            raise EngineError(self.offer_failure)
        reply = engine_pb2.OfferReply()
        if request.interview_id not in self.consents:
            reply.failure.code = "consent_missing"
        else:
            reply.sdp = f"answer to {request.sdp} microphone={request.microphone} camera={request.camera}"
        return reply.SerializeToString()

    async def state(self, data: bytes) -> bytes:
        interview_id = engine_pb2.RoomStateRequest.FromString(data).interview_id
        reply = engine_pb2.RoomStateReply(consented=interview_id in self.consents, stages_total=2)
        reply.recording = "recording" in self.consents.get(interview_id, [])
        reply.purposes.extend(self.consents.get(interview_id, []))
        if reply.consented:
            reply.question_id, reply.question_text = "q1", "What did you build last?"
            reply.said.add(who="interviewer", id="q0", text="Please introduce yourself.")
            reply.said.add(who="candidate", id="t1", text="I build bridges.")
        return reply.SerializeToString()


def bearer(interview_id: str = "i-1", *, tokens: RoomTokens = TOKENS, now: float | None = None) -> dict[str, str]:
    ticket = Ticket(interview_id, f"kit-{interview_id}")
    return {"Authorization": f"Bearer {tokens.issue(ticket, time.time() if now is None else now)}"}
