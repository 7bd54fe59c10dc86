"""The speech process: hears (Whisper) and speaks (the voice program)."""

from functools import partial

from edge_node.app.process import Process, started
from edge_node.bus.codec import Health
from edge_node.models.errors import ModelMissing
from edge_node.models.registry import Registry
from edge_node.ports.failure import EngineError
from edge_node.settings import Settings
from edge_node.speech.ears import EngineLoader
from edge_node.speech.recogniser import Recogniser
from edge_node.speech.service import SpeechService
from edge_node.speech.voice_activity import SileroVoiceActivity, one_thread_session
from edge_node.speech.voice_process import VoiceProcess, find_program
from edge_node.speech.whisper import Whisper

LANGUAGES = ("en", "ko")
WARM_LANGUAGE = "en"
"""Loaded before the process serves; the others while it does."""

VOICE_PROGRAM = "voice-engine"


def _recogniser(process: Process, registry: Registry) -> Recogniser:
    """A recogniser for each language whose weights are here; raises ModelMissing when there is none at all."""
    settings = process.settings.speech
    engines: dict[str, EngineLoader] = {}
    missing: ModelMissing | None = None
    for language in LANGUAGES:
        try:
            weights = registry.path("stt", language).path
        except ModelMissing as error:
            missing = error
            process.log.warning("no recogniser", language=language, reason=str(error))
            continue
        engines[language] = partial(Whisper, weights, language=language, threads=settings.threads)
    if missing is not None and not engines:
        raise missing
    session = one_thread_session(registry.path("vad").path)
    return Recogniser(engines, partial(SileroVoiceActivity, session), wait_seconds=settings.final_timeout_seconds)


async def _voice(process: Process) -> VoiceProcess | None:
    """The voice program, warm; None where it is not installed."""
    program = find_program(VOICE_PROGRAM)
    if program is None:
        process.log.warning("no voice program", program=VOICE_PROGRAM)
        return None
    voice = VoiceProcess([program])
    try:
        await voice.start()
    except EngineError as error:
        # The next text to speak tries again; hearing works meanwhile.
        process.log.error("voice program does not start", code=error.code, detail=error.detail)
    return voice


async def _warm_others(recogniser: Recogniser) -> None:
    for language in sorted(recogniser.languages - {WARM_LANGUAGE}):
        await recogniser.warm(language)


async def run(settings: Settings) -> None:
    """Serve until stopped."""
    async with started("speech", settings) as process:
        recogniser = _recogniser(process, Registry(settings.models_dir, settings.model_profile))
        voice = await _voice(process)
        try:
            if WARM_LANGUAGE in recogniser.languages:
                await recogniser.warm(WARM_LANGUAGE)
            service = SpeechService(recogniser, voice, synthesis_seconds=settings.speech.synthesis_timeout_seconds)
            await service.serve(process.bus)
            process.own(_warm_others(recogniser), "warm other languages")
            await process.until_stopped(lambda: Health(() if voice else ("voice_missing",)))
        finally:
            if voice is not None:
                await voice.close()
            await recogniser.close()
