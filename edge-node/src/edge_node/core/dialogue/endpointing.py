"""When is an answer over? Silence windows that grow with what the end-of-turn model says.

Several utterances with pauses make one turn. Nothing here reads a clock: time is a sample index at 16 kHz.
"""

from dataclasses import dataclass, replace
from enum import StrEnum

from edge_node.core.dialogue.utterance import Voice, VoiceState, samples


@dataclass(frozen=True, slots=True)
class EndpointRules:
    """How long to wait; raises ValueError out of order. Seconds."""

    check_seconds: float = 0.2
    """Silence before the end-of-turn model is asked. With 0.35 it finds as many ends, and takes twice as many pauses in
    mid-sentence for one (24 of 51 against 15, synthetic speech)."""

    complete_threshold: float = 0.5
    """P(complete) in [0, 1] from which the turn is judged complete."""

    short_seconds: float = 0.7
    """Silence that ends a turn judged complete."""

    long_seconds: float = 2.0
    """Silence that ends any other turn."""

    thinking_seconds: float = 30.0
    """Silence allowed after the candidate said they are thinking."""

    no_answer_seconds: float = 20.0
    """Silence after the floor was given before it counts as no answer."""

    longest_seconds: float = 300.0
    """Longest turn."""

    def __post_init__(self) -> None:
        if not 0 < self.check_seconds <= self.short_seconds <= self.long_seconds:
            raise ValueError("0 < check_seconds <= short_seconds <= long_seconds is needed")
        if min(self.thinking_seconds, self.no_answer_seconds, self.longest_seconds) <= 0:
            raise ValueError("waits must be positive")


class EndpointState(StrEnum):
    """Where in the answer the candidate is."""

    WAITING = "waiting"
    """Nothing said yet."""

    SPEAKING = "speaking"
    PAUSED = "paused"
    """Silent, the model not asked yet."""

    ASKED = "asked"
    """Silent, the model has been asked."""

    COMPLETE = "complete"
    INCOMPLETE = "incomplete"
    ENDED = "ended"


class EndReason(StrEnum):
    """Why a turn ended."""

    SILENCE = "silence"
    DONE = "done"
    """The candidate said so."""

    TOO_LONG = "too_long"


@dataclass(frozen=True, slots=True)
class Endpoint:
    """One turn in the making."""

    given_sample: int
    """When the floor was given."""

    state: EndpointState = EndpointState.WAITING
    first_sample: int = 0
    """First sample of the turn's first utterance."""

    last_sample: int = 0
    """End of the turn's last speech."""

    thinking_until_sample: int = 0

    @property
    def spoken(self) -> bool:
        """Whether anything was said."""
        return self.last_sample > 0


@dataclass(frozen=True, slots=True)
class Listened:
    """One more window; ``at_sample`` is its end."""

    voice: Voice
    at_sample: int


@dataclass(frozen=True, slots=True)
class Judged:
    """The model's answer, P(complete) in [0, 1], to the pause after ``last_sample``."""

    probability: float
    last_sample: int


@dataclass(frozen=True, slots=True)
class ThinkingAsked:
    """The candidate wants more time."""

    at_sample: int


@dataclass(frozen=True, slots=True)
class DoneSaid:
    """The candidate says the answer is over."""

    at_sample: int


@dataclass(frozen=True, slots=True)
class Started:
    """The candidate began to answer."""

    first_sample: int


@dataclass(frozen=True, slots=True)
class Paused:
    """Time to ask the model about the speech that ended at ``last_sample``."""

    last_sample: int


@dataclass(frozen=True, slots=True)
class Resumed:
    """The candidate speaks again after a pause."""

    since_sample: int


@dataclass(frozen=True, slots=True)
class Ended:
    """The turn is over."""

    reason: EndReason
    last_sample: int
    at_sample: int


@dataclass(frozen=True, slots=True)
class Unanswered:
    """Nothing was said."""

    at_sample: int


EndpointInput = Listened | Judged | ThinkingAsked | DoneSaid
EndpointOutcome = Started | Paused | Resumed | Ended | Unanswered
Step = tuple[Endpoint, tuple[EndpointOutcome, ...]]


def step(endpoint: Endpoint, rules: EndpointRules, given: EndpointInput) -> Step:
    """The one transition function."""
    if endpoint.state is EndpointState.ENDED:
        return endpoint, ()
    match given:
        case Listened(voice, at_sample):
            return _listened(endpoint, rules, voice, at_sample)
        case Judged(probability, last_sample):
            if endpoint.state is not EndpointState.ASKED or last_sample != endpoint.last_sample:
                return endpoint, ()
            complete = probability >= rules.complete_threshold
            return replace(endpoint, state=EndpointState.COMPLETE if complete else EndpointState.INCOMPLETE), ()
        case ThinkingAsked(at_sample):
            return replace(endpoint, thinking_until_sample=at_sample + samples(rules.thinking_seconds)), ()
        case DoneSaid(at_sample):
            if not endpoint.spoken:
                return replace(endpoint, state=EndpointState.ENDED), (Unanswered(at_sample),)
            return _end(endpoint, EndReason.DONE, at_sample)


def _listened(endpoint: Endpoint, rules: EndpointRules, voice: Voice, at_sample: int) -> Step:
    if endpoint.spoken and at_sample - endpoint.first_sample >= samples(rules.longest_seconds):
        return _end(endpoint, EndReason.TOO_LONG, at_sample)
    if voice.active:
        return _spoken(endpoint, voice)
    if voice.state is VoiceState.STARTING:
        return endpoint, ()
    if endpoint.state is EndpointState.WAITING:
        until = max(endpoint.given_sample + samples(rules.no_answer_seconds), endpoint.thinking_until_sample)
        if at_sample < until:
            return endpoint, ()
        return replace(endpoint, state=EndpointState.ENDED), (Unanswered(at_sample),)
    return _silent(endpoint, rules, at_sample)


def _spoken(endpoint: Endpoint, voice: Voice) -> Step:
    going_on = replace(endpoint, state=EndpointState.SPEAKING, last_sample=voice.heard_sample, thinking_until_sample=0)
    match endpoint.state:
        case EndpointState.SPEAKING:
            return going_on, ()
        case EndpointState.WAITING:
            return replace(going_on, first_sample=voice.since_sample), (Started(voice.since_sample),)
        case _:
            return going_on, (Resumed(voice.since_sample),)


def _silent(endpoint: Endpoint, rules: EndpointRules, at_sample: int) -> Step:
    silence = at_sample - endpoint.last_sample
    limit = rules.short_seconds if endpoint.state is EndpointState.COMPLETE else rules.long_seconds
    if silence >= samples(limit) and at_sample >= endpoint.thinking_until_sample:
        return _end(endpoint, EndReason.SILENCE, at_sample)
    if endpoint.state in (EndpointState.SPEAKING, EndpointState.PAUSED):
        if silence >= samples(rules.check_seconds):
            return replace(endpoint, state=EndpointState.ASKED), (Paused(endpoint.last_sample),)
        return replace(endpoint, state=EndpointState.PAUSED), ()
    return endpoint, ()


def _end(endpoint: Endpoint, reason: EndReason, at_sample: int) -> Step:
    return replace(endpoint, state=EndpointState.ENDED), (Ended(reason, endpoint.last_sample, at_sample),)
