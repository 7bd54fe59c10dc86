"""The process that holds interviews: WebRTC peers, voice activity and turns in process; engines over the bus."""

import time
from collections.abc import Mapping, Sequence
from functools import partial

from edge_node.app.disk import shelf_of, space_of
from edge_node.app.process import Process, started
from edge_node.core.dialogue.barge_in import BargeInRules
from edge_node.core.dialogue.speaker import SpeakerRules
from edge_node.core.dialogue.turn import DialogueRules
from edge_node.core.dialogue.utterance import VoiceRules
from edge_node.core.dialogue.waiting import EndpointRules
from edge_node.core.interview.events import EngineUsed
from edge_node.core.observation.observer import ObserverRules
from edge_node.journal.space import Space
from edge_node.journal.store import JetStreamJournal
from edge_node.language.client import LanguageClient
from edge_node.media.opus import OpusEncoder
from edge_node.media.webrtc import WebRtcMedia
from edge_node.models.errors import ModelMissing
from edge_node.models.registry import Registry
from edge_node.models.weights import Weights
from edge_node.recording.recorder import SegmentRecorder
from edge_node.room.desk.check import PictureChecks
from edge_node.room.desk.condition import Condition
from edge_node.room.desk.desk import Desk
from edge_node.room.desk.holding import LockedFiles
from edge_node.room.desk.service import RoomService
from edge_node.room.engines import Engines
from edge_node.room.rules import RoomRules
from edge_node.settings import ROOM, Settings
from edge_node.speech.client import BusSynthesizer, BusTranscriber
from edge_node.speech.end_of_turn import SmartTurn
from edge_node.speech.said_again import SaidAgain
from edge_node.speech.voice_activity import SileroVoiceActivity, one_thread_session
from edge_node.telemetry.traced_model import TracedModel
from edge_node.uplink.assignments import KitMirror
from edge_node.vision.client import BusWatcher, SocketWatcher
from edge_node.vision.frames import SOCKET_NAME

ROLES = ("language", "stt", "tts", "vad", "end_of_turn", "face")
LANGUAGES = ("en", "ko")
STARTER = "starter"
RELEASE_UNDER_THRESHOLD = 0.15
LONGEST_WINDOW_SECONDS = 6.0
WEIGHTS_READ = "weights-read.json"
"""Which weights were read and found whole, in the data folder."""


class SystemClock:
    """Implements ``ports.clock.Clock``."""

    def unix_ms(self) -> int:
        """Milliseconds since 1970-01-01 UTC by the wall clock; may jump."""
        return time.time_ns() // 1_000_000

    def monotonic(self) -> float:
        """Seconds that never go back."""
        return time.monotonic()


def room_rules(settings: Settings) -> RoomRules:
    """Every wait of a room, from the settings."""
    dialogue, speech, vision = settings.dialogue, settings.speech, settings.vision
    return RoomRules(
        dialogue=DialogueRules(
            VoiceRules(
                speech_threshold=dialogue.speech_threshold,
                release_threshold=max(0.0, dialogue.speech_threshold - RELEASE_UNDER_THRESHOLD),
                start_seconds=dialogue.speech_start_seconds,
            ),
            EndpointRules(
                check_seconds=dialogue.check_silence_seconds,
                complete_threshold=dialogue.complete_threshold,
                short_seconds=dialogue.short_silence_seconds,
                likely_seconds=dialogue.likely_silence_seconds,
                long_seconds=dialogue.long_silence_seconds,
                longest_window_seconds=max(LONGEST_WINDOW_SECONDS, dialogue.long_silence_seconds),
                thinking_seconds=dialogue.thinking_seconds,
                no_answer_seconds=dialogue.no_answer_seconds,
                longest_seconds=dialogue.longest_turn_seconds,
                speaker=SpeakerRules(turns=dialogue.adapt_after_turns),
            ),
            BargeInRules(speech_threshold=dialogue.speech_threshold, barge_in_seconds=dialogue.barge_in_seconds),
        ),
        acknowledge_seconds=dialogue.acknowledge_seconds,
        closing_patience=dialogue.closing_patience,
        partial_every_seconds=speech.partial_every_seconds,
        transcript_timeout_seconds=speech.final_timeout_seconds,
        synthesis_timeout_seconds=speech.synthesis_timeout_seconds,
        follow_up_deadline_seconds=settings.language.follow_up_deadline_seconds,
        pictures_per_second=vision.frames_per_second if vision.enabled else 0.0,
        emotions=vision.emotion,
        return_seconds=dialogue.return_seconds,
    )


