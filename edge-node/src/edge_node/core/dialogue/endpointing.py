"""When is an answer over? Silence windows that grow with every doubt that it is.

Two witnesses are heard in a pause: the end-of-turn model (melody) and the last word (grammar). Both say "over": the
short window; one: the likely one; none, or a word after which more has to come: the long one. A pause the speaker came
back from makes the windows longer: who thinks for three seconds once does so again. A speaker who never paused for
long in several answers is waited for less, but not behind a word after which more has to come. The stage scales all.
Several utterances with pauses make one turn. Nothing here reads a clock: time is a sample index at 16 kHz.
"""

from dataclasses import dataclass, field, replace
from enum import StrEnum

from edge_node.core.dialogue.grammar import Grammar
from edge_node.core.dialogue.speaker import Speaker, SpeakerRules
from edge_node.core.dialogue.utterance import Voice, VoiceState, samples


@dataclass(frozen=True, slots=True)
class EndpointRules:
    """How long to wait; raises ValueError out of order. Seconds."""

    check_seconds: float = 0.2
    """Silence before the end-of-turn model is asked, once a pause. Later it takes more pauses in mid-sentence for an
    end: 8 % at 0.2 s, 30 % at 0.4 s, 46 % at 0.6 s, 62 % at 1.4 s (37 pauses, synthetic speech)."""

    complete_threshold: float = 0.5
    """P(complete) in [0, 1] from which the turn is judged complete."""

    short_seconds: float = 1.2
    """Silence that ends a turn when melody and last word both say that it is over."""

    likely_seconds: float = 3.4
    """Silence that ends it when one of them does, and the other does not object."""

    long_seconds: float = 3.6
    """Silence that ends any other turn."""

    pause_growth: float = 1.2
    """Times the turn's longest pause so far: no window but the short one is shorter; that one is half as long."""

    longest_window_seconds: float = 6.0
    """No window is longer, whatever makes it grow."""

    thinking_seconds: float = 30.0
    """Silence allowed after the candidate said they are thinking."""

    no_answer_seconds: float = 20.0
    """Silence after the floor was given before it counts as no answer."""

    longest_seconds: float = 300.0
    """Longest turn."""

    speaker: SpeakerRules = field(default_factory=SpeakerRules)

    def __post_init__(self) -> None:
        if not 0 < self.check_seconds <= self.short_seconds <= self.likely_seconds <= self.long_seconds:
            raise ValueError("0 < check_seconds <= short_seconds <= likely_seconds <= long_seconds is needed")
        if self.longest_window_seconds < self.long_seconds or self.pause_growth < 0:
            raise ValueError("longest_window_seconds >= long_seconds and pause_growth >= 0 are needed")
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
    no_answer_seconds: float = 0.0
    """Silence before the first word that counts as no answer; 0 for that of the rules."""

    patience: float = 1.0
    """Scales every window; below 1 where a short answer is expected."""

    grammar: Grammar = Grammar.UNKNOWN
    """How the words before the present pause end."""

    longest_pause_samples: int = 0
    """Longest pause of the turn that the candidate came back from."""

    pauses: int = 0
    """Pauses of the turn that the candidate came back from."""

    speaker: Speaker = Speaker()
    """What the answers before this one told."""

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
class Worded:
    """How the words end that were said before the pause after ``last_sample``."""

    grammar: Grammar
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


EndpointInput = Listened | Judged | Worded | ThinkingAsked | DoneSaid
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
        case Worded(grammar, last_sample):
            heard = endpoint.state is not EndpointState.SPEAKING and last_sample == endpoint.last_sample
            return replace(endpoint, grammar=grammar) if heard else endpoint, ()
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
        waits = endpoint.no_answer_seconds or rules.no_answer_seconds
        until = max(endpoint.given_sample + samples(waits), endpoint.thinking_until_sample)
        if at_sample < until:
            return endpoint, ()
        return replace(endpoint, state=EndpointState.ENDED), (Unanswered(at_sample),)
    return _silent(endpoint, rules, at_sample)


def _spoken(endpoint: Endpoint, voice: Voice) -> Step:
    if endpoint.state is EndpointState.WAITING:
        going_on = replace(resumed(endpoint, voice), first_sample=voice.since_sample, longest_pause_samples=0, pauses=0)
        return going_on, (Started(voice.since_sample),)
    if endpoint.state is EndpointState.SPEAKING:
        if voice.state is VoiceState.TRAILING:
            return replace(endpoint, last_sample=voice.heard_sample), ()
        return replace(endpoint, last_sample=voice.heard_sample, thinking_until_sample=0), ()
    return resumed(endpoint, voice), (Resumed(voice.since_sample),)


def resumed(endpoint: Endpoint, voice: Voice) -> Endpoint:
    """The turn goes on after a pause: the witnesses are heard anew, and the pause is remembered."""
    return replace(
        endpoint,
        state=EndpointState.SPEAKING,
        last_sample=voice.heard_sample,
        thinking_until_sample=0,
        grammar=Grammar.UNKNOWN,
        longest_pause_samples=max(endpoint.longest_pause_samples, voice.since_sample - endpoint.last_sample),
        pauses=endpoint.pauses + 1,
    )


def window_seconds(endpoint: Endpoint, rules: EndpointRules) -> float:
    """Silence that ends the turn, by what is known of the present pause."""
    complete = endpoint.state is EndpointState.COMPLETE
    closed = endpoint.grammar is Grammar.CLOSED
    grown = rules.pause_growth * endpoint.longest_pause_samples / samples(1.0)
    speaker, known = endpoint.speaker, endpoint.speaker.known(rules.speaker)
    if complete and closed:
        window = max(rules.short_seconds, grown / 2)
    elif endpoint.grammar is Grammar.OPEN:
        window = max(rules.long_seconds, grown)
    elif complete or closed:
        likely = rules.likely_seconds
        window = max(min(likely, speaker.likely_seconds(rules.speaker)) if known else likely, grown)
    else:
        longest = rules.long_seconds
        window = max(min(longest, speaker.other_seconds(rules.speaker)) if known else longest, grown)
    return min(max(endpoint.patience * window, rules.short_seconds), rules.longest_window_seconds)


def _silent(endpoint: Endpoint, rules: EndpointRules, at_sample: int) -> Step:
    silence = at_sample - endpoint.last_sample
    if silence >= samples(window_seconds(endpoint, rules)) and at_sample >= endpoint.thinking_until_sample:
        return _end(endpoint, EndReason.SILENCE, at_sample)
    if endpoint.state in (EndpointState.SPEAKING, EndpointState.PAUSED):
        if silence >= samples(rules.check_seconds):
            return replace(endpoint, state=EndpointState.ASKED), (Paused(endpoint.last_sample),)
        return replace(endpoint, state=EndpointState.PAUSED), ()
    return endpoint, ()


def _end(endpoint: Endpoint, reason: EndReason, at_sample: int) -> Step:
    return replace(endpoint, state=EndpointState.ENDED), (Ended(reason, endpoint.last_sample, at_sample),)
