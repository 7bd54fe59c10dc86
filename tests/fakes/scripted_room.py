"""A whole room with scripted engines: what a test of the live interview starts from."""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass, replace

from edge_node.core.dialogue.turn import DialogueRules
from edge_node.core.interview.events import EngineUsed, Event, Recorded
from edge_node.core.interview.plan import Anchor, Competency, JoinCode, Kit, PlannedQuestion, Stage
from edge_node.core.observation.observer import ObserverRules
from edge_node.core.observation.sample import Sample
from edge_node.ports.clock import Clock
from edge_node.ports.failure import EngineError
from edge_node.ports.journal import Journal, JournalError
from edge_node.ports.language import Generation, Piece
from edge_node.ports.media import Picture
from edge_node.ports.recording import Recorder
from edge_node.room.desk.check import PictureChecks
from edge_node.room.desk.desk import Desk
from edge_node.room.desk.holding import Holding
from edge_node.room.engines import Engines
from edge_node.room.rules import RoomRules
from edge_node.speech.said_again import SaidAgain
from fakes.memory_holding import MemoryHolding
from fakes.scripted_peer import ScriptedMedia, ScriptedPeer
from fakes.scripted_sound import (
    CountedSynthesizer,
    LoudnessVoice,
    PunctuationTurn,
    ScriptedTranscriber,
    Speech,
)
from fakes.virtual_time import VirtualClock

ID = "interview-1"
OFFER = "v=0 offer"


def short_kit() -> Kit:
    """Two rated stages of one question, one follow-up each, and a closing stage."""
    anchors = (Anchor(1, "Names no example."), Anchor(2, "Names an example with its result."))
    return Kit(
        kit_id="kit-1",
        interview_id=ID,
        language="en",
        company_name="Harbour Works",
        job_title="data engineer",
        candidate_name="Ada Park",
        competencies=(Competency("c1", "Problem solving", "Finds causes.", anchors),),
        stages=(
            Stage(
                "s1",
                "Problems",
                "c1",
                (PlannedQuestion("q1", "Which problem did you solve at work?"),),
                follow_up_depth=1,
                fallbacks=(PlannedQuestion("f1", "How did you find out what the cause was?"),),
            ),
            Stage("s2", "Team", "c1", (PlannedQuestion("q2", "How do you share what you know?"),), follow_up_depth=0),
            Stage(
                "s3",
                "Closing",
                "",
                (PlannedQuestion("q3", "Is there anything to add?"),),
                follow_up_depth=0,
                closing=True,
            ),
        ),
        rubric_version="r1",
        join_code=JoinCode("salt", "0" * 64, 4_000_000_000_000),
        vocabulary=("Kafka",),
    )


class FixedAssignments:
    """``ports.assignments.Assignments``: kits a test may change."""

    def __init__(self, *kits: Kit) -> None:
        self.by_id = {kit.interview_id: kit for kit in kits}

    async def kit(self, interview_id: str) -> Kit | None:
        return self.by_id.get(interview_id)

    async def kits(self) -> list[Kit]:
        return list(self.by_id.values())


class MemoryJournal:
    """``ports.journal.Journal`` in memory, with the same refusal of a second writer."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self.facts: dict[str, list[Recorded]] = {}
        self.unavailable = 0
        self.full = False

    async def append(
        self, interview_id: str, events: Sequence[Event], *, after: int, interview_ms: int
    ) -> list[Recorded]:
        await asyncio.sleep(0.002)
        if self.unavailable:
            self.unavailable -= 1
            raise JournalError("unavailable")
        if self.full:
            raise JournalError("full")
        kept = self.facts.setdefault(interview_id, [])
        if len(kept) != after:
            raise JournalError("conflict")
        recorded = [
            Recorded(interview_id, after + n, interview_ms, self._clock.unix_ms(), event)
            for n, event in enumerate(events, start=1)
        ]
        kept.extend(recorded)
        return recorded

    async def replay(self, interview_id: str) -> list[Recorded]:
        return list(self.facts.get(interview_id, ()))

    async def interviews(self) -> list[str]:
        return sorted(self.facts)

    async def follow(self) -> AsyncIterator[Recorded]:
        raise NotImplementedError("a room does not follow")
        yield


class ScriptedModel:
    """``ports.language.LanguageModel``: says ``text`` after ``seconds``, or fails with ``code``."""

    def __init__(self, text: str = "", *, seconds: float = 0.5, code: str = "") -> None:
        self.text, self.seconds, self.code = text, seconds, code
        self.requests: list[Generation] = []

    async def generate(self, request: Generation) -> AsyncIterator[Piece]:
        self.requests.append(request)
        await asyncio.sleep(self.seconds)
        if self.code:
            raise EngineError(self.code)
        for word in self.text.split(" "):
            yield Piece(word + " ")
        yield Piece("", last=True, finish_reason="stop")


class CountingWatcher:
    """``ports.vision.Watcher``: sees as many faces as the picture's first byte says, turned as the test says."""

    def __init__(self) -> None:
        self.away = False
        self.turned_degrees = 0.0
        self.asked: list[tuple[str, int]] = []

    async def watch(
        self, interview_id: str, picture: Picture, at_ms: int, timeout_seconds: float, *, emotion: bool = False
    ) -> Sample:
        self.asked.append((interview_id, at_ms))
        await asyncio.sleep(0.02)
        if self.away:
            raise EngineError("unavailable")
        return Sample(
            at_ms,
            picture.i420[0],
            yaw_degrees=self.turned_degrees,
            brightness=120.0,
            contrast=50.0,
            gaze=0.5,
            left=0.3,
            top=0.3,
            width=0.3,
            height=0.3,
        )


