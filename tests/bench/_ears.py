"""The real ears of a room, loaded once, and the verdict on one answer heard by them."""

import os
import sys
from dataclasses import dataclass, replace
from pathlib import Path

import onnxruntime as ort
from edge_node import settings as node_settings
from edge_node.app.room import room_rules
from edge_node.core.audio import SAMPLE_RATE_HZ
from edge_node.models.registry import Registry
from edge_node.room.rules import RoomRules
from edge_node.speech.end_of_turn import SmartTurn
from edge_node.speech.voice_activity import SileroVoiceActivity, one_thread_session

from bench._answers import Place, SpokenAnswer
from bench._listened import hold


@dataclass(frozen=True, slots=True)
class Ears:
    """Models and rules."""

    voices: ort.InferenceSession
    end_of_turn: SmartTurn
    rules: RoomRules


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of one answer."""

    language: str
    cut_in: tuple[str, ...]
    """Places of the pauses its turn was kept in."""

    missed: bool
    delay_ms: int | None
    """From its last word to its turn's end; None when it was cut off or missed."""


def load(windows: str | None = None) -> Ears:
    """The starter weights and the rules of the settings; ``windows``: other silences. Raises ModelMissing."""
    settings = node_settings.load()
    models = Path(os.environ.get("EDGE_NODE_MODELS_DIR", settings.models_dir))
    registry = Registry(models, settings.model_profile)
    rules = room_rules(settings)
    if windows:
        short, likely, long = (float(seconds) for seconds in windows.split(","))
        endpoint = replace(rules.dialogue.endpoint, short_seconds=short, likely_seconds=likely, long_seconds=long)
        rules = replace(rules, dialogue=replace(rules.dialogue, endpoint=endpoint))
    return Ears(one_thread_session(registry.path("vad").path), SmartTurn(registry.path("end_of_turn").path), rules)


def judged(answer: SpokenAnswer, ears: Ears, margin_seconds: float) -> Verdict:
    """Hear ``answer`` once."""
    outcome = hold(answer, SileroVoiceActivity(ears.voices), ears.end_of_turn, ears.rules)
    cut_in = tuple(_place(answer, kept) for kept in outcome.kept if kept <= answer.last_sample)
    limit = answer.last_sample + round((ears.rules.dialogue.endpoint.long_seconds + margin_seconds) * SAMPLE_RATE_HZ)
    ended = [kept for kept in outcome.kept if answer.last_sample < kept <= limit]
    delay = round((ended[-1] - answer.last_sample) * 1000 / SAMPLE_RATE_HZ) if ended and not cut_in else None
    sys.stderr.write(f"turn: {answer.language}, {len(answer.pauses)} pauses, cut in {cut_in}, ended after {delay} ms\n")
    return Verdict(answer.language, cut_in, not ended, delay)


def judged_series(series: SpokenAnswer, ears: Ears) -> list[Verdict]:
    """Hear one speaker's answers one after the other; a verdict for each."""
    outcome = hold(series, SileroVoiceActivity(ears.voices), ears.end_of_turn, ears.rules)
    verdicts, began = [], 0
    for end in (pause for pause in series.pauses if pause.place is Place.END):
        kept = [at for at in outcome.kept if began < at <= end.last_sample]
        cut_in = tuple(_place(series, at) for at in kept if at <= end.first_sample)
        ended = [at for at in kept if at > end.first_sample]
        delay = round((ended[0] - end.first_sample) * 1000 / SAMPLE_RATE_HZ) if ended and not cut_in else None
        verdicts.append(Verdict(series.language, cut_in, not ended, delay))
        began = end.last_sample
    sys.stderr.write(f"turn: {series.language}, a speaker of {len(verdicts)}: {[v.delay_ms for v in verdicts]}\n")
    return verdicts


def _place(answer: SpokenAnswer, kept: int) -> str:
    """The pause a turn was kept in, or the one just left when it was kept at the next word."""
    before = [pause for pause in answer.pauses if pause.first_sample < kept]
    return str(before[-1].place) if before else "speech"
