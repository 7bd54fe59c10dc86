"""The scripted candidate against a scripted room: real kiosk, real bus, real WebRTC; tones instead of voices."""

import asyncio
import contextlib
import threading
import wave
from collections.abc import AsyncIterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from aiortc import RTCPeerConnection
from edge_node.bus.local import Bus
from edge_node.core.audio import seconds
from edge_node.kiosk.http import create_app
from edge_node.kiosk.join_codes import Tries
from edge_node.kiosk.page import Page
from edge_node.kiosk.readiness import Readiness
from edge_node.kiosk.server import KioskServer
from edge_node.kiosk.signalling import Rooms
from edge_node.kiosk.tokens import RoomTokens
from edge_node.media.peer import WebRtcPeer
from edge_node.media.sockets import PortPool, ice_connections
from edge_node.media.webrtc import WebRtcMedia
from edge_node.ports.media import Peer
from edge_node.rehearsal.candidate import rehearse
from edge_node.rehearsal.persona import Answer, Habits, Persona
from edge_node.rehearsal.report import Report
from fakes.fixed_kits import FixedKits, small_kit
from interview_proto import subjects
from interview_proto.v1 import engine_pb2

QUESTION_SECONDS = 2.0
THINK_SECONDS = 0.3
END_OF_TURN_SECONDS = 0.7


def tone(length_seconds: float, hertz: int = 440) -> np.ndarray:
    at = np.arange(round(48_000 * length_seconds)) / 48_000
    return (9000 * np.sin(2 * np.pi * hertz * at)).astype(np.int16)


class ScriptedRoom:
    """Asks a number of questions with a tone each; an answer is loud audio and then 0.7 s of silence."""

    def __init__(self, questions: int) -> None:
        self.media = WebRtcMedia(udp_port_first=0, udp_port_last=0, addresses=["127.0.0.1"])
        self.count = questions
        self.asked = 0
        self.answers: list[float | str] = []
        """Loud seconds of each answer, or the typed text."""

        self.consented: list[str] = []
        self.pictures = 0
        self._task: asyncio.Task[None] | None = None
        self._peer: Peer | None = None

    async def serve(self, bus: Bus) -> None:
        async def healthy(_: bytes) -> bytes:
            return b""

        async def claim(_: bytes) -> bytes:
            return engine_pb2.ClaimReply().SerializeToString()

        async def consent(data: bytes) -> bytes:
            self.consented = list(engine_pb2.ConsentRequest.FromString(data).purposes)
            return engine_pb2.ConsentReply().SerializeToString()

        async def state(_: bytes) -> bytes:
            return engine_pb2.RoomStateReply(consented=True, closed=self.asked >= self.count).SerializeToString()

        for name in ("room", "speech"):
            await bus.serve(subjects.health(name), healthy)
        await bus.serve(subjects.ROOM_CLAIM, claim)
        await bus.serve(subjects.ROOM_CONSENT, consent)
        await bus.serve(subjects.ROOM_STATE, state)
        await bus.serve(subjects.ROOM_OFFER, self.offer)

    async def offer(self, data: bytes) -> bytes:
        request = engine_pb2.OfferRequest.FromString(data)
        await self.stop()
        self._peer, sdp = await self.media.answer(request.sdp, microphone=request.microphone, camera=request.camera)
        self._task = asyncio.create_task(self._interview(self._peer))
        return engine_pb2.OfferReply(sdp=sdp).SerializeToString()

    async def stop(self) -> None:
        if self._task is not None:
            self._task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._task
            self._task = None
        if self._peer is not None:
            await self._peer.close()

    def die(self) -> None:
        """As a killed process: no goodbye, nothing sent any more."""
        assert self._task is not None
        assert isinstance(self._peer, WebRtcPeer)
        self._task.cancel()
        for ice in ice_connections(self._peer._connection):
            for protocol in ice._protocols:
                protocol.transport.abort()

    async def _interview(self, peer: Peer) -> None:
        ear = Listener(peer)
        listening = asyncio.create_task(ear.run())
        reading = asyncio.create_task(ear.read())
        try:
            while self.asked < self.count:
                question = {"id": f"q{self.asked + 1}", "text": f"Number {self.asked + 1}?", "kind": "planned"}
                peer.send({"type": "state", "phase": "asking", "question": question})
                peer.send({"type": "caption", "who": "interviewer", "id": "c", "text": "Number", "final": False})
                peer.send({"type": "caption", "who": "interviewer", "id": "c", "text": question["text"], "final": True})
                ear.loud_seconds = 0.0
                playing = asyncio.create_task(self._ask(peer))
                await asyncio.wait({playing, asyncio.create_task(ear.heard(0.2))}, return_when="FIRST_COMPLETED")
                if not playing.done():
                    peer.clear()
                    playing.cancel()
                peer.send({"type": "state", "phase": "listening", "question": question})
                self.answers.append(await ear.answer())
                self.pictures += peer.newest_picture() is not None
                self.asked += 1
                peer.send({"type": "state", "phase": "thinking", "question": question})
                await asyncio.sleep(THINK_SECONDS)
            peer.send({"type": "state", "phase": "closing", "question": None})
            await peer.play(tone(0.5, 300).tobytes())
            await peer.drained()
            peer.send({"type": "state", "phase": "closed", "question": None})
        finally:
            listening.cancel()
            reading.cancel()

    async def _ask(self, peer: Peer) -> None:
        await peer.play(tone(QUESTION_SECONDS).tobytes())
        await peer.drained()


