"""Does the candidate want the floor while the interviewer speaks? Long enough speech does, a cough does not."""

from dataclasses import dataclass, replace
from enum import StrEnum

from edge_node.core.dialogue.utterance import WINDOW_SAMPLES, samples


@dataclass(frozen=True, slots=True)
class BargeInRules:
    """When the interviewer yields; raises ValueError out of range."""

    speech_threshold: float = 0.5
    """P(speech) in (0, 1] from which a window is speech."""

    barge_in_seconds: float = 0.7
    """Speech over the interviewer that stops it. A spoken "mm-hm" reaches 0.5 s in 9 of 20 cases, 0.7 s in one."""

    gap_seconds: float = 0.2
    """Silence after which the count starts again."""

    guard_seconds: float = 0.2
    """Start of the interviewer's own sound, in which the echo canceller is still learning: not counted."""

    def __post_init__(self) -> None:
        if not 0 < self.speech_threshold <= 1 or self.barge_in_seconds <= 0:
            raise ValueError("speech_threshold in (0, 1] and a positive barge_in_seconds are needed")


class BargeInState(StrEnum):
    """How far the candidate is."""

    QUIET = "quiet"
    OVER = "over"
    """Speaking over the interviewer, not long enough yet."""

    YIELDED = "yielded"


@dataclass(frozen=True, slots=True)
class BargeIn:
    """The candidate's speech over one text of the interviewer."""

    own_sample: int
    """When the interviewer's sound began."""

    state: BargeInState = BargeInState.QUIET
    since_sample: int = 0
    heard_sample: int = 0
    speech_samples: int = 0


def hear(barge: BargeIn, rules: BargeInRules, probability: float, end_sample: int) -> BargeIn:
    """The one transition function: a window that ends at ``end_sample`` (16 kHz)."""
    if barge.state is BargeInState.YIELDED or end_sample - barge.own_sample <= samples(rules.guard_seconds):
        return barge
    if probability < rules.speech_threshold:
        if end_sample - barge.heard_sample > samples(rules.gap_seconds):
            return replace(barge, state=BargeInState.QUIET, speech_samples=0)
        return barge
    fresh = barge.state is BargeInState.QUIET
    counted = WINDOW_SAMPLES if fresh else barge.speech_samples + WINDOW_SAMPLES
    return replace(
        barge,
        state=BargeInState.YIELDED if counted >= samples(rules.barge_in_seconds) else BargeInState.OVER,
        since_sample=end_sample - WINDOW_SAMPLES if fresh else barge.since_sample,
        heard_sample=end_sample,
        speech_samples=counted,
    )
