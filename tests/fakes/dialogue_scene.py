"""The floor of a dialogue, fed with scripted probabilities at virtual time: 32 ms a window."""

from collections.abc import Iterable
from itertools import repeat

from edge_node.core.dialogue import turn as floor
from edge_node.core.dialogue.endpoint import (
    Judged,
    Paused,
    Worded,
)
from edge_node.core.dialogue.grammar import Grammar
from edge_node.core.dialogue.turn import (
    DialogueRules,
    FloorGiven,
    Heard,
    Turn,
    TurnInput,
    TurnOutcome,
)
from edge_node.core.dialogue.utterance import WINDOW_SAMPLES

RULES = DialogueRules()
SPEECH, QUIET = 0.9, 0.05


class Scene:
    """Feeds windows and judgements, and keeps what came of them with its time in seconds."""

    def __init__(
        self, rules: DialogueRules = RULES, *, complete: float | None = None, grammar: Grammar | None = None
    ) -> None:
        self.rules = rules
        self.grammar = grammar
        self.turn = Turn()
        self.complete = complete
        self.came: list[tuple[float, TurnOutcome]] = []

    @property
    def seconds(self) -> float:
        return self.turn.at_sample / 16_000

    def feed(self, given: TurnInput) -> None:
        self.turn, outcomes = floor.step(self.turn, self.rules, given)
        self.came += [(self.seconds, outcome) for outcome in outcomes]
        for outcome in outcomes:
            if isinstance(outcome, Paused) and self.complete is not None:
                self.feed(Judged(self.complete, outcome.last_sample))
            if isinstance(outcome, Paused) and self.grammar is not None:
                self.feed(Worded(self.grammar, outcome.last_sample))

    def windows(self, probabilities: Iterable[float]) -> None:
        for probability in probabilities:
            self.feed(Heard(probability, self.turn.at_sample + WINDOW_SAMPLES))

    def hear(self, probability: float, seconds: float) -> None:
        self.windows(repeat(probability, round(seconds * 16_000 / WINDOW_SAMPLES)))

    def kinds(self) -> list[type]:
        return [type(outcome) for _, outcome in self.came]

    def time_of(self, kind: type) -> float:
        return next(at for at, outcome in self.came if isinstance(outcome, kind))


def given_floor(**changes: object) -> Scene:
    scene = Scene(**changes)  # type: ignore[arg-type]
    scene.hear(QUIET, 1)
    scene.feed(FloorGiven())
    scene.hear(QUIET, 0.5)
    return scene