class Listener:
    """Hears loud and silent stretches."""

    def __init__(self, peer: Peer) -> None:
        self._peer = peer
        self.loud_seconds = 0.0
        self._silent_seconds = 0.0
        self._typed = ""

    async def run(self) -> None:
        async for frame in self._peer.frames():
            samples = np.frombuffer(frame.pcm, np.int16)
            if np.abs(samples).max() > 1000:
                self.loud_seconds += seconds(len(samples))
                self._silent_seconds = 0.0
            else:
                self._silent_seconds += seconds(len(samples))

    async def read(self) -> None:
        async for message in self._peer.messages():
            if message["type"] == "typed_answer":
                self._typed = message["text"]

    async def heard(self, loud_seconds: float) -> None:
        while self.loud_seconds < loud_seconds:
            await asyncio.sleep(0.02)

    async def answer(self) -> float | str:
        while True:
            await asyncio.sleep(0.02)
            if self._typed:
                typed, self._typed = self._typed, ""
                return typed
            if self.loud_seconds > 0.2 and self._silent_seconds >= END_OF_TURN_SECONDS:
                return self.loud_seconds


def person(**habits: Any) -> Persona:
    answers = tuple(Answer(keywords=(f"{n}?",), text=f"Answer {n}.") for n in range(1, 6))
    return Persona(name="P", language="en", planned=answers, follow_ups=answers, habits=Habits(**habits))


@pytest.fixture
async def kiosk(bus: Bus, tmp_path: Path) -> AsyncIterator[str]:
    app = create_app(
        name="Branch",
        page=Page(tmp_path),
        assignments=FixedKits(small_kit("i-1", "ABCD1234")),
        rooms=Rooms(bus),
        readiness=Readiness(bus),
        tokens=RoomTokens("k" * 64, "node-1"),
        tries=Tries(),
    )
    server = KioskServer(app)
    port = server.bind("127.0.0.1", 0)
    stopping = asyncio.Event()
    task = asyncio.create_task(server.serve(stopping))
    yield f"http://127.0.0.1:{port}"
    stopping.set()
    await asyncio.wait_for(task, 8)


async def hold(
    url: str, persona: Persona, wav: Path | None = None, code: str = "abcd-1234"
) -> tuple[Report, list[str]]:
    steps: list[str] = []

    def progress(step: str, _: Mapping[str, Any]) -> None:
        steps.append(step)

    sounds = {answer.script: tone(0.5 + 0.2 * n, 600) for n, answer in enumerate(persona.planned)}
    network = PortPool(0, 0, ["127.0.0.1"])
    report = await rehearse(url, code, persona, network=network, sounds=sounds, progress=progress, wav=wav)
    return report, steps


