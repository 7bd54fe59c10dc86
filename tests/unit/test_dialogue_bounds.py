"""Bounds of a turn whatever is heard: it never ends in speech, always in silence, and is never too long."""

from itertools import chain, repeat

from edge_node.core.dialogue.endpoint import (
    Ended,
    Started,
)
from edge_node.core.dialogue.turn import (
    DialogueRules,
    Floor,
    FloorGiven,
)
from edge_node.core.dialogue.utterance import samples
from edge_node.core.dialogue.waiting import EndpointRules
from fakes.dialogue_scene import QUIET, RULES, SPEECH, given_floor
from hypothesis import given, settings
from hypothesis import strategies as st

SCRIPTS = st.lists(
    st.tuples(st.sampled_from([SPEECH, QUIET, 0.42]), st.integers(min_value=1, max_value=60)), min_size=1, max_size=30
)


@settings(max_examples=200, deadline=None)
@given(script=SCRIPTS, complete=st.sampled_from([None, 0.1, 0.9]))
def test_a_turn_never_ends_while_speech_goes_on(script: list[tuple[float, int]], complete: float | None) -> None:
    scene = given_floor(complete=complete)
    probabilities = list(chain.from_iterable(repeat(p, n) for p, n in script))
    for probability in probabilities:
        before = len(scene.came)
        scene.windows([probability])
        for _, outcome in scene.came[before:]:
            if isinstance(outcome, Ended):
                assert probability < 0.5
                assert outcome.at_sample - outcome.last_sample >= samples(0.7)
        if scene.turn.floor is not Floor.CANDIDATE:
            scene.feed(FloorGiven())


@settings(max_examples=200, deadline=None)
@given(script=SCRIPTS, complete=st.sampled_from([None, 0.1, 0.9]))
def test_a_turn_always_ends_within_the_longest_window(script: list[tuple[float, int]], complete: float | None) -> None:
    scene = given_floor(complete=complete)
    scene.hear(SPEECH, 0.5)
    scene.windows(chain.from_iterable(repeat(p, n) for p, n in script))
    if scene.turn.floor is Floor.CANDIDATE:
        silent_since = scene.seconds
        longest = RULES.endpoint.longest_window_seconds
        scene.hear(QUIET, longest + 0.1)
        ended = [at for at, outcome in scene.came if isinstance(outcome, Ended)]
        assert ended, "so much silence ends any turn"
        assert ended[-1] - silent_since <= longest + 0.04


@settings(max_examples=50, deadline=None)
@given(script=SCRIPTS)
def test_a_turn_is_bounded(script: list[tuple[float, int]]) -> None:
    rules = DialogueRules(endpoint=EndpointRules(longest_seconds=10))
    scene = given_floor(rules=rules)
    scene.hear(SPEECH, 1)
    began = scene.time_of(Started) - 0.3
    while scene.turn.floor is Floor.CANDIDATE:
        scene.windows(chain.from_iterable(repeat(p, n) for p, n in script))
        scene.hear(SPEECH, 0.5)
        assert scene.time_of(Started) < 20
    assert scene.time_of(Ended) - began <= 10.1
