"""How long a silence ends an answer: the longer, the more doubt there is that it is over.

Two witnesses are heard in a pause: the end-of-turn model (melody) and the last word (grammar). Both say "over": the
short window; one: the likely one; none, or a word after which more has to come: the long one. A pause the speaker came
back from makes the windows longer: who thinks for three seconds once does so again. A speaker who never paused for
long in several answers is waited for less, but not behind a word after which more has to come. The stage scales all.
"""

from dataclasses import dataclass, field

from edge_node.core.dialogue.endpoint import Endpoint, EndpointState
from edge_node.core.dialogue.grammar import Grammar
from edge_node.core.dialogue.speaker import SpeakerRules
from edge_node.core.dialogue.utterance import samples


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


def silence_ends(endpoint: Endpoint, rules: EndpointRules) -> int:
    """The sample at which silence from now on ends the turn, or counts as no answer before the first word."""
    if endpoint.state is EndpointState.WAITING:
        from_sample, seconds = endpoint.given_sample, endpoint.no_answer_seconds or rules.no_answer_seconds
    else:
        from_sample, seconds = endpoint.last_sample, window_seconds(endpoint, rules)
    return max(from_sample + samples(seconds), endpoint.thinking_until_sample)
