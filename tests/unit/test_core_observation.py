"""From samples to observations, at virtual time."""

from collections.abc import Callable, Iterable
from dataclasses import replace

import pytest
from edge_node.core.observation.baseline import Baseline, BaselineRules, Direction, Measured, baseline, direction
from edge_node.core.observation.observer import Observer, ObserverRules
from edge_node.core.observation.sample import Sample
from edge_node.core.observation.signs import Kind, Sign, SignRules, Threshold, signs
from edge_node.core.observation.spans import Observation, SpanRules, Spans, looked_ms, spanned
from hypothesis import given
from hypothesis import strategies as st

SOMEBODY = Sample(0, 1, brightness=120.0, contrast=50.0, gaze=0.5, left=0.4, top=0.3, width=0.2, height=0.3)
NOBODY = Sample(0, 0, brightness=120.0, contrast=50.0)
AHEAD = Baseline(Direction(0.0, 0.0), 8, Measured.DEVICE_CHECK)
RULES = SignRules()


def of_kind(kind: Kind, **changes: float) -> Sign:
    return signs(replace(SOMEBODY, **changes), AHEAD, RULES)[kind]


def watched(samples: Iterable[Sample], known: Baseline | None = AHEAD) -> list[Observation]:
    observer = Observer(ObserverRules(), known)
    return [observation for sample in samples for observation in observer.take(sample)] + [*observer.end()]


def every(seconds: float, count: int, sample: Sample, *, start: float = 0.0) -> list[Sample]:
    return [replace(sample, at_ms=round(1000 * (start + seconds * n))) for n in range(count)]


@pytest.mark.parametrize(
    ("kind", "there", "between", "gone"),
    [
        (Kind.TOO_CLOSE, {"width": 0.61}, {"width": 0.56}, {"width": 0.5}),
        (Kind.TOO_FAR, {"width": 0.12}, {"width": 0.14}, {"width": 0.17}),
        (Kind.OUT_OF_PICTURE, {"left": -0.08}, {"left": -0.05}, {"left": -0.02}),
        (Kind.TOO_DARK, {"brightness": 30.0}, {"brightness": 40.0}, {"brightness": 46.0}),
        (Kind.TOO_BRIGHT, {"brightness": 230.0}, {"brightness": 215.0}, {"brightness": 200.0}),
        (Kind.LOOKING_AWAY, {"yaw_degrees": 30.0}, {"yaw_degrees": 25.0}, {"yaw_degrees": 10.0}),
        (Kind.LOOKING_AWAY, {"yaw_degrees": -30.0}, {"yaw_degrees": -25.0}, {"yaw_degrees": -10.0}),
        (Kind.LOOKING_AWAY, {"pitch_degrees": -23.0}, {"pitch_degrees": -18.0}, {"pitch_degrees": -10.0}),
        (Kind.LOOKING_AWAY, {"pitch_degrees": 31.0}, {"pitch_degrees": 25.0}, {"pitch_degrees": 20.0}),
        (Kind.LOOKING_AWAY, {"gaze": 0.72}, {"gaze": 0.66}, {"gaze": 0.55}),
    ],
)
def test_a_sign_appears_beyond_one_threshold_and_is_gone_behind_the_other(
    kind: Kind, there: dict[str, float], between: dict[str, float], gone: dict[str, float]
) -> None:
    assert of_kind(kind, **there) is Sign.THERE
    assert of_kind(kind, **between) is Sign.UNSURE
    assert of_kind(kind, **gone) is Sign.GONE


def test_a_head_that_turns_while_the_eyes_stay_on_the_screen_looks_nowhere_else() -> None:
    turned = replace(SOMEBODY, yaw_degrees=35.0, gaze=0.5 - 30 / 143)
    assert direction(turned).across == pytest.approx(5.0)
    assert signs(turned, AHEAD, RULES)[Kind.LOOKING_AWAY] is Sign.GONE


def test_looking_away_is_held_against_how_this_person_looks_at_the_screen() -> None:
    """A camera beside the screen, a squint, one eye: what is "away" for others is the rest of this one."""
    aside = every(1.0, 8, replace(SOMEBODY, yaw_degrees=32.0, pitch_degrees=12.0, gaze=0.56))
    rest = baseline(aside, BaselineRules(), Measured.DEVICE_CHECK)
    assert rest is not None
    assert signs(aside[0], rest, RULES)[Kind.LOOKING_AWAY] is Sign.GONE
    assert signs(replace(aside[0], yaw_degrees=0.0), rest, RULES)[Kind.LOOKING_AWAY] is Sign.THERE
    assert signs(aside[0], None, RULES)[Kind.LOOKING_AWAY] is Sign.UNSURE, "without a baseline nothing is said"


def test_no_baseline_from_a_look_that_wanders_from_two_faces_or_from_too_little() -> None:
    rules = BaselineRules()
    wandering = [replace(SOMEBODY, yaw_degrees=30.0 * (-1) ** n) for n in range(8)]
    assert baseline(wandering, rules, Measured.INTERVIEW) is None
    assert baseline([SOMEBODY] * 7, rules, Measured.INTERVIEW) is None
    assert baseline([replace(SOMEBODY, faces=2)] * 9, rules, Measured.INTERVIEW) is None
    blinks = [SOMEBODY] * 6 + [replace(SOMEBODY, pitch_degrees=40.0)] * 2
    assert baseline(blinks, rules, Measured.INTERVIEW) == Baseline(Direction(0.0, 0.0), 8, Measured.INTERVIEW)