async def test_a_whole_rehearsal(kiosk: str, bus: Bus, tmp_path: Path) -> None:
    room = ScriptedRoom(3)
    await room.serve(bus)
    report, steps = await hold(kiosk, person(), tmp_path / "tape.wav")
    await room.stop()
    assert (report.outcome, report.error) == ("closed", "")
    assert room.consented == ["interview", "observation"]
    assert room.pictures >= 2
    assert [turn.question_id for turn in report.turns] == ["q1", "q2", "q3"]
    assert [turn.script_text for turn in report.turns] == ["Answer 1.", "Answer 2.", "Answer 3."]
    assert room.answers == pytest.approx([0.5, 0.7, 0.9], abs=0.06)
    for turn in report.turns:
        # silence until the end of turn, the room's thought, and the way through two jitter buffers
        assert turn.turn_gap_ms is not None
        assert 1000 * (END_OF_TURN_SECONDS + THINK_SECONDS) <= turn.turn_gap_ms <= 1400
    assert report.received_audio_seconds == pytest.approx(3 * QUESTION_SECONDS + 0.5, abs=0.25)
    assert report.sent_audio_seconds == pytest.approx(2.1, abs=0.1)
    assert [caption["text"] for caption in report.captions] == ["Number 1?", "Number 2?", "Number 3?"]
    assert report.partial_captions == 3
    assert report.phases[-1]["phase"] == "closed"
    assert steps[0] == "joined"
    assert sorted(steps[1:3]) == ["connected", "question"]
    assert steps[-1] == "over"
    with wave.open(str(tmp_path / "tape.wav")) as tape:
        sound = np.frombuffer(tape.readframes(tape.getnframes()), np.int16).reshape(-1, 2)
    for side, expected in ((0, 2.1), (1, 6.5)):
        loud = sum(np.abs(sound[n : n + 960, side].astype(int)).max() > 1000 for n in range(0, len(sound), 960))
        assert loud * 0.02 == pytest.approx(expected, abs=0.4)


async def test_interruption_typing_and_coming_back(kiosk: str, bus: Bus) -> None:
    room = ScriptedRoom(4)
    await room.serve(bus)
    report, steps = await hold(
        kiosk, person(interrupt_question=2, typed_question=3, reconnect_before_question=4, camera=False)
    )
    await room.stop()
    assert (report.outcome, report.error) == ("closed", "")
    assert room.consented == ["interview"]
    assert room.pictures == 0
    assert [turn.question_id for turn in report.turns] == ["q1", "q2", "q3", "q4"]
    assert report.turns[1].interrupted_interviewer
    assert report.turns[1].yielded_after_ms is not None
    assert report.turns[1].yielded_after_ms < 700
    assert (report.turns[2].mode, report.turns[2].turn_gap_ms) == ("typed", None)
    assert room.answers[2] == "Answer 3."
    assert report.reconnects == 1
    assert steps.count("connected") == 2


async def test_a_room_that_dies_is_found_again(kiosk: str, bus: Bus) -> None:
    room = ScriptedRoom(2)
    await room.serve(bus)
    holding = asyncio.create_task(hold(kiosk, person(camera=False)))
    while not room.answers:  # the first answer was heard; the second question begins
        await asyncio.sleep(0.05)
    await asyncio.sleep(1)
    room.die()
    report, steps = await holding
    await room.stop()
    assert (report.outcome, report.error) == ("closed", "")
    assert report.reconnects == 1
    assert steps.count("connected") == 2
    assert [turn.question_id for turn in report.turns] == ["q1", "q2"]
    assert len(room.answers) == 2
    assert not any(turn.superseded for turn in report.turns)


async def test_a_line_that_does_not_close_leaves_no_decoder_behind(
    kiosk: str, bus: Bus, monkeypatch: pytest.MonkeyPatch
) -> None:
    closed: list[RTCPeerConnection] = []

    async def close(connection: RTCPeerConnection) -> None:
        closed.append(connection)
        await asyncio.Event().wait()

    def decoders() -> list[threading.Thread]:
        return [one for one in threading.enumerate() if one.name.endswith("-decoder")]

    whole = RTCPeerConnection.close
    room = ScriptedRoom(1)
    await room.serve(bus)
    try:
        with monkeypatch.context() as patched:
            patched.setattr(RTCPeerConnection, "close", close)
            patched.setattr("edge_node.rehearsal.call.CLOSE_WITHIN_SECONDS", 0.1)
            patched.setattr("edge_node.media.peer.CLOSE_WITHIN_SECONDS", 0.1)
            await hold(kiosk, person())
            await room.stop()
        assert decoders() == []
    finally:
        for connection in closed:
            await whole(connection)
        await room.media.close()


async def test_a_wrong_code_ends_it_with_the_reason(kiosk: str, bus: Bus) -> None:
    room = ScriptedRoom(1)
    await room.serve(bus)
    report, steps = await hold(kiosk, person(), code="WRONG")
    assert report.outcome == "failed"
    assert report.error.startswith("code_unknown")
    assert steps == ["over"]
