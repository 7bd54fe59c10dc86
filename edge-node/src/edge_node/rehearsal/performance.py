"""One persona in one interview: joins, consents, connects, listens, answers, leaves and comes back."""

import asyncio
import contextlib
import time
from collections.abc import Callable, Mapping
from typing import Any

from edge_node.core.interview.consent import Purpose
from edge_node.rehearsal.call import Call, CallError, Network
from edge_node.rehearsal.conversation import Conversation
from edge_node.rehearsal.kiosk_client import KioskClient, KioskRefusal
from edge_node.rehearsal.persona import AnswerBook, Persona
from edge_node.rehearsal.report import Report, Turn
from edge_node.rehearsal.sound import Samples
from edge_node.rehearsal.tape import Tape
from edge_node.rehearsal.tracks import Camera, Ear, Mouth
from edge_node.tasks import cancel

QUIET_SECONDS = 0.6
"""Silence of the interviewer, once the room listens, before the candidate speaks."""

INTERRUPT_AFTER_SECONDS = 1.2
STEP_SECONDS = 0.02
TURN_SECONDS = 120.0
REHEARSAL_SECONDS = 45 * 60.0
RETURN_SECONDS = 90.0
RETRY = ("unreachable", "room_unavailable", "node_not_ready", "no_free_port", "rooms_full")

Progress = Callable[[str, Mapping[str, Any]], None]


class RehearsalError(Exception):
    """The interview could not be held to its end; the message says where it stopped."""


