"""Silences that follow how one speaker pauses, from scripted probabilities at virtual time."""

from dataclasses import replace

import pytest
from edge_node.core.dialogue.endpoint import Ended
from edge_node.core.dialogue.grammar import Grammar
from edge_node.core.dialogue.speaker import Speaker, SpeakerRules
from edge_node.core.dialogue.turn import BargedIn, DialogueRules, FloorGiven, InterviewerBegan, TurnKept
from edge_node.core.dialogue.waiting import EndpointRules
from fakes.dialogue_scene import QUIET, SPEECH, Scene


def answer(scene: Scene, *pauses: float) -> float:
    """One answer with these pauses; returns the silence that ended it."""
    scene.feed(FloorGiven())
    for pause in pauses:
        scene.hear(SPEECH, 1)
        scene.hear(QUIET, pause)
    scene.hear(SPEECH, 1)
    silent_since = scene.seconds
    scene.hear(QUIET, 6.5)
    ended = [at for at, outcome in scene.came if isinstance(outcome, Ended)][-1]
    scene.feed(TurnKept())
    return ended - silent_since


@pytest.mark.parametrize(
    ("complete", "grammar", "pauses", "expected"),
    [
        (0.9, Grammar.UNKNOWN, (0.5, 0.5), 1.8),
        (0.9, Grammar.UNKNOWN, (0.5, 1.5), 2.4),
        (0.9, Grammar.UNKNOWN, (0.5, 2.9), 3.4),
        (0.1, Grammar.UNKNOWN, (0.5, 0.5), 2.4),
        (0.1, Grammar.UNKNOWN, (0.5, 2.9), 3.6),
        (0.9, Grammar.CLOSED, (0.5, 0.5), 1.2),
        (0.9, Grammar.OPEN, (0.5, 0.5), 3.6),
    ],
)
def test_after_three_answers_the_silence_follows_the_longest_pause_so_far(
    complete: float, grammar: Grammar, pauses: tuple[float, ...], expected: float
) -> None:
    scene = Scene(complete=complete, grammar=grammar)
    first = [answer(scene, *pauses) for _ in range(3)]
    assert min(first) >= (1.15 if grammar is Grammar.CLOSED else 3.35), "nobody is known before"
    assert answer(scene) == pytest.approx(expected, abs=0.1)


def test_fluent_answers_without_a_pause_tell_nothing() -> None:
    scene = Scene(complete=0.9)
    for _ in range(6):
        assert answer(scene) == pytest.approx(3.4, abs=0.05)


def test_who_speaks_over_the_next_question_was_perhaps_cut_off() -> None:
    scene = Scene(complete=0.9)
    for _ in range(4):
        last = answer(scene, 0.5, 0.5)
    assert last == pytest.approx(1.8, abs=0.05)
    scene.feed(InterviewerBegan(yields=True))
    scene.hear(QUIET, 1)
    scene.hear(SPEECH, 1.5)
    assert scene.kinds()[-1] is BargedIn
    silent_since = scene.seconds
    scene.hear(QUIET, 4)
    assert scene.time_of(Ended) < silent_since
    assert [at for at, outcome in scene.came if isinstance(outcome, Ended)][-1] - silent_since > 3.3
    scene.feed(TurnKept())
    assert answer(scene, 0.5, 0.5) == pytest.approx(3.4, abs=0.05)


def test_it_can_be_switched_off_and_never_waits_longer_than_for_anybody() -> None:
    never = DialogueRules(endpoint=replace(EndpointRules(), speaker=SpeakerRules(turns=0)))
    scene = Scene(never, complete=0.9)
    for _ in range(5):
        last = answer(scene, 0.5, 0.5)
    assert last == pytest.approx(3.4, abs=0.05)
    assert not Speaker(9, 99, 0.1).known(SpeakerRules(turns=0))
    with pytest.raises(ValueError, match="negative"):
        SpeakerRules(growth=-1)
