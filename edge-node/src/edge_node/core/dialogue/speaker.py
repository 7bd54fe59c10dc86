"""How one speaker pauses: what a few answers tell of how long a silence may last before it is the end.

Nobody is known before several answers and several pauses. Who then never paused for long is waited for less; who did is
waited for as long as anybody. Nothing is kept beyond the visit, and nothing of it reaches a rating.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SpeakerRules:
    """When a speaker is known, and how long to wait then; raises ValueError below zero. Seconds."""

    turns: int = 3
    """Answers after which a speaker may be known; 0 for never."""

    pauses: int = 6
    """Pauses they must have come back from in them."""

    growth: float = 1.2
    """Times the longest of those pauses."""

    likely_margin_seconds: float = 0.6
    likely_least_seconds: float = 1.8
    """Silence that ends a turn when melody or last word say that it is over: longest pause grown, and the margin."""

    other_margin_seconds: float = 1.0
    other_least_seconds: float = 2.4
    """The same when neither of them says anything."""

    def __post_init__(self) -> None:
        margins = (self.likely_margin_seconds, self.other_margin_seconds)
        if min(self.turns, self.pauses) < 0 or min(self.growth, *margins) < 0:
            raise ValueError("turns, pauses, growth and margins must not be negative")
        if min(self.likely_least_seconds, self.other_least_seconds) <= 0:
            raise ValueError("least silences must be positive")


@dataclass(frozen=True, slots=True)
class Speaker:
    """What the answers of one visit told so far."""

    turns: int = 0
    pauses: int = 0
    longest_seconds: float = 0.0

    def after(self, pauses: int, longest_seconds: float) -> "Speaker":
        """With one more answer, in which they came back from so many pauses."""
        return Speaker(self.turns + 1, self.pauses + pauses, max(self.longest_seconds, longest_seconds))

    def known(self, rules: SpeakerRules) -> bool:
        """Whether enough was heard."""
        return 0 < rules.turns <= self.turns and self.pauses >= rules.pauses

    def likely_seconds(self, rules: SpeakerRules) -> float:
        """Silence after which a known speaker's turn, of which one witness says that it is over, ends."""
        return max(rules.likely_least_seconds, rules.growth * self.longest_seconds + rules.likely_margin_seconds)

    def other_seconds(self, rules: SpeakerRules) -> float:
        """The same where no witness says anything."""
        return max(rules.other_least_seconds, rules.growth * self.longest_seconds + rules.other_margin_seconds)