class Performance:
    """One rehearsed interview; :func:`edge_node.rehearsal.candidate.rehearse` is the way in."""

    def __init__(
        self,
        kiosk: KioskClient,
        network: Network,
        persona: Persona,
        sounds: Mapping[str, Samples],
        tape: Tape,
        progress: Progress,
        *,
        mouth: Callable[[Callable[[Samples], None]], Mouth] = Mouth,
        camera: Callable[[str], Camera] = Camera,
    ) -> None:
        self._make_mouth, self._make_camera = mouth, camera
        self._kiosk = kiosk
        self._network = network
        self._persona = persona
        self._sounds = sounds
        self._progress = progress
        self._book = AnswerBook(persona)
        self._loop = asyncio.get_running_loop()
        self._began = self._loop.time()
        self.report = Report(started_unix_ms=round(time.time() * 1000))
        self._conversation = Conversation(self.report, self._elapsed)
        self._tape = tape
        self._call: Call | None = None
        self._waiting: Turn | None = None
        self._answered_floor = 0
        self._left_before: set[str] = set()
        self._interrupted: set[str] = set()

    def _elapsed(self, at: float) -> float:
        return round(at - self._began, 3)

    async def hold(self, code: str) -> None:
        """Join with ``code`` and answer until the room closes; raises RehearsalError, KioskRefusal or CallError."""
        joined = await self._kiosk.join(code)
        self.report.interview_id = str(joined["interview"]["id"])
        self._progress("joined", {"interview_id": self.report.interview_id})
        habits = self._persona.habits
        purposes = [Purpose.INTERVIEW, *([Purpose.OBSERVATION] if habits.camera else [])]
        if habits.recording and joined.get("recording"):
            purposes.append(Purpose.RECORDING)
        await self._kiosk.consent(purposes, str(joined["notice_version"]))
        try:
            async with asyncio.timeout(REHEARSAL_SECONDS):
                await self._connect()
                await self._converse()
        except TimeoutError:
            raise RehearsalError(f"not over after {REHEARSAL_SECONDS / 60:.0f} minutes") from None
        finally:
            await self._hang_up()

    async def _connect(self) -> None:
        habits = self._persona.habits
        camera = self._make_camera(habits.picture) if habits.camera else None
        call = Call(self._make_mouth(self._tape.said), Ear(self._tape.heard, self._heard), camera, self._message)
        self._call = call
        await call.connect(self._kiosk, self._network)
        self._progress("connected", {"camera": habits.camera})

    async def _hang_up(self) -> None:
        if self._call is not None:
            self.report.received_audio_seconds += round(self._call.ear.audible_seconds, 2)
            self.report.sent_audio_seconds += round(self._call.mouth.audible_seconds, 2)
            await self._call.hang_up()
            self._call = None

    def _message(self, message: dict[str, Any]) -> None:
        before = self._conversation.question.get("id")
        self._conversation.take(message, self._loop.time())
        if self._conversation.question.get("id") != before:
            self._progress("question", self._conversation.question)

    def _heard(self, at: float) -> None:
        """Tell when the interviewer begins to speak; close the gap of the turn that waits for it."""
        if self._call is not None and self._call.ear.audible_since == at:
            self._progress("heard", {"question_id": self._conversation.question.get("id", "")})
        turn = self._waiting
        if turn is None or turn.last_speech_sent_at is None:
            return
        self._waiting = None
        turn.first_audio_received_at = self._elapsed(at)
        turn.turn_gap_ms = round((turn.first_audio_received_at - turn.last_speech_sent_at) * 1000)
        self._progress("gap", {"question_id": turn.question_id, "turn_gap_ms": turn.turn_gap_ms})

    async def _converse(self) -> None:
        deadline = self._loop.time() + TURN_SECONDS
        while True:
            call, conversation = self._call, self._conversation
            if conversation.closed:
                return
            if call is None or call.lost:
                await self._return("lost")
                deadline = self._loop.time() + TURN_SECONDS
            elif self._has_floor(call) or self._interrupts(call):
                if self._leaves():
                    await self._return("left")
                else:
                    await self._answer(call)
                deadline = self._loop.time() + TURN_SECONDS
            elif self._loop.time() > deadline:
                phase = conversation.phase or "no phase"
                raise RehearsalError(f"nothing to answer for {TURN_SECONDS:.0f} s in {phase}")
            else:
                await asyncio.sleep(STEP_SECONDS)

    def _has_floor(self, call: Call) -> bool:
        """Whether the room listens, the interviewer has been quiet, and this floor is not answered yet."""
        conversation = self._conversation
        if conversation.phase != "listening" or conversation.floors <= self._answered_floor:
            return False
        quiet_since = max(conversation.phase_since, call.ear.last_audible_at or 0.0)
        return self._loop.time() - quiet_since >= QUIET_SECONDS

    def _number(self) -> int:
        """Number of the current question, from 1; 0 before the first."""
        asked = self._conversation.question.get("id", "")
        return self._conversation.questions.index(asked) + 1 if asked in self._conversation.questions else 0

    def _interrupts(self, call: Call) -> bool:
        """Whether it is time to speak over the interviewer."""
        conversation, asked = self._conversation, self._conversation.question.get("id", "")
        wanted = self._persona.habits.interrupt_question
        if not wanted or self._number() != wanted or asked in self._interrupted or conversation.phase != "asking":
            return False
        began = max(conversation.phase_since, call.ear.audible_since or self._loop.time())
        if self._loop.time() - began < INTERRUPT_AFTER_SECONDS:
            return False
        self._interrupted.add(asked)
        return True

    def _leaves(self) -> bool:
        """Whether the candidate drops the line before this answer."""
        asked = self._conversation.question.get("id", "")
        if self._number() != self._persona.habits.reconnect_before_question or asked in self._left_before:
            return False
        self._left_before.add(asked)
        return True

    async def _answer(self, call: Call) -> None:
        question = dict(self._conversation.question)
        answer = self._book.answer(question["id"], question["text"], question["kind"])
        turn = Turn(question["id"], question["text"], question["kind"], answer.script, "spoken")
        turn.interrupted_interviewer = self._conversation.phase == "asking"
        for earlier in self.report.turns:
            earlier.superseded = earlier.superseded or earlier.question_id == turn.question_id
        self.report.turns.append(turn)
        self._waiting = None
        self._progress("answering", {"question_id": turn.question_id, "text": turn.script_text})
        if self._number() == self._persona.habits.typed_question:
            turn.mode = "typed"
            call.send({"type": "typed_answer", "text": turn.script_text})
        else:
            await self._speak(call, turn, self._sounds[answer.script])
        self._answered_floor = self._conversation.floors

    async def _speak(self, call: Call, turn: Turn, sound: Samples) -> None:
        mouth, ear = call.mouth, call.ear
        if not await self._say(call, sound):
            return  # the main loop sees it
        if mouth.first_audible_at is None or mouth.last_audible_at is None:
            return
        turn.first_speech_sent_at = self._elapsed(mouth.first_audible_at)
        turn.last_speech_sent_at = self._elapsed(mouth.last_audible_at)
        overlap = ear.last_audible_at is not None and ear.last_audible_at > mouth.first_audible_at
        if turn.interrupted_interviewer and overlap and ear.last_audible_at is not None:
            turn.yielded_after_ms = round((ear.last_audible_at - mouth.first_audible_at) * 1000)
        still_speaking = ear.last_audible_at is not None and self._loop.time() - ear.last_audible_at < 0.3
        if not still_speaking:  # two voices at once have no gap
            self._waiting = turn

    async def _say(self, call: Call, sound: Samples) -> bool:
        """Say it to its end; False when the line died, where a person stops speaking too."""
        saying = asyncio.create_task(call.mouth.say(sound), name="rehearsal mouth")
        try:
            while not saying.done() and not call.lost:
                await asyncio.wait({saying}, timeout=STEP_SECONDS)
            if saying.done():
                with contextlib.suppress(TimeoutError):
                    saying.result()
                    return True
            return False
        finally:
            await cancel(saying)

    async def _return(self, reason: str) -> None:
        """Drop the line and come back with the same token; raises RehearsalError after 90 s."""
        await self._hang_up()
        self._waiting = None
        self._conversation.lost()
        self.report.reconnects += 1
        self._progress("reconnecting", {"reason": reason})
        deadline = self._loop.time() + RETURN_SECONDS
        while True:
            try:
                if (await self._kiosk.state())["closed"]:
                    self._conversation.take({"type": "state", "phase": "closed"}, self._loop.time())
                    return
                return await self._connect()
            except (KioskRefusal, CallError) as error:
                await self._hang_up()
                if isinstance(error, KioskRefusal) and error.code not in RETRY:
                    raise
                if self._loop.time() > deadline:
                    raise RehearsalError(f"could not come back within {RETURN_SECONDS:.0f} s: {error}") from error
            await asyncio.sleep(1)
