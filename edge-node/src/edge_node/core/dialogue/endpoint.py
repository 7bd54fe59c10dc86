"""One answer in the making: where it is, what happens to it, and what comes of that. Times: samples at 16 kHz."""

from dataclasses import dataclass
from enum import StrEnum

from edge_node.core.dialogue.grammar import Grammar
from edge_node.core.dialogue.speaker import Speaker
from edge_node.core.dialogue.utterance import Voice


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
class TypingSeen:
    """The candidate is typing an answer, in silence."""

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


EndpointInput = Listened | Judged | Worded | ThinkingAsked | TypingSeen | DoneSaid


EndpointOutcome = Started | Paused | Resumed | Ended | Unanswered
