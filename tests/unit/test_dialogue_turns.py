"""Turns from scripted probabilities, at virtual time: 32 ms a window."""

from itertools import chain, repeat

import pytest
from edge_node.core.dialogue.endpoint import (
    DoneSaid,
    Ended,
    EndReason,
    Judged,
    Paused,
    Resumed,
    Started,
    ThinkingAsked,
    Unanswered,
    Worded,
)
from edge_node.core.dialogue.grammar import Grammar
from edge_node.core.dialogue.turn import (
    BargedIn,
    Floor,
    FloorGiven,
    InterviewerBegan,
    TurnKept,
)
from edge_node.core.dialogue.utterance import WINDOW_SAMPLES, VoiceRules
from edge_node.core.dialogue.waiting import EndpointRules
from fakes.dialogue_scene import QUIET, SPEECH, Scene, given_floor


@pytest.mark.parametrize(
    ("complete", "grammar", "expected"),
    [
        (0.9, Grammar.CLOSED, 1.2),
        (0.9, Grammar.UNKNOWN, 3.4),
        (0.9, None, 3.4),
        (0.1, Grammar.CLOSED, 3.4),
        (0.9, Grammar.OPEN, 3.6),
        (0.1, Grammar.UNKNOWN, 3.6),
        (None, None, 3.6),
    ],
)
def test_silence_that_ends_a_turn_depends_on_melody_and_last_word(
    complete: float | None, grammar: Grammar | None, expected: float
) -> None:
    scene = given_floor(complete=complete, grammar=grammar)
    scene.hear(SPEECH, 2)
    silent_since = scene.seconds
    scene.hear(QUIET, 4)
    assert scene.time_of(Ended) - silent_since == pytest.approx(expected, abs=0.04)
    assert scene.time_of(Paused) - silent_since == pytest.approx(0.2, abs=0.04)
    assert scene.turn.floor is Floor.RETURNED


def test_pauses_inside_one_turn_keep_it_one_turn() -> None:
    scene = given_floor(complete=0.1)
    for _ in range(3):
        scene.hear(SPEECH, 1)
        scene.hear(QUIET, 1.5)
    assert scene.kinds() == [Started, Paused, Resumed, Paused, Resumed, Paused]
    scene.hear(QUIET, 2.5)
    assert scene.kinds()[-1] is Ended


@pytest.mark.parametrize(
    ("grammar", "pause", "expected"),
    [
        (Grammar.CLOSED, 4.0, 2.4),
        (Grammar.UNKNOWN, 4.0, 4.8),
        (Grammar.UNKNOWN, 1.0, 3.4),
        (Grammar.UNKNOWN, 20.0, 6.0),
    ],
)
def test_a_pause_the_speaker_came_back_from_makes_the_windows_longer_up_to_a_bound(
    grammar: Grammar, pause: float, expected: float
) -> None:
    scene = given_floor(complete=0.9, grammar=grammar)
    scene.hear(SPEECH, 1)
    scene.hear(QUIET, 0.5)
    scene.feed(ThinkingAsked(scene.turn.at_sample))
    scene.hear(QUIET, pause - 0.5)
    scene.hear(SPEECH, 1)
    silent_since = scene.seconds
    scene.hear(QUIET, 7)
    assert scene.time_of(Ended) - silent_since == pytest.approx(expected, abs=0.08)


def test_what_was_known_of_an_earlier_pause_says_nothing_of_the_next() -> None:
    scene = given_floor(complete=0.9, grammar=Grammar.OPEN)
    scene.hear(SPEECH, 1)
    scene.hear(QUIET, 0.5)
    earlier = next(outcome for _, outcome in scene.came if isinstance(outcome, Paused))
    scene.complete = scene.grammar = None
    scene.hear(SPEECH, 1)
    scene.feed(Worded(Grammar.CLOSED, earlier.last_sample))
    silent_since = scene.seconds
    scene.hear(QUIET, 0.5)
    scene.feed(Worded(Grammar.CLOSED, earlier.last_sample))
    scene.hear(QUIET, 4)
    assert scene.time_of(Ended) - silent_since == pytest.approx(3.6, abs=0.05)


def test_where_a_short_answer_is_expected_the_windows_are_shorter() -> None:
    scene = Scene(complete=0.9)
    scene.feed(FloorGiven(patience=0.5))
    scene.hear(SPEECH, 1)
    silent_since = scene.seconds
    scene.hear(QUIET, 2)
    assert scene.time_of(Ended) - silent_since == pytest.approx(1.7, abs=0.05)


def test_a_late_judgement_about_an_earlier_pause_counts_for_nothing() -> None:
    scene = given_floor()
    scene.hear(SPEECH, 1)
    scene.hear(QUIET, 0.5)
    early = next(outcome for _, outcome in scene.came if isinstance(outcome, Paused))
    scene.hear(SPEECH, 1)
    scene.hear(QUIET, 0.5)
    scene.feed(Judged(0.99, early.last_sample))
    scene.hear(QUIET, 1)
    assert Ended not in scene.kinds()


