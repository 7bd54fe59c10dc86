"""Is somebody speaking? Windows of P(speech) become utterances, with hysteresis and a least length.

Time is the end of the window, as a sample index at 16 kHz.
"""

from dataclasses import dataclass, replace
from enum import StrEnum

from edge_node.core.audio import SAMPLE_RATE_HZ

WINDOW_SAMPLES = 512
"""Samples of one window, 32 ms."""


def samples(seconds: float) -> int:
    """Samples at 16 kHz of ``seconds``."""
    return round(seconds * SAMPLE_RATE_HZ)


@dataclass(frozen=True, slots=True)
class VoiceRules:
    """When sound is speech; raises ValueError out of range."""

    speech_threshold: float = 0.5
    """P(speech) in (0, 1] from which a window is speech."""

    release_threshold: float = 0.35
    """P(speech) under which a window is silence; between the two nothing changes."""

    start_seconds: float = 0.25
    """Speech needed before an utterance begins; a cough is shorter."""

    gap_seconds: float = 0.2
    """Silence between words, still inside an utterance."""

    def __post_init__(self) -> None:
        if not 0 <= self.release_threshold <= self.speech_threshold <= 1 or self.speech_threshold == 0:
            raise ValueError("0 <= release_threshold <= speech_threshold <= 1 is needed")
        if self.start_seconds <= 0 or self.gap_seconds <= 0:
            raise ValueError("start_seconds and gap_seconds must be positive")


class VoiceState(StrEnum):
    """Where in an utterance the stream is."""

    QUIET = "quiet"
    STARTING = "starting"
    """Speech, not yet long enough to be an utterance."""

    SPEAKING = "speaking"
    TRAILING = "trailing"
    """Just fell silent; a gap between words, or the end."""


@dataclass(frozen=True, slots=True)
class Voice:
    """The utterance under way, or the last one."""

    state: VoiceState = VoiceState.QUIET
    since_sample: int = 0
    """First sample of the utterance."""

    heard_sample: int = 0
    """End of its last speech."""

    speech_samples: int = 0
    """Speech counted while starting."""

    @property
    def active(self) -> bool:
        """Whether an utterance is under way."""
        return self.state in (VoiceState.SPEAKING, VoiceState.TRAILING)


def hear(voice: Voice, rules: VoiceRules, probability: float, end_sample: int) -> Voice:
    """The voice after one more window of ``WINDOW_SAMPLES`` that ends at ``end_sample``."""
    speech = probability >= rules.speech_threshold
    match voice.state:
        case VoiceState.QUIET:
            if not speech:
                return voice
            begun = Voice(VoiceState.STARTING, end_sample - WINDOW_SAMPLES, end_sample, WINDOW_SAMPLES)
            return _confirmed(begun, rules)
        case VoiceState.STARTING:
            if speech:
                longer = replace(voice, heard_sample=end_sample, speech_samples=voice.speech_samples + WINDOW_SAMPLES)
                return _confirmed(longer, rules)
            if end_sample - voice.heard_sample > samples(rules.gap_seconds):
                return replace(voice, state=VoiceState.QUIET)
            return voice
        case VoiceState.SPEAKING | VoiceState.TRAILING:
            held = voice.state is VoiceState.SPEAKING and probability >= rules.release_threshold
            if speech or held:
                return replace(voice, state=VoiceState.SPEAKING, heard_sample=end_sample)
            if end_sample - voice.heard_sample > samples(rules.gap_seconds):
                return replace(voice, state=VoiceState.QUIET)
            return replace(voice, state=VoiceState.TRAILING)


def _confirmed(voice: Voice, rules: VoiceRules) -> Voice:
    if voice.speech_samples >= samples(rules.start_seconds):
        return replace(voice, state=VoiceState.SPEAKING)
    return voice
