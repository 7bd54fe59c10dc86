"""All the eyes keep of one visit: a baseline once there is one, and spans. Samples themselves are let go."""

from dataclasses import dataclass, field

from edge_node.core.observation.baseline import Baseline, BaselineRules, Measured, baseline
from edge_node.core.observation.sample import Sample
from edge_node.core.observation.signs import SignRules, signs
from edge_node.core.observation.spans import Observation, SpanRules, Spans, ended, spanned


@dataclass(frozen=True, slots=True)
class ObserverRules:
    """When what the camera shows is an observation."""

    baseline: BaselineRules = field(default_factory=BaselineRules)
    signs: SignRules = field(default_factory=SignRules)
    spans: SpanRules = field(default_factory=SpanRules)


class Observer:
    """Takes samples in the order of their times; gives observations when they are over."""

    def __init__(self, rules: ObserverRules, known: Baseline | None = None) -> None:
        self._rules = rules
        self._spans = Spans()
        self._first: list[Sample] = []
        self.baseline = known
        """Of the device check, or of the first pictures with one face in which the look rests."""

    def take(self, sample: Sample) -> tuple[Observation, ...]:
        """The observations that are over by this sample. Raises ValueError for time going back."""
        if self.baseline is None:
            self._first = [*self._first, sample][-self._rules.baseline.samples :]
            self.baseline = baseline(self._first, self._rules.baseline, Measured.INTERVIEW)
        self._spans, over = spanned(
            self._spans, self._rules.spans, sample.at_ms, signs(sample, self.baseline, self._rules.signs)
        )
        return over

    def end(self) -> tuple[Observation, ...]:
        """The observations still under way; nothing more will be seen."""
        over, self._spans = ended(self._spans), Spans()
        return over