@dataclass
class FixedCondition:
    """Implements ``room.service.Openness``."""

    problems: tuple[str, ...] = ()
    draining: bool = False


class Branch:
    """A node's room process with everything scripted; ``restart`` is a crash that keeps only the journal."""

    def __init__(
        self,
        *,
        kit: Kit | None = None,
        model: ScriptedModel | None = None,
        failures: int = 0,
        journal: Journal | None = None,
        clock: Clock | None = None,
        rules: RoomRules | None = None,
        rooms_max: int = 2,
        character_seconds: float = 0.05,
        keeps_sound: bool = False,
        recorder: Recorder | None = None,
        holding: Holding | None = None,
    ) -> None:
        self.recorder = recorder
        self.holding = holding or MemoryHolding()
        self.clock: Clock = clock or VirtualClock()
        self.journal: Journal = journal or MemoryJournal(self.clock)
        self.kit = kit or short_kit()
        self.assignments = FixedAssignments(self.kit)
        self.speech = Speech()
        self.transcriber = ScriptedTranscriber(self.speech, failures=failures)
        self.synthesizer = CountedSynthesizer(character_seconds=character_seconds)
        self.voice = SaidAgain(self.synthesizer, voices={}, longest_seconds=60.0) if keeps_sound else self.synthesizer
        self.model = model or ScriptedModel()
        self.watcher = CountingWatcher()
        self.turns = PunctuationTurn(self.speech)
        self.media = ScriptedMedia()
        self.rules = rules or RoomRules(dialogue=DialogueRules())
        self.rooms_max = rooms_max
        self.keeps_sound = keeps_sound
        self.checks = PictureChecks(self.watcher, self.clock, ObserverRules())
        self.refusal: Callable[[Kit], str] = lambda _: ""
        self.desk = self._desk()

    def _desk(self) -> Desk:
        return Desk(
            assignments=self.assignments,
            journal=self.journal,
            media=self.media,
            engines=Engines(
                voice=LoudnessVoice,
                end_of_turn=self.turns,
                transcriber=lambda: self.transcriber,
                synthesizer=self.voice,
                model=self.model,
                watcher=self.watcher,
                keeps_sound=self.keeps_sound,
                recorder=self.recorder,
            ),
            engines_used=lambda language: (EngineUsed("stt", f"scripted-{language}", "test"),),
            clock=self.clock,
            rules=self.rules,
            rooms_max=self.rooms_max,
            holding=self.holding,
            checks=self.checks,
            refusal=lambda kit: self.refusal(kit),  # noqa: PLW0108 - rejection: a test may change it
        )

    async def restart(self) -> None:
        """End the process and start it again: peers are gone, rooms are gone, the journal stays."""
        await self.desk.close()
        await self.media.close()
        self.media = ScriptedMedia()
        self.desk = self._desk()

    async def admit(
        self, *, microphone: bool = True, camera: bool = False, purposes: Sequence[str] = ("interview",)
    ) -> ScriptedPeer:
        """Claim, consent and connect; returns the candidate's peer."""
        await self.desk.claim(self.kit.interview_id)
        await self.desk.consent(self.kit.interview_id, purposes, "n1")
        return await self.connect(microphone=microphone, camera=camera)

    async def connect(self, *, microphone: bool = True, camera: bool = False) -> ScriptedPeer:
        """An offer of the page."""
        await self.desk.offer(self.kit.interview_id, OFFER, microphone=microphone, camera=camera)
        return self.media.peers[-1]

    def speak(self, peer: ScriptedPeer, text: str) -> None:
        """The candidate says ``text``; a sentence's full stop tells the end-of-turn model that it is over."""
        peer.speak(self.speech.sound(text))

    async def events(self, kind: type | None = None) -> list[Event]:
        """Facts kept so far, of one kind or all."""
        recorded = await self.journal.replay(self.kit.interview_id)
        return [fact.event for fact in recorded if kind is None or isinstance(fact.event, kind)]

    async def close(self) -> None:
        """End the process."""
        await self.desk.close()
        await self.media.close()


def with_dialogue(rules: DialogueRules) -> RoomRules:
    """Room rules with other dialogue rules."""
    return replace(RoomRules(), dialogue=rules)