def test_speech_after_the_end_takes_the_turn_back_until_it_is_kept() -> None:
    scene = given_floor(complete=0.9, grammar=Grammar.CLOSED)
    scene.hear(SPEECH, 1)
    scene.hear(QUIET, 1.5)
    assert scene.turn.floor is Floor.RETURNED
    scene.hear(SPEECH, 1)
    assert scene.turn.floor is Floor.CANDIDATE
    scene.hear(QUIET, 1.5)
    scene.feed(TurnKept())
    scene.hear(SPEECH, 1)
    assert scene.turn.floor is Floor.NOBODY
    assert scene.kinds() == [Started, Paused, Ended, Resumed, Paused, Ended]


def test_a_noise_shorter_than_speech_starts_nothing() -> None:
    scene = given_floor()
    scene.windows(chain(repeat(SPEECH, 6), repeat(QUIET, 20), repeat(SPEECH, 6), repeat(QUIET, 20)))
    assert scene.kinds() == []


def test_no_answer_is_told_once_and_thinking_puts_it_off() -> None:
    scene = given_floor()
    scene.hear(QUIET, 19)
    scene.feed(ThinkingAsked(scene.turn.at_sample))
    scene.hear(QUIET, 29.5)
    assert scene.kinds() == []
    scene.hear(QUIET, 5)
    assert scene.kinds() == [Unanswered]


def test_thinking_in_a_pause_holds_the_turn_and_done_ends_it_at_once() -> None:
    scene = given_floor(complete=0.9)
    scene.hear(SPEECH, 1)
    scene.hear(QUIET, 0.2)
    scene.feed(ThinkingAsked(scene.turn.at_sample))
    scene.hear(QUIET, 10)
    assert Ended not in scene.kinds()
    scene.feed(DoneSaid(scene.turn.at_sample))
    ended = scene.came[-1][1]
    assert isinstance(ended, Ended)
    assert ended.reason is EndReason.DONE
    assert scene.turn.floor is Floor.NOBODY


def test_thinking_wished_for_right_behind_the_last_word_counts() -> None:
    scene = given_floor(complete=0.9, grammar=Grammar.CLOSED)
    scene.hear(SPEECH, 1)
    scene.hear(QUIET, 0.1)
    scene.feed(ThinkingAsked(scene.turn.at_sample))
    scene.hear(QUIET, 20)
    assert Ended not in scene.kinds()


def test_speech_over_the_interviewer_stops_it_once_it_is_long_enough() -> None:
    scene = Scene()
    scene.feed(InterviewerBegan(yields=True))
    scene.hear(QUIET, 1)
    scene.hear(SPEECH, 0.4)
    scene.hear(QUIET, 0.4)
    assert scene.kinds() == [], "a cough"
    began = scene.seconds
    scene.hear(SPEECH, 0.8)
    barged = scene.came[0][1]
    assert isinstance(barged, BargedIn)
    assert barged.since_sample == pytest.approx(began * 16_000, abs=WINDOW_SAMPLES)
    assert scene.turn.floor is Floor.CANDIDATE
    scene.hear(QUIET, 4)
    assert scene.kinds()[-1] is Ended


def test_the_interviewers_own_first_and_last_sound_is_not_the_candidate() -> None:
    scene = Scene()
    scene.feed(InterviewerBegan(yields=True))
    scene.hear(SPEECH, 0.5)
    assert scene.kinds() == [], "0.2 s of guard are not counted"
    scene.hear(QUIET, 1)
    scene.feed(FloorGiven())
    scene.hear(SPEECH, 0.35)
    scene.hear(QUIET, 0.5)
    assert scene.kinds() == [], "an echo of the last word is too short once the guard is taken off"


def test_more_after_a_kept_turn_is_heard_from_its_first_sound() -> None:
    scene = given_floor(complete=0.9, grammar=Grammar.CLOSED)
    scene.hear(SPEECH, 1)
    scene.hear(QUIET, 1.5)
    scene.feed(TurnKept())
    scene.feed(FloorGiven())
    began = scene.turn.at_sample
    scene.hear(SPEECH, 0.3)
    assert scene.came[-1][1] == Started(began)


def test_nobody_interrupts_a_greeting() -> None:
    scene = Scene()
    scene.feed(InterviewerBegan(yields=False))
    scene.hear(SPEECH, 3)
    assert scene.kinds() == []


@pytest.mark.parametrize(
    "broken",
    [
        lambda: EndpointRules(check_seconds=3.0),
        lambda: VoiceRules(speech_threshold=0.0),
        lambda: EndpointRules(no_answer_seconds=0),
    ],
)
def test_rules_out_of_order_are_refused(broken: object) -> None:
    with pytest.raises(ValueError, match="needed|positive"):
        broken()  # type: ignore[operator]