def test_where_nothing_can_be_seen_nobody_is_said_to_be_missing() -> None:
    covered = signs(replace(NOBODY, brightness=3.0, contrast=2.0), AHEAD, RULES)
    assert covered[Kind.CAMERA_COVERED] is Sign.THERE
    assert Sign.THERE not in (covered[Kind.FACE_ABSENT], covered[Kind.TOO_DARK])
    dark = signs(replace(NOBODY, brightness=20.0, contrast=15.0), AHEAD, RULES)
    assert (dark[Kind.TOO_DARK], dark[Kind.FACE_ABSENT]) == (Sign.THERE, Sign.UNSURE)
    away = signs(NOBODY, AHEAD, RULES)
    assert away[Kind.FACE_ABSENT] is Sign.THERE
    assert away[Kind.LOOKING_AWAY] is Sign.UNSURE


def test_light_is_that_of_the_room_not_of_a_face() -> None:
    """Nothing of a sample tells how bright the face is: dark skin is not "too dark"."""
    assert "face" not in " ".join(name for name in Sample.__dataclass_fields__ if "bright" in name)
    assert of_kind(Kind.TOO_DARK) is Sign.GONE


def test_a_face_that_is_lost_for_a_moment_is_no_observation() -> None:
    samples = [*every(1.0, 20, SOMEBODY), *every(1.0, 3, NOBODY, start=20), *every(1.0, 20, SOMEBODY, start=23)]
    assert watched(samples) == []


def test_an_absence_lasts_from_the_first_to_the_last_picture_that_showed_it() -> None:
    gone = every(1.0, 11, NOBODY, start=20)
    samples = [*every(1.0, 20, SOMEBODY), *gone, *every(1.0, 20, SOMEBODY, start=31)]
    assert watched(samples) == [Observation(Kind.FACE_ABSENT, 20_000, 30_000, 11, 100)]


def test_one_good_picture_in_between_does_not_cut_an_observation_in_two() -> None:
    samples = [*every(1.0, 9, NOBODY), *every(1.0, 1, SOMEBODY, start=9), *every(1.0, 9, NOBODY, start=10)]
    (observation,) = watched(samples)
    assert (observation.start_ms, observation.end_ms, observation.samples) == (0, 18_000, 18)


def test_a_slow_pace_needs_as_many_pictures_and_says_what_was_seen() -> None:
    assert watched(every(2.0, 2, NOBODY)) == [], "4 s, but two pictures"
    (observation,) = watched(every(2.0, 6, NOBODY))
    assert (observation.samples, observation.sampled_percent) == (6, 100)
    (sparse,) = watched(every(5.0, 6, NOBODY))
    assert (sparse.samples, sparse.sampled_percent) == (6, 50)


def test_nothing_is_said_of_time_in_which_the_camera_was_not_looked_at() -> None:
    samples = [*every(1.0, 6, NOBODY), *every(1.0, 6, NOBODY, start=60)]
    assert [(o.start_ms, o.end_ms) for o in watched(samples)] == [(0, 5_000), (60_000, 65_000)]
    short = [*every(1.0, 2, NOBODY), *every(1.0, 2, NOBODY, start=60)]
    assert watched(short) == []


def test_looking_away_with_a_second_person_says_nothing_of_the_look() -> None:
    both = replace(SOMEBODY, faces=2, yaw_degrees=50.0)
    assert {o.kind for o in watched(every(1.0, 20, both))} == {Kind.SEVERAL_FACES}


def test_without_a_device_check_the_first_steady_look_is_the_baseline() -> None:
    aside = replace(SOMEBODY, yaw_degrees=32.0)
    observer = Observer(ObserverRules())
    for sample in every(1.0, 30, aside):
        assert observer.take(sample) == ()
    assert observer.baseline == Baseline(Direction(32.0, 0.0), 8, Measured.INTERVIEW)
    assert observer.end() == ()


def test_time_does_not_go_back() -> None:
    observer = Observer(ObserverRules(), AHEAD)
    observer.take(replace(NOBODY, at_ms=10))
    with pytest.raises(ValueError, match="order"):
        observer.take(replace(NOBODY, at_ms=9))


@pytest.mark.parametrize(
    "broken",
    [
        lambda: SpanRules(begin_seconds={}),
        lambda: SpanRules(begin_samples=0),
        lambda: SpanRules(covers_seconds=20.0),
        lambda: BaselineRules(samples=1),
    ],
)
def test_rules_out_of_range_are_refused(broken: Callable[[], object]) -> None:
    with pytest.raises(ValueError, match="needed|names every kind"):
        broken()


def test_a_threshold_knows_its_direction() -> None:
    assert Threshold(10.0, 5.0).sign(12.0) is Threshold(5.0, 10.0).sign(3.0) is Sign.THERE
    assert Threshold(10.0, 5.0).sign(3.0) is Threshold(5.0, 10.0).sign(12.0) is Sign.GONE


def test_how_long_the_camera_was_looked_at() -> None:
    assert looked_ms([], 2.5) == looked_ms([7], 2.5) == 0
    assert looked_ms([0, 1000, 2000, 12_000], 2.5) == 4_500


@given(st.lists(st.tuples(st.integers(0, 15_000), st.sampled_from(Sign)), max_size=80))
def test_whatever_comes_spans_are_in_order_and_rest_on_enough(steps: list[tuple[int, Sign]]) -> None:
    rules, spans, at_ms = SpanRules(), Spans(), 0
    found: list[Observation] = []
    for passed_ms, sign in steps:
        at_ms += passed_ms
        spans, over = spanned(spans, rules, at_ms, dict.fromkeys(Kind, Sign.UNSURE) | {Kind.TOO_DARK: sign})
        found.extend(over)
    for one in found:
        assert one.kind is Kind.TOO_DARK
        assert one.end_ms - one.start_ms >= 5_000
        assert one.samples >= 3
        assert 0 < one.sampled_percent <= 100
    assert all(one.end_ms < two.start_ms for one, two in zip(found, found[1:], strict=False))
