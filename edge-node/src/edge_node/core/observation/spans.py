"""From signs to observations: spans that begin only when a sign stays, and end only when it stays away.

Time comes with the samples. What lies between two samples too far apart was not seen, and no span reaches over it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum
from types import MappingProxyType

from edge_node.core.observation.signs import Kind, Sign


@dataclass(frozen=True, slots=True)
class Observation:
    """Something the camera showed for a while. A flag for a person; it may have an innocent reason."""

    kind: Kind
    start_ms: int
    """Time of the first picture that showed it. Milliseconds since the interview was opened, as below."""

    end_ms: int
    """Time of the last picture that showed it."""

    samples: int
    """Pictures that showed it."""

    sampled_percent: int
    """Share of the time from start to end in which the camera was looked at, [0, 100]."""


@dataclass(frozen=True, slots=True)
class SpanRules:
    """Seconds and samples; raises ValueError out of range."""

    begin_seconds: Mapping[Kind, float] = field(
        default_factory=lambda: MappingProxyType(
            {
                Kind.FACE_ABSENT: 3.0,
                Kind.SEVERAL_FACES: 2.0,
                Kind.LOOKING_AWAY: 5.0,
                Kind.TOO_CLOSE: 5.0,
                Kind.TOO_FAR: 5.0,
                Kind.OUT_OF_PICTURE: 5.0,
                Kind.TOO_DARK: 5.0,
                Kind.TOO_BRIGHT: 5.0,
                Kind.CAMERA_COVERED: 3.0,
            }
        )
    )
    """How long a sign must stay before it is an observation."""

    begin_samples: int = 3
    """Pictures that must show it, however slowly they come."""

    end_seconds: float = 3.0
    """How long it must be away before the observation is over."""

    end_samples: int = 2
    covers_seconds: float = 2.5
    """How long one picture stands for; a little more than the slowest pace."""

    gap_seconds: float = 10.0
    """Two pictures further apart than this belong to no common span."""

    def __post_init__(self) -> None:
        if set(self.begin_seconds) != set(Kind) or min(self.begin_seconds.values()) < 0:
            raise ValueError("begin_seconds names every kind, with 0 or more")
        if self.begin_samples < 1 or self.end_samples < 1 or not 0 < self.covers_seconds <= self.gap_seconds:
            raise ValueError("begin_samples, end_samples >= 1 and 0 < covers_seconds <= gap_seconds are needed")


class Phase(Enum):
    """Where a kind is."""

    QUIET = "quiet"
    BEGINNING = "beginning"
    THERE = "there"
    ENDING = "ending"


@dataclass(frozen=True, slots=True)
class Track:
    """One kind so far."""

    phase: Phase = Phase.QUIET
    start_ms: int = 0
    end_ms: int = 0
    samples: int = 0
    covered_ms: int = 0
    """Of the time up to ``end_ms``."""

    since_ms: int = 0
    """Of the time after ``end_ms``."""

    gone_ms: int = 0
    """Time of the first picture without the sign, while it ends."""

    gone_samples: int = 0


@dataclass(frozen=True, slots=True)
class Spans:
    """All kinds so far."""

    tracks: Mapping[Kind, Track] = field(default_factory=lambda: dict.fromkeys(Kind, Track()))
    last_ms: int | None = None
    """Time of the last sample."""


def spanned(
    spans: Spans, rules: SpanRules, at_ms: int, signs: Mapping[Kind, Sign]
) -> tuple[Spans, tuple[Observation, ...]]:
    """The spans after one sample, and the observations that are over by it. Raises ValueError for time going back."""
    if spans.last_ms is not None and at_ms < spans.last_ms:
        raise ValueError("samples come in the order of their times")
    over: list[Observation] = []
    passed_ms = 0 if spans.last_ms is None else at_ms - spans.last_ms
    if passed_ms > rules.gap_seconds * 1000:
        spans, over = Spans(), [*ended(spans)]
        passed_ms = 0
    covered_ms = min(passed_ms, round(rules.covers_seconds * 1000))
    tracks: dict[Kind, Track] = {}
    for kind in Kind:
        tracks[kind], observation = _moved(kind, spans.tracks[kind], rules, at_ms, covered_ms, signs[kind])
        if observation:
            over.append(observation)
    return Spans(tracks, at_ms), tuple(over)


def ended(spans: Spans) -> tuple[Observation, ...]:
    """The observations still under way, as far as they were seen: nothing more will be."""
    return tuple(
        _observation(kind, track) for kind, track in spans.tracks.items() if track.phase in (Phase.THERE, Phase.ENDING)
    )


def _moved(
    kind: Kind, track: Track, rules: SpanRules, at_ms: int, covered_ms: int, sign: Sign
) -> tuple[Track, Observation | None]:
    if sign is Sign.THERE:
        return _shown(kind, track, rules, at_ms, covered_ms), None
    if track.phase is Phase.QUIET:
        return track, None
    if sign is Sign.UNSURE:
        return replace(track, since_ms=track.since_ms + covered_ms), None
    if track.phase is Phase.BEGINNING:
        return Track(), None
    gone_ms = at_ms if track.phase is Phase.THERE else track.gone_ms
    gone_samples = track.gone_samples + 1
    if at_ms - gone_ms >= rules.end_seconds * 1000 and gone_samples >= rules.end_samples:
        return Track(), _observation(kind, track)
    return (
        replace(
            track,
            phase=Phase.ENDING,
            gone_ms=gone_ms,
            gone_samples=gone_samples,
            since_ms=track.since_ms + covered_ms,
        ),
        None,
    )


def _shown(kind: Kind, track: Track, rules: SpanRules, at_ms: int, covered_ms: int) -> Track:
    if track.phase is Phase.QUIET:
        track = Track(Phase.BEGINNING, start_ms=at_ms, end_ms=at_ms, samples=1)
    else:
        seen_ms = track.covered_ms + track.since_ms + covered_ms
        track = replace(
            track,
            end_ms=at_ms,
            samples=track.samples + 1,
            covered_ms=seen_ms,
            since_ms=0,
            gone_ms=0,
            gone_samples=0,
        )
    stayed = at_ms - track.start_ms >= rules.begin_seconds[kind] * 1000 and track.samples >= rules.begin_samples
    begun = track.phase is not Phase.BEGINNING or stayed
    return replace(track, phase=Phase.THERE if begun else Phase.BEGINNING)


def _observation(kind: Kind, track: Track) -> Observation:
    lasted_ms = track.end_ms - track.start_ms
    percent = round(100 * track.covered_ms / lasted_ms) if lasted_ms else 100
    return Observation(kind, track.start_ms, track.end_ms, track.samples, percent)


def looked_ms(at_ms: Sequence[int], covers_seconds: float) -> int:
    """Time from the first to the last of these samples in which the camera was looked at, milliseconds."""
    most = round(covers_seconds * 1000)
    return sum(min(later - earlier, most) for earlier, later in zip(at_ms, at_ms[1:], strict=False))