def engines_used(registry: Registry, language: str) -> list[EngineUsed]:
    """The engines of an interview in ``language`` that this node has weights for, in the order of the roles."""
    used: list[EngineUsed] = []
    for role in ROLES:
        try:
            model = registry.path(role, language)
        except ModelMissing:
            continue
        used.append(EngineUsed(model.role, model.name, model.profile, model.digest))
    return used


async def run(settings: Settings, name: str = ROOM) -> None:
    """Serve until told to stop; raises ModelMissing without the weights of voice activity and end of turn.

    ``name`` is one of the node's room processes.
    """
    registry = Registry(settings.models_dir, settings.model_profile)
    voices = one_thread_session(registry.path("vad").path)
    end_of_turn = SmartTurn(registry.path("end_of_turn").path)
    async with started(name, settings) as process:
        ports = settings.udp_ports(name)
        media = WebRtcMedia(
            udp_port_first=ports[0],
            udp_port_last=ports[-1],
            addresses=settings.media.addresses,
            advertised_host=settings.media.advertised_host,
        )
        used = {language: engines_used(registry, language) for language in LANGUAGES}
        watcher = _watcher(process)
        engines = Engines(
            voice=partial(SileroVoiceActivity, voices),
            end_of_turn=end_of_turn,
            transcriber=partial(BusTranscriber, process.bus),
            synthesizer=SaidAgain(
                BusSynthesizer(process.bus),
                voices={language: _digest(used[language], "tts") for language in LANGUAGES},
                longest_seconds=settings.speech.kept_seconds,
            ),
            model=TracedModel(LanguageClient(process.bus), _name(used["en"], "language")),
            keeps_sound=settings.speech.kept_seconds > 0,
            watcher=watcher,
            language_profile=_profile(used["en"], "language"),
            prompted_languages=frozenset(code for code in LANGUAGES if _profile(used[code], "stt") != STARTER),
            recorder=SegmentRecorder(shelf_of(settings), OpusEncoder) if settings.recording.allowed else None,
        )
        space = space_of(settings)
        condition = Condition(
            weights=Weights(registry, settings.data_dir / WEIGHTS_READ),
            space=space,
            assignments=KitMirror(process.bus.client, settings.node_id),
            clock=SystemClock(),
            languages=LANGUAGES,
        )
        checks = PictureChecks(watcher, SystemClock(), ObserverRules()) if watcher else None
        desk = _desk(process, media, engines, used, space, condition, checks)
        service = RoomService(desk, condition, checks, process=name)
        process.own(condition.watch(), "condition")
        try:
            await service.serve(process.bus)
            await process.until_stopped(service.health)
        finally:
            try:
                await desk.close()
            finally:
                await media.close()
            end_of_turn.close()
            if watcher:
                watcher.close()


def _watcher(process: Process) -> SocketWatcher | None:
    if not process.settings.vision.enabled:
        return None
    return SocketWatcher(process.settings.data_dir / SOCKET_NAME, BusWatcher(process.bus))


def _name(used: Sequence[EngineUsed], role: str) -> str:
    """Name of the preferred engine of a role; "none" where there is none."""
    return next((engine.name for engine in used if engine.role == role), "none")


def _digest(used: Sequence[EngineUsed], role: str) -> str:
    """Name and digest of the preferred engine of a role; empty where there is none."""
    return next((f"{engine.name} {engine.digest}" for engine in used if engine.role == role), "")


def _profile(used: Sequence[EngineUsed], role: str) -> str:
    """Profile of the preferred engine of a role; that of the starter where there is none."""
    return next((engine.profile for engine in used if engine.role == role), STARTER)


def _desk(
    process: Process,
    media: WebRtcMedia,
    engines: Engines,
    used: Mapping[str, Sequence[EngineUsed]],
    space: Space,
    condition: Condition,
    checks: PictureChecks | None,
) -> Desk:
    settings, client = process.settings, process.bus.client
    return Desk(
        assignments=KitMirror(client, settings.node_id),
        journal=JetStreamJournal(client, settings.node_id, before_write=space.make_room),
        media=media,
        engines=engines,
        engines_used=used.__getitem__,
        clock=SystemClock(),
        rules=room_rules(settings),
        rooms_max=settings.rooms_limit(process.name),
        holding=LockedFiles(settings.data_dir),
        refusal=condition.refusal,
        checks=checks,
    )
